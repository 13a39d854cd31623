"""Assignments: rows of a plan's assignment table (bảng phân công nhiệm vụ), recognised by its head row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vnadmin.fields.directives.bodies import split_bodies
from vnadmin.fields.directives.deadline import FoundDeadline, date_of_issue, read_cell_deadline
from vnadmin.found import Found, quote
from vnadmin.gazetteer import rows
from vnadmin.layout.page import Line, Paragraph, SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.fold import fold
from vnadmin.zones.zone import Zones

_RULE: Final = "assignments.table"
# Head rows stand at the top; a long title inside a table is no head.
_HEAD_ROWS: Final = 3
_HEAD_LENGTH: Final = 60

Row = Mapping[int, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class FoundAssignment:
    """Leaves of model.Assignment."""

    task: Found[str]
    lead: Found[str] | None
    partners: tuple[Found[str], ...]
    deadline: FoundDeadline | None


def read_assignments(zones: Zones) -> Iterator[FoundAssignment]:
    """The rows of the body's assignment tables (`STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn`)."""
    document = zones.document
    columns: dict[str, int] = {}
    heads: frozenset[str] = frozenset()
    width = 0
    for table in _tables(zones.body):
        found, after = _head(document, table)
        widest = max(max(row) for row in table) + 1
        if found:
            columns, width = found, widest
            heads = frozenset(document.folded_of(line) for row in table[:after] for line in row.get(found["task"], ()))
        elif not columns or widest != width or _looks_headed(document, table[0]):
            columns = {}
            continue
        issued = date_of_issue(document, zones.preface)
        for row in table[after:]:
            assignment = _row(document, row, columns, heads, issued)
            if assignment is not None:
                yield assignment


def _tables(paragraphs: Sequence[Paragraph]) -> Iterator[list[Row]]:
    """The tables among the paragraphs, each a list of rows; a row maps its columns to their lines."""
    number: int | None = None
    table: dict[int, dict[int, list[Line]]] = {}
    for paragraph in paragraphs:
        for line in paragraph.lines:
            cell = line.cell
            if cell is None:
                continue
            if cell.table != number:
                if table:
                    yield list(table.values())
                number, table = cell.table, {}
            table.setdefault(cell.row, {}).setdefault(cell.column, []).append(line)
    if table:
        yield list(table.values())


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Words of head cells and what column they name, longest first."""
    pairs = [(fold(row["word"]), row["kind"]) for row in rows("assignment_columns")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _kind(document: SourceDocument, lines: Sequence[Line]) -> str | None:
    """What column a head cell names."""
    folded = " ".join(document.folded_of(line) for line in lines).strip(" .:*_")
    if len(folded) > _HEAD_LENGTH:
        return None
    best: tuple[int, int, str] | None = None
    for word, kind in _names():
        position = folded.find(word)
        if position < 0 or (kind == "number" and folded != word):
            continue
        rank = (position, -len(word), kind)
        if best is None or rank < best:
            best = rank
    # "Cơ quan phối hợp", "Đơn vị chủ trì, phối hợp": who leads is named first
    return best[2] if best else None


def _head(document: SourceDocument, table: Sequence[Row]) -> tuple[dict[str, int], int]:
    """The columns of an assignment table and the index of its first row; no columns where it is another table."""
    for index, row in enumerate(table[:_HEAD_ROWS]):
        if len(row) < 3:
            continue
        columns: dict[str, int] = {}
        for column, lines in row.items():
            kind = _kind(document, lines)
            if kind and kind not in columns:
                columns[kind] = column
        after = index + 1
        if after < len(table) and _is_second_head(document, table[after]):
            for column, lines in table[after].items():
                kind = _kind(document, lines)
                if kind in ("lead", "partners"):
                    columns[kind] = column
            after += 1
        if "task" in columns and ("lead" in columns or "partners" in columns):
            return columns, after
    return {}, 0


def _is_second_head(document: SourceDocument, row: Row) -> bool:
    """The second row of a head: `Chủ trì | Phối hợp` under a merged `Cơ quan thực hiện`."""
    kinds = [_kind(document, lines) for lines in row.values()]
    return bool(kinds) and None not in kinds and ("lead" in kinds or "partners" in kinds)


def _looks_headed(document: SourceDocument, row: Row) -> bool:
    """Whether a row is a head of some other table, so that the columns of the last one do not hold."""
    return sum(_kind(document, lines) is not None for lines in row.values()) >= 2


def _row(
    document: SourceDocument,
    row: Row,
    columns: Mapping[str, int],
    heads: frozenset[str],
    issued: PartialDate | None,
) -> FoundAssignment | None:
    """One row as an assignment; group rows (`I. Công tác tuyên truyền`) and repeated heads are none."""
    task = row.get(columns["task"])
    if not task or len(row) < 2:
        return None
    lead = row.get(columns.get("lead", -1))
    partners = row.get(columns.get("partners", -1))
    limit = row.get(columns.get("deadline", -1))
    if not (lead or partners or limit):
        return None
    if document.folded_of(task[0]) in heads:
        return None  # the head again, on the next page
    if len({document.folded_of(lines[0]) for lines in row.values()}) == 1:
        return None
    return FoundAssignment(
        _quote(document, task),
        _quote(document, lead) if lead else None,
        tuple(_partners(document, partners)) if partners else (),
        read_cell_deadline(document, _spans(limit), issued) if limit else None,
    )


def _spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    return tuple(Span(line.start, line.end) for line in lines)


def _quote(document: SourceDocument, lines: Sequence[Line]) -> Found[str]:
    return quote(document, _spans(lines), _RULE, Grade.LIKELY)


def _partners(document: SourceDocument, lines: Sequence[Line]) -> Iterator[Found[str]]:
    """The bodies of a cell; a line that wraps belongs to the one before it."""
    start: int | None = None
    end = 0
    for line in lines:
        if start is not None and document.text[end - 1] in ";.,:" and line.start - end <= 1:
            for span in split_bodies(document, start, end):
                yield quote(document, span, _RULE, Grade.LIKELY)
            start = None
        if start is None:
            start = line.start
        end = line.end
    if start is not None:
        for span in split_bodies(document, start, end):
            yield quote(document, span, _RULE, Grade.LIKELY)
