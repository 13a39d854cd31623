"""Tables as a workbook for clerks: a sheet for each, and one more (`Kỹ thuật`) with the columns that programs ask for, by sheet and STT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from vnadmin.export.tables.clerk_sheet import ROWS, ClerkSheet, Column
from vnadmin.export.tables.csv_text import Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook

TECHNICAL: Final = "Kỹ thuật"
_WIDTH: Final = 16.0  # characters of a column that is not listed
_WIDTHS: Final[Mapping[str, float]] = {
    "subject": 60,
    "text": 60,
    "task": 60,
    "assigned": 60,
    "title": 50,
    "issuing_agency": 36,
    "parent_agency": 30,
    "document_issuing_agency": 36,
    "recipients": 40,
    "addressees": 36,
    "legal_references": 40,
    "paths": 40,
    "file": 40,
    "lead": 36,
    "partners": 30,
    "leads": 36,
    "assignees": 36,
    "name": 40,
    "issues": 40,
    "signer": 22,
    "signatories": 30,
    "issuer": 30,
    "provisions": 30,
    "marker": 8,
    "year": 8,
    "tasks": 10,
    "directives": 10,
    "assignments": 10,
    "mentions": 10,
    "page_count": 8,
    "issued_on": 12,
    "document_issued_on": 12,
    "deadline": 14,
    "deadline_date": 12,
    "done_on": 12,
    "type_code": 12,
    "sequence": 10,
    "notation": 16,
    "lowest_grade": 18,
    "method": 20,
    "media_type": 36,
    "pointer": 30,
    "depth": 8,
    "agency": 20,
    "identifier": 40,
    "sha256": 68,
    "document_sha256": 68,
}
# what programs ask for alone
_TECHNICAL: Final = frozenset(
    {
        "type_code",
        "sequence",
        "notation",
        "lowest_grade",
        "method",
        "media_type",
        "pointer",
        "depth",
        "agency",
        "identifier",
        "sha256",
        "document_sha256",
    }
)
Described = tuple[str, str, str]  # a column: name, head, kind


class ClerkBook:
    """Sheets that rows are added to in any order; what is missing in a row leaves its cell empty."""

    def __init__(
        self,
        book: Workbook,
        tables: Mapping[str, Sequence[Described]],
        titles: Mapping[str, Sequence[str]],
        *,
        most: int = ROWS,
    ) -> None:
        """`tables`: the columns of each sheet by its name; `titles`: the rows above its head."""
        self._book = book
        self._plain = {sheet: [one for one in columns if not is_technical(one[0])] for sheet, columns in tables.items()}
        self._technical = {sheet: [one for one in columns if is_technical(one[0])] for sheet, columns in tables.items()}
        self._sheets = {
            sheet: ClerkSheet(book, sheet, [_column(one) for one in columns], title=titles.get(sheet, ()), rows=most)
            for sheet, columns in self._plain.items()
        }
        self._heads = {
            head: _column((name, head, kind)) for columns in self._technical.values() for name, head, kind in columns
        }
        self._kept = ClerkSheet(
            book,
            TECHNICAL,
            [Column("Trang", "text", 20), Column("STT trên trang", "integer", 10), *self._heads.values()],
            rows=most,
        )  # fmt: skip

    def add(self, sheet: str, row: Mapping[str, Value]) -> None:
        """The next row of a sheet."""
        stt = self._sheets[sheet].add([row[name] for name, _, _ in self._plain[sheet]])
        if columns := self._technical[sheet]:
            kept = {head: row[name] for name, head, _ in columns}
            self._kept.add([sheet, stt, *(kept.get(head) for head in self._heads)])

    def close(self) -> None:
        """Write the file."""
        for sheet in (*self._sheets.values(), self._kept):
            sheet.end()
        self._book.close()


def is_technical(column: str) -> bool:
    """Whether only programs ask for it."""
    return column in _TECHNICAL


def _column(described: Described) -> Column:
    name, head, kind = described
    return Column(head, kind, _WIDTHS.get(name, _WIDTH))
