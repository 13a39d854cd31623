"""Walks the body of a .docx: paragraphs, runs, tables and text boxes in document order, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.flow.styled import LineMaker
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.layout.flow.wrapping import opens_paragraph
from vnadmin.source.docx.fields import FIELD, Fields
from vnadmin.source.docx.lists import Lists
from vnadmin.source.docx.names import COMPATIBILITY, MATH, RELATION, VAL, W, first, leading, val
from vnadmin.source.docx.shapes import branch_of, fill_behind, is_unseen_box, offset, text_boxes, untaken
from vnadmin.source.docx.sight import fill_of, is_flat_row, is_off_page, is_unseen
from vnadmin.source.docx.styles import Font, Setting, Styles, draws, read_setting
from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import is_symbol_font, typed_sign
from vnadmin.source.sight import Colour, Unseen
from vnadmin.text import legacy

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _TBL, _R, _T, _TAB, _PPR, _RPR = W + "p", W + "tbl", W + "r", W + "t", W + "tab", W + "pPr", W + "rPr"
_OVERRIDE = W + "bdo"
_CHUNK, _SYMBOL = W + "altChunk", W + "sym"
_ROW, _CELL, _ROW_PROPERTIES, _CELL_PROPERTIES = W + "tr", W + "tc", W + "trPr", W + "tcPr"
_SPAN, _MERGED, _SHADE = W + "gridSpan", W + "vMerge", W + "shd"
_BREAKS = frozenset({W + "br", W + "cr"})
_RENDERED = W + "lastRenderedPageBreak"
_ALTERNATE = COMPATIBILITY + "AlternateContent"
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object", _ALTERNATE})
# Wrappers whose content stands in their place: tags, links, fields, controls, what a reviewer put in.
_WRAPPERS = "smartTag hyperlink fldSimple ins moveTo sdt sdtContent customXml bdo dir ruby rubyBase"
_OPEN = frozenset(W + name for name in _WRAPPERS.split())
_CHARACTERS = {
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
        self._joined: list[RawLine] = []  # lines of a paragraph whose end mark a reviewer deleted

    def blocks(self, element: Iterable[_Element], depth: int = 0) -> list[Block]:
        """The blocks in an element that holds paragraphs and tables."""
        found: list[Block] = []
        if depth > self.deepest:
            self.too_deep = True
            return found
        for child in element:
            tag = child.tag
            if tag == _P:
                found += self._paragraph(child, depth)
            elif tag == _TBL:
                found.append(self._table(child, depth))
            elif tag in _OPEN:
                found += self.blocks(child, depth + 1)
            elif tag == _ALTERNATE:
                branch = self.branch(child)
                if branch is not None:
                    found += self.blocks(branch, depth + 1)
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
        table = Table(bordered=self._bordered(element))
        if is_off_page(element):
            self.set_aside(element)
            return table
        outer, shade = self.ground, fill_of(first(element, ("tblPr", "shd"))) or self.ground
        above: dict[int, TableCell] = {}  # by grid column, the cell that one which goes on belongs to
        for row in _children(element, _ROW):
            properties = leading(row, _ROW_PROPERTIES)
            if properties is not None and properties.find(W + "del") is not None:
                continue
            if properties is not None and is_flat_row(properties):
                self.set_aside(row)
                continue
            column = whole_number(val(first(properties, ("gridBefore",))))
            cells: list[TableCell] = []
            for cell in _children(row, _CELL):
                span, goes_on, fill = _extent(cell)
                if not goes_on:
                    self.ground = fill or shade
                    above[column] = TableCell(column, span, self.blocks(cell, depth + 1))
                    cells.append(above[column])
                elif column in above:
                    above[column].height += 1
                column += span
            table.rows.append(cells)
        self.ground = outer
        return table

    def _bordered(self, element: _Element) -> bool:
        borders = first(element, ("tblPr", "tblBorders"))
        if borders is not None and draws(borders.find(W + "insideV")):
            return True
        if borders is None and self.styles.bordered(val(first(element, ("tblPr", "tblStyle")))):
            cell = first(element, ("tr", "tc", "tcPr", "tcBorders"))
            return cell is None or draws(cell.find(W + "right")) or cell.find(W + "right") is None
        for row in element.iterchildren(W + "tr"):
            cells = list(row.iterchildren(W + "tc"))
            if len(cells) > 1:
                sides = first(cells[0], ("tcPr", "tcBorders"))
                return sides is not None and draws(sides.find(W + "right"))
        return False

    # --- paragraphs ---

    def _paragraph(self, element: _Element, depth: int) -> list[Block]:
        properties = leading(element, _PPR)
        own = read_setting(properties)
        style = own.style or self.styles.default_paragraph
        below = self.styles.setting_of(style)
        if own.new_page and self.count_breaks:
            self.page += 1
        lines: list[RawLine] = []
        boxes: list[Block] = []
        if len(element) > (properties is not None):  # else it is empty, as many are
            alignment = below.alignment if own.alignment is None else own.alignment
            paragraph = _Paragraph(self, style, alignment == "center", depth, own.ground or below.ground)
            paragraph.walk(element)
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
        return self.lists.marker(list_id, level or 0)


class _Paragraph:
    """One paragraph: its lines (a soft break begins a new one) and the text boxes that hang on it."""

    __slots__ = (
        *("_name", "_pending", "base", "base_unseen", "boxes", "depth", "ground", "lines", "maker", "style", "unseen"),
        *("_fields", "walker"),
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
        self.base_unseen = is_unseen(self.base, self.ground)
        self.unseen: list[str] = []
        self._fields = Fields()
        self._pending: list[tuple[str, Font]] = []
        self._name = ""  # the font of what is pending

    def walk(self, element: _Element, depth: int = 0) -> None:
        """Read the inline content of an element."""
        if depth > self.walker.deepest:
            self.walker.too_deep = True
            return
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _OPEN:
                turned = tag == _OVERRIDE and child.get(VAL) == "rtl"
                if turned:
                    self._add("\u202e", self.base)
                self.walk(child, depth + 1)
                if turned:
                    self._add("\u202c", self.base)
            elif tag == _ALTERNATE:
                branch = self.walker.branch(child)
                if branch is not None:
                    self.walk(branch, depth + 1)
            elif isinstance(tag, str) and tag.startswith(MATH):
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
        for item in run:
            tag = item.tag
            if tag == _T:
                text = _text(item) if len(item) else item.text
                if text and not unseen and not self._fields.codes:
                    self._add(text, font)
                elif text:
                    self._hide(text, font)
            elif tag == _RPR:  # always the first
                font = self.walker.styles.font(self.style, item)
                unseen = is_unseen(font, self.ground)
            elif tag == FIELD:
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
            found.append((down, across, self.walker.blocks(box, self.depth + 1)))
            self.walker.ground = outer
        for _, _, blocks in sorted(found, key=lambda item: item[:2]):
            if blocks:
                self.boxes += [BLANK, *blocks, BLANK]


NO_FONT = Font()


def _text(element: _Element) -> str:
    """The text of a `w:t` in which comments stand."""
    text = element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            break
        text += inner.tail or ""
    return text


def _children(element: _Element, tag: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _OPEN:
            for inner in child.iterdescendants(tag, W + "tbl"):
                if inner.tag == tag and _owner(inner, child):
                    yield inner


def _extent(cell: _Element) -> tuple[int, bool, Colour | None]:
    """The grid columns that a cell covers, whether it only goes on with the one above it, and its shade."""
    span, goes_on, fill = 1, False, None
    properties = leading(cell, _CELL_PROPERTIES)
    for item in () if properties is None else properties:
        tag = item.tag
        if tag == _SPAN:
            span = max(whole_number(val(item), 1), 1)
        elif tag == _MERGED:
            goes_on = val(item) != "restart"
        elif tag == _SHADE:
            fill = fill_of(item)
    return span, goes_on, fill


def _owner(element: _Element, wrapper: _Element) -> bool:
    """Whether only wrappers stand between an element and this one: a row of a nested table is not the outer table's."""
    parent = element.getparent()
    while parent is not None and parent is not wrapper:
        if parent.tag not in _OPEN:
            return False
        parent = parent.getparent()
    return True


def _glued(first_lines: list[RawLine], lines: list[RawLine]) -> list[RawLine]:
    """Two paragraphs made one, because the mark between them was deleted."""
    if not lines:
        return first_lines
    end = first_lines[-1]
    return [*first_lines[:-1], end._replace(text=end.text + lines[0].text), *lines[1:]]
