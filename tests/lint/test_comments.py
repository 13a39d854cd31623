"""Word comments: each finding and each doubt at its place in the .docx, opened again by python-docx and by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph, run, table
from vnadmin.commands.cli import app
from vnadmin.commented import Remark, comment_docx
from vnadmin.errors import UnsupportedFormat
from vnadmin.lint import lint
from vnadmin.remarks import remarks_of_doubts

RUN = CliRunner()
BODY = (
    table(
        [
            paragraph("ỦY BAN NHÂN DÂN") + paragraph("XÃ BÌNH AN") + paragraph(run("Số: ") + run("7/UBND-VX")),
            paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + paragraph("Độc lập - Tự do - Hạnh phúc")
            + paragraph("Bình An, ngày 5 tháng 3 năm 2024"),
        ]
    )
    + paragraph("V/v họp giao ban")
    + paragraph("Kính gửi: Các trưởng thôn.")
    + paragraph(
        "Ủy ban nhân dân xã mời các trưởng thôn họp giao ban tháng 3 theo Công văn số 9/UBND ngày 01/3/2024 của huyện."
    )
    + paragraph("Các trưởng thôn dự họp đầy đủ.")
    + paragraph("CHỦ TỊCH")
    + paragraph("Nguyễn Văn Mẫu")
)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "công văn.docx"
    path.write_bytes(make_docx(BODY))
    return path


def commented(data: bytes) -> list[tuple[str, str]]:
    """What each comment stands at, and what it says, as python-docx and the XML have them."""
    document = docx.Document(io.BytesIO(data))
    space = document.element.nsmap["w"]
    found = []
    for comment in document.comments:
        inside, words = False, ""
        for element in document.element.body.iter():
            if element.get(f"{{{space}}}id") == str(comment.comment_id):
                inside = element.tag.endswith("commentRangeStart") or (inside and not element.tag.endswith("End"))
            elif inside and element.tag.endswith("}t"):
                words += element.text
        found.append((words, comment.text))
    return found


def test_each_finding_is_a_comment_at_its_place(letter: Path, tmp_path: Path) -> None:
    """The words that it stands at are those that `lint` marks; the text of the document stays."""
    out = tmp_path / "out.docx"
    ran = RUN.invoke(app, ["lint", str(letter), "--comments", str(out)])
    document = vnadmin.parse(letter)
    findings = lint(document)
    assert findings and ran.exit_code in (0, 1), ran.output
    there = commented(out.read_bytes())
    placed = [f for f in findings if f.end > f.start]
    assert placed
    for finding in placed:
        quote = "".join(document.text[finding.start : finding.end].split())
        assert any("".join(words.split()) == quote and finding.code in said for words, said in there), finding
    assert len(there) == len(findings)
    assert all(comment.author == "vnadmin" for comment in docx.Document(str(out)).comments)
    assert vnadmin.parse(out).text == document.text
    assert f"{len(findings)} comments -> {out}" in ran.stderr
    none = RUN.invoke(app, ["lint", str(letter), "--only", "day_blank", "--comments", str(out)])
    assert f"0 comments -> {out}" in none.stderr  # rather than silence


def test_what_parse_doubts_is_a_comment(letter: Path, tmp_path: Path) -> None:
    """Issues and values that are not certain, in both languages."""
    out = tmp_path / "out.docx"
    ran = RUN.invoke(app, ["parse", str(letter), "-f", "json", "--comments", str(out)])
    assert ran.exit_code == 0, ran.output
    document = vnadmin.parse(letter)
    assert sorted(said for _, said in commented(out.read_bytes())) == sorted(
        remark.text for remark in remarks_of_doubts(document)
    )


def test_a_place_is_found_within_runs_and_among_lines_alike() -> None:
    """A run is cut where a stretch begins and ends; of two lines alike the right one is taken; overlaps keep their ends."""
    data = make_docx(
        paragraph("Một hai ba bốn") + paragraph("Một hai ba bốn") + paragraph(run("Năm s") + run("áu bảy"))
    )
    text = "Một hai ba bốn\nMột hai ba bốn\nNăm sáu bảy"
    second, last = text.index("Một", 3), text.index("sáu")
    remarks = [
        Remark(second + 4, second + 11, "a"), Remark(second + 8, second + 14, "b"), Remark(last, last + 3, "c"),
        Remark(0, 0, "d"), Remark(4, 7, "e"),
    ]  # fmt: skip
    made = comment_docx(data, text, remarks)
    assert sorted((said, words) for words, said in commented(made)) == [
        ("a", "hai ba"), ("b", "ba bốn"), ("c", "sáu"), ("d", "Một "), ("e", "hai"),
    ]  # fmt: skip
    lines = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]
    assert lines == text.split("\n")
    first = docx.Document(io.BytesIO(made)).element.body.xpath("./w:p[1]//w:commentRangeStart")
    assert len(first) == 2


def test_what_the_file_does_not_hold_is_told_at_the_top_with_its_words() -> None:
    """A number that Word draws, or a text of an old encoding."""
    made = comment_docx(
        make_docx(paragraph("abc") + paragraph("def")), "1. ghi\ndef", [Remark(3, 6, "x"), Remark(7, 10, "y")]
    )
    assert sorted(commented(made)) == [("abc", "«ghi»\nx"), ("def", "y")]


def test_decomposed_letters_are_found() -> None:
    made = comment_docx(make_docx(paragraph("Ha\u0323n cuo\u0302\u0301i")), "Hạn cuối", [Remark(4, 8, "x")])
    assert [said for _, said in commented(made)] == ["x"]
    assert commented(made)[0][0] == "cuo\u0302\u0301i"


@pytest.mark.parametrize("arguments", [["a.docx", "b.docx"], ["-"]])
def test_comments_are_for_one_file_and_not_written_over_it(arguments: list[str], letter: Path, tmp_path: Path) -> None:
    assert RUN.invoke(app, ["lint", *arguments, "--comments", str(tmp_path / "o.docx")]).exit_code == 2
    before = letter.read_bytes()
    for command in ("lint", "parse"):
        assert RUN.invoke(app, [command, str(letter), "--comments", str(letter)]).exit_code == 19
    assert letter.read_bytes() == before


def test_another_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match="docx"):
        comment_docx(b"%PDF-1.4", "", [])
    text = tmp_path / "a.txt"
    text.write_text("Số: 7/UBND-VX\n", "utf-8")
    ran = RUN.invoke(app, ["lint", str(text), "--comments", str(tmp_path / "o.docx")])
    assert (ran.exit_code, "unsupported_format" in ran.output) == (5, True)
    assert not (tmp_path / "o.docx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments(letter: Path, tmp_path: Path) -> None:
    """Saved by it as .odt, each is an annotation with its author."""
    out = tmp_path / "out.docx"
    RUN.invoke(app, ["lint", str(letter), "--lang", "en", "--comments", str(out)])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    with zipfile.ZipFile(tmp_path / "out.odt") as saved:
        content = saved.read("content.xml").decode("utf-8")
    assert len(re.findall("<office:annotation ", content)) == len(lint(vnadmin.parse(letter)))
    assert "<dc:creator>vnadmin</dc:creator>" in content
