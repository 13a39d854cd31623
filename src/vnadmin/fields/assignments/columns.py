"""The columns of an assignment table, by its head: which holds the work, who leads, who helps, until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.table.head import ColumnKind, HeadCell, names_columns, read_head_cell
from vnadmin.genre.table.row import numbers_columns
from vnadmin.layout.page import SourceDocument
from vnadmin.zones.tables import Held, Row, Table

# Rows above a head: a title over all columns, "Đơn vị tính: đồng".
_ROWS_ABOVE: Final = 2
_DEEPEST: Final = 3
_WHO: Final = (ColumnKind.LEAD, ColumnKind.SHARED, ColumnKind.BODY)
# Ranks: "Tên văn bản", "Công tác" are work only beside a column that says what the body does, "Nội dung đăng ký" beside
# more than a column "Đơn vị"; "Người báo cáo" does no work in a table of amounts.
_AMOUNTS: Final = frozenset((ColumnKind.QUANTITY, ColumnKind.PERIOD))
_SURE_WORK: Final = 1
_PLAIN_WORK: Final = 2
_PLAIN_WHO: Final = 3


class Columns(NamedTuple):
    """Where an assignment table has what, by number of column; None where it has no such column."""

    task: int
    who: int
    shared: bool  # who leads and who helps stand in the column `who` together
    partners: int | None
    deadline: int | None
    note: int | None
    number: int | None


def find_columns(document: SourceDocument, table: Table) -> tuple[Columns | None, int]:
    """The columns of an assignment table and the index of the first row under its head; None for another table."""
    for first in range(min(_ROWS_ABOVE + 1, len(table.rows))):
        if len(table.rows[first]) < 2:
            continue
        end = _head_end(document, table, first)
        under = end + (end < len(table.rows) and _numbers_columns(document, table.rows[end]))
        columns = _columns(document, table.rows[first:end], table.rows[under:])
        if columns is not None:
            return columns, under
    return None, 0


def is_head(document: SourceDocument, row: Row) -> bool:
    """Whether a row is the head of some table."""
    return names_columns(_text(document, held) for held in row.values())


def _text(document: SourceDocument, held: Held) -> str:
    return " ".join(document.folded_of(line) for line in held.lines)


def _read(document: SourceDocument, held: Held) -> HeadCell | None:
    return read_head_cell(_text(document, held))


def _head_end(document: SourceDocument, table: Table, first: int) -> int:
    """The index after the head's last row: it is as deep as its highest cell, or a row of names stands under it."""
    rows = table.rows
    depth = max(held.height for held in rows[first].values())
    while depth < _DEEPEST and first + depth < len(rows) and _is_lower_head(document, rows[first + depth]):
        depth += 1
    return min(first + min(depth, _DEEPEST), len(rows) - 1)


def _is_lower_head(document: SourceDocument, row: Row) -> bool:
    """`Chủ trì | Phối hợp` under a merged `Cơ quan thực hiện`, where the format lost what is merged."""
    kinds = [cell.kind if (cell := _read(document, held)) else None for held in row.values() if held.begins]
    return len(kinds) > 1 and None not in kinds and ColumnKind.NUMBER not in kinds


def _numbers_columns(document: SourceDocument, row: Row) -> bool:
    return numbers_columns(document.of(held.lines[0]) for held in row.values())


def _columns(document: SourceDocument, head: Sequence[Row], rows: Sequence[Row]) -> Columns | None:
    kinds: dict[int, HeadCell | None] = {}
    widths: dict[int, int] = {}
    for row in head:
        above = dict(kinds)
        for column, held in row.items():
            if held.begins:
                widths[column] = held.width
                over = max((c for c in above if c <= column), default=None)
                kinds[column] = _under(None if over is None else above[over], _read(document, held))
    best: dict[ColumnKind, int] = {}
    for column, cell in sorted(kinds.items()):
        if cell is not None:
            kind = ColumnKind.LEAD if cell.kind in _WHO else cell.kind
            held_rank = kinds[best[kind]] if kind in best else None
            if held_rank is None or (kind is not ColumnKind.TASK and cell.rank < held_rank.rank):
                best[kind] = column
    if ColumnKind.RIVAL in best or ColumnKind.TASK not in best or ColumnKind.LEAD not in best:
        return None
    task, who = kinds[best[ColumnKind.TASK]], kinds[best[ColumnKind.LEAD]]
    if task is None or who is None:
        return None
    if who.rank > _PLAIN_WHO and (task.rank > _PLAIN_WORK or not _AMOUNTS.isdisjoint(best)):
        return None
    if who.kind is ColumnKind.BODY and task.rank > _SURE_WORK:
        return None
    names = [row[best[ColumnKind.LEAD]] for row in rows if best[ColumnKind.LEAD] in row]
    if not _name_bodies(document, names, strictly=who.kind is ColumnKind.BODY):
        return None
    return Columns(
        task=_fullest(document, rows, best[ColumnKind.TASK], widths[best[ColumnKind.TASK]]),
        who=best[ColumnKind.LEAD],
        shared=who.kind is ColumnKind.SHARED,
        partners=best.get(ColumnKind.PARTNERS),
        deadline=best.get(ColumnKind.DEADLINE),
        note=best.get(ColumnKind.NOTE),
        number=best.get(ColumnKind.NUMBER),
    )


def _under(above: HeadCell | None, cell: HeadCell | None) -> HeadCell | None:
    """What a head cell names under another: `Chủ trì` under `Cơ quan thực hiện`, `Năm 2024` under `Kinh phí`."""
    if cell is None or (above is not None and above.kind in (ColumnKind.OTHER, ColumnKind.QUANTITY)):
        return above or cell
    return cell


def _fullest(document: SourceDocument, rows: Sequence[Row], first: int, width: int) -> int:
    """Of the columns under one head cell that with the most text: `Nội dung` over `1.1` and what is to be done."""
    letters = dict.fromkeys(range(first, first + width), 0)
    for row in rows:
        for column in letters.keys() & row.keys():
            letters[column] += len(_text(document, row[column])) if row[column].begins else 0
    return max(letters, key=lambda column: (letters[column], -column))


def _name_bodies(document: SourceDocument, cells: Sequence[Held], *, strictly: bool) -> bool:
    """Whether the cells of a column of who name somebody: they are not all empty, no amounts, and `strictly` no units of measure either."""
    texts = [document.of(held.lines[0]).strip() for held in cells if held.begins]
    if strictly:
        named = sum(text[:1].isupper() and (" " in text or in_capitals(text)) for text in texts)
    else:
        named = sum(any(map(str.isalpha, text)) for text in texts)
    return named * 2 > len(texts)
