"""Turns the content of an OpenDocument text into blocks: paragraphs, numbered items, tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.styled import LineMaker
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import LEVELS, Numbering, draws_signs, typed_sign
from vnadmin.source.odf.names import DRAW, SVG, TABLE, TEXT, XML_ID
from vnadmin.source.odf.styles import Look, Styles, length
from vnadmin.source.sight import SMALLEST, Colour, Unseen
from vnadmin.text import legacy

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
_ROWS = frozenset({TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"})
# Elements whose content stands in their place.
_OPEN = frozenset(
    TEXT + name for name in ("section", "table-of-content", "index-body", "numbered-paragraph", "user-index")
) | {DRAW + "text-box", DRAW + "frame", DRAW + "custom-shape", DRAW + "g", DRAW + "a"}
_SKIPPED = frozenset(TEXT + name for name in ("tracked-changes", "ruby-text", "sequence-decls"))
_WIDEST, _TALLEST = 1000, 10_000  # columns and rows that one cell may cover
_MOST_BLANKS = 500
_BESIDE = -700.0  # points: a frame has a width and a height


class Walker:
    """One walk through the content: counters go on from item to item."""

    def __init__(self, styles: Styles, deepest: int) -> None:
        self.styles = styles
        self.deepest = deepest
        self.too_deep = False
        self.unseen = Unseen()
        self.notes: list[str] = []
        self.odd = False  # the cell that is read is set in a way that is not known to be seen
        self.ground: Colour | None = None  # the shade of the cell that is read
        self._numbering = Numbering()
        self._names = count()

    def blocks(self, element: _Element, depth: int = 0) -> list[Block]:
        """The blocks of an element that holds paragraphs, lists and tables."""
        found: list[Block] = []
        if depth > self.deepest:
            self.too_deep = True
            return found
        for child in element.iterchildren("*"):
            if child.tag in _PARAGRAPHS:
                found += self._paragraph(child, self._heading_marker(child), depth)
            elif child.tag == TEXT + "list":
                found += self._list(child, "", 0, "", depth + 1)
            elif child.tag == TABLE + "table":
                found.append(self._table(child, depth))
            elif child.get(TEXT + "display") in ("none", "condition"):  # a section
                self.unseen.add(map(str, child.itertext()))
            elif child.tag in _OPEN:
                found += self.blocks(child, depth + 1)
        return found

    # --- lists ---

    def _heading_marker(self, element: _Element) -> str:
        """The number that the outline draws before a heading outside a list."""
        if element.tag != TEXT + "h" or element.get(TEXT + "is-list-header") == "true":
            return ""
        level = whole_number(element.get(TEXT + "outline-level"), 1) - 1
        if not 0 <= level < LEVELS:
            return ""
        return self._numbering.marker("outline", "outline", self.styles.outline, level, {})

    def _list(self, element: _Element, style: str, level: int, name: str, depth: int) -> list[Block]:
        """A list with those inside it; `continue-numbering` and `continue-list` go on with one before."""
        if depth > self.deepest:
            self.too_deep = True
            return []
        style = element.get(TEXT + "style-name") or style
        if not name:
            goes_on = element.get(TEXT + "continue-list") or element.get(TEXT + "continue-numbering") == "true"
            name = "" if goes_on else element.get(XML_ID) or str(next(self._names))
        found: list[Block] = []
        for item in element.iterchildren(TEXT + "list-item", TEXT + "list-header"):
            marker = ""
            own = style or self._style_inside(item)
            if item.tag == TEXT + "list-item" and any(child.tag in _PARAGRAPHS for child in item):
                starts = {}
                if item.get(TEXT + "start-value"):
                    starts, name = {level: whole_number(item.get(TEXT + "start-value"), 1)}, str(next(self._names))
                marker = self._numbering.marker(
                    own, (own, name), self.styles.levels(own), min(level, LEVELS - 1), starts
                )
            for child in item.iterchildren("*"):
                if child.tag in _PARAGRAPHS:
                    found += self._paragraph(child, marker, depth)
                    marker = ""
                elif child.tag == TEXT + "list":
                    found += self._list(child, own, level + 1, name or "on", depth + 1)
                elif child.tag == TABLE + "table":
                    found.append(self._table(child, depth))
        return found

    def _style_inside(self, item: _Element) -> str:
        paragraph = next((child for child in item.iter(*_PARAGRAPHS)), None)
        return "" if paragraph is None else self.styles.list_of(paragraph.get(TEXT + "style-name"))

    # --- paragraphs ---

    def _paragraph(self, element: _Element, marker: str, depth: int) -> list[Block]:
        if any(said.get(TEXT + "is-hidden") == "true" for said in element.iterchildren(TEXT + "hidden-paragraph")):
            self.unseen.add(map(str, element.itertext()))
            return []
        look = self.styles.look("paragraph", element.get(TEXT + "style-name"))
        line = _Line(self, look)
        if marker:
            line.maker.add(marker + " ", look.bold, look.italic, look.size)
        line.inline(element, look, depth)
        return line.done()

    # --- tables ---

    def _table(self, element: _Element, depth: int) -> Table:
        table = Table(bordered=self._is_bordered(element))
        odd = self.odd or any(
            column.get(TABLE + "visibility", "visible") != "visible"
            or self.styles.is_odd("table-column", column.get(TABLE + "style-name"))
            for column in element.iter(TABLE + "table-column")
        )
        outer_odd = self.odd
        outer, shade = self.ground, self.styles.ground("table", element.get(TABLE + "style-name"))
        for row in _rows(element, 0):
            if row.get(TABLE + "visibility", "visible") != "visible":
                self.unseen.add(map(str, row.itertext()))
                continue
            column, cells = 0, []
            in_row = odd or self.styles.is_odd("table-row", row.get(TABLE + "style-name"))
            lane = self.styles.ground("table-row", row.get(TABLE + "style-name")) or shade or outer
            for cell in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
                repeated = min(max(whole_number(cell.get(TABLE + "number-columns-repeated"), 1), 1), _WIDEST)
                if cell.tag == TABLE + "table-cell":
                    width = min(max(whole_number(cell.get(TABLE + "number-columns-spanned"), 1), 1), _WIDEST)
                    height = min(max(whole_number(cell.get(TABLE + "number-rows-spanned"), 1), 1), _TALLEST)
                    self.odd = in_row or self.styles.is_odd("table-cell", cell.get(TABLE + "style-name"))
                    self.ground = self.styles.ground("table-cell", cell.get(TABLE + "style-name")) or lane
                    cells.append(TableCell(column, width, self.blocks(cell, depth + 1), height))
                column += repeated
            table.rows.append(cells)
        self.ground, self.odd = outer, outer_odd
        return table

    def _is_bordered(self, table: _Element) -> bool | None:
        first = next(_rows(table, 0), None)
        if first is None:
            return None
        said = [
            self.styles.is_drawn(cell.get(TABLE + "style-name")) for cell in first.iterchildren(TABLE + "table-cell")
        ]
        told = [value for value in said if value is not None]
        return all(told) if told else None


class _Line:
    """The lines of one paragraph, and what stands in frames at it."""

    def __init__(self, walker: Walker, look: Look) -> None:
        self.walker = walker
        self.maker = LineMaker(centred=look.centred)
        self._centred = look.centred
        self._lines: list[RawLine] = []
        self._framed: list[Block] = []

    def done(self) -> list[Block]:
        """The lines, then the content of frames that are anchored to the paragraph."""
        self._end()
        return [*self._lines, *self._framed]

    def inline(self, element: _Element, look: Look, depth: int) -> None:
        """The text of an element and of what stands in it."""
        if depth > 2 * self.walker.deepest:
            self.walker.too_deep = True
            return
        self._add(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, look, depth)
            self._add(child.tail, look)

    def _element(self, child: _Element, look: Look, depth: int) -> None:
        tag = child.tag
        if tag == TEXT + "line-break":
            self._end()
        elif tag == TEXT + "tab":
            self._add("\t", look)
        elif tag == TEXT + "s":
            self._add(" " * min(max(whole_number(child.get(TEXT + "c"), 1), 1), _MOST_BLANKS), look)
        elif tag == TEXT + "note":
            self.walker.notes.append(" ".join(" ".join(map(str, child.itertext())).split()))
        elif tag in _SKIPPED:
            return
        elif tag == TEXT + "hidden-text" and child.get(TEXT + "is-hidden") == "true":
            self.walker.unseen.add([str(child.text or child.get(TEXT + "string-value", ""))])
        elif tag in _OPEN and _is_off_page(child):
            self.walker.unseen.add(map(str, child.itertext()))
        elif tag in _OPEN:
            self._framed += self.walker.blocks(child, depth + 1)
        elif tag == TEXT + "span":
            inner = look.under(self.walker.styles.look("text", child.get(TEXT + "style-name")))
            self.inline(child, inner, depth + 1)
        elif tag.startswith(TEXT):  # links, fields, bookmarks: their text stands where they stand
            self.inline(child, look, depth + 1)

    def _add(self, text: str | None, look: Look) -> None:
        if not text:
            return
        if look.unseen(self.walker.ground) or draws_signs(text, look.font):
            self.walker.unseen.add([text])
            return
        if look.font:
            if legacy.font_encoding(look.font):
                text = legacy.convert(text, look.font)
            text = "".join(
                typed_sign(sign, look.font, not self.maker.written) if "\uf000" <= sign <= "\uf0ff" else sign
                for sign in text
            )
        if (look.odd or self.walker.odd) and text.strip():
            self.walker.unseen.odd.append(text)
        self.maker.add(text.upper() if look.upper else text, look.bold, look.italic, look.size)

    def _end(self) -> None:
        self.maker.centred = self._centred
        self._lines.append(self.maker.end(starts_paragraph=not self._lines))


def _is_off_page(frame: _Element) -> bool:
    """Whether a frame has no size, or stands to the left of the page or above it."""
    sides = (length(frame.get(SVG + side, "")) for side in ("width", "height"))
    return any(side is not None and side < SMALLEST for side in sides) or any(
        (length(frame.get(SVG + edge, "")) or 0.0) < _BESIDE for edge in ("x", "y")
    )


def _rows(element: _Element, depth: int) -> Iterator[_Element]:
    for child in element.iterchildren("*"):
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in _ROWS and depth < 10:
            yield from _rows(child, depth + 1)
