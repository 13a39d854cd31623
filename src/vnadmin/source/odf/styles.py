"""Styles of an OpenDocument text: how a run is set, and how the items of a list are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import LEVELS, PLACES, Level
from vnadmin.source.odf.names import DRAW, FO, LOEXT, OFFICE, STYLE, SVG, TEXT
from vnadmin.source.sight import NARROWEST, SMALLEST, WHITE, Colour, hex_colour, is_alike, is_clear, known

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # parents of a style
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_LENGTH = re.compile(r"(-?[0-9]{1,5}(?:\.[0-9]{1,4})?)(pt|cm|mm|in|pc|px|%)")
_UNITS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, "px": 0.75}
_USUAL = 12.0  # points of a letter
_TIGHT = -4.0  # points between letters, which then lie on one another
_AWAY = -120.0  # points of an indent that takes a paragraph off the sheet
_RAISED = 60  # per cent of its height that a letter stands above or below its line; official ones 33 or 58
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


class Look(NamedTuple):
    """How text is set; None where no style says."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    font: str | None = None
    upper: bool | None = None
    centred: bool | None = None
    hidden: bool | None = None
    ink: Colour | None = None
    own_ground: Colour | None = None
    odd: bool | None = None  # in a way that is not known to be seen

    def unseen(self, ground: Colour | None) -> bool:
        """Whether nobody sees letters set so in a cell of this shade."""
        if self.hidden or (self.size is not None and self.size < SMALLEST):
            return True
        return self.ink is not None and is_alike(self.ink, self.own_ground or ground or WHITE)

    def under(self, other: Look) -> Look:
        """This look with what an inner style says of it."""
        return self._replace(**{name: value for name, value in other._asdict().items() if value is not None})


