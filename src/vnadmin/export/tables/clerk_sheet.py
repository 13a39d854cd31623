"""A sheet of Excel as clerks work with and print it: title rows, STT, wrapped cells of a bounded height, one page wide, its head on each page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from vnadmin.export.tables.csv_text import Value, flat
from vnadmin.export.tables.excel_cells import DATE, write_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS: Final = 1_048_576  # of a sheet: more rows go on another one
_PAPER: Final = {"A3": 8, "A4": 9}
_LINE: Final = 15.0  # points of a line
_TALLEST: Final = 10  # lines of a row that are shown; the cell holds all of its text
_STT: Final = 6  # characters
Look = Literal["plain", "marked", "section"]


class Column(NamedTuple):
    """A column: its head, the kind of its values (text, date, integer, list), its width in characters."""

    head: str
    kind: str
    width: float


class ClerkSheet:
    """A table below its title, which goes on on another sheet where one is full."""

    def __init__(
        self,
        book: Workbook,
        name: str,
        columns: Sequence[Column],
        *,
        title: Sequence[str] = (),
        paper: Literal["A3", "A4"] = "A4",
        numbered_heads: bool = False,
        rows: int = ROWS,
    ) -> None:
        """`title`: rows above the head, the first in bold; `numbered_heads`: (1), (2) ... below the heads, as forms of the law have them."""
        self._book, self._name, self._columns = book, name, columns
        self._title, self._paper, self._numbered, self._rows = title, paper, numbered_heads, rows
        cell: dict[str, object] = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#999999"}
        looks: Mapping[Look, dict[str, object]] = {
            "plain": {}, "marked": {"bg_color": "#FFF2CC"}, "section": {"bold": True, "bg_color": "#EDEDED"},
        }  # fmt: skip
        self._cells = {look: book.add_format({**cell, **own}) for look, own in looks.items()}
        self._dates = {look: book.add_format({**cell, **own, **DATE}) for look, own in looks.items()}
        self._head = book.add_format(
            {**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}
        )
        self._first = book.add_format({"bold": True, "font_size": 14})
        self._count = 0
        self._stt = 0
        self._begin()

    @property
    def _top(self) -> int:
        """The row of the heads."""
        return len(self._title) + bool(self._title)

    def _begin(self) -> None:
        self._count += 1
        name = f"{self._name} {self._count}" if self._count > 1 else self._name
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._sheet.set_landscape()
        self._sheet.set_paper(_PAPER[self._paper])
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&A&RTrang &P/&N")
        self._sheet.set_column(0, 0, _STT)
        for place, column in enumerate(self._columns, 1):
            self._sheet.set_column(place, place, column.width)
        for line, text in enumerate(self._title):
            self._sheet.write_string(line, 0, text, self._first if line == 0 else None)
        heads = ["STT", *(column.head for column in self._columns)]
        for place, head in enumerate(heads):
            self._sheet.write_string(self._top, place, head, self._head)
        self._line = self._top + 1
        if self._numbered:
            for place in range(1, len(heads)):
                self._sheet.write_string(self._line, place, f"({place})", self._head)
            self._sheet.write_blank(self._line, 0, None, self._head)
            self._line += 1
        self._body = self._line
        self._sheet.repeat_rows(self._top, self._body - 1)
        self._sheet.freeze_panes(self._body, 0)

    def add(self, values: Sequence[Value], look: Look = "plain", *, counted: bool = True) -> int:
        """The next row; returns its STT, or that of the row before where it is not `counted`."""
        if self._line == self._rows:
            self.end()
            self._begin()
        self._sheet.set_row(self._line, self._height(values))
        self._stt += counted
        if counted:
            self._sheet.write_number(self._line, 0, self._stt, self._cells[look])
        else:
            self._sheet.write_blank(self._line, 0, None, self._cells[look])
        for place, (column, value) in enumerate(zip(self._columns, values, strict=True), 1):
            written = write_cell(
                self._sheet, self._line, place, value, column.kind, self._dates[look], self._cells[look]
            )
            if not written:
                self._sheet.write_blank(self._line, place, None, self._cells[look])
        self._line += 1
        return self._stt

    def _height(self, values: Sequence[Value]) -> float:
        """By the longest cell, as wide letters take a little more than one character."""
        lines = 1
        for column, value in zip(self._columns, values, strict=True):
            text = flat(value)
            if isinstance(text, str):
                room = max(1.0, column.width - 1)
                lines = max(lines, sum(max(1, math.ceil(len(part) / room)) for part in text.split("\n")))
        return _LINE * min(lines, _TALLEST) + 1

    def below(self, texts: Sequence[str], *, bold: bool = False) -> None:
        """Rows of text below the table, one after the other."""
        for text in texts:
            self._sheet.write_string(self._line, 1, text, self._book.add_format({"bold": True}) if bold else None)
            self._line += 1

    def sign(self, signers: Sequence[tuple[str, str]]) -> None:
        """Lines for signatures below the table: who signs, and how, side by side."""
        bold = self._book.add_format({"bold": True, "align": "center"})
        italic = self._book.add_format({"italic": True, "align": "center"})
        step = max(1, len(self._columns) // len(signers))
        places = [1 + at * step + step // 2 for at in range(len(signers))]
        self._line += 1
        for line, form in ((0, bold), (1, italic)):
            for place, told in zip(places, signers, strict=True):
                self._sheet.write_string(self._line + line, place, told[line], form)
        self._line += 2

    def end(self, *, filtered: bool = True) -> None:
        """The filter, now that the last row is known."""
        if filtered:
            self._sheet.autofilter(self._body - 1, 0, max(self._line - 1, self._body), len(self._columns))
