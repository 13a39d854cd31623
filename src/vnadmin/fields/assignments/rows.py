"""The rows of a document's assignment tables, of the body and of what is attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vnadmin.fields.assignments.columns import Columns, find_columns, is_head
from vnadmin.fields.assignments.who import read_lead, read_note, read_partners, read_shared, runs
from vnadmin.fields.directives.deadline.reader import FoundDeadline, date_of_issue, read_cell_deadline
from vnadmin.found import Found, quote
from vnadmin.genre.table.row import row_number
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.pattern import pattern
from vnadmin.zones.tables import Held, Row, read_tables
from vnadmin.zones.zone import Zones

_RULE: Final = "assignments.table"
# "…", "-", "....": nothing is written in the cell
_WRITTEN = pattern(r"\w")


@dataclass(frozen=True, slots=True)
class FoundAssignment:
    """Leaves of model.Assignment."""

    task: Found[str]
    lead: Found[str] | None
    partners: tuple[Found[str], ...]
    deadline: FoundDeadline | None


def read_assignments(zones: Zones) -> Iterator[FoundAssignment]:
    """The rows of all assignment tables (`STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn`)."""
    reader = _Reader(zones.document, date_of_issue(zones.document, zones.preface))
    yield from reader.rows([line for paragraph in zones.body for line in paragraph.lines])
    for attachment in zones.attachments:
        if not attachment.is_copy_block:
            yield from reader.rows(attachment.lines)


@dataclass(frozen=True, slots=True)
class _Reader:
    document: SourceDocument
    issued: PartialDate | None

    def rows(self, lines: Sequence[Line]) -> Iterator[FoundAssignment]:
        """The rows among the lines of one text; a table without a head goes on with the columns of the one before."""
        columns: Columns | None = None
        width = 0
        for table in read_tables(lines):
            found, first = find_columns(self.document, table)
            if found is not None:
                columns, width = found, table.width
            elif columns is None or table.width != width or is_head(self.document, table.rows[0]):
                columns = None
                continue
            rows = table.rows[first:]
            for index, row in enumerate(rows):
                after = rows[index + 1] if index + 1 < len(rows) else None
                assignment = self._row(row, after, columns)
                if assignment is not None:
                    yield assignment

    def _row(self, row: Row, after: Row | None, columns: Columns) -> FoundAssignment | None:
        """One row as an assignment; group rows (`I. Công tác tuyên truyền`) and repeated heads are none."""
        task = self._cell(row, columns.task)
        if task is None or self._is_one_text(row):
            return None
        if self._number(row, columns) is None and is_head(self.document, row):
            return None
        who, partners = self._cell(row, columns.who), self._cell(row, columns.partners)
        limit = self._cell(row, columns.deadline)
        parts = [cell for cell in (task, who, partners, limit) if cell is not None]
        if not any(cell.begins for cell in parts):
            return None
        if not (who or partners or limit) and self._heads_group(row, after, columns):
            return None
        lead: tuple[Span, ...] = ()
        helpers: tuple[Span, ...] = ()
        if who is not None:
            lead, helpers = (read_shared if columns.shared else read_lead)(self.document, who.lines)
        if partners is not None:
            helpers = read_partners(self.document, partners.lines)
        note = self._cell(row, columns.note)
        if not helpers and note is not None:
            helpers = read_note(self.document, note.lines)
        return FoundAssignment(
            self._quote(runs(task.lines)),
            self._quote(lead) if lead else None,
            tuple(self._quote((body,)) for body in helpers),
            read_cell_deadline(self.document, runs(limit.lines), self.issued) if limit else None,
        )

    def _cell(self, row: Row, column: int | None) -> Held | None:
        """The cell of a row in a column, if anything is written in it."""
        held = row.get(-1 if column is None else column)
        if held is None or not any(_WRITTEN.search(self.document.text, line.start, line.end) for line in held.lines):
            return None
        return held

    def _is_one_text(self, row: Row) -> bool:
        """Whether all cells say the same: how some programs write a cell that is merged over the whole row."""
        texts = {self.document.folded[held.lines[0].start : held.lines[-1].end] for held in row.values()}
        return len(row) > 1 and len(texts) == 1

    def _heads_group(self, row: Row, after: Row | None, columns: Columns) -> bool:
        """Whether a row that names nobody and no time heads those under it: it has no number, or theirs start anew."""
        number, following = self._number(row, columns), self._number(after, columns) if after else None
        return number is None or (following is not None and following != (*number[:-1], number[-1] + 1))

    def _number(self, row: Row, columns: Columns) -> tuple[int, ...] | None:
        held = row.get(0 if columns.number is None else columns.number)
        return row_number(self.document.of(held.lines[0])) if held else None

    def _quote(self, spans: tuple[Span, ...]) -> Found[str]:
        return quote(self.document, spans, _RULE, Grade.LIKELY)
