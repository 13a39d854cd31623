"""Tables without a format: what is laid out by a table is dissolved into columns, what is data keeps its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role
from vnadmin.genre.document_type import match_type
from vnadmin.genre.landmarks import (
    address_label_end,
    holds_date,
    is_number_line,
)
from vnadmin.genre.motto import printed_motto
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.genre.signs import line_signs
from vnadmin.genre.table.head import names_columns
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.page import Cell, Column
from vnadmin.text.fold import fold


@dataclass(slots=True)
class TableCell:
    """A cell: its content in order, and the grid columns and rows it covers."""

    column: int
    span: int = 1
    content: list[Block] = field(default_factory=list)
    height: int = 1


@dataclass(slots=True)
class Table:
    """Rows of cells. `bordered` is what the format says of its lines; None where it says nothing."""

    rows: list[list[TableCell]] = field(default_factory=list)
    bordered: bool | None = None


_MOST_ITEMS = 60  # of the recipients

Block: TypeAlias = RawLine | Table


def flatten(blocks: Sequence[Block]) -> list[RawLine]:
    """Blocks as lines in reading order: layout tables become columns or paragraphs, data tables lines with a `Cell`.

    The depth of nesting is bounded by who builds the blocks (`Config.max_nesting`).
    """
    return _flatten(blocks, Column.FULL, None, count())


def is_layout(table: Table) -> bool:
    """Whether a table only places text on the page: a header, an end, a frame around prose."""
    rows = [filled for row in table.rows if (filled := [cell for cell in row if _filled(cell)])]
    columns = {cell.column for row in rows for cell in row}
    widest = max(map(len, rows), default=0)
    if len(columns) <= 1 or (widest == 1 and not table.bordered):
        return True
    if widest > 4 or len(rows) > 40:
        return False
    if _is_address(rows):
        return False
    top = [cell for row in rows[:4] for cell in row]
    if _any(top, printed_motto, 8):
        return True
    if _any([cell for row in rows for cell in row], _opens_list, 3):
        return True
    if _is_end(rows, min(columns)):
        return True
    if len(rows) <= 4 and _any(top, _is_number, 8) and _any(top, holds_date, 8):
        return True
    if table.bordered or _has_head(rows):
        return False
    if len(rows) <= 8 and _any(rows[0], opens_signature, 2):
        return True
    return len(rows) == 1 and table.bordered is False and all(len(cell.content) > 1 for cell in rows[0])


def _is_end(rows: Sequence[Sequence[TableCell]], first: int) -> bool:
    """Recipients down to the filing entry in the first column and a signature beside them, their label above the table."""
    left = (text for row in rows for cell in row if cell.column == first for text in _first_texts(cell, _MOST_ITEMS))
    if not any(line_signs(text).role is Role.FILING for text in left):
        return False
    return _any([cell for row in rows for cell in row if cell.column > first], opens_signature, 4)


def _reads_across(table: Table) -> bool:
    """Whether a table without lines sets a few pieces side by side that read as one: `Kính gửi: | - Sở A; - Sở B`."""
    rows = [filled for row in table.rows if (filled := [cell for cell in row if _filled(cell)])]
    if not rows or max(map(len, rows)) > 3:
        return False
    if _is_address(rows):
        return True
    if table.bordered is not False or len(rows) > 8 or _has_head(rows):
        return False
    return len(rows) == 1 or sum(len(row) > 2 for row in rows) * 2 <= len(rows)


def _is_address(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether rows are those of an address block (ô 9a), the header not among them."""
    return len(rows) <= 12 and _any(rows[0][:1], _is_address_label, 1) and not _any(rows[0], printed_motto, 8)


