"""Pages of placed words to lines in reading order: furniture aside, tables cell by cell, columns, paragraphs, notes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vnadmin.layout.page import Box, Column, Furniture
from vnadmin.layout.placed.columns import arrange, extent_of
from vnadmin.layout.placed.furniture import FurnitureLine, set_aside
from vnadmin.layout.placed.geometry import LaidLine, PlacedPage, PlacedWord, Segment, segments
from vnadmin.layout.placed.grid import Table, TableReader, take_tables
from vnadmin.layout.placed.mend import mend_line
from vnadmin.layout.placed.paragraphs import mark_paragraphs
from vnadmin.text.pattern import pattern

_GLUED = 0.6  # points between a word and the sign of a footnote at most; a space is wider
_SIGN = pattern(r"\p{Ll}(?P<sign>\d{1,2})\.?+$")  # "phố1."
_SMALL = 0.85  # share of the usual height of lines


@dataclass(slots=True)
class Composition:
    """What stands on the pages of a document: its own lines in reading order, and what was set aside."""

    lines: list[LaidLine] = field(default_factory=list)
    furniture: list[FurnitureLine] = field(default_factory=list)


def compose(pages: Sequence[PlacedPage]) -> Composition:
    """Read the pages as a person does."""
    result = Composition()
    tables: list[list[Table]] = []
    free: list[list[Segment]] = []
    for page in pages:
        found, words = take_tables(page)
        tables.append(found)
        free.append(segments(words))
    result.furniture = set_aside(pages, free)
    reader = TableReader()
    notes: list[list[LaidLine]] = []
    goes_on = False
    for page, grids, items in zip(pages, tables, free, strict=True):
        if not items and not grids:
            continue
        lines, goes_on = _page_lines(page, grids, items, reader, goes_on)
        lines, footnotes = _part_notes(lines, page)
        if footnotes:
            notes.append(footnotes)
            result.furniture += _take_note_signs(lines, footnotes)
        result.lines += lines
    result.furniture += reader.heads
    for line in result.lines:
        mend_line(line)
    mark_paragraphs(result.lines)
    for group in notes:
        _insert_notes(result.lines, group)
    return result


def _page_lines(
    page: PlacedPage, tables: list[Table], items: list[Segment], reader: TableReader, goes_on: bool
) -> tuple[list[LaidLine], bool]:
    lines: list[LaidLine] = []
    extent = extent_of(items) if items else None
    above = float("-inf")
    edges = [*(table.box.y0 for table in tables), float("inf")]
    for position, edge in enumerate(edges):
        part = [item for item in items if above <= item.y1 < edge]
        if part and extent:
            arranged = arrange(part, extent, page_top=position == 0, goes_on=goes_on and position == 0)
            lines += [laid(row.segment, page.number, row.column) for row in arranged.rows]
            goes_on = arranged.ends_open and position == len(tables)
        if position < len(tables):
            last = position == len(tables) - 1 and not any(item.y1 >= edge for item in items)
            lines += reader.read(tables[position], page.number, first=not lines, last=last)
            goes_on = False
        above = edge
    return lines, goes_on


def laid(segment: Segment, page: int, column: Column = Column.FULL) -> LaidLine:
    """A line made of one segment."""
    return LaidLine(segment.words, segment.x0, segment.y0, segment.x1, segment.y1, page, column)


def _part_notes(lines: list[LaidLine], page: PlacedPage) -> tuple[list[LaidLine], list[LaidLine]]:
    """Footnotes apart from the page's text: small lines at its foot, the first with a number before it."""
    first = len(lines)
    plain = sorted(line.height for line in lines if line.column is Column.FULL and line.cell is None)
    if len(plain) < 5:
        return lines, []
    usual = plain[len(plain) // 2]
    while first and lines[first - 1].column is Column.FULL and lines[first - 1].cell is None:
        if lines[first - 1].height > 0.92 * usual or lines[first - 1].y0 < 0.5 * page.height:
            break
        first -= 1
    signs = _glued_signs(lines[:first]) if first < len(lines) else frozenset()
    while first < len(lines) and not _opens_note(lines[first], usual, signs):
        first += 1
    for line in lines[first:]:
        line.is_note = True
    return lines[:first], lines[first:]


def _glued_signs(lines: Sequence[LaidLine]) -> frozenset[str]:
    """Numbers that no space parts from the word before them: "thành phố1.", whose font sets them as high as letters."""
    found: set[str] = set()
    for line in lines:
        for before, word in pairwise(line.words):
            if word.text[0].isdigit() and before.text[-1].isalpha() and word.x0 - before.x1 < _GLUED:
                found.add(word.text.rstrip("."))
            elif glued := _SIGN.search(word.text):
                found.add(glued["sign"])
    return frozenset(found)


def _take_note_signs(lines: list[LaidLine], notes: list[LaidLine]) -> list[FurnitureLine]:
    """Take the raised numbers that point to footnotes out of the text: "QH15¹" is number QH15."""
    numbers = {note.words[0].text for note in notes}
    found: list[FurnitureLine] = []
    for line in lines:
        if not any(word.text in numbers for word in line.words):
            continue
        kept: list[PlacedWord] = []
        for word in line.words:
            if word.text in numbers and kept and word.y1 < kept[-1].y1 - 0.15 * line.height:
                box = Box(word.x0, word.y0, word.x1, word.y1)
                found.append(FurnitureLine(word.text, Furniture.NOISE, line.page, box))
            else:
                kept.append(word)
        line.words = kept
    return found


def _opens_note(line: LaidLine, usual: float, signs: Collection[str]) -> bool:
    """Whether a line begins with the number of a footnote: raised ("¹ Điều 24"), or that of a sign, and in small print."""
    head = line.words[0]
    number = head.text.rstrip(".")
    if not number.isdigit() or len(number) > 2 or len(line.words) < 2:
        return False
    raised = number == head.text and head.y1 < line.words[1].y1 - 0.5
    return raised or (number in signs and line.height <= _SMALL * usual)


def _insert_notes(lines: list[LaidLine], notes: list[LaidLine]) -> None:
    """Put a page's footnotes after the paragraph that runs over its end."""
    position = len(lines)
    for index, line in enumerate(lines):
        if line.page > notes[0].page and line.starts_paragraph:
            position = index
            break
    for note in notes:
        note.starts_paragraph = note is notes[0] or note.words[0].text.rstrip(".").isdigit()
    lines[position:position] = notes
