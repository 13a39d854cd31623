"""Walks an HTML tree: inline text into lines, tables into tables, lists with the markers that a browser draws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import regex
from lxml.etree import XPath

from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.flow.styled import LineMaker
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.layout.flow.wrapping import opens_paragraph
from vnadmin.source.figures import whole_number
from vnadmin.source.html.sheet import Sheet, closed
from vnadmin.source.html.sight import is_gone
from vnadmin.source.html.site import Site
from vnadmin.source.html.tags import (
    BLOCKS,
    BOLD,
    DROPPED,
    HEADINGS,
    ITALIC,
    NOTHING,
    OF_TABLES,
    STRUCK,
    Look,
    attributed,
    is_furniture,
    read_style,
    with_style,
)
from vnadmin.source.numbering import draws_signs, format_count
from vnadmin.source.sight import Unseen
from vnadmin.text import legacy
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITE = re.compile(r"[ \t\r\n\f]{2,}|[\r\n\f]")  # a single blank or tab stays as it is
# Markers that an entry of a list may bring along, so that none is drawn; a reference and a step are its text.
_MARKERS = frozenset(MarkerKind) - {MarkerKind.PROVISION, MarkerKind.STEP}
_CUT = pattern(r"(?:^|\s)\p{Lu}$")  # LibreOffice hangs a drawn rule on the first letter: "T<img ...>\n RƯỜNG"
_LIST_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_KINDS = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "none": "",
}  # fmt: skip
_OVERRIDE, _OVERRIDE_END = "\u202e", "\u202c"
# A style that cuts off what runs over its size, or may say so in a way that `plain_css` takes apart
_CUTS_OFF = XPath(
    r"boolean(//@style[contains(translate(., 'OVERFLW', 'overflw'), 'overflow') or contains(., '\') or contains(., '/*')])"
)
_KEPT = 2000  # characters of what is hidden as a whole
_GRID = 200  # columns of a table in which cells that go on downwards are followed; a hostile one has 1,000 more a row
_BORDERLESS = pattern(r"border(?:-style)?\s?:\s?(?:none|hidden|0\b|0px)", regex.IGNORECASE)
# "border: 1pt solid windowtext", "border-top:none;border-left:none;border-bottom:solid black 1.0pt": the rules of a cell
_DRAWN = pattern(
    r"border(?:-(?:top|right|bottom|left)(?:-style)?|-style)?\s?:[^;]{0,40}?\b(?:solid|double|inset|outset|dotted|dashed)\b",
    regex.IGNORECASE,
)
_LIST_STYLE = pattern(r"list-style(?:-type)?\s?:\s?([a-z-]{4,20})")


class Reader:
    """Reads one page."""

    def __init__(self, tree: _Element, deepest: int) -> None:
        self.tree = tree
        self.deepest = deepest
        self.too_deep = False
        self.site = Site(tree)
        for fold in tree.iter("details"):  # what a page shows only to those who open it
            if fold.get("open") is None:
                for inner in fold:
                    if inner.tag != "summary":
                        inner.set("hidden", "")
        self.sheet = Sheet("".join(closed(style.text or "") for style in tree.iter("style")))
        self.cuts_off = self.sheet.cuts_off or bool(_CUTS_OFF(tree))  # something may cut off what runs over its size
        self.unseen = Unseen()
        links = (link.get("href", "") for link in tree.iter("link"))
        if self.sheet.blind or any(link.lstrip().lower().startswith("data:") for link in links):
            self.unseen.odd.append(None)

    def blocks(self) -> list[Block]:
        """The blocks of the page's content."""
        flow = _Flow(self)
        flow.children(self.tree, Look(), 0)
        flow.end()
        return flow.found

    def set_aside(self, element: _Element) -> None:
        """Keep the text of an element that nobody sees, unless it is the site's, too."""
        names = f"{element.get('class', '')} {element.get('id', '')}".strip()
        if not is_furniture(element.tag, names, element.get("role", "")):
            inside = (item for item in element.iter() if item.tag not in DROPPED)
            texts = (text for item in inside for text in (item.text, item.tail if item is not element else None))
            self.unseen.add([" ".join(filter(None, texts))[:_KEPT]])


