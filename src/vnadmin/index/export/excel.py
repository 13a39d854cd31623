"""Exports as an Excel workbook, written row by row so that memory stays flat (XlsxWriter)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from sqlalchemy import Connection

from vnadmin.export.tables.clerk_book import ClerkBook
from vnadmin.export.tables.clerk_sheet import ROWS
from vnadmin.export.tables.excel_cells import new_book
from vnadmin.gazetteer import rows
from vnadmin.index.export.rows import batches, for_people
from vnadmin.index.export.sheets import SHEETS, sheet_columns, sheet_rows

_DOCUMENTS: Final = "Văn bản"
_TITLES: Final = {
    "documents": "DANH SÁCH VĂN BẢN", "tasks": "NHIỆM VỤ ĐƯỢC GIAO TRONG CÁC VĂN BẢN", "references": "VĂN BẢN ĐƯỢC VIỆN DẪN",
    "recipients": "NƠI NHẬN CỦA CÁC VĂN BẢN",
}  # fmt: skip


def write_excel(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """Sheets of documents, tasks, references and recipients, each with a fixed head in Vietnamese and a filter; technical columns on one of their own.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    tables = {_DOCUMENTS: [(row["column"], row["vi"], row["kind"]) for row in rows("export_columns")]}
    tables |= {title: sheet_columns(name) for name, title in SHEETS.items()}
    told = f"Số văn bản: {len(ids)}"
    titles = {sheet: (_TITLES[name], told) for name, sheet in {"documents": _DOCUMENTS, **SHEETS}.items()}
    book = ClerkBook(new_book(output, by_row=True), tables, titles, most=ROWS)
    for batch in batches(connection, ids):
        for row in batch:
            book.add(_DOCUMENTS, for_people(row))
        for name, sheet in SHEETS.items():
            for row in sheet_rows(connection, name, batch):
                book.add(sheet, row)
    book.close()
