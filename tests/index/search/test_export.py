"""Each export is read back by a program that did not write it, and holds what the catalogue holds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.index.search.archive import document, documents, sha256_of, write
from vnadmin.errors import MissingExtra
from vnadmin.export.tables.clerk_book import is_technical
from vnadmin.gazetteer import rows
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.schema import Task
from vnadmin.index.export import excel as export_excel
from vnadmin.index.export import rows as export_rows
from vnadmin.index.export.registry import EXPORTS, ExportFormat, export, export_file
from vnadmin.index.export.rows import columns
from vnadmin.index.search.search import search

openpyxl = pytest.importorskip("openpyxl", reason="reads the workbook back: in the group dev")
duckdb = pytest.importorskip("duckdb", reason="reads the Parquet file back: in the group dev")


@pytest.fixture
def engine(catalog: str) -> Iterator[Engine]:
    """The archive, once in each database, with one subject that a spreadsheet would run as a formula."""
    made = open_catalog(catalog)
    entries = documents()
    entries["so-lon"] = entries["so-lon"].model_copy(update={"subject": '=HYPERLINK("http://example.com")'})
    write(made, entries)
    yield made
    made.dispose()


def written(engine: Engine, query: str, form: ExportFormat) -> io.BytesIO:
    output = io.BytesIO()
    with engine.connect() as connection:
        export(connection, query, output, form)
    output.seek(0)
    return output


def expected(engine: Engine, query: str) -> list[str]:
    with engine.connect() as connection:
        return [hit.sha256 for hit in search(connection, query, limit=100).hits]


def read_json(engine: Engine, query: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(engine, query, ExportFormat.JSON_LINES).read().decode().splitlines()]


def test_json_lines_hold_the_documents_of_the_search_in_its_order(engine: Engine) -> None:
    """One object a document, with all columns; lists are lists, what is missing is null."""
    lines = read_json(engine, "duong")
    assert [line["sha256"] for line in lines] == expected(engine, "duong")
    one = next(line for line in lines if line["sha256"] == sha256_of("duong-bo"))
    assert list(one) == list(columns())
    assert (one["number"], one["issued_on"], one["year"]) == ("123/QĐ-UBND", "2021-09-25", 2021)
    assert one["legal_references"] == ["Nghị định 09/2017/NĐ-CP", "Luật Luật Đất đai"]
    assert one["paths"] == ["/kho/duong-bo.txt"]
    assert (one["urgency"], one["recipients"], one["tasks"]) == (None, [], 0)


def test_csv_is_read_by_a_spreadsheet(engine: Engine) -> None:
    """With the mark of UTF-8, lists joined, and no cell that would be run as a formula."""
    text = written(engine, "", ExportFormat.CSV).read()
    assert text.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert list(table[0])[:3] == ["Loại văn bản", "Số, ký hiệu", "Ngày ban hành"]
    assert list(table[0])[-1] == "SHA-256", "what only programs ask for stands last"
    assert [row["SHA-256"] for row in table] == expected(engine, "")
    by_name = {row["SHA-256"]: row for row in table}
    assert by_name[sha256_of("so-lon")]["Trích yếu"] == '\'=HYPERLINK("http://example.com")'
    assert by_name[sha256_of("so-y-te")]["Nơi nhận"] == "Thường trực Huyện ủy; Sở Y tế"
    assert by_name[sha256_of("khong-thoi-gian")]["Ngày ban hành"] == ""
    days = "; ".join(row["Thời hạn"] for row in table if row["Thời hạn"]).split("; ")
    assert len(days) > 5
    assert all(re.fullmatch(r"((\d\d/)?\d{1,2}/)?\d{4}", day) for day in days), (
        "as documents write them, not 2022-06-30"
    )


def sheet_of(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    """The rows of a sheet below its title, by heads."""
    lines = list(book[name].values)
    head = next(at for at, line in enumerate(lines) if line[0] == "STT")
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]


def contents(book: openpyxl.Workbook, *sheets: str) -> list[object]:
    """The SHA-256 of a sheet's rows, which stand on the sheet of technical columns."""
    return [row["SHA-256"] for row in sheet_of(book, "Kỹ thuật") if row["Trang"] in sheets]