class Styles:
    """The named and automatic styles of the parts of one document."""

    def __init__(self, parts: Iterable[_Element]) -> None:
        self._found: dict[tuple[str, str], _Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._fonts: dict[str, str] = {}
        self.outline: dict[int, Level] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for part in parts:
            for face in part.iter(STYLE + "font-face"):
                self._fonts[face.get(STYLE + "name", "")] = face.get(SVG + "font-family", "").strip("'\" ")
            for group in part.iterchildren(OFFICE + "styles", OFFICE + "automatic-styles"):
                for item in group.iterchildren("*"):
                    name = item.get(STYLE + "name", "")
                    if item.tag == STYLE + "style":
                        self._found[item.get(STYLE + "family", ""), name] = item
                    elif item.tag == STYLE + "default-style":
                        self._found[item.get(STYLE + "family", ""), ""] = item
                    elif item.tag == TEXT + "list-style":
                        self._lists[name] = levels_of(item)
                    elif item.tag == TEXT + "outline-style":
                        self.outline = levels_of(item)

    def look(self, family: str, name: str | None) -> Look:
        """The look that a style and its parents give, the default style of the family below them."""
        key = (family, name or "")
        if key not in self._looks:
            self._looks[key] = self._look(key, 0)
        return self._looks[key]

    def list_of(self, paragraph_style: str | None) -> str:
        """The list style that a paragraph style or a parent of it names."""
        name = paragraph_style or ""
        for _ in range(_DEEPEST):
            item = self._found.get(("paragraph", name))
            if item is None:
                return ""
            if item.get(STYLE + "list-style-name"):
                return item.get(STYLE + "list-style-name", "")
            name = item.get(STYLE + "parent-style-name", "")
        return ""

    def levels(self, name: str) -> dict[int, Level]:
        """The levels of a list style."""
        return self._lists.get(name, {})

    def ground(self, family: str, name: str | None) -> Colour | None:
        """The shade of a table, a row or a cell by its style."""
        item = self._found.get((family, name or ""))
        properties = None if item is None else item.find(f"{STYLE}{family}-properties")
        return None if properties is None else hex_colour(properties.get(FO + "background-color", ""))

    def is_odd(self, family: str, name: str | None) -> bool:
        """Whether the style of a table, a column, a row or a cell has a property that is not known to leave text as it is seen."""
        item = self._found.get((family, name or ""))
        return item is not None and has_odd(item)

    def lies_before(self, name: str | None) -> bool:
        """Whether a shape of this style lies filled before the text."""
        item = self._found.get(("graphic", name or ""))
        said = None if item is None else item.find(STYLE + "graphic-properties")
        if said is None or said.get(STYLE + "wrap") != "run-through" or said.get(STYLE + "run-through") == "background":
            return False
        return said.get(DRAW + "fill", "solid") != "none"

    def is_drawn(self, cell_style: str | None) -> bool | None:
        """Whether a table cell has a line around it; None where its style says nothing."""
        item = self._found.get(("table-cell", cell_style or ""))
        properties = None if item is None else item.find(STYLE + "table-cell-properties")
        if properties is None:
            return None
        said = [
            properties.get(FO + name)
            for name in ("border", "border-top", "border-bottom", "border-left", "border-right")
        ]
        told = [value for value in said if value]
        return any(value != "none" for value in told) if told else None

    def _look(self, key: tuple[str, str], depth: int) -> Look:
        item = self._found.get(key)
        if item is None or depth > _DEEPEST:
            return Look()
        parent = item.get(STYLE + "parent-style-name") if key[1] else None
        family = key[0]
        below = self._look((family, parent or ""), depth + 1) if key[1] else Look()
        return below.under(self._own(item))

    def _own(self, item: _Element) -> Look:
        bold = italic = size = font = upper = centred = hidden = ink = ground = None
        run = item.find(STYLE + "text-properties")
        if run is not None:
            weight, slope = run.get(FO + "font-weight"), run.get(FO + "font-style")
            bold = weight in _BOLD if weight else None
            italic = slope in ("italic", "oblique") if slope else None
            size = length(run.get(FO + "font-size", ""))
            named = run.get(STYLE + "font-name") or run.get(FO + "font-family")
            font = self._fonts.get(named, named) if named else None
            case = run.get(FO + "text-transform")
            upper = case == "uppercase" if case else None
            ink, ground = hex_colour(run.get(FO + "color", "")), hex_colour(run.get(FO + "background-color", ""))
            shown = run.get(TEXT + "display")
            hidden = shown != "true" if shown else None
            hidden = _is_displaced(run) or hidden
        paragraph = item.find(STYLE + "paragraph-properties")
        align = None if paragraph is None else paragraph.get(FO + "text-align")
        if align:
            centred = align == "center"
        if paragraph is not None and _is_cut_off(paragraph):
            hidden = True
        if paragraph is not None and ground is None:
            ground = hex_colour(paragraph.get(FO + "background-color", ""))
        return Look(bold, italic, size, font, upper, centred, hidden, ink, ground, has_odd(item) or None)


def has_odd(style: _Element) -> bool:
    """Whether a style has a property that `data/looks.tsv` does not name, or with another value."""
    table = known("odf")
    for properties in style.iterchildren("*"):
        if not isinstance(properties.tag, str) or not properties.tag.endswith("-properties"):
            continue
        if properties.tag == STYLE + "graphic-properties":
            continue
        for name, value in properties.items():
            entry = table.get(str(name).rpartition("}")[2])
            if entry is None or not entry.holds(str(value).lower()):
                return True
    return False


def length(text: str) -> float | None:
    """A length in points; a share is one of a usual letter. None for any other word."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    return float(match[1]) * (_USUAL / 100 if match[2] == "%" else _UNITS[match[2]])


def _is_displaced(run: _Element) -> bool:
    """Whether letters are struck out, clear, squeezed, pressed into one another or off their line."""
    if run.get(STYLE + "text-line-through-style", "none") != "none":
        return True
    if run.get(STYLE + "text-line-through-type", "none") != "none":
        return True
    opacity, scale = run.get(LOEXT + "opacity", "").rstrip("%"), run.get(STYLE + "text-scale", "").rstrip("%")
    if run.get(STYLE + "use-window-font-color") == "true":
        opacity = ""  # LibreOffice writes an opacity of 0 beside the automatic colour
    if (opacity and is_clear(whole_number(opacity, 100) / 100)) or (scale and whole_number(scale, 100) < NARROWEST):
        return True
    spaced = length(run.get(FO + "letter-spacing", ""))
    raised = run.get(STYLE + "text-position", "").partition("%")[0]
    return (spaced is not None and spaced < _TIGHT) or abs(whole_number(raised)) > _RAISED


def _is_cut_off(paragraph: _Element) -> bool:
    """Whether an indent or a height of lines takes a paragraph off the page."""
    left, high = length(paragraph.get(FO + "margin-left", "")), paragraph.get(FO + "line-height", "")
    flat = None if high.endswith("%") else length(high)
    return (left is not None and left < _AWAY) or (flat is not None and flat < SMALLEST)


def levels_of(style: _Element) -> dict[int, Level]:
    """The levels of a `text:list-style` or of the `text:outline-style`."""
    found: dict[int, Level] = {}
    for item in style.iterchildren("*"):
        index = whole_number(item.get(TEXT + "level")) - 1
        if not 0 <= index < LEVELS:
            continue
        if item.tag == TEXT + "list-level-style-bullet":
            run = item.find(STYLE + "text-properties")
            font = "" if run is None else run.get(STYLE + "font-name") or run.get(FO + "font-family") or ""
            found[index] = Level("bullet", item.get(TEXT + "bullet-char", ""), font=font)
        elif item.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
            form = _FORMS.get(item.get(STYLE + "num-format", ""), "decimal")
            shown = min(max(whole_number(item.get(TEXT + "display-levels"), 1), 1), index + 1)
            figures = ".".join(PLACES[place] for place in range(index + 1 - shown, index + 1)) if form != "none" else ""
            text = item.get(STYLE + "num-prefix", "") + figures + item.get(STYLE + "num-suffix", "")
            found[index] = Level(form, text, whole_number(item.get(TEXT + "start-value"), 1))
    return found
