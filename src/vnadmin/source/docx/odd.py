"""What of a .docx is not known to leave text as it is seen: properties that `data/looks.tsv` does not name, shapes that may cover it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml.etree import _Element

from vnadmin.source.docx.names import COMPATIBILITY, DRAWING, VAL, W
from vnadmin.source.docx.sight import colour_of
from vnadmin.source.figures import whole_number
from vnadmin.source.sight import WHITE, Known, hex_colour, is_alike, known

_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FILLS: Final = (_A + "solidFill", _A + "gradFill", _A + "blipFill", _A + "pattFill", _A + "grpFill")
_THIN: Final = 3 * 12700  # of a drawing's lengths: a line
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_SHAPES: Final = frozenset(_VML + name for name in ("rect", "shape", "roundrect", "oval", "polyline", "image", "group"))
_SIZE: Final = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*(\d{0,5}(?:\.\d{1,4})?)")


def _tag(name: str) -> str:
    space, _, own = name.rpartition(":")
    return (_W14 if space == "w14" else W) + own


_KNOWN: Final[dict[str, Known]] = {_tag(name): entry for name, entry in known("docx").items()}
PLAIN: Final = frozenset(tag for tag, entry in _KNOWN.items() if entry.every)  # whatever their value


def is_odd(item: _Element) -> bool:
    """Whether a property is not known to leave text as it is seen; a comment is none."""
    tag = item.tag
    if tag in PLAIN or not isinstance(tag, str):
        return False
    entry = _KNOWN.get(tag)
    return entry is None or not entry.holds(item.get(VAL, "on").lower())


def has_odd(properties: Iterable[_Element]) -> bool:
    """Whether one of the settings of a table, a row or a cell is not known to leave text as it is seen."""
    return any(item.tag not in PLAIN and is_odd(item) for item in properties)


def may_cover(body: _Element) -> bool:
    """Whether a shape or a picture lies before the text, or the page has a colour of its own: what it hides is not known."""
    ground = body.getparent()
    paper = None if ground is None else ground.find(W + "background")
    if paper is not None and not is_alike(colour_of(paper) or hex_colour(paper.get(W + "color", "")) or WHITE, WHITE):
        return True
    if any(map(_covers, body.iter(DRAWING + "anchor"))):
        return True
    return any(map(_covers_too, body.iter(*_SHAPES)))


def _covers(anchor: _Element) -> bool:
    extent = anchor.find(DRAWING + "extent")
    sides = (0, 0) if extent is None else (whole_number(extent.get("cx")), whole_number(extent.get("cy")))
    if anchor.get("behindDoc") in ("1", "true") or anchor.find(DRAWING + "wrapNone") is None or min(sides) <= _THIN:
        return False
    if next(anchor.iter(_PICTURE), None) is not None:
        return True
    for properties in anchor.iter("{*}spPr"):
        if any(fill.tag in _FILLS for fill in properties):
            return True
        reference = properties.getparent()
        styled = None if reference is None else reference.find(f"{{*}}style/{_A}fillRef")
        if styled is not None and styled.get("idx") != "0" and properties.find(_A + "noFill") is None:
            return True
    return False


def _covers_too(shape: _Element) -> bool:
    """The same of an older shape, unless it is the second form of a newer one."""
    style = shape.get("style", "").replace(" ", "")
    if "position:absolute" not in style or "z-index:-" in style or shape.get("filled") in ("f", "false"):
        return False
    if next(shape.iterancestors(COMPATIBILITY + "Fallback"), None) is not None or shape.find("{*}wrap") is not None:
        return False
    sides = [float(size or 0) for size in _SIZE.findall(style)]
    return len(sides) > 1 and min(sides) > 3
