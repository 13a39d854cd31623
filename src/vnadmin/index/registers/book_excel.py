"""A register as an Excel workbook: the decree's form on A3 landscape, what is to be looked at below it, and a sheet with contents and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from sqlalchemy import Connection

from vnadmin.export.tables.clerk_sheet import ClerkSheet, Column
from vnadmin.export.tables.excel_cells import new_book
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.registers.book import Book, Line, filled, said
from vnadmin.index.registers.form import FORMS, Direction, FormColumn
from vnadmin.model import PartialDate

TITLES: Final = {Direction.OUT: "SỔ ĐĂNG KÝ VĂN BẢN ĐI", Direction.IN: "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"}
SIGNERS: Final = (
    ("NGƯỜI LẬP SỔ", "(Ký, ghi rõ họ tên)"),
    ("PHỤ TRÁCH VĂN THƯ", "(Ký, ghi rõ họ tên)"),
    ("NGƯỜI ĐỨNG ĐẦU CƠ QUAN, ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)"),
)
FINDINGS: Final = "Những điểm cần kiểm tra, đối chiếu với sổ gốc"
NO_FINDINGS: Final = "Không phát hiện số thiếu, số trùng hoặc ngày sai thứ tự."
_BLANK: Final = "…………"


def write_book(connection: Connection, book: Book, output: BinaryIO) -> None:
    """The register as a file.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    made = new_book(output)
    form = FORMS[book.direction]
    heads = [Column(one.vi, one.kind, one.width) for one in form]
    sheet = ClerkSheet(made, "Sổ đăng ký", heads, title=cover(book), paper="A3", numbered_heads=True)
    technical = ClerkSheet(made, "Kỹ thuật", [Column("SHA-256", "text", 68), Column("Tệp", "text", 90)])
    for series in book.series:
        if series.name:
            sheet.add([series.name, *[None] * (len(form) - 1)], "section", counted=False)
        for line in filled(connection, book.direction, series.lines):
            sheet.add(cells(line, form), "marked" if line.notes else "plain", counted=line.place is not None)
            if line.place is not None:
                technical.add([line.sha256, "\n".join(paths_of(connection, line.sha256))])
    found = [
        f"{series.name}: {told}" if series.name else told for series in book.series for told in map(said, series.found)
    ]
    sheet.end(filtered=False)
    sheet.below(["", FINDINGS], bold=True)
    sheet.below(found or [NO_FINDINGS])
    sheet.sign(SIGNERS)
    made.close()


def cover(book: Book) -> list[str]:
    """What the form's first page says (NĐ 30/2020, PL IV, I.1 and VI.1); what nobody knows stays to be filled in."""
    days = [PartialDate(day).printed for day in book.days] if book.days else [_BLANK] * 2
    last = str(book.series[0].last) if len(book.series) == 1 and book.series[0].last else _BLANK
    first = "01" if last != _BLANK else _BLANK
    return [
        TITLES[book.direction],
        *filter(None, (book.parent, book.office)),
        f"Năm: {book.year}",
        f"Từ ngày {days[0]} đến ngày {days[1]}",
        f"Từ số {first} đến số {last}",
        f"Quyển số: {_BLANK}",
    ]


def cells(line: Line, form: Sequence[FormColumn]) -> list[str | None]:
    """The cells of a line in the order of the form, its findings in the last."""
    names = [one.column for one in form]
    notes = "; ".join(map(said, line.notes)) or None
    return [notes if name == "note" else line.cells.get(name) for name in names]
