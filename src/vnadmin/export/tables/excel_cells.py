"""How a value stands in a cell of Excel: texts as texts, whole dates as dates that sort and filter, none a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from vnadmin.errors import MissingExtra
from vnadmin.export.tables.csv_text import Value, flat

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DATE: Final[Mapping[str, str]] = {"num_format": "dd/mm/yyyy", "align": "left"}
CELL: Final = 32_767  # characters of a cell: Excel takes no more
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # `2021-09` is no day, and stays a text
_FIRST: Final = "1900-03-01"  # Excel counts a day in February 1900 that never was


def new_book(output: Any, *, by_row: bool = False) -> Workbook:
    """A workbook in which the same rows give the same bytes; `by_row` writes each row to a file at once, in memory none.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise MissingExtra("An Excel export needs XlsxWriter.", "pip install 'vnadmin[excel]'") from error

    how = "constant_memory" if by_row else "in_memory"
    options = {how: True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(output, options)
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    return book


def date_format(book: Workbook) -> Format:
    """As documents write a day: 25/09/2021."""
    return book.add_format(DATE)


def write_cell(
    sheet: Worksheet, line: int, place: int, value: Value, kind: str, date: Format, plain: Format | None = None
) -> bool:
    """One value; what is missing leaves its cell empty. Returns whether there was one."""
    text = flat(value)
    if isinstance(text, int):
        sheet.write_number(line, place, text, plain)
    elif text and kind == "date" and _DAY.fullmatch(text) and text >= _FIRST:
        sheet.write_datetime(line, place, dt.datetime.fromisoformat(text), date)
    elif text:
        sheet.write_string(line, place, text if len(text) <= CELL else text[: CELL - 1] + "…", plain)
    else:
        return False
    return True
