"""Tables as a workbook for clerks: a sheet for each, and one more (`Kỹ thuật`) with the columns that programs ask for, by sheet and STT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from vnadmin.export.tables.clerk_sheet import ROWS, ClerkSheet, Column
from vnadmin.export.tables.csv_text import Value
from vnadmin.gazetteer import rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook

TECHNICAL: Final = "Kỹ thuật"
_WIDTH: Final = 16.0
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


@cache
def _looks() -> Mapping[str, Mapping[str, str]]:
    return {row["column"]: row for row in rows("clerk_columns")}


def is_technical(column: str) -> bool:
    """Whether only programs ask for it."""
    return bool(_looks().get(column, {}).get("technical"))


def _column(described: Described) -> Column:
    name, head, kind = described
    return Column(head, kind, float(_looks().get(name, {}).get("width") or _WIDTH))