def _has_head(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether the first row names columns (`TT | Nội dung | Người thực hiện`), so that this is a table of data."""
    return names_columns(fold(" ".join(_first_texts(cell, _HEAD_LINES))) for cell in rows[0])


_HEAD_LINES = 3


def _across(table: Table, counter: Iterator[int]) -> list[RawLine]:
    """The cells of each row after one another; what stands right of a label goes on with its paragraph."""
    lines = [BLANK]
    for row in table.rows:
        begun = False
        for cell in row:
            inner = [line for line in _flatten(cell.content, Column.FULL, None, counter) if line.text]
            if inner and begun:
                inner[0] = inner[0]._replace(starts_paragraph=bullet_end(inner[0].text.lstrip()) > 0)
            begun = begun or bool(inner)
            lines += inner
    return [*lines, BLANK]


def _filled(cell: TableCell) -> bool:
    content = cell.content
    if len(content) == 1 and isinstance(content[0], RawLine):  # nearly every cell
        return bool(content[0].text) and not is_rule(content[0].text)
    return any(isinstance(block, Table) or (block.text and not is_rule(block.text)) for block in content)


def _is_address_label(text: str) -> bool:
    return address_label_end(fold(text.strip())) > 0


def _is_type(text: str) -> bool:
    found = match_type(fold(text), 0, len(text))
    return found is not None and in_capitals(text[: found.end])


def _opens_list(text: str) -> bool:
    return line_signs(text.strip()).label_end >= 0


def _is_number(text: str) -> bool:
    return is_number_line(text.strip(), fold(text.strip()))


def _any(cells: Sequence[TableCell], holds: Callable[[str], object], count: int) -> bool:
    """Whether it holds for one of the first written lines of one of the cells."""
    return any(holds(text) for cell in cells for text in _first_texts(cell, count))


def _first_texts(cell: TableCell, count: int) -> Iterator[str]:
    for block in cell.content:
        if isinstance(block, RawLine) and block.text.strip():
            yield block.text
            count -= 1
            if not count:
                return


def _flatten(blocks: Sequence[Block], column: Column, cell: Cell | None, counter: Iterator[int]) -> list[RawLine]:
    lines: list[RawLine] = []
    for block in blocks:
        if isinstance(block, RawLine):
            if column is Column.FULL and cell is None:
                lines.append(block)
            else:
                lines.append(RawLine(block.text, block.style, block.starts_paragraph, column, cell, *block[5:]))
        elif cell is not None or column is not Column.FULL:
            for row in block.rows:  # a table inside a cell or a column: row by row, all in the outer place
                for inner in row:
                    lines += _flatten(inner.content, column, cell, counter)
        elif is_layout(block):
            lines += _dissolved(block, counter)
        elif _reads_across(block):
            lines += _across(block, counter)
        else:
            lines += _data(block, counter)
    return lines


def _data(table: Table, counter: Iterator[int]) -> list[RawLine]:
    """Lines that keep their cell; blank lines part the table from what stands around it."""
    number = next(counter)
    lines = [BLANK]
    for index, row in enumerate(table.rows):
        for cell in row:
            content, place = cell.content, Cell(number, index, cell.column, cell.height, cell.span)
            if len(content) == 1 and isinstance(content[0], RawLine):  # nearly every cell
                lines.append(RawLine(content[0].text, content[0].style, True, Column.FULL, place, content[0].page))
                continue
            inner = _flatten(content, Column.FULL, place, counter)
            if inner and not inner[0].starts_paragraph:
                inner[0] = inner[0]._replace(starts_paragraph=True)
            lines += inner
    lines.append(BLANK)
    return lines


def _dissolved(table: Table, counter: Iterator[int]) -> list[RawLine]:
    """The left columns of all rows, then the right ones; a row that one wide cell fills stands between as it is."""
    boundary = _boundary(table)
    lines = [BLANK]
    sides: dict[int, list[RawLine]] = {}
    for row in table.rows:
        filled = [cell for cell in row if _filled(cell)]
        for cell in filled:
            # a cell over both columns, or the only one that the row has: "| QUYẾT ĐỊNH Về việc ... |"; not "| (AAC) |", the
            # end of a subject in a table drawn with lines
            wide = cell.column + cell.span > (boundary or 0) or (len(row) == 1 and _any([cell], _is_type, 1))
            across = len(filled) == 1 and cell.column < (boundary or 0) and wide
            if boundary is None or across or _any(filled[:1], _is_address_label, 1):
                lines += _side_by_side(sides)
                sides = {}
                lines += _flatten(cell.content, Column.FULL, None, counter)
            else:
                column = Column.LEFT if cell.column < boundary else Column.RIGHT
                sides.setdefault(cell.column, []).extend(_flatten(cell.content, column, None, counter))
    return [*lines, *_side_by_side(sides), BLANK]


def _side_by_side(sides: dict[int, list[RawLine]]) -> list[RawLine]:
    lines: list[RawLine] = []
    for _, side in sorted(sides.items()):
        if not side:  # a cell of nothing but a table without cells
            continue
        side[0] = side[0]._replace(starts_paragraph=True)
        lines += side
    return lines


def _boundary(table: Table) -> int | None:
    """The grid column at which the right column begins; None where there is one column only."""
    cells = [cell for row in table.rows for cell in row if _filled(cell)]
    columns = sorted({cell.column for cell in cells})
    if len(columns) <= 1:
        return columns[0] if columns and columns[0] > 0 and _any(cells, opens_signature, 2) else None
    for landmark in (printed_motto, holds_date):
        for cell in cells:
            if cell.column > columns[0] and _any([cell], landmark, 8):
                return cell.column
    return columns[1]
