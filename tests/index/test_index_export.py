"""`vnadmin export` from a catalogue and from folders: every form, with people's corrections in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.index.letters import letter
from tests.index.runs import asking, run
from tests.source.test_containers import mail
from vnadmin import parse
from vnadmin.commands.cli import app
from vnadmin.export.qcvn102.envelope import UNPAGED, pages, read_edxml
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct
from vnadmin.index.catalog.rows import document_row
from vnadmin.index.catalog.schema import File
from vnadmin.index.catalog.told import count_of, tell_pages
from vnadmin.index.catalog.transact import Writer
from vnadmin.samples import samples

PROFILE = """
[agency]
organ_id = "H99.1"
name = "Sở Nội vụ"
[archive]
fonds = "P_SNV"
file_code = "H99.1.2022.7"
file_title = "Công văn"
maintenance = "01"
mode = "01"
language = "01"
[document]
number_of_page = 1
[directory]
"Ủy ban nhân dân huyện Lạc Thủy" = ["H99.3"]
"""


def vnadmin(*arguments: object) -> tuple[int, bytes, str]:
    """Exit code, stdout, stderr of `vnadmin export`."""
    result = CliRunner().invoke(app, ["export", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout_bytes, result.stderr


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A catalogue of three letters, two in one mail, and one subject corrected by a person."""
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "mot.txt").write_text(letter(1), "utf-8")
    (folder / "thu.eml").write_bytes(mail(hai_txt=letter(2).encode(), ba_txt=letter(3).encode()))
    (tmp_path / "out").mkdir()
    (tmp_path / "profile.toml").write_text(PROFILE, "utf-8")
    catalog = str(tmp_path / "catalog.db")
    run(catalog, folder)
    path = f"{folder}/thu.eml!/ba.txt"
    sha256 = str(asking(catalog, lambda c: c.scalar(select(File.sha256).where(File.path == path))))
    writer = Writer(open_catalog(catalog), patience=5)
    for pointer, value in (("/subject", "Trích yếu đã sửa tay"), ("/number/text", "999/SNV-VP")):
        writer.transact(lambda c, p=pointer, v=value: correct(c, sha256, p, v, person="lan", at="2026-01-02T00:00:00Z"))
    writer.engine.dispose()
    return tmp_path


def test_every_form_of_a_search_has_the_corrections(kho: Path) -> None:
    """Values that people corrected could leave the archive as CSV only."""
    found = ("--catalog", kho / "catalog.db", "--query", '"đã sửa tay"', "--profile", kho / "profile.toml")
    code, out, told = vnadmin(*found, "--to", "dc")
    assert (code, "Trích yếu đã sửa tay" in out.decode()) == (0, True), told
    code, out, told = vnadmin(*found, "--to", "akn")
    assert (code, "999/SNV-VP" in out.decode()) == (0, True), told
    code, out, told = vnadmin(*found, "--to", "ead")
    assert (code, "Trích yếu đã sửa tay" in out.decode("utf-8-sig")) == (0, True), told
    code, out, told = vnadmin(*found, "--to", "edxml")
    assert code == 0, told
    message = read_edxml(out)
    assert message.subject == "Trích yếu đã sửa tay"
    assert [one.data for one in message.attachments] == [letter(3).encode()], "the document, not the mail that holds it"
    for form in ("xlsx", "parquet"):
        code, _, told = vnadmin(*found, "--to", form, "--output", kho / "out")
        assert (code, (kho / "out" / f"vnadmin.{form}").exists()) == (0, True), told
    code, out, _ = vnadmin(*found, "--to", "csv", "--table", "directives")
    assert (code, len(list(csv.reader(io.StringIO(out.decode("utf-8-sig"))))) > 1) == (0, True)


def test_a_file_for_each_document_and_no_name_twice(kho: Path) -> None:
    """`a.edxml`, `a-2.edxml`; in a folder of the user's."""
    (kho / "kho" / "con").mkdir()
    (kho / "kho" / "con" / "mot.txt").write_text(letter(5), "utf-8")
    run(str(kho / "catalog.db"), kho / "kho")
    code, _, told = vnadmin("--catalog", kho / "catalog.db", "--to", "dc", "--output", kho / "out")
    names = sorted(path.name for path in (kho / "out").iterdir())
    assert (code, names) == (0, ["ba.dc.xml", "hai.dc.xml", "mot-2.dc.xml", "mot.dc.xml"]), told


def test_what_is_missing_is_told_of_every_document_by_name(kho: Path) -> None:
    """EAD without a storage period: all documents are listed, and nothing is written."""
    code, out, told = vnadmin("--catalog", kho / "catalog.db", "--to", "ead")
    assert (code, out) == (15, b"")
    assert all(f"{name}: " in told for name in ("mot.txt", "hai.txt", "ba.txt"))


