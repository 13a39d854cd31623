"""`vnadmin search` as a person and as a script use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.index.search.archive import documents, sha256_of, write
from vnadmin.commands.cli import app
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogUnavailable
from vnadmin.index.search.query import BadQuery


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The archive of the tests in a file."""
    path = str(tmp_path_factory.mktemp("command") / "catalog.db")
    engine = open_catalog(path)
    write(engine, documents())
    engine.dispose()
    return path


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["search", *words])
    return result.exit_code, result.stdout, result.stderr


def test_an_answer_for_people(kho: str) -> None:
    """Number, date, subject, where the words stand, the file, and how many there are."""
    status, out, _ = run("-c", kho, "quy hoạch", "sử dụng đất đai")
    assert status == 0
    assert out.index("88/2020/QĐ-UBND") < out.index("90/STNMT-QLĐĐ") < out.index("89/QĐ-UBND")
    assert "ban hành quy hoạch sử dụng đất đai" in out
    assert "/kho/quy-hoach.txt" in out
    assert "1–3 / 3 văn bản. 3 documents." in out


def test_how_many_have_the_accents_that_were_typed_is_told(kho: str) -> None:
    """`đường` is counted apart from *dưỡng*; who types without accents asks for both, and is told one number."""
    _, page, _ = run("-c", kho, "đường", "--format", "json", "--limit", "1")
    typed, everything = json.loads(page)["as_typed"], json.loads(page)["total"]
    assert 0 < typed < everything
    _, out, _ = run("-c", kho, "đường")
    assert f"/ {everything} văn bản ({typed} đúng dấu, {everything - typed} khác dấu)." in out
    _, out, _ = run("-c", kho, "duong")
    assert f"/ {everything} văn bản. {everything} documents." in out


def test_a_task_is_shown_with_whom_and_until_when(kho: str) -> None:
    """A search for a deadline shows the task it belongs to."""
    _, out, _ = run("-c", kho, 'giao:"Sở Nội vụ" han:<=2022-06-30')
    assert "→ Trình đề án · Sở Nội vụ · trước ngày 2022-06-30" in out


def test_a_page_for_programs(kho: str) -> None:
    """JSON with marks as positions in each text."""
    status, out, _ = run("-c", kho, "đường bộ", "--format", "json", "--limit", "1")
    page = json.loads(out)
    assert (status, page["total"], len(page["hits"])) == (0, 3, 1)
    hit = page["hits"][0]
    assert hit["sha256"] == sha256_of("duong-bo")
    subject = hit["subject"]
    assert [subject["text"][start:end] for start, end in subject["marks"]] == ["đường bộ"]
    assert hit["found"] == {"place": "title_phrase", "accents": True}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_an_export_by_its_ending(kho: str, ending: str, tmp_path: Path) -> None:
    """The ending of the file tells the format; stdout stays free."""
    path = tmp_path / f"found.{ending}"
    status, out, err = run("-c", kho, "duong", "-o", str(path))
    assert (status, out) == (0, "")
    assert "8 documents" in err
    assert path.stat().st_size > 100


def test_an_export_to_a_pipe(kho: str) -> None:
    """Lines of JSON on stdout, all that is found and not a page."""
    _, out, _ = run("-c", kho, "--format", "jsonl")
    assert len(out.splitlines()) == len(documents())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("không có từ này",), 1),
        (("tu:hôm-qua",), BadQuery.exit_code),
        (("đường", "--output", "found.doc"), 2),
        (("đường", "--format", "xlsx"), 2),
        (("đường", "--format", "json", "--output", "x.csv"), 2),
    ],
)
def test_the_exit_status_says_what_was_wrong(kho: str, words: tuple[str, ...], status: int) -> None:
    """1: nothing found; 2: wrong arguments; the error's own for a query that is none."""
    found, out, err = run("-c", kho, *words)
    assert found == status
    assert "Traceback" not in out + err


def test_a_catalogue_that_is_not_there(tmp_path: Path) -> None:
    """One sentence, and no catalogue is made by searching."""
    status, _, err = run("-c", str(tmp_path / "none.db"), "đường")
    assert status == CatalogUnavailable.exit_code
    assert "There is no catalogue" in err
    assert not (tmp_path / "none.db").exists()


def test_the_fields_are_listed() -> None:
    """Every field with its meaning in both languages and an example."""
    status, out, _ = run("--fields")
    assert status == 0
    assert "co-quan:" in out
    assert "vien-dan:09/2017/NĐ-CP" in out
