"""What of a .docx is not seen in print: colours of letters and grounds, paragraphs, rows and boxes off the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml.etree import _Element

from vnadmin.source.docx.font import Font
from vnadmin.source.docx.names import VAL, W, is_on
from vnadmin.source.figures import whole_number
from vnadmin.source.sight import BLACK, SMALLEST, WHITE, Colour, hex_colour, is_alike, is_clear

_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAWN_FILL: Final = _W14 + "textFill"
_OUTLINE, _NO_FILL = _W14 + "textOutline", _W14 + "noFill"
_FILL_VALUE, _FILL_RGB, _FILL_THEME = _W14 + "val", _W14 + "srgbClr", _W14 + "schemeClr"
_FILL_NAMES: Final = {"bg1": WHITE, "lt1": WHITE, "tx1": BLACK, "dk1": BLACK}
_THEMED: Final = W + "themeColor"
_THEME: Final = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
# a black highlight, which blots letters out: automatic ones turn white on a black shade only
BLOTTED: Colour = (0, 0, 1)
_HIGHLIGHTS: Final = {
    "black": BLOTTED, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip

# Lengths of Word are twentieths of a point.
_FLAT: Final = int(20 * SMALLEST)
_LEFT: Final = -2400  # of the margin: off the sheet, whose margin is 1,700 in official documents, or nearly
_FAR_LEFT: Final = -9000  # of a table or a frame, which has a width
_FAR: Final = 16000  # beyond the right edge of a sheet that lies across (16,838 wide, its margin off)
_SHEET: Final = 11200  # of one that stands (11,906)
_DEEP: Final = 23800  # below the largest sheet
_WIDE: Final = 9000  # of a frame that says none
_TIGHT: Final = -80  # between letters, which then lie on one another
_RAISED: Final = 200  # half points above or below the line
# "-40pt", "-5.5in": lengths of strict files
_MEASURE: Final = re.compile(r"\s*(-?\d{1,6})(?:\.\d*)?\s*(pt|in|cm|mm|pc|pi)")
_TWIPS: Final = {"pt": 20, "in": 1440, "cm": 567, "mm": 57, "pc": 240, "pi": 240}

_CHARACTERS: Final = frozenset(W + name for name in ("leftChars", "startChars", "firstLineChars", "hangingChars"))
_CHARACTER: Final = 2.4  # twentieths of a point in a hundredth of a letter
_RULE: Final = W + "lineRule"
_INDENT, _SPACING = W + "ind", W + "spacing"


def colour_of(item: _Element) -> Colour | None:
    """The colour of a `w:color`; None for an automatic one."""
    theme = item.get(_THEMED)
    if (
        theme is not None
        and theme in _THEME
        and item.get(W + "themeShade") is None
        and item.get(W + "themeTint") is None
    ):
        return _THEME[theme]
    return hex_colour(item.get(VAL, ""))


def fill_of(item: _Element | None) -> Colour | None:
    """The colour that a `w:shd` lays behind the text; None where it lays none or a pattern."""
    if item is None:
        return None
    kind = item.get(VAL, "")
    if kind == "solid" or (kind.startswith("pct") and whole_number(kind[3:]) >= 85):
        return hex_colour(item.get(W + "color", "")) or BLACK
    theme = item.get(W + "themeFill")
    if theme in _THEME and item.get(W + "themeFillShade") is None and item.get(W + "themeFillTint") is None:
        return _THEME[theme]
    return hex_colour(item.get(W + "fill", ""))


def highlight_of(item: _Element) -> Colour | None:
    """The colour of a `w:highlight`."""
    return _HIGHLIGHTS.get(item.get(VAL, ""))


def is_clear_fill(item: _Element) -> bool:
    """Whether a `w14:textFill` leaves letters without a body, and no outline draws them."""
    properties = item.getparent()
    outline = None if properties is None else properties.find(_OUTLINE)
    if outline is not None and outline.find(_NO_FILL) is None:
        return False
    if item.find(_NO_FILL) is not None:
        return True
    alpha = next(item.iter(_W14 + "alpha"), None)
    return alpha is not None and is_clear(1 - whole_number(alpha.get(_W14 + "val")) / 100_000)


def drawn_ink(item: _Element) -> Colour | None:
    """The colour of the body of letters that a `w14:textFill` names."""
    for said in item.iter(_FILL_RGB, _FILL_THEME):
        value = said.get(_FILL_VALUE, "")
        return _FILL_NAMES.get(value) if said.tag == _FILL_THEME else hex_colour(value)
    return None


def is_displaced(item: _Element) -> bool:
    """Whether letters are pressed into one another, into a box of no width, or raised or lowered off their line."""
    if item.tag == W + "spacing":
        return whole_number(item.get(VAL)) < _TIGHT
    if item.tag == W + "fitText":
        return 0 < whole_number(item.get(VAL)) < _FLAT
    return abs(whole_number(item.get(VAL))) > _RAISED


def is_unseen(font: Font, ground: Colour | None) -> bool:
    """Whether letters set so on this ground are not seen."""
    _, _, _, hidden, size, _, ink, own_ground, _ = font
    if hidden or (size is not None and size < SMALLEST):
        return True
    if ink is own_ground is None:  # most letters
        return False
    behind = own_ground or ground or WHITE
    # Automatic letters turn white on a dark shade; under a black highlight they stay black.
    return (ink is not None or own_ground == BLOTTED) and is_alike(ink or BLACK, behind)


def is_cut_off(item: _Element) -> bool:
    """Whether an indent, a height of lines or a frame takes a paragraph off the page."""
    tag = item.tag
    if tag == _SPACING:
        # Exactly 0 is no height: styles that OCR programs write have it, and each paragraph says its own.
        return item.get(_RULE) == "exact" and 0 < _length(item, "line", default=_FLAT) < _FLAT
    if tag == _INDENT:
        if all(len(said) < 5 and said.isdigit() for said in item.values()) and _CHARACTERS.isdisjoint(item.keys()):
            return False  # nearly all
        left = _length(item, "left", "start") + _length(item, "leftChars", "startChars") * _CHARACTER
        first = left + _length(item, "firstLine") - _length(item, "hanging")
        first += (_length(item, "firstLineChars") - _length(item, "hangingChars")) * _CHARACTER
        return min(left, first) < _LEFT or max(left, first) >= _far(item)
    across, down = _length(item, "x"), _length(item, "y")
    flat = item.get(W + "hRule") == "exact" and _length(item, "h", default=_FLAT) < _FLAT
    return (
        flat or across + _length(item, "w", default=_WIDE) < _LEFT or across >= _far(item) or not -_DEEP < down < _DEEP
    )


def _length(item: _Element, *names: str, default: int = 0) -> int:
    """The first of these lengths that an element says, in twentieths of a point."""
    text = next((said for name in names if (said := item.get(W + name))), None)
    measured = _MEASURE.match(text) if text else None
    return int(measured[1]) * _TWIPS[measured[2]] if measured else whole_number(text, default)


def _far(item: _Element) -> int:
    """Where a sheet ends on the right of its margin; the document is asked for one that lies across only when it matters."""
    if max(_length(item, "left", "start", "x"), _length(item, "firstLine")) < _SHEET:
        return _FAR
    sizes = item.getroottree().iter(W + "pgSz")
    return _FAR if any(whole_number(size.get(W + "w")) > 12_300 for size in sizes) else _SHEET


def is_flat_row(said: Mapping[str, _Element]) -> bool:
    """Whether a row of a table is hidden, or its height nothing."""
    height = said.get(W + "trHeight")
    if height is not None and height.get(W + "hRule") == "exact" and _length(height, "val", default=_FLAT) < _FLAT:
        return True
    hidden = said.get(W + "hidden")
    return hidden is not None and is_on(hidden)


def is_off_page(said: Mapping[str, _Element]) -> bool:
    """Whether a table stands beside the page."""
    place, indent = said.get(W + "tblpPr"), said.get(W + "tblInd")
    if indent is not None and _length(indent, "w") < _FAR_LEFT:
        return True
    if place is None:
        return False
    across, down = _length(place, "tblpX"), _length(place, "tblpY")
    return across < _FAR_LEFT or across >= _FAR or not -_DEEP < down < _DEEP