def test_excel_is_read_back(engine: Engine) -> None:
    """Heads in Vietnamese, a fixed head, a filter; numbers are numbers, what looks like a formula is a text."""
    book = openpyxl.load_workbook(written(engine, "", ExportFormat.EXCEL))
    sheet, rows_ = book["Văn bản"], sheet_of(book, "Văn bản")
    assert contents(book, "Văn bản") == expected(engine, "")
    assert list(rows_[0]) == ["STT", *(row["vi"] for row in rows("export_columns") if not is_technical(row["column"]))]
    assert [row["STT"] for row in rows_] == list(range(1, len(rows_) + 1))
    lines = dict(zip(contents(book, "Văn bản"), rows_, strict=True))
    assert lines[sha256_of("so-lon")]["Trích yếu"] == '=HYPERLINK("http://example.com")'
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert lines[sha256_of("duong-bo")]["Năm"] == 2021
    assert lines[sha256_of("khong-thoi-gian")]["Ngày ban hành"] is None
    assert lines[sha256_of("duong-bo")]["Ngày ban hành"] == dt.datetime(2021, 9, 25), "a date that sorts and filters"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == f"A4:{sheet.dimensions.partition(':')[2]}"


def test_excel_is_made_to_be_read_and_printed(engine: Engine) -> None:
    """Title rows, the head on each printed page, one page wide, landscape; cells are wrapped and no row is taller than ten lines."""
    book = openpyxl.load_workbook(written(engine, "", ExportFormat.EXCEL))
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
        assert sheet.print_title_rows == f"${head}:${head}"
        body = [cell for row in sheet.iter_rows(min_row=head + 1) for cell in row]
        assert all(cell.alignment.wrap_text for cell in body)
        assert all(sheet.row_dimensions[cell.row].height <= 151 for cell in body)
    titles = [list(book["Văn bản"].values)[at][0] for at in (0, 1)]
    assert titles == ["DANH SÁCH VĂN BẢN", f"Số văn bản: {len(expected(engine, ''))}"]


def test_excel_has_who_must_do_what_by_when(engine: Engine) -> None:
    """A sheet each for tasks, references and recipients, with the document that each row is of; it was a count."""
    book = openpyxl.load_workbook(written(engine, "", ExportFormat.EXCEL))
    assert book.sheetnames == ["Văn bản", "Nhiệm vụ", "Văn bản viện dẫn", "Nơi nhận", "Kỹ thuật"]
    with engine.connect() as connection:
        tasks = connection.execute(select(Task.pointer)).all()
        dated = {str(d) for d in connection.scalars(select(Task.deadline)) if d and len(d) == 10}
    found = sheet_of(book, "Nhiệm vụ")
    assert len(found) == len(tasks) > 0
    assert {
        line["Ngày đến hạn"].date().isoformat() for line in found if isinstance(line["Ngày đến hạn"], dt.datetime)
    } == dated
    kept = [line for line in sheet_of(book, "Kỹ thuật") if line["Trang"] == "Nhiệm vụ"]
    assert [line["STT trên trang"] for line in kept] == [line["STT"] for line in found]
    assert all(line["Nhiệm vụ được giao"] for line in found)
    assert all(line["SHA-256"] for line in kept)
    below = [line for line, where in zip(found, kept, strict=True) if "/children/" in str(where["Vị trí"])]
    assert any(line["Đơn vị chủ trì, thực hiện"] for line in below), "what an item says counts for those below it"
    assert {line["Vai trò"] for line in sheet_of(book, "Nơi nhận")} == {"Kính gửi", "Nơi nhận"}


