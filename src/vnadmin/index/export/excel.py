"""Exports as an Excel workbook, written row by row so that memory stays flat (XlsxWriter)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from sqlalchemy import Connection

from vnadmin.export.tables.excel_cells import date_format, new_book, write_cell
from vnadmin.gazetteer import rows
from vnadmin.index.export.rows import ExportRow, batches, for_people
from vnadmin.index.export.sheets import SHEETS, sheet_columns, sheet_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS: Final = 1_048_576  # of a sheet, its head included: more rows go on another sheet
_WIDE: Final = {"subject": 60, "text": 60, "assigned": 60, "title": 50, "issuing_agency": 36, "recipients": 40,
                "legal_references": 40, "paths": 40, "lead": 36, "name": 40, "issues": 40}  # fmt: skip


def write_excel(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """Sheets of documents, tasks, references and recipients, each with a fixed head in Vietnamese and a filter.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    book = new_book(output, by_row=True)
    kinds = [(row["column"], row["vi"], row["kind"]) for row in rows("export_columns")]
    sheets = {"documents": _Sheet(book, "Văn bản", kinds)}
    sheets |= {name: _Sheet(book, title, sheet_columns(name)) for name, title in SHEETS.items()}
    for batch in batches(connection, ids):
        for row in batch:
            sheets["documents"].add(for_people(row))
        for name in SHEETS:
            for row in sheet_rows(connection, name, batch):
                sheets[name].add(row)
    for sheet in sheets.values():
        sheet.end()
    book.close()


class _Sheet:
    """A table that goes on on another sheet where one is full."""

    def __init__(self, book: Workbook, title: str, columns: Sequence[tuple[str, str, str]]) -> None:
        self._book = book
        self._title = title
        self._columns = columns
        self._date = date_format(book)
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._count = 0
        self._begin()

    def _begin(self) -> None:
        self._count += 1
        self._line = 1
        self._sheet: Worksheet = self._book.add_worksheet(
            f"{self._title} {self._count}" if self._count > 1 else self._title
        )
        for place, (name, vi, _) in enumerate(self._columns):
            self._sheet.set_column(place, place, _WIDE.get(name, 16))
            self._sheet.write_string(0, place, vi, self._head)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: ExportRow) -> None:
        """The next row."""
        if self._line == ROWS:
            self.end()
            self._begin()
        for place, (name, _, kind) in enumerate(self._columns):
            write_cell(self._sheet, self._line, place, row[name], kind, self._date)
        self._line += 1

    def end(self) -> None:
        """The filter, now that the last row is known."""
        self._sheet.autofilter(0, 0, self._line - 1, len(self._columns) - 1)
