"""Walks the body of a .docx: paragraphs, runs, tables and text boxes in document order, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from docx.oxml.text.font import CT_RPr
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.text.run import CT_R, CT_Text
from lxml.etree import _Element

from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.flow.styled import LineMaker
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.layout.flow.wrapping import opens_paragraph
from vnadmin.source.docx.fields import FIELD, Fields
from vnadmin.source.docx.font import Font
from vnadmin.source.docx.lists import Lists
from vnadmin.source.docx.names import COMPATIBILITY, MATH, RELATION, VAL, W, leading, named, parts, val
from vnadmin.source.docx.odd import has_odd
from vnadmin.source.docx.shapes import branch_of, fill_behind, is_unseen_box, offset, text_boxes, untaken
from vnadmin.source.docx.sight import fill_of, is_flat_row, is_off_page, is_unseen
from vnadmin.source.docx.styles import Setting, Styles, read_setting
from vnadmin.source.docx.tables import OPEN, TableLook, children, extent, is_bordered
from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import draws_signs, is_symbol_font, typed_sign, without_private
from vnadmin.source.sight import WHITE, Colour, Unseen, is_alike
from vnadmin.text import legacy

_TBL, _T = W + "tbl", W + "t"
_OVERRIDE: Final = W + "bdo"
_CHUNK, _SYMBOL = W + "altChunk", W + "sym"
_ROW, _CELL = W + "tr", W + "tc"
_COLOUR: Final = W + "color"
_BREAKS: Final = frozenset({W + "br", W + "cr"})
_RENDERED: Final = W + "lastRenderedPageBreak"
_ALTERNATE: Final = COMPATIBILITY + "AlternateContent"
_SHAPES: Final = frozenset({W + "drawing", W + "pict", W + "object", _ALTERNATE})
_CHARACTERS: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",  # in a TCVN3 font this is the letter ư; else `clean` drops it
}


class Walker:
    """Turns a part's elements into blocks. One walker reads one part: counters and the page go on through it."""

    def __init__(self, styles: Styles, load_lists: Callable[[], Lists], deepest: int, count_breaks: bool) -> None:
        self.styles = styles
        self.lists: Lists | None = None  # loaded when the first item of a list comes
        self._load_lists = load_lists
        self.load_chunk: Callable[[str], list[Block]] = lambda identity: []
        self.pictures: Mapping[_Element, list[RawLine]] = {}  # what was read in pictures, by their elements
        self.deepest = deepest
        self.count_breaks = count_breaks  # Word left no marks of rendered pages: count the breaks that the typist set
        self.page = 1
        self.too_deep = False
        self.unseen = Unseen()
        self.ground: Colour | None = None  # the shade of the cell that is read
        self.odd = False  # the cell or the box that is read is set in a way that is not known to be seen
        self.pale = False  # by its table's style letters without a colour of their own are not seen in it
        self._joined: list[RawLine] = []  # lines of a paragraph whose end mark a reviewer deleted

    def blocks(self, elements: Iterable[_Element], depth: int = 0) -> list[Block]:
        """The blocks in an element that holds paragraphs and tables."""
        found: list[Block] = []
        if depth > self.deepest:
            self.too_deep = True
            return found
        for child in elements:
            if type(child) is CT_P:
                found += self._paragraph(child, depth)
                continue
            tag = child.tag
            if tag == _TBL:
                found.append(self._table(child, depth))
            elif tag in OPEN:
                found += self.blocks(parts(child), depth + 1)
            elif tag == _ALTERNATE:
                branch = self.branch(child)
                if branch is not None:
                    found += self.blocks(parts(branch), depth + 1)
            elif tag == _CHUNK:
                found += self.load_chunk(child.get(RELATION + "id", ""))
        return found

    def branch(self, alternate: _Element) -> _Element | None:
        """The branch of an alternative that Word takes."""
        for choice in untaken(alternate):
            self.set_aside(choice)
        return branch_of(alternate)

    def set_aside(self, element: _Element) -> None:
        """Keep the text of what nobody sees."""
        self.unseen.add((str(text.text or "") for text in element.iter(_T)), self.page)

    # --- tables ---

    def _table(self, element: _Element, depth: int) -> Table:
        inside = parts(element)
        said = named(leading(inside, W + "tblPr"))
        table = Table(bordered=is_bordered(element, said, self.styles))
        if is_off_page(said):
            self.set_aside(element)
            return table
        outer, shade = (self.ground, self.pale, self.odd), fill_of(said.get(W + "shd")) or self.ground
        look = TableLook(said, self.styles)
        around = self.odd or look.odd or has_odd(said.values())
        above: dict[int, TableCell] = {}  # by grid column, the cell that one which goes on belongs to
        for number, row in enumerate(children(inside, _ROW)):
            in_row = parts(row)
            said = named(leading(in_row, W + "trPr"))
            if W + "del" in said:
                continue
            if is_flat_row(said):
                self.set_aside(row)
                continue
            lane = around or has_odd(said.values())
            column = whole_number(val(said.get(W + "gridBefore")))
            cells: list[TableCell] = []
            for cell in map(parts, children(in_row, _CELL)):
                span, goes_on, fill, odd, gone = extent(cell)
                if gone:
                    continue
                if not goes_on:
                    self.odd = lane or odd
                    ink, ground = look.at(number, len(cells))
                    self.ground = fill or ground or shade
                    self.pale = ink is not None and is_alike(ink, self.ground or WHITE)
                    above[column] = TableCell(column, span, self.blocks(cell, depth + 1))
                    cells.append(above[column])
                elif column in above:
                    above[column].height += 1
                column += span
            table.rows.append(cells)
        self.ground, self.pale, self.odd = outer
        return table

    # --- paragraphs ---

    def _paragraph(self, element: _Element, depth: int) -> list[Block]:
        content = parts(element)
        own = read_setting(leading(content, W + "pPr"))
        style = own.style or self.styles.default_paragraph
        below = self.styles.setting_of(style)
        if own.new_page and self.count_breaks:
            self.page += 1
        lines: list[RawLine] = []
        boxes: list[Block] = []
        if content and type(content[-1]) is not CT_PPr:  # else it is empty, as many are
            alignment = below.alignment if own.alignment is None else own.alignment
            paragraph = _Paragraph(self, style, alignment == "center", depth, own.ground or below.ground)
            paragraph.odd = bool(self.odd or own.odd or below.odd)
            paragraph.walk(content)
            lines, boxes = paragraph.finish(), paragraph.boxes
            unseen = own.unseen or below.unseen
            if unseen:
                paragraph.unseen += [line.text for line in lines]
                lines = []
            if paragraph.unseen:
                self.unseen.add(paragraph.unseen, self.page)
        marker = self._marker(own, below, style) if own.list or below.list else ""
        if marker and lines and lines[0].text:
            lines[0] = lines[0]._replace(text=f"{marker} {lines[0].text.lstrip()}")
        if self._joined:
            lines = _glued(self._joined, lines)
            self._joined = []
        if own.joined and lines:
            self._joined = lines
            return boxes
        return [*boxes, *(lines or [BLANK])]

    def _marker(self, own: Setting, below: Setting, style: str) -> str:
        list_id = own.list or below.list
        if not list_id or list_id == "0":
            return ""
        if self.lists is None:
            self.lists = self._load_lists()
        level = own.level
        if level is None:
            of_style = self.lists.level_of_style(list_id, style)
            level = below.level if of_style is None else of_style
        ground = own.ground or below.ground or self.ground or WHITE
        marker, seen = self.lists.marker(list_id, level or 0, ground)
        if not seen:
            self.unseen.add([marker], self.page)
        return marker if seen else ""


