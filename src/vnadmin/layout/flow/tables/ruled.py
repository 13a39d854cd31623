"""Tables drawn in text by dashes: grids (`+----+----+`) and columns under rows of dashes (`----- -----`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vnadmin.genre.closing_line import may_hold_label
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.phrase import join_cut
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.text.pattern import pattern

_GRID = pattern(r"\s*+\+(?:[-=:]++\+)++\s*+")  # "+-----+:---:+", under a head "+=====+=====+"
_DASHES = pattern(r"\s*+-{2,}+(?: -{2,}+)++\s*+")  # "------- ----------", one blank between the columns
_DASH_LINE = pattern(r"\s*+-{10,}+\s*+")  # above a head of several lines
_RUN = pattern(r"-++")
_DRAWN = pattern(r"[-=:]{2,}+")  # the piece of a line that ends one cell while its neighbour goes on
_LONGEST = 3000  # lines of a table
_HEAD = 6  # lines of the head above its dashes
_FULL = 70  # columns; a table that is as wide as its page was filled, and its cells were wrapped to fit


class _Piece(NamedTuple):
    """What stands between two edges of one line of a grid."""

    column: int
    span: int
    width: int
    text: str


def ruled_table(lines: Sequence[RawLine], index: int) -> tuple[int, Table] | None:
    """The table that is drawn from this line on, and the position after it."""
    text = lines[index].text.lstrip()
    if text.startswith("+") and _GRID.fullmatch(text):
        return _grid(lines, index)
    if text.startswith("--"):
        return _dashed(lines, index)
    return None


# --- grids -----------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[RawLine], index: int) -> tuple[int, Table] | None:
    end = index + 1
    drawn = [index]
    while end < min(len(lines), index + _LONGEST) and lines[end].text.lstrip()[:1] in ("|", "+"):
        if _GRID.fullmatch(lines[end].text):
            drawn.append(end)
        end += 1
    end = drawn[-1] + 1
    if end - index < 3:
        return None
    edges = sorted({at for position in drawn for at, char in enumerate(lines[position].text) if char == "+"})
    table = Table()
    cells: dict[int, TableCell] = {}
    widths: dict[int, int] = {}
    row: list[TableCell] = []
    for position in range(index, end):
        line = lines[position]
        pieces = [] if position in drawn else list(_pieces(line.text, edges))
        ended = [piece for piece in pieces if _DRAWN.fullmatch(piece.text)]
        if position in drawn or ended:
            row = []
            table.rows.append(row)
        for column in [piece.column for piece in ended] or (list(cells) if position in drawn else []):
            cells.pop(column, None)
        for piece in pieces:
            if piece in ended:
                continue
            if piece.column not in cells:
                cells[piece.column] = TableCell(piece.column, piece.span)
                widths[id(cells[piece.column])] = piece.width
                row.append(cells[piece.column])
            cells[piece.column].content.append(line._replace(text=piece.text))
    wraps = edges[-1] - edges[0] >= _FULL
    for cell in (cell for row in table.rows for cell in row):
        cell.content = _content(cell.content, widths[id(cell)] if wraps else 0)
    table.rows = [row for row in table.rows if row]
    return end, table


def _pieces(text: str, edges: Sequence[int]) -> Iterator[_Piece]:
    """The pieces of one line of a grid; an edge that no bar marks lies inside a cell."""
    marked = [number for number, at in enumerate(edges) if text[at : at + 1] in ("|", "+")]
    if marked[:1] != [0] or marked[-1:] != [len(edges) - 1]:  # a line that lost its blanks
        inner = text.strip().strip("|").split("|")
        marked = list(range(len(inner) + 1)) if len(inner) < len(edges) else []
        for left, part in zip(marked, inner, strict=False):
            yield _Piece(left, 1, edges[left + 1] - edges[left] - 3, part.strip())
        return
    for left, right in pairwise(marked):
        begin, end = edges[left], edges[right]
        yield _Piece(left, right - left, end - begin - 3, text[begin + 1 : end].strip())


# --- rows of dashes ----------------------------------------------------------------------------------------------


def _dashed(lines: Sequence[RawLine], index: int) -> tuple[int, Table] | None:
    """A table without a head between two equal rows of dashes, or one whose head stands between dashes."""
    head = index
    if _DASH_LINE.fullmatch(lines[index].text):
        below = range(index + 2, min(len(lines), index + 2 + _HEAD))
        head = next((position for position in below if _DASHES.fullmatch(lines[position].text)), 0)
        if not head or not all(lines[position].text for position in range(index + 1, head)):
            return None
    elif not _DASHES.fullmatch(lines[index].text):
        return None
    columns = [(run.start(), run.end()) for run in _RUN.finditer(lines[head].text)]
    end = next(
        (
            position
            for position in range(head + 2, min(len(lines), head + _LONGEST))
            if lines[position].text.lstrip().startswith("--") and _closes(lines[position].text, columns, head > index)
        ),
        0,
    )
    if not end:
        return None
    table = Table()
    if head > index:
        table.rows.append(_row(lines[index + 1 : head], columns))
    body = list(lines[head + 1 : end])
    while body and not body[-1].text:
        body.pop()
    # a row of several lines has blank ones around it; a document's end is one row of as many lines as its list has
    parted = any(not line.text for line in body) or any(_holds_label(line.text) for line in body)
    group: list[RawLine] = []
    for line in body:
        if group and not (parted and line.text):
            table.rows.append(_row(group, columns))
            group = []
        if line.text:
            group.append(line)
    if group:
        table.rows.append(_row(group, columns))
    return end + 1, table


def _holds_label(text: str) -> bool:
    """`Nơi nhận:                TM. CHÍNH PHỦ`, the first line of both cells."""
    return may_hold_label(text) and line_signs(text.strip("*_ ")).label_end >= 0


def _closes(text: str, columns: Sequence[tuple[int, int]], headed: bool) -> bool:
    if headed:
        return _DASH_LINE.fullmatch(text) is not None
    return [(run.start(), run.end()) for run in _RUN.finditer(text)] == list(columns)


def _row(lines: Sequence[RawLine], columns: Sequence[tuple[int, int]]) -> list[TableCell]:
    wraps = columns[-1][1] - columns[0][0] >= _FULL
    row = []
    for number, (start, end) in enumerate(columns):
        after = columns[number + 1][0] if number + 1 < len(columns) else None
        content: list[Block] = [line._replace(text=line.text[start:after].strip()) for line in lines]
        row.append(TableCell(number, 1, _content(content, end - start if wraps else 0)))
    return row


def _content(blocks: Sequence[Block], width: int) -> list[Block]:
    """The lines of a cell without blank ones at its ends; those that were cut to fit its width are joined."""
    lines = [block for block in blocks if isinstance(block, RawLine)]
    while lines and not lines[-1].text:
        lines.pop()
    while lines and not lines[0].text:
        lines.pop(0)
    return list(join_cut(lines, width))