def test_tasks_beside_a_document_stand_in_reading_order(engine: Engine) -> None:
    """As on the sheet of tasks: item 10 after item 9, and below whom it is given to."""
    who = "Phòng Tổ chức"
    items = [(f"Việc {i}", who, "", []) for i in range(1, 10)]
    items.append(("Rà soát", who, "", [("Lập danh sách", "", "2022-06-30", [])]))
    entry = {"name": "thu-tu", "type": ["CV", "Công văn"], "text": "Thứ tự", "tree": items}
    write(engine, {"thu-tu": document(entry)})
    (line,) = [line for line in read_json(engine, "") if line["sha256"] == sha256_of("thu-tu")]
    told = [*(f"Việc {i}" for i in range(1, 10)), "Rà soát", "Lập danh sách"]
    assert [one.split(" [")[0] for one in line["assigned"]] == [f"{who}: {text}" for text in told]


def test_excel_goes_on_on_another_sheet(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet holds a million rows: what is more stands on the next one."""
    monkeypatch.setattr(export_excel, "ROWS", 14)
    book = openpyxl.load_workbook(written(engine, "", ExportFormat.EXCEL))
    sheets = [name for name in book.sheetnames if name.startswith("Văn bản") and "viện dẫn" not in name]
    assert sheets == ["Văn bản", "Văn bản 2", "Văn bản 3"]
    assert [row["STT"] for name in sheets for row in sheet_of(book, name)] == list(
        range(1, len(expected(engine, "")) + 1)
    )


def test_a_cell_that_is_too_long_is_cut_with_a_sign(catalog: str) -> None:
    """Excel takes 32,767 characters in a cell."""
    engine = open_catalog(catalog)
    one = documents()["duong-bo"].model_copy(update={"subject": "đường " * 10_000})
    write(engine, {"duong-bo": one})
    subject = str(sheet_of(openpyxl.load_workbook(written(engine, "", ExportFormat.EXCEL)), "Văn bản")[0]["Trích yếu"])
    engine.dispose()
    assert (len(subject), subject[-1]) == (32_767, "…")


def test_parquet_is_read_by_another_engine(engine: Engine, tmp_path: Path) -> None:
    """DuckDB reads the same rows as JSON lines have, with types: integers, lists, nulls."""
    path = tmp_path / "found.parquet"
    path.write_bytes(written(engine, "duong", ExportFormat.PARQUET).read())
    found = duckdb.sql(f"SELECT * FROM '{path}'").fetchall()
    assert [dict(zip(columns(), row, strict=True)) for row in found] == read_json(engine, "duong")
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{path}')").fetchall())
    assert (kinds["year"], kinds["recipients"], kinds["issued_on"]) == ("INTEGER", "VARCHAR[]", "VARCHAR")


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_search_gives_the_same_bytes(engine: Engine, form: ExportFormat) -> None:
    """No time of writing, no random name stands in a file; small batches change nothing but Parquet's row groups."""
    first = written(engine, "", form).read()
    assert written(engine, "", form).read() == first


def test_batches_follow_each_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export is written in batches; no row is lost or doubled between them."""
    whole = read_json(engine, "")
    monkeypatch.setattr(export_rows, "AT_ONCE", 5)
    assert read_json(engine, "") == whole


@pytest.mark.parametrize("form", EXPORTS)
def test_an_empty_answer_is_an_empty_table(engine: Engine, form: ExportFormat, tmp_path: Path) -> None:
    """A file with its head and no rows, that programs can read."""
    path = tmp_path / f"none.{form}"
    with engine.connect() as connection:
        assert export_file(connection, "không có từ này", path, form) == 0
    if form is ExportFormat.EXCEL:
        assert sheet_of(openpyxl.load_workbook(path), "Văn bản") == []
    elif form is ExportFormat.PARQUET:
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(0,)]
    else:
        assert len(path.read_text("utf-8-sig").splitlines()) == (1 if form is ExportFormat.CSV else 0)


def test_a_file_that_was_not_finished_is_not_there(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that fails leaves the older file as it was, and no rest."""
    path = tmp_path / "found.xlsx"
    path.write_bytes(b"older")
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with engine.connect() as connection, pytest.raises(MissingExtra, match=r"vnadmin\[excel\]"):
        export_file(connection, "", path, ExportFormat.EXCEL)
    assert path.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
