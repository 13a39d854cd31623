"""Registers in the decree's form: which documents stand in them, in which order, and what is said of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Connection, select

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct
from vnadmin.index.catalog.schema import Document
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.registers.book import Book, book, filled, said
from vnadmin.index.registers.book_excel import write_book
from vnadmin.index.registers.form import FORMS, Direction
from vnadmin.index.registers.kept import offices

OFFICE = "so noi vu tinh binh lac"
ISSUED = ((1, 3), (2, 4), (2, 6), (4, 7), (5, 8))  # number and day


@pytest.fixture
def kept(catalog: str, archive: Path) -> str:
    """Letters of an office with a gap and a double, one in two files, and one that it received."""
    for number, day in ISSUED:
        text = letter(1, number=number, day=day, month=3, year=2031, subject=f"tập huấn ngày {day}")
        (archive / f"{number}-{day}.txt").write_text(text, "utf-8")
        if day == 8:
            (archive / "copy.txt").write_text(text + "\n\n", "utf-8")
    got = letter(1, office="TƯ PHÁP", sign="STP-VP", number=77, day=9, month=3, year=2031).replace(
        "Ủy ban nhân dân huyện Lạc Thủy", "Giám đốc Sở Nội vụ"
    )
    (archive / "den.txt").write_text(got, "utf-8")
    run(catalog, archive)
    return catalog


def of(catalog: str, direction: Direction, then: Callable[[Connection, Book], object] | None = None) -> Book:
    def ask(connection: Connection) -> Book:
        found = book(connection, direction, OFFICE, 2031)
        assert found is not None
        if then:
            then(connection, found)
        return found

    return asking(catalog, ask)


def test_what_was_issued_stands_by_number_with_gaps_between(kept: str) -> None:
    found = of(kept, Direction.OUT)
    assert (found.office, found.parent, found.documents) == ("SỞ NỘI VỤ", "ỦY BAN NHÂN DÂN TỈNH BÌNH LẠC", 5)
    assert found.days == ("2031-03-03", "2031-03-08")
    (series,) = found.series
    assert [(line.place, line.cells.get("number"), [said(note) for note in line.notes]) for line in series.lines] == [
        (1, "1/SNV-VP", []),
        (2, "2/SNV-VP", ["Trùng số"]),
        (3, "2/SNV-VP", ["Trùng số"]),
        (None, None, ["Thiếu số: 3"]),
        (4, "4/SNV-VP", []),
        (5, "5/SNV-VP", ["Cùng một văn bản: ×2"]),
    ]
    assert [said(note, "en") for note in series.found] == ["Missing: 3", "Given twice: 2"]
    assert series.lines[0].cells["title"] == "Công văn về việc tập huấn ngày 3"


def test_recipients_and_the_copy_that_is_kept_are_told_apart(kept: str) -> None:
    def parties(connection: Connection, found: Book) -> None:
        (line, *_) = filled(connection, Direction.OUT, found.lines)
        assert (line.cells["recipients"], line.cells["keeper"]) == ("Ủy ban nhân dân huyện Lạc Thủy", "VT")

    of(kept, Direction.OUT, parties)


def test_what_was_received_has_the_number_and_day_of_its_stamp(kept: str) -> None:
    found = of(kept, Direction.IN)
    assert [(line.cells["number"], line.cells["arrival"], line.notes) for line in found.lines] == [
        ("77/STP-VP", None, ())
    ]

    def stamp(connection: Connection) -> None:
        sha256 = connection.scalar(select(Document.sha256).where(Document.sequence == "77"))
        for name, value in (("number", "2"), ("date", "2031-03-10")):
            correct(connection, sha256 or "", f"/arrival/{name}", value, person="An", at="2026-12-03T00:00:00Z")

    writer = Writer(open_catalog(kept))
    writer.transact(stamp)
    writer.engine.dispose()
    found = of(kept, Direction.IN)
    shown = [
        (line.cells.get("arrival"), line.cells.get("arrived_on"), line.cells.get("issuer")) for line in found.lines
    ]
    assert shown == [(None, None, None), ("2", "2031-03-10", "SỞ TƯ PHÁP (ỦY BAN NHÂN DÂN TỈNH BÌNH LẠC)")]
    assert said(found.lines[0].notes[0]) == "Có thể thiếu số: 1" or said(found.lines[0].notes[0]) == "Thiếu số: 1"


def test_who_kept_no_register_has_none(kept: str) -> None:
    assert asking(kept, lambda connection: book(connection, Direction.OUT, OFFICE, 1999)) is None
    first, *_ = asking(kept, offices)
    assert (first.key, first.years[0]) == (OFFICE, (2031, 6))


def test_the_workbook_is_the_decrees_form(kept: str) -> None:
    out = io.BytesIO()
    of(kept, Direction.OUT, lambda connection, found: write_book(connection, found, out))
    made = openpyxl.load_workbook(out)
    assert made.sheetnames == ["Sổ đăng ký", "Kỹ thuật"]
    sheet = made["Sổ đăng ký"]
    lines = [[cell for cell in line if cell is not None] for line in sheet.values]
    assert lines[0] == ["SỔ ĐĂNG KÝ VĂN BẢN ĐI"]
    assert ["Từ số 01 đến số 5"] in lines
    head = next(at for at, line in enumerate(lines) if line[:1] == ["STT"])
    assert lines[head][1:] == [one.vi for one in FORMS[Direction.OUT]]
    assert lines[head + 1] == [f"({n})" for n in range(1, 11)]
    assert sheet.print_title_rows == f"${head + 1}:${head + 2}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)  # one page wide
    texts = [cell for line in lines for cell in line if isinstance(cell, str)]
    assert {"Thiếu số: 3", "Công văn: Thiếu số: 3", "Công văn: Trùng số: 2", "NGƯỜI LẬP SỔ"} <= set(texts)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [line[0] for line in made["Kỹ thuật"].values] == ["STT", 1, 2, 3, 4, 5]