def test_a_file_that_has_gone_is_never_packed_as_nothing(kho: Path) -> None:
    """A form that carries files refuses; one that does not goes on."""
    (kho / "kho" / "mot.txt").unlink()
    found = ("--catalog", kho / "catalog.db", "--query", "so:101/SNV-VP", "--profile", kho / "profile.toml")
    code, out, told = vnadmin(*found, "--to", "edxml")
    assert (code != 0, out, "mot.txt" in told) == (True, b"", True)
    code, _, told = vnadmin(*found, "--to", "dc")
    assert code == 0, told


def test_a_folder_gives_every_document_in_it(kho: Path) -> None:
    """Those in mails too; one that cannot be read is told of and stops nothing."""
    (kho / "kho" / "hong.docx").write_bytes(b"PK\x03\x04broken")
    (kho / "kho" / ".an.txt").write_text(letter(6), "utf-8")
    code, _, told = vnadmin(kho / "kho", "--to", "dc", "--output", kho / "out")
    assert sorted(path.name for path in (kho / "out").iterdir()) == ["ba.dc.xml", "hai.dc.xml", "mot.dc.xml"]
    assert code != 0
    assert "hong.docx" in told


def test_a_search_that_finds_nothing_and_no_source_at_all(kho: Path) -> None:
    """Neither writes a file."""
    code, out, told = vnadmin("--catalog", kho / "catalog.db", "--query", "khongcogi", "--to", "dc")
    assert (code != 0, out) == (True, b"")
    assert "vnadmin search" in told
    assert vnadmin("--to", "dc")[0] == 2


def test_the_package_of_a_search_holds_the_files(kho: Path, tmp_path: Path) -> None:
    """A submission package of corrected documents, as far as the schemas that the test has no right to."""
    code, _, told = vnadmin("--catalog", kho / "catalog.db", "--to", "sip", "--profile", kho / "profile.toml")
    assert code == 15
    assert "package/schemas/METS.xsd" in told
    assert not list(tmp_path.glob("*.zip"))


def test_excel_shows_what_was_corrected_as_corrected(kho: Path) -> None:
    """Issues about a value that a person set are settled, its grade counts no more; words, no codes; a column names what was set."""
    openpyxl = pytest.importorskip("openpyxl")
    path = kho / "kho" / "trong.txt"
    path.write_text(
        letter(7).replace("Số: 107/SNV-VP", "Số:     /SNV-VP").replace("ngày ", "ngày    tháng    ", 1), "utf-8"
    )
    catalog = str(kho / "catalog.db")
    run(catalog, path)
    sha256 = str(asking(catalog, lambda c: c.scalar(select(File.sha256).where(File.path == str(path)))))

    def row() -> dict[str, object]:
        code, _, told = vnadmin("--catalog", catalog, "--to", "xlsx", "--output", kho / "out" / "kho.xlsx")
        assert code == 0, told
        book, found = openpyxl.load_workbook(kho / "out" / "kho.xlsx"), dict[str, object]()
        for sheet, place in (("Kỹ thuật", "STT trên trang"), ("Văn bản", "STT")):
            lines = list(book[sheet].values)
            head = next(at for at, line in enumerate(lines) if line[0] == "STT")
            rows = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
            wanted = (
                {"SHA-256": sha256, "Trang": "Văn bản"} if sheet == "Kỹ thuật" else {place: found["STT trên trang"]}
            )
            found |= next(row for row in rows if all(row[name] == value for name, value in wanted.items()))
        return found

    before = row()
    assert str(before["Điểm cần lưu ý"]) == "Số văn bản để trống; Không tìm thấy ngày ban hành"
    assert before["Giá trị đã sửa tay"] is None
    writer = Writer(open_catalog(catalog), patience=5)
    for pointer, value in (("/number/text", "107/SNV-VP"), ("/issued_on", "2022-04-08")):
        writer.transact(lambda c, p=pointer, v=value: correct(c, sha256, p, v, person="lan", at="2026-01-02T00:00:00Z"))
    writer.transact(lambda c: tell_pages(c, sha256, 2, person="lan", at="2026-01-02T00:00:00Z"))
    writer.engine.dispose()
    after = row()
    assert after["Giá trị đã sửa tay"] == "Số, ký hiệu; Ngày ban hành; Số trang"
    assert after["Điểm cần lưu ý"] is None
    assert after["Độ tin cậy thấp nhất của phần đầu và chữ ký"] == "chắc chắn"
    assert after["Số trang"] == 2


def test_a_number_of_pages_as_it_was_typed() -> None:
    """Four digits at most; Python refuses to read 5,000, and nobody prints so many pages."""
    assert [count_of(typed) for typed in ("1", " 12 ", "9999", "٣")] == [1, 12, 9999, 3]
    assert [count_of(typed) for typed in ("", "0", "10000", "-1", "1.5", "ba", "²", "9" * 5000)] == [None] * 8


def test_a_row_tells_which_documents_have_no_pages() -> None:
    """The page that asks for their number goes by the row, the exports by the document."""
    documents = [parse(item.read_bytes()) for item in samples() if not item.name.endswith(".png")]
    lacking = [pages(document) is None for document in documents]
    assert lacking == [document_row(document)["method"] == UNPAGED for document in documents]
    assert set(lacking) == {True, False}
