"""What people hold, and how they read the answer: the first ten minutes of a developer."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pdfplumber
import pytest

import vnadmin
from vnadmin import Config, errors
from vnadmin.issues import in_vietnamese, issue, vietnamese
from vnadmin.model import Issue
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
TEXT = SAMPLES["cong-van.txt"]
LETTER = vnadmin.parse(TEXT)


@pytest.mark.parametrize(
    "held", [TEXT, bytearray(TEXT), memoryview(TEXT), io.BytesIO(TEXT)], ids=lambda h: type(h).__name__
)
def test_bytes_of_every_kind(held: object) -> None:
    assert vnadmin.parse(held) == LETTER


def test_a_buffer_that_was_just_written_stands_at_its_end() -> None:
    buffer = io.BytesIO()
    buffer.write(TEXT)
    assert vnadmin.parse(buffer) == LETTER


def test_a_document_of_python_docx(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(SAMPLES["to-trinh.docx"]))
    assert vnadmin.parse(document).number == vnadmin.parse(SAMPLES["to-trinh.docx"]).number


def test_a_pdf_of_pdfplumber_and_a_page() -> None:
    expected = vnadmin.parse(SAMPLES["thong-bao.pdf"])
    with pdfplumber.open(io.BytesIO(SAMPLES["thong-bao.pdf"])) as pdf:
        assert vnadmin.parse(pdf).model_dump() == expected.model_dump()
        page = vnadmin.parse(pdf.pages[0])
        assert (page.number, page.issued_on, page.subject) == (expected.number, expected.issued_on, expected.subject)
        assert page.evidence["/issued_on"][0].page == 1
        lower = pdf.pages[0].crop((0, pdf.pages[0].height / 2, pdf.pages[0].width, pdf.pages[0].height))
        assert vnadmin.parse(lower).number is None
        inner = pdf.pages[0].crop((40, 20, pdf.pages[0].width, pdf.pages[0].height))
        cropped = vnadmin.parse(inner.filter(lambda o: True))  # its boxes are places of the whole page
        assert cropped.evidence["/issued_on"][0].boxes == page.evidence["/issued_on"][0].boxes
        assert cropped.source.pages == page.source.pages
        plain = pdf.pages[0].filter(lambda o: o["object_type"] != "char" or "Bold" not in o["fontname"])
        assert len(vnadmin.parse(plain).text) < len(page.text)


def test_what_holds_no_document_is_told_what_to_do(tmp_path: Path) -> None:
    class Upload:
        async def read(self) -> bytes:
            return TEXT

    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    with pytest.raises(TypeError, match=r"parse_text\(text\)"):
        vnadmin.parse(TEXT.decode())
    with pytest.raises(TypeError, match=r"parse_text\(text\)"):
        vnadmin.parse("một dòng chữ dài hơn mọi tên tệp " * 9)
    with pytest.raises(TypeError, match=r"await file.read\(\)"):
        vnadmin.parse(Upload())
    with path.open() as file, pytest.raises(TypeError, match="binary mode"):
        vnadmin.parse(file)
    with pytest.raises(TypeError, match=r"not int; give it one, as in parse\('cong-van.pdf'\)"):
        vnadmin.parse(7)
    with pytest.raises(TypeError, match=r"not list; for several files call vnadmin.parse_many\(\)"):
        vnadmin.parse([path])
    for one in (str(path), path, bytes(path)):  # a text is no list of its letters
        with pytest.raises(TypeError, match=r"list of paths, not \w+: parse_many\(\[path\]\)"):
            vnadmin.parse_many(one)
    (item,) = vnadmin.parse_many([tmp_path], workers=1)
    assert str(item.error).startswith(f"This is a folder: {str(tmp_path)!r}. Give its files: ")
    with pytest.raises(errors.SourceNotFound, match="The path is empty"):  # it was "This is a folder"
        vnadmin.parse("")
    with pytest.raises(TypeError, match=r"vnadmin.parse\(\)"):
        vnadmin.parse_text(TEXT)  # type: ignore[arg-type]


def test_a_text_of_any_loader() -> None:
    assert vnadmin.parse_text(TEXT.decode()) == LETTER
    assert vnadmin.parse_text("Số: 1/QĐ-UBND \ud800").number is not None
    with pytest.raises(errors.EmptyInput):
        vnadmin.parse_text("")


def test_evidence_of_a_pointer_a_value_and_an_item() -> None:
    assert LETTER.evidence_of("/issued_on") == LETTER.evidence["/issued_on"]
    assert LETTER.evidence_of(LETTER.subject) == LETTER.evidence["/subject"]
    assert {e.rule for e in LETTER.evidence_of(LETTER.recipients[0])}
    assert LETTER.evidence_of(LETTER.number) == LETTER.evidence["/number/text"]  # its parts lie within it
    assert LETTER.evidence_of(None) == LETTER.evidence_of("/nothing") == LETTER.evidence_of("nothing") == []


def test_walk_leads_from_an_item_to_its_place() -> None:
    found = list(LETTER.walk())
    assert [item.marker for _, item in found] == ["1", "-", "-", "2", "3"]
    for pointer, item in found:
        assert any(item.text.startswith(e.quote[:5]) or e.quote for e in LETTER.evidence_of(pointer))
    assert [row["pointer"] for row in vnadmin.to_rows(LETTER)] == [pointer for pointer, _ in found]
    assert vnadmin.to_rows(LETTER, "documents")[0]["number"] == "/UBND-NN"


@pytest.mark.parametrize("name", SAMPLES)
def test_rows_hold_plain_values(name: str) -> None:
    """A date is a `str` and no subclass of it, which safe YAML refuses."""
    document = vnadmin.parse(SAMPLES[name])
    for table in ("documents", "directives", "assignments", "recipients", "references"):
        for row in vnadmin.to_rows(document, table):
            assert {type(value) for value in row.values()} <= {str, int, list, type(None)}


def test_many_files_in_order_and_a_bad_one_is_an_item(tmp_path: Path) -> None:
    paths = []
    for name in ("to-trinh.docx", "cong-van.txt", "thong-bao.pdf"):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(SAMPLES[name])
    paths.insert(1, tmp_path / "absent.txt")
    told: list[int] = []
    found = list(vnadmin.parse_many(paths, workers=2, progress=told.append))
    assert [item.path for item in found] == [str(path) for path in paths]
    assert [item.error.code if item.error else None for item in found] == [None, "source_not_found", None, None]
    assert found[2].document == LETTER
    assert told == [1, 2, 3, 4]


def test_a_text_that_is_named_otherwise_is_told(tmp_path: Path) -> None:
    """An error page saved as `cong-van.pdf`, alone, among many and in a zip; a text under its own name is none."""
    code = "name_of_another_format"
    bad, good = tmp_path / "cong-van.pdf", tmp_path / "cong-van.txt"
    bad.write_bytes(b"404 not found")
    good.write_bytes(TEXT)
    with zipfile.ZipFile(tmp_path / "ho-so.zip", "w") as packed:
        packed.write(bad, "a/quyet-dinh.docx")
        packed.write(good, "b.txt")
    assert code in {issue.code for issue in vnadmin.parse(bad).issues}
    assert code not in {issue.code for issue in vnadmin.parse(good).issues + vnadmin.parse(bad.read_bytes()).issues}
    found = list(vnadmin.parse_many([bad, good, tmp_path / "ho-so.zip"], workers=1))
    told = [code in {issue.code for issue in item.document.issues} for item in found if item.document]
    assert told == [True, False, True, False]


def test_a_limit_of_time_names_what_raises_it(tmp_path: Path) -> None:
    """Who reads many files gives `seconds`; of a scan the pages that count may be enough."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    (item,) = vnadmin.parse_many([path], workers=1, seconds=0.0)
    assert item.error is not None and item.error.code == "parse_timeout"
    assert "`seconds=`" in str(item.error) and "pages='metadata'" in str(item.error)