class _Flow:
    """The flow of one container (the page or a cell): finished blocks and the line that is being written."""

    def __init__(self, reader: Reader, tables: int = 0) -> None:
        self.reader = reader
        self.tables = tables  # depth of nested tables
        self.found: list[Block] = []
        self.maker = LineMaker()
        self._soft = False  # the next line follows a <br>
        self._space = True  # white space is pending or the line is empty: the next blank is dropped
        self._marker = ""

    # --- lines ---

    def text(self, text: str | None, look: Look) -> None:
        """Inline text; white space is collapsed as a browser does, no-break spaces stay."""
        if not text:
            return
        if look.preformatted:
            for number, piece in enumerate(text.split("\n")):
                if number:
                    self.soft_break()
                self._add(piece, look)
            return
        if self._space and not text.strip(" \t\n\r\f"):  # between the tags of most pages
            return
        text = _WHITE.sub(_blank, text)
        if self._space and text[0] in " \t":
            text = text[1:]
        if text:
            self._add(text, look)

    def _add(self, text: str, look: Look) -> None:
        if not text:
            return
        if look.font and legacy.font_encoding(look.font):
            text = legacy.convert(text, look.font)
        if (look.unseen and text.strip()) or draws_signs(text, look.font):
            self.reader.unseen.add([text])
            text = "" if look.size == 0 or self._space else " "  # white letters leave a gap
            if not text:
                return
        if look.odd and text.strip():
            self.reader.unseen.odd.append(text)
        if self._marker:
            if text.strip() and marker_of_text(text.lstrip(), _MARKERS) is None:
                self.maker.add(self._marker + " ", look.bold, look.italic, look.size)
            self._marker = "" if text.strip() else self._marker
        if self.maker.empty:
            self.maker.centred = look.centred
        self.maker.add(text.upper() if look.upper else text, look.bold, look.italic, look.size)
        self._space = text[-1] in " \t"

    def soft_break(self) -> None:
        """A `<br>`: the line ends, the paragraph may go on."""
        self._finish()
        self._soft = True

    def end(self) -> None:
        """The end of a block: the paragraph ends."""
        self._finish()
        self._soft = False

    def _finish(self) -> None:
        if self.maker.empty:
            if self._soft and self.found and self.found[-1] != BLANK:
                self.found.append(BLANK)  # two <br> in a row part paragraphs
            return
        line = self.maker.end()
        self._space = True
        if not line.text:
            return
        if self._soft and self.found:
            previous = self.found[-1]
            if isinstance(previous, RawLine) and previous.text and not opens_paragraph(previous, line):
                line = line._replace(starts_paragraph=False)
        self.found.append(line)

    # --- elements ---

    def children(self, element: _Element, look: Look, depth: int) -> None:
        """The content of an element in order."""
        self.text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, look, depth)
            tail = child.tail
            if tail and child.tag == "img" and _CUT.search(self.maker.tail) and tail[0] in " \n":
                tail = tail.lstrip()
            self.text(tail, look)

    def element(self, element: _Element, look: Look, depth: int) -> None:
        """One element with its content."""
        tag = element.tag.rpartition(":")[2] if ":" in element.tag else element.tag
        if tag in DROPPED:
            return
        if tag == "br":
            self.soft_break()
            return
        given = _given(element)
        inner = self._look(element, tag, given, look)
        if inner is None:
            self.reader.set_aside(element)
            return
        block = tag in BLOCKS
        if self.reader.site.takes(element, tag, given):
            self.end()
            return
        if depth > 4 * self.reader.deepest:
            self.reader.too_deep = True
            return
        if tag == "table":
            self.end()
            self._table(element, inner, depth)
            return
        if block:
            self.end()
            inner = _aligned(given, inner)
        if tag in ("ol", "ul"):
            self._list(element, tag, inner, depth)
        elif _is_overridden(given, tag):
            self._add(_OVERRIDE, inner)
            self.children(element, inner, depth + 1)
            self._add(_OVERRIDE_END, inner)
        else:
            self.children(element, inner, depth + 1)
        if block:
            self.end()
            if tag in HEADINGS or tag == "hr":
                self.found.append(BLANK)

    def _look(self, element: _Element, tag: str, given: dict[str, str], look: Look) -> Look | None:
        """How the content of an element with these attributes is set; None if it is hidden."""
        if tag in BOLD:
            look = look._replace(bold=True)
        elif tag in ITALIC:
            look = look._replace(italic=True)
        elif tag == "font":
            look = look._replace(font=given.get("face") or look.font)
        elif tag == "pre":
            look = look._replace(preformatted=True)
        elif tag == "center":
            look = look._replace(centred=True)
        said = self.reader.sheet.of(element, tag) if self.reader.sheet else []
        if not given and not said and tag not in STRUCK:
            return look
        style = given.get("style")
        if style:
            said.append(read_style(style))
        bare = attributed(tag, given.get)
        if bare is not NOTHING:
            said.insert(0, bare)
        gone = (
            tag in STRUCK
            or "hidden" in given
            or "popover" in given
            or (said and is_gone([each.sight for each in said]))
        )
        if gone and tag not in ("html", "body"):  # a whole page shows itself when it is loaded
            return None
        for each in said:
            grows = each.tight and tag in OF_TABLES and not self.reader.cuts_off
            look = with_style(look, each._replace(tight=False) if grows else each)
        return look

    def _list(self, element: _Element, tag: str, look: Look, depth: int) -> None:
        kind = _LIST_KINDS.get(element.get("type", "1"), "decimal") if tag == "ol" else "bullet"
        css = _LIST_STYLE.search(element.get("style", "").lower())
        if css and css[1] in _CSS_KINDS:
            kind = _LIST_KINDS.get(_CSS_KINDS[css[1]], "")
        count = whole_number(element.get("start"), 1)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag == "li":
                count = whole_number(child.get("value"), count)
                if kind == "bullet":
                    self._marker = "-"
                elif kind:
                    figure = format_count(count, kind)
                    self._marker = f"{figure})" if kind.endswith("Letter") else f"{figure}."
                count += 1
            self.element(child, look, depth + 1)
            self._marker = ""

    def _table(self, element: _Element, look: Look, depth: int) -> None:
        if self.tables >= self.reader.deepest:
            self.reader.too_deep = True
            return
        table = Table(bordered=_bordered(element))
        if self._has_odd_columns(element):
            look = look._replace(odd=True)
        spans: dict[int, int] = {}  # grid column to rows that a cell above still covers
        for row in _rows(element):
            around = self._row_look(row, look)
            if around is None:
                self.reader.set_aside(row)
                continue
            around = around._replace(centred=None)
            cells: list[TableCell] = []
            begun: dict[int, int] = {}
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while column in spans:
                    column += 1
                given = _given(cell)
                width = min(max(whole_number(given.get("colspan"), 1), 1), 1000)
                height = min(max(whole_number(given.get("rowspan"), 1), 1), 10000)
                inner = self._look(cell, cell.tag, given, around)
                if inner is None:
                    self.reader.set_aside(cell)
                else:
                    flow = _Flow(self.reader, self.tables + 1)
                    flow.children(cell, _aligned(given, inner), depth + 1)
                    flow.end()
                    cells.append(TableCell(column, width, flow.found, height))
                for covered in range(column, min(column + width, _GRID)) if height > 1 else ():
                    begun[covered] = height
                column += width
            spans = {covered: left - 1 for covered, left in spans.items() if left > 1}
            for covered, height in begun.items():
                spans[covered] = max(spans.get(covered, 0), height - 1)
            table.rows.append(cells)
        self.found.append(table)

    def _has_odd_columns(self, table: _Element) -> bool:
        """Whether a column is hidden or set in an unknown way: which cells stand in it is not followed."""
        for column in table.iterchildren("colgroup", "col"):
            for item in (column, *column.iterchildren("col")):
                said = [read_style(item.get("style", "")), *self.reader.sheet.of(item, item.tag)]
                if any(each.odd or each.tight or each.sight.invisible or each.sight.gone for each in said):
                    return True
        return False

    def _row_look(self, row: _Element, look: Look) -> Look | None:
        """How a row is set, and the group of rows that it stands in; None if it is hidden."""
        group = row.getparent()
        inner: Look | None = look
        if group is not None and group.tag != "table":
            inner = self._look(group, group.tag, _given(group), look)
        return None if inner is None else self._look(row, "tr", _given(row), inner)


