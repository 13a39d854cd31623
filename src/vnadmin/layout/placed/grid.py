"""Words into the cells of ruled tables, and tables that go on over a page break."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vnadmin.genre.closing_line import opens_list
from vnadmin.genre.motto import opens_motto
from vnadmin.layout.page import Box, Cell, Column, Furniture
from vnadmin.layout.placed.furniture import FurnitureLine
from vnadmin.layout.placed.geometry import Grid, GridCell, LaidLine, PlacedPage, PlacedWord, join, rows, segments

_HEAD = 24  # words of a cell that show whether a grid is the frame of a header or of an end


@dataclass(slots=True)
class Table:
    """A grid with the words of its cells."""

    grid: Grid
    cells: dict[tuple[int, int], list[PlacedWord]]

    @property
    def box(self) -> Box:
        return self.grid.box


def take_tables(page: PlacedPage) -> tuple[list[Table], list[PlacedWord]]:
    """The page's tables that hold words, and the words that stand in none."""
    if not page.grids:
        return [], page.words
    found: list[Table] = []
    words = page.words
    for grid in page.grids:
        finder = _CellFinder(grid)
        cells: dict[tuple[int, int], list[PlacedWord]] = {}
        rest: list[PlacedWord] = []
        for word in words:
            cell = finder.cell_at((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)
            if cell is None:
                rest.append(word)
            else:
                cells.setdefault(cell, []).append(word)
        if len(cells) < 2 or _is_layout(cells):
            continue
        found.append(Table(grid, cells))
        words = rest
    return found, words


class _CellFinder:
    """Finds the cell at a point."""

    def __init__(self, grid: Grid) -> None:
        self.box = grid.box
        self.xs = list(grid.columns)
        self.ys = sorted({y for cell in grid.cells for y in (cell.box.y0, cell.box.y1)})
        self.cells: dict[tuple[int, int], tuple[int, int]] = {}
        for cell in grid.cells:
            for y in range(bisect_right(self.ys, cell.box.y0) - 1, bisect_right(self.ys, cell.box.y1) - 1):
                for x in range(bisect_right(self.xs, cell.box.x0) - 1, bisect_right(self.xs, cell.box.x1) - 1):
                    self.cells[y, x] = cell.row, cell.column

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        if not (self.box.x0 <= x <= self.box.x1 and self.box.y0 <= y <= self.box.y1):
            return None
        return self.cells.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def _is_layout(cells: dict[tuple[int, int], list[PlacedWord]]) -> bool:
    """Whether a ruled grid frames a header or an end (seen where an office prints the borders of its layout table)."""
    for index, words in enumerate(cells.values()):
        if index == 8:
            break
        for row in rows(segments(words[:_HEAD])):
            line = join(row).bare
            if opens_motto(line) or opens_list(line):
                return True
    return False


@dataclass(slots=True)
class TableReader:
    """Numbers the tables of a document and joins the parts of one that goes on over pages."""

    count: int = 0
    rows: int = 0  # rows of the last table so far
    columns: tuple[float, ...] = ()
    open: bool = False  # the last table reached the end of its page
    head: tuple[str, ...] = field(default_factory=tuple)
    last_text: dict[int, str] = field(default_factory=dict)
    heads: list[FurnitureLine] = field(default_factory=list)  # head rows that are printed again overleaf

    def read(self, table: Table, page: int, *, first: bool, last: bool) -> Iterator[LaidLine]:
        """The lines of a table, cell by cell. `first`, `last`: whether nothing stands above or below it on its page."""
        by_row: dict[int, dict[int, list[PlacedWord]]] = {}
        for (row, column), words in sorted(table.cells.items()):
            by_row.setdefault(row, {})[column] = words
        numbers = sorted({cell.row for cell in table.grid.cells})
        spans = {(cell.row, cell.column): _spans(cell, numbers) for cell in table.grid.cells}
        goes_on = self.open and first and _same_columns(self.columns, table.grid.columns)
        if goes_on:
            base = self.rows
        else:
            self.count += 1
            base = self.rows = 0
            self.head = ()
            self.last_text = {}
        number = self.count - 1
        shift = 0
        lines: list[LaidLine] = []
        for position, row in enumerate(numbers):
            cells = by_row.get(row, {})
            if goes_on and position == 0:
                if self._is_repeated_head(cells):
                    for words in cells.values():
                        for line in rows(segments(words)):
                            part = join(line)
                            self.heads.append(FurnitureLine(part.text, Furniture.RUNNING_HEAD, page, part.box))
                    shift -= 1
                    continue
                if self._continues_row(cells):
                    shift -= 1
            if not self.head and cells:
                self.head = _row_text(cells)
            place = base + position + shift
            for column, words in sorted(cells.items()):
                for line in rows(segments(words)):
                    part = join(line)
                    lines.append(
                        LaidLine(
                            part.words,
                            part.x0,
                            part.y0,
                            part.x1,
                            part.y1,
                            page,
                            Column.FULL,
                            Cell(number, place, column, *spans[row, column]),
                        )
                    )
            if cells:
                self.last_text = {column: " ".join(word.text for word in words) for column, words in cells.items()}
        self.rows = base + len(numbers) + shift
        self.columns = table.grid.columns
        self.open = last
        return iter(lines)

    def _is_repeated_head(self, cells: dict[int, list[PlacedWord]]) -> bool:
        return bool(self.head) and _row_text(cells) == self.head

    def _continues_row(self, cells: dict[int, list[PlacedWord]]) -> bool:
        """Whether the first row of a page is the rest of a row that the page break cut: no number of its own."""
        if 0 in cells or not self.last_text:
            return False
        return any(column in self.last_text and words[0].text[0].islower() for column, words in cells.items())


def _spans(cell: GridCell, numbers: Sequence[int]) -> tuple[int, int]:
    """How many rows and columns a cell covers; a row of the lattice in which no cell begins is none of the table."""
    return bisect_left(numbers, cell.row + cell.height) - bisect_left(numbers, cell.row), cell.width


def _row_text(cells: dict[int, list[PlacedWord]]) -> tuple[str, ...]:
    return tuple(" ".join(word.text for word in words) for _, words in sorted(cells.items()))


def _same_columns(before: tuple[float, ...], after: tuple[float, ...]) -> bool:
    return len(before) == len(after) and all(abs(a - b) < 6 for a, b in zip(before, after, strict=True))