def test_boxes_are_told_to_a_hundredth_of_a_point() -> None:
    """The readers of PDF give 32 bits as 17 figures."""
    document = vnadmin.parse(SAMPLES["thong-bao.pdf"])
    figures = [part for entries in document.evidence.values() for e in entries for box in e.boxes for part in box]
    assert figures and all(part == round(part, 2) for part in figures)


def test_issues_speak_vietnamese() -> None:
    """The sentence of the table, with the values or the page of the issue."""
    told = {issue.code: issue.message for issue in in_vietnamese(LETTER).issues}
    assert told["number_blank"] == "Số văn bản để trống."
    page = Issue(code="page_blank", message="Page 3 is blank.", page=3)
    values = issue("type_disagrees", "/document_type", "QĐ", "TB")
    unknown = Issue(code="of_a_later_version", message="Something.")
    assert vietnamese(page) == "Có trang trắng (trang 3)."
    assert values.message.endswith("different types. QĐ | TB")
    assert vietnamese(values).endswith("với nội dung. QĐ | TB")
    assert vietnamese(unknown) == "Something."


def test_which_of_two_values_is_seen_is_told_in_both_languages() -> None:
    """As the table of all issues has it: first the text, then the picture."""
    found = issue("picture_differs", "/number/text", "12/QĐ", "13/QĐ")
    assert found.message.endswith("is a guess (first the text, then the picture). 12/QĐ | 13/QĐ")
    assert vietnamese(found).endswith("chỉ là phỏng đoán (trước là chữ, sau là ảnh). 12/QĐ | 13/QĐ")


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        ("page_blank", "Page 3 is blank.", "Có trang trắng (trang 3)."),
        (
            "type_disagrees",
            "The type line and the notation, or the body, name different types. QĐ | TB",
            "Tên loại không khớp với ký hiệu hoặc với nội dung. QĐ | TB",
        ),
        (
            "picture_differs",
            "The picture of the page shows another value than its text says; the value is a guess. Text: 12 | picture: 13",
            "Ảnh của trang cho giá trị khác với chữ trong tệp; giá trị chỉ là phỏng đoán (trước là chữ, sau là ảnh). Text: 12 | picture: 13",
        ),
    ],
)
def test_issues_saved_without_values_keep_them_in_vietnamese(code: str, message: str, told: str) -> None:
    """JSON of an older version has page and values in its message alone, as it stood there word for word."""
    assert vietnamese(Issue(code=code, message=message)) == told


