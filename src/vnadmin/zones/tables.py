"""Tables of a stretch of lines as rows of cells; a merged cell stands in each row that it spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from vnadmin.layout.page import Cell, Line


class Held(NamedTuple):
    """A cell as one row has it: its lines, how many columns it covers, whether it begins in this row."""

    lines: tuple[Line, ...]
    column: int
    width: int = 1
    height: int = 1
    begins: bool = True


Row: TypeAlias = Mapping[int, Held]


class Table(NamedTuple):
    """A table's rows, each by column; cells without text are left out, and so are rows without any."""

    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(held.column + held.width for row in self.rows for held in row.values())


def read_tables(lines: Iterable[Line]) -> Iterator[Table]:
    """The tables among the lines, in reading order."""
    number: int | None = None
    cells: dict[Cell, list[Line]] = {}
    for line in lines:
        if line.cell is None:
            continue
        if line.cell.table != number:
            if cells:
                yield _table(cells)
            number, cells = line.cell.table, {}
        cells.setdefault(line.cell, []).append(line)
    if cells:
        yield _table(cells)


def _table(cells: Mapping[Cell, list[Line]]) -> Table:
    last = max(cell.row for cell in cells)
    rows: dict[int, dict[int, Held]] = {}
    for cell, lines in cells.items():
        held = Held(tuple(lines), cell.column, cell.width, cell.height)
        rows.setdefault(cell.row, {})[cell.column] = held
    for cell, lines in cells.items():
        hanging = Held(tuple(lines), cell.column, cell.width, cell.height, begins=False)
        for row in range(cell.row + 1, min(cell.row + cell.height - 1, last) + 1):
            if row in rows:
                rows[row].setdefault(cell.column, hanging)
    return Table(tuple(dict(sorted(row.items())) for _, row in sorted(rows.items())))