def _given(element: _Element) -> dict[str, str]:
    """The attributes of an element, read once: each is asked for several times."""
    return cast("dict[str, str]", dict(element.items()))


def _is_overridden(given: dict[str, str], tag: str) -> bool:
    """Whether an element shows its letters from right to left, whatever they are."""
    if tag == "bdo":
        return given.get("dir", "").lower() == "rtl"
    style = given.get("style")
    return style is not None and "override" in style and "rtl" in style


def _blank(match: re.Match[str]) -> str:
    """A run of white space as one blank; a tab inside a line stays, for Word and LibreOffice set columns with it."""
    run = match[0]
    return "\t" if "\t" in run and "\n" not in run and "\r" not in run else " "


def _rows(table: _Element) -> list[_Element]:
    """The rows of a table in printed order, those of tables inside it not among them."""
    rows: list[_Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _bordered(table: _Element) -> bool | None:
    """Whether a table is drawn with lines; None where neither an attribute nor a style says."""
    border = table.get("border")
    first_row = next(iter(_rows(table)), None)
    cells = [] if first_row is None else [cell for cell in first_row if cell.tag in ("td", "th")]
    if len(cells) > 1 and all(_DRAWN.search(cell.get("style", "")) for cell in cells):
        return True  # Word and portals say border="0" of the table and draw each cell
    if _BORDERLESS.search(table.get("style", "")) or border in ("0", "none"):
        return False
    if border:
        return True
    if cells and all(_BORDERLESS.search(cell.get("style", "")) for cell in cells):
        return False
    return None


def _aligned(given: dict[str, str], look: Look) -> Look:
    """The look under an attribute `align`, where no style says otherwise."""
    align = given.get("align")
    if align is None or "text-align" in given.get("style", "").lower():
        return look
    return look._replace(centred=align.lower() in ("center", "middle"))
