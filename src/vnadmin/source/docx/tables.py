"""What a .docx says of a table: its rows and cells, its lines, and the colours that its style lays in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from lxml.etree import _Element

from vnadmin.source.docx.names import W, first, leading, parts, val
from vnadmin.source.docx.odd import PLAIN, is_odd
from vnadmin.source.docx.sight import fill_of
from vnadmin.source.docx.styles import Styles, draws, read_font
from vnadmin.source.figures import whole_number
from vnadmin.source.sight import SMALLEST, Colour

_CELL_PROPERTIES, _PART = W + "tcPr", W + "tblStylePr"
_DELETED: Final = W + "cellDel"
_SPAN, _MERGED, _SHADE = W + "gridSpan", W + "vMerge", W + "shd"
# Wrappers whose content stands in their place: tags, links, fields, controls, what a reviewer put in.
_WRAPPERS: Final = "smartTag hyperlink fldSimple ins moveTo sdt sdtContent customXml bdo dir ruby rubyBase"
OPEN: Final = frozenset(W + name for name in _WRAPPERS.split())
_SHOWN: Final = {
    "firstRow": 0x20,
    "firstCol": 0x80,
}  # parts of a style that a table shows, by the bits of its `w:tblLook`


class TableLook:
    """The colours of letters and grounds that the style of a table lays in its cells."""

    def __init__(self, said: Mapping[str, _Element], styles: Styles) -> None:
        self._parts: dict[str, tuple[Colour | None, Colour | None]] = {}
        self.odd = False  # a part of the style hides letters, or may: which cells it holds for is not followed
        for style in styles.chain(val(said.get(W + "tblStyle"))):
            for part in (style, *style.iterchildren(_PART)):
                kind = part.get(W + "type", "") if part is not style else ""
                font, ground = read_font(part.find(W + "rPr"))[0], fill_of(first(part, ("tcPr", "shd")))
                self.odd |= bool(font.odd or font.hidden or (font.size is not None and font.size < SMALLEST))
                ink = font.ink
                if ink or ground:
                    old = self._parts.get(kind, (None, None))
                    self._parts[kind] = ink or old[0], ground or old[1]
        look = said.get(W + "tblLook") if self._parts else None
        self._shown = {kind for kind, bit in _SHOWN.items() if look is not None and _is_shown(look, kind, bit)}

    def at(self, row: int, cell: int) -> tuple[Colour | None, Colour | None]:
        """Of the letters and of the ground of a cell; None where the style says nothing, or bands of rows may say it."""
        if not self._parts:  # most
            return None, None
        found = self._parts.get("", (None, None))
        for kind, place in (("firstCol", cell), ("firstRow", row)):
            if place == 0 and kind in self._shown:
                ink, ground = self._parts.get(kind, (None, None))
                found = ink or found[0], ground or found[1]
        return found


def _is_shown(look: _Element, kind: str, bit: int) -> bool:
    said = look.get(W + {"firstRow": "firstRow", "firstCol": "firstColumn"}[kind])
    if said is not None:
        return said in ("1", "true", "on")
    try:
        return bool(int(look.get(W + "val", "0"), 16) & bit)
    except ValueError:
        return False


def children(inside: Iterable[_Element], name: str) -> list[_Element]:
    """Rows of a table or cells of a row, also those inside content controls and insertions."""
    found: list[_Element] = []
    for child in inside:
        tag = child.tag
        if tag == name:
            found.append(child)
        elif tag in OPEN:
            deeper = child.iterdescendants(name, W + "tbl")
            found += [inner for inner in deeper if inner.tag == name and _owner(inner, child)]
    return found


class Extent(NamedTuple):
    """What a cell says of itself."""

    span: int = 1  # grid columns
    goes_on: bool = False  # with the one above it
    fill: Colour | None = None
    odd: bool = False  # in a way that is not known to leave text as it is seen
    gone: bool = False  # a reviewer deleted it


def extent(cell: Iterable[_Element]) -> Extent:
    """What a cell says of itself."""
    span, goes_on, fill, odd, gone = 1, False, None, False, False
    properties = leading(cell, _CELL_PROPERTIES)
    for item in () if properties is None else parts(properties):
        tag = item.tag
        odd = odd or (tag not in PLAIN and is_odd(item))
        gone = gone or tag == _DELETED
        if tag == _SPAN:
            span = max(whole_number(val(item), 1), 1)
        elif tag == _MERGED:
            goes_on = val(item) != "restart"
        elif tag == _SHADE:
            fill = fill_of(item)
    return Extent(span, goes_on, fill, odd, gone)


def _owner(element: _Element, wrapper: _Element) -> bool:
    """Whether only wrappers stand between an element and this one: a row of a nested table is not the outer table's."""
    parent = element.getparent()
    while parent is not None and parent is not wrapper:
        if parent.tag not in OPEN:
            return False
        parent = parent.getparent()
    return True


def is_bordered(element: _Element, said: Mapping[str, _Element], styles: Styles) -> bool:
    """Whether a table draws lines between its columns, by itself, its style or its first cells."""
    borders = said.get(W + "tblBorders")
    if borders is not None and draws(borders.find(W + "insideV")):
        return True
    if borders is None and styles.bordered(val(said.get(W + "tblStyle"))):
        cell = first(element, ("tr", "tc", "tcPr", "tcBorders"))
        return cell is None or draws(cell.find(W + "right")) or cell.find(W + "right") is None
    for row in element.iterchildren(W + "tr"):
        cells = list(row.iterchildren(W + "tc"))
        if len(cells) > 1:
            sides = first(cells[0], ("tcPr", "tcBorders"))
            return sides is not None and draws(sides.find(W + "right"))
    return False
