"""Pages of placed words to lines in reading order: furniture aside, tables cell by cell, columns, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnadmin.layout.columns import arrange
from vnadmin.layout.furniture import FurnitureLine, set_aside
from vnadmin.layout.geometry import Grid, LaidLine, PlacedPage, PlacedWord, Segment, join, rows, segments
from vnadmin.layout.page import Cell, Column
from vnadmin.layout.paragraphs import mark_paragraphs


@dataclass(slots=True)
class Composition:
    """What stands on the pages of a document."""

    lines: list[LaidLine] = field(default_factory=list)
    furniture: list[FurnitureLine] = field(default_factory=list)


def compose(pages: Sequence[PlacedPage]) -> Composition:
    """Read the pages as a person does."""
    result = Composition()
    cut = [_cut(page) for page in pages]
    free = [[segment for segment in segments(words)] for words, _ in cut]
    result.furniture = set_aside(pages, free)
    tables = 0
    for page, (_, grids), items in zip(pages, cut, free, strict=True):
        blocks: list[tuple[float, list[LaidLine]]] = []
        above = 0.0
        for grid, words in [*grids, (None, [])]:
            top = grid.box.y0 if grid else float("inf")
            part = [item for item in items if above <= item.y1 < top]
            for row in arrange(part):
                blocks.append((0, [_line(row.segment, page.number, row.column)]))
            if grid:
                part_lines = list(_table_lines(grid, words, page.number, tables))
                tables += 1
                blocks.append((0, part_lines))
                above = top
        for _, block in blocks:
            result.lines += block
    mark_paragraphs(result.lines)
    return result


def _line(segment: Segment, page: int, column: Column = Column.FULL, cell: Cell | None = None) -> LaidLine:
    return LaidLine(segment.words, page, segment.x0, segment.y0, segment.x1, segment.y1, column, cell)


def _cut(page: PlacedPage) -> tuple[list[PlacedWord], list[tuple[Grid, list[tuple[Cell, list[PlacedWord]]]]]]:
    return page.words, []


def _table_lines(grid: Grid, words: list[tuple[Cell, list[PlacedWord]]], page: int, table: int) -> list[LaidLine]:
    return [
        _line(join(row), page, Column.FULL, cell) for cell, group in words for row in rows(segments(group)) if group
    ]