class _Paragraph:
    """One paragraph: its lines (a soft break begins a new one) and the text boxes that hang on it."""

    __slots__ = (
        *("_fields", "_name", "_pending", "base", "base_unseen", "boxes", "depth", "ground"),
        *("lines", "maker", "odd", "style", "unseen", "walker"),
    )

    def __init__(self, walker: Walker, style: str, centred: bool, depth: int, ground: Colour | None = None) -> None:
        self.walker = walker
        self.style = style
        self.depth = depth
        self.boxes: list[Block] = []
        self.lines: list[RawLine] = []
        self.maker = LineMaker(centred=centred, page=walker.page)
        self.base = walker.styles.font_of(style)
        self.ground = ground or walker.ground
        self.base_unseen = is_unseen(self.base, self.ground) or (walker.pale and self.base.ink is None)
        self.odd = False
        self.unseen: list[str] = []
        self._fields = Fields()
        self._pending: list[tuple[str, Font]] = []
        self._name = ""  # the font of what is pending

    def walk(self, children: Iterable[_Element], depth: int = 0) -> None:
        """Read inline content."""
        if depth > self.walker.deepest:
            self.walker.too_deep = True
            return
        for child in children:
            if type(child) is CT_R:
                self._run(child)
                continue
            tag = child.tag
            if tag in OPEN:
                turned = tag == _OVERRIDE and child.get(VAL) == "rtl"
                if turned:
                    self._add("\u202e", self.base)
                self.walk(parts(child), depth + 1)
                if turned:
                    self._add("\u202c", self.base)
            elif tag == _ALTERNATE:
                branch = self.walker.branch(child)
                if branch is not None:
                    self.walk(parts(branch), depth + 1)
            elif tag.startswith(MATH):
                if next(child.iter(MATH + "phant"), None) is not None:
                    self.unseen += map(str, child.itertext(MATH + "t"))
                    continue
                self._add("".join(map(str, child.itertext(MATH + "t"))), NO_FONT)

    def finish(self) -> list[RawLine]:
        """The lines; empty ones at the ends are left out."""
        self._end_line()
        while self.lines and not self.lines[-1].text:
            self.lines.pop()
        while self.lines and not self.lines[0].text:
            self.lines.pop(0)
        if self.lines and not self.lines[0].starts_paragraph:
            self.lines[0] = self.lines[0]._replace(starts_paragraph=True)
        return self.lines

    def _run(self, run: _Element) -> None:
        font = self.base
        unseen = self.base_unseen
        for item in parts(run):
            if type(item) is CT_Text:
                text = item.text
                if text and not unseen and not self._fields.codes:
                    self._add(text, font)
                elif text:
                    self._hide(text, font)
                continue
            if type(item) is CT_RPr:  # always the first
                font = self.walker.styles.font(self.style, item)
                unseen = is_unseen(font, self.ground) or (
                    self.walker.pale and font.ink is None and item.find(_COLOUR) is None
                )
                continue
            tag = item.tag
            if tag == FIELD:
                self._fields.take(item)
            elif font.hidden:
                continue
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], font)
            elif tag in _BREAKS:
                if item.get(W + "type") == "page":
                    self.walker.page += self.walker.count_breaks
                self._end_line()
            elif tag == _RENDERED:
                self.walker.page += not self.walker.count_breaks
                if self.maker.empty and not self._pending:
                    self.maker.page = self.walker.page
            elif tag == _SYMBOL:
                self._symbol(item, font)
            elif tag in _SHAPES:
                self._shape(item)

    def _add(self, text: str, font: Font) -> None:
        if font.odd or self.odd:
            self.walker.unseen.odd.append(text)
        name = font.name or ""
        if name != self._name:
            self._flush()
            self._name = name
        if not name:
            self.maker.add(text.upper() if font.caps else text, font.bold, font.italic, font.size)
        else:
            self._pending.append((text, font))

    def _hide(self, text: str, font: Font) -> None:
        """Text that nobody sees; a gap is left where it takes room and has a neighbour."""
        self.unseen.append(text)
        if not font.hidden and not self.maker.empty:
            self._add(" ", font)

    def _flush(self) -> None:
        """Convert what was set in one old font as a whole: VNI letters may be cut between runs."""
        if not self._pending:
            return
        font = self._pending[0][1]
        if all(other[:3] == font[:3] for _, other in self._pending):
            self._pending = [("".join(text for text, _ in self._pending), font)]
        for text, font in self._pending:
            sign = text.strip()
            if draws_signs(text, self._name):
                self.unseen.append(text)
                continue
            if len(sign) == 1 and is_symbol_font(self._name):
                text = text.replace(sign, typed_sign(sign, self._name, not self.maker.written))
            else:
                text = legacy.convert(text, self._name)
            self.maker.add(text.upper() if font.caps else text, font.bold, font.italic, font.size)
        self._pending.clear()

    def _symbol(self, element: _Element, font: Font) -> None:
        """A `w:sym`: a character of a font that the element itself names."""
        try:
            sign = chr(int(element.get(W + "char", ""), 16))
        except (ValueError, OverflowError):
            return
        self._add(sign, font._replace(name=element.get(W + "font") or "Symbol"))

    def _end_line(self) -> None:
        self._flush()
        line = self.maker.end()
        line = line._replace(text=without_private(line.text))
        if self.lines and self.lines[-1].text and line.text and not opens_paragraph(self.lines[-1], line):
            line = line._replace(starts_paragraph=False)
        self.lines.append(line)
        self.maker.page = self.walker.page

    def _shape(self, element: _Element) -> None:
        """The text boxes in a drawing, from top to bottom; of an alternative only one branch is read."""
        for picture in self.walker.pictures:
            if picture is element or any(picture is inner for inner in element.iter(picture.tag)):
                self.boxes += self.walker.pictures[picture]
                return
        found: list[tuple[int, int, list[Block]]] = []
        for box in text_boxes(element):
            if is_unseen_box(box):
                self.walker.set_aside(box)
                continue
            across, down = offset(box)
            outer, self.walker.ground = self.walker.ground, fill_behind(box)
            found.append((down, across, self.walker.blocks(parts(box), self.depth + 1)))
            self.walker.ground = outer
        for _, _, blocks in sorted(found, key=lambda item: item[:2]):
            if blocks:
                self.boxes += [BLANK, *blocks, BLANK]


NO_FONT: Final = Font()


def _glued(first_lines: list[RawLine], lines: list[RawLine]) -> list[RawLine]:
    """Two paragraphs made one, because the mark between them was deleted."""
    if not lines:
        return first_lines
    end = first_lines[-1]
    return [*first_lines[:-1], end._replace(text=end.text + lines[0].text), *lines[1:]]
