"""Tables: one row a document, directive, assignment, recipient, reference, the same in CSV, Excel and Parquet."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import vnadmin
from vnadmin.export.tables.csv_text import flat
from vnadmin.export.tables.files import csv_bytes, excel_bytes, parquet_bytes
from vnadmin.export.tables.rows import TABLES, Row, Table, columns, rows_of
from vnadmin.model import AdminDocument, Deadline, Directive, Recipient
from vnadmin.samples import samples


def _sample(name: str) -> AdminDocument:
    return vnadmin.parse(next(item for item in samples() if item.name == name).read_bytes())


def test_rows_of_directives_follow_the_tree() -> None:
    """A parent stands before its children; pointer and depth lead back into the JSON."""
    rows = list(rows_of("directives", _sample("quyet-dinh.html"), "q.html"))
    assert [(row["pointer"], row["depth"], row["marker"]) for row in rows] == [
        ("/directives/0", 1, "Điều 1"),
        ("/directives/1", 1, "Điều 2"),
        ("/directives/1/children/0", 2, "1"),
        ("/directives/1/children/1", 2, "2"),
        ("/directives/2", 1, "Điều 3"),
        ("/directives/3", 1, "Điều 4"),
    ]
    assert rows[3]["deadline"] == "trước ngày 25 hằng tháng"


def test_rows_of_recipients_have_identifiers(letter: AdminDocument) -> None:
    """Where the table of agencies has one at the document's date; otherwise nothing."""
    rows = list(rows_of("recipients", letter, "f"))
    assert [(row["role"], row["name"], row["agency"]) for row in rows] == [
        ("addressee", "Bộ Y tế", "G18"),
        ("addressee", "Ủy ban nhân dân tỉnh", "H37"),
        ("recipient", "Như trên", None),
        ("recipient", "Sở Tài chính", None),
        ("recipient", "Lưu: VT, NVY", None),
    ]


def test_rows_of_assignments_and_references(letter: AdminDocument) -> None:
    """A plan's table, and each instrument once."""
    plan = list(rows_of("assignments", _sample("ke-hoach.md"), "k.md"))
    assert [(row["task"], row["lead"], row["partners"]) for row in plan] == [
        ("Xây dựng kịch bản lễ khai mạc", "Phòng Quản lý Lữ hành", ["Văn phòng Sở"]),
        ("Tuyên truyền trên báo, đài", "Trung tâm Xúc tiến Du lịch", ["Báo Đông Giang", "Đài PT-TH tỉnh"]),
    ]
    references = list(rows_of("references", letter, "f"))
    assert [(row["number"], row["relation"], row["mentions"]) for row in references] == [
        ("5028/BYT-DP", "replies_to", 1),
        (None, "basis", 1),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_every_column(table: Table) -> None:
    """Columns and rows are one set, whatever the document holds."""
    for sample in samples():
        for row in rows_of(table, vnadmin.parse(sample.read_bytes()), sample.name):
            assert set(row) == set(columns(table))


@pytest.fixture
def rows(letter: AdminDocument) -> list[Row]:
    """Directives with what spreadsheets stumble over."""
    directives = [
        Directive(marker="1", text="=HYPERLINK(1)", assignees=["Sở A", "Sở B"], deadline=Deadline(text="30/9/2021")),
        Directive(marker="-", text='dòng "hai",\nvà ba'),
    ]
    return list(rows_of("directives", letter.model_copy(update={"directives": directives}), "f.pdf"))


def test_csv_is_read_back(rows: list[Row]) -> None:
    """Lists are joined; what a spreadsheet would run is disarmed."""
    found = list(csv.DictReader(io.StringIO(csv_bytes("directives", rows).decode("utf-8-sig"), newline="")))
    assert found[0]["Nội dung"] == "'=HYPERLINK(1)"
    assert found[0]["Đơn vị thực hiện"] == "Sở A; Sở B"
    assert found[1]["Thứ tự"] == "'-"
    assert found[1]["Nội dung"] == 'dòng "hai",\nvà ba'
    assert found[1]["Thời hạn"] == ""


def test_parquet_is_read_back_as_it_was(rows: list[Row]) -> None:
    """Typed: lists are lists, what is missing is null."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="extra [parquet] is not installed")
    found = parquet.read_table(io.BytesIO(parquet_bytes("directives", rows))).to_pylist()
    assert found == rows


def test_excel_has_a_sheet_for_each_table(rows: list[Row]) -> None:
    """The workbook opens as XML: five sheets and that of technical columns, no formula, Vietnamese heads."""
    pytest.importorskip("xlsxwriter", reason="extra [excel] is not installed")
    data = excel_bytes({table: rows if table == "directives" else [] for table in TABLES})
    assert data == excel_bytes({table: rows if table == "directives" else [] for table in TABLES})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        assert len(sheets) == 6
        strings = "".join(ElementTree.fromstring(book.read("xl/sharedStrings.xml")).itertext())
        assert all(b"<f>" not in book.read(name) for name in sheets)
    assert "=HYPERLINK(1)" in strings
    assert "Đơn vị thực hiện" in strings


def test_flat() -> None:
    """A list is one cell, joined."""
    assert [flat(value) for value in (["a", "b"], [], "x", 3, None)] == ["a; b", "", "x", 3, None]


def test_a_document_row_counts_its_trees(letter: AdminDocument, tmp_path: Path) -> None:
    """The first table is the row that `parse --format csv` prints, with the SHA-256 that joins the others."""
    (row,) = rows_of("documents", letter.model_copy(update={"recipients": [Recipient(name="A")]}), "f.pdf")
    assert (row["file"], row["directives"], row["recipients"], row["secrecy"]) == ("f.pdf", 0, "A", None)
    assert row["sha256"] == "0" * 64