def test_an_isolated_document_is_the_same() -> None:
    assert vnadmin.parse(TEXT, config=Config(isolated=True)) == LETTER
    with pytest.raises(errors.EmptyInput):
        vnadmin.parse(b"", config=Config(isolated=True))


def test_a_plain_script_needs_no_guard(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    script = tmp_path / "script.py"
    script.write_text(
        "import vnadmin\nfor item in vnadmin.parse_many(['a.txt', 'b.txt']):\n    print(item.path, item.error and item.error.code)\n"
    )
    ran = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout == "a.txt None\nb.txt source_not_found\n"


def test_a_mail_of_the_email_package() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Gửi công văn"
    mail.set_content("Kính gửi kèm công văn.")
    mail.add_attachment(TEXT, maintype="text", subtype="plain", filename="cong-van.txt")
    assert vnadmin.parse(mail).number == LETTER.number


def test_a_missing_file_is_a_file_not_found_that_names_its_path() -> None:
    with pytest.raises(FileNotFoundError, match=r"Cannot open 'khong-co\.pdf'") as found:
        vnadmin.parse("khong-co.pdf")
    assert isinstance(found.value, errors.SourceNotFound)
    with pytest.raises(errors.SourceNotFound, match="fetch the file first"):
        vnadmin.parse("https://example.vn/cong-van.pdf")
    with pytest.raises(errors.SourceNotFound, match="parse_text") as told:
        vnadmin.parse("CÔNG VĂN Số 12 của Sở Y tế")
    assert "Sở" not in str(told.value)  # an error quotes no document


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"ocr": "best"}, "ocr='best' must be one of auto, fast, hybrid, off"),
        ({"pages": 3}, "pages=3 must be one of all, metadata"),
        ({"max_bytes": -1}, "max_bytes=-1 must be a whole number above 0"),
        ({"max_pages": True}, "max_pages=True must be a whole number"),
        ({"ocr_page_seconds": "60"}, "ocr_page_seconds='60' must be a number above 0"),
        ({"isolated": "no"}, "isolated='no' must be True or False"),
        ({"tessdata": 7}, "tessdata=7 must be a folder's path"),
    ],
)
def test_a_config_that_cannot_be_is_refused_at_once(options: dict[str, object], told: str) -> None:
    with pytest.raises(errors.InvalidConfig) as found:
        Config(**options)
    assert told in str(found.value)
    assert isinstance(found.value, ValueError)


def test_all_that_is_wrong_with_a_config_is_told_at_once() -> None:
    with pytest.raises(errors.InvalidConfig, match=r"ocr='x'.*pages='y'"):
        Config(ocr="x", pages="y")
    assert Config(ocr_threads=2, ocr_page_seconds=1, tessdata="/usr/share").ocr_threads == 2


def test_a_document_is_short_at_a_prompt_and_a_table_in_a_notebook() -> None:
    shown = repr(LETTER)
    assert shown == str(LETTER)
    assert shown.startswith("<AdminDocument Công văn ")
    assert LETTER.number is not None and LETTER.number.text in shown
    assert len(shown) < 250
    table = LETTER._repr_html_()
    assert LETTER.number.text in table and "certain" in table
    hostile = LETTER.model_copy(update={"subject": "<script>alert(1)</script>"})
    assert "<script>" not in hostile._repr_html_()


def test_completion_shows_the_public_api_alone() -> None:
    assert dir(vnadmin) == sorted(vnadmin.__all__)


def test_rows_of_what_is_no_document_or_no_table() -> None:
    with pytest.raises(ValueError, match="There is no table 'items'; there are documents, directives"):
        vnadmin.to_rows(LETTER, "items")
    with pytest.raises(TypeError, match=r"item\.document"):
        vnadmin.to_rows(None)
