"""Exports as an Excel workbook, written row by row so that memory stays flat (XlsxWriter)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final

from vnadmin.errors import MissingExtra
from vnadmin.export.tables.csv_text import flat
from vnadmin.gazetteer import rows
from vnadmin.index.export.rows import ExportRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS: Final = 1_048_576  # of a sheet, its head included: more documents go on another sheet
CELL: Final = 32_767  # characters of a cell: Excel takes no more
WIDTHS: Final = {"subject": 60, "issuing_agency": 36, "recipients": 40, "legal_references": 40, "paths": 40}


def write_excel(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """One sheet with a fixed head in Vietnamese, a filter on every column, and texts as texts: no cell is a formula.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise MissingExtra("An Excel export needs XlsxWriter.", "pip install 'vnadmin[excel]'") from error
    book = Workbook(output, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The same search gives the same bytes: no time of writing stands in the file.
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    sheet, line = _sheet(book, 1), 1
    for batch in batches:
        for row in batch:
            if line == ROWS:
                sheet.autofilter(0, 0, line - 1, len(row) - 1)
                sheet, line = _sheet(book, len(book.worksheets()) + 1), 1
            for place, value in enumerate(row.values()):
                _write(sheet, line, place, flat(value))
            line += 1
    sheet.autofilter(0, 0, line - 1, len(rows("export_columns")) - 1)
    book.close()


def _sheet(book: Workbook, number: int) -> Worksheet:
    sheet = book.add_worksheet(f"Văn bản {number}" if number > 1 else "Văn bản")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(rows("export_columns")):
        sheet.set_column(place, place, WIDTHS.get(column["column"], 16))
        sheet.write_string(0, place, column["vi"], bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write(sheet: Worksheet, line: int, place: int, value: str | int | None) -> None:
    if isinstance(value, int):
        sheet.write_number(line, place, value)
    elif value:
        sheet.write_string(line, place, value if len(value) <= CELL else value[: CELL - 1] + "…")
