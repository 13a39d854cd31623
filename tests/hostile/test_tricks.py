"""Files that mean harm: small ones that grow, circles, outside targets, character sets and signs that deceive.

Each ends in a document or in a documented error, in the processor time of so many ordinary letters, or in time that grows with its size.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path

import pytest

import vnadmin
from tests.growth import is_linear, processor_time
from tests.makers import docx_maker
from tests.makers.pdf_objects import assembled
from vnadmin import Config, VnadminError, errors
from vnadmin.process.pool import Limits, Workers, result
from vnadmin.samples import samples
from vnadmin.source.docx import fields
from vnadmin.text.compose import nfc

LETTER = next(item for item in samples() if item.name.endswith(".txt")).read_text("utf-8")
MANY = 1000  # ordinary letters: a hundred times what these take, a tenth of what they took
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def of_a_letter() -> float:
    """Processor time of an ordinary letter, here and now."""
    return min(processor_time(lambda: vnadmin.parse(LETTER.encode())) for _ in range(5))


def tried(data: bytes, config: Config | None = None) -> vnadmin.AdminDocument | VnadminError:
    """The document, or the documented error."""
    try:
        return vnadmin.parse(data, config=config or Config(ocr="off"))
    except VnadminError as error:
        return error


def answer(data: bytes, config: Config | None = None) -> vnadmin.AdminDocument | VnadminError:
    """The same, in bounded time."""
    found: list[vnadmin.AdminDocument | VnadminError] = []
    assert processor_time(lambda: found.append(tried(data, config))) < MANY * of_a_letter()
    return found[0]


def read(data: bytes) -> vnadmin.AdminDocument:
    """The document, in bounded time."""
    found = answer(data)
    assert isinstance(found, vnadmin.AdminDocument)
    return found


# Small files that grow


def test_a_table_whose_cells_go_on_downwards_and_across_is_read_in_linear_time() -> None:
    """300 rows of cells 1,000 wide and 65,534 high."""
    row = b"<tr><td rowspan=65534 colspan=1000>a</td><td>b</td></tr>"
    assert read(b"<table>" + row * 300 + b"</table>").text.count("a") == 300


def test_fields_that_are_never_closed_look_at_the_next_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """50,000 beginnings in one paragraph, each of which looked at 200 runs: 28 s."""
    looked: list[object] = []

    def counted(runs: Iterator[object], most: int) -> Iterator[object]:
        for each in islice(runs, most):
            looked.append(each)
            yield each

    monkeypatch.setattr(fields, "islice", counted)
    begins = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 500
    assert read(docx_maker.make_docx(docx_maker.paragraph(begins + docx_maker.run("a")))).text == "a\n"
    assert len(looked) <= 2 * 500


def test_a_long_marker_before_every_item_is_cut() -> None:
    """A pattern of 40,000 letters for the numbers of a list of 2,000 items was a text of 80 million."""
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"%1" * 20_000}"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert len(read(docx_maker.make_docx(docx_maker.item("mục", 1) * 2000, numbering=numbering)).text) < 500_000


def test_a_page_that_is_set_in_a_thousand_times_stands_once() -> None:
    """The same `w:altChunk` over and over."""
    data = docx_maker.make_docx('<w:altChunk r:id="rIdC"/>' * 2000, chunk="<html><body><p>Kính gửi</p></body></html>")
    assert read(data).text.count("Kính gửi") == 1


def test_marks_piled_on_one_letter_are_composed_in_linear_time() -> None:
    """200,000 marks on an `a`, in an order that has to be sorted."""
    text = read(("Số: 12/UBND-VX a" + "\u0301\u0323" * 100_000 + "\n").encode()).text
    assert text.startswith("Số: 12/UBND-VX")
    assert len(text) < 100


def test_composing_drops_only_crowds() -> None:
    """What people write is composed as ever, also in long text with loose marks."""
    loose = "Kính gửi: Ủy ban nhân dân tỉnh. " * 20
    assert nfc(unicodedata.normalize("NFD", loose)) == loose
    assert len(nfc("x" * 300 + "\u0323" * 500)) <= 300 + 31


def test_a_gap_of_many_blanks_is_kept_short() -> None:
    """The canonical text has no gap wider than 40 blanks, which patterns would take the cube of."""
    text = read(f"Số: 12/UBND-VX\n\nCăn cứ{' ' * 5000}Luật Đất đai năm 2013\n".encode()).text
    assert " " * 41 not in text
    assert "Luật Đất đai" in text


@pytest.mark.parametrize(
    "sign", ["(", "“", ".", "-", "*", "#", "[", "![", "<", "</a ", "|", "`", "\t", "\f", "ngày ", "Điều 1 "]
)
def test_a_hundred_thousand_signs_are_nothing(sign: str) -> None:
    """Of any sign that means something in a letter or in Markdown."""
    assert is_linear(lambda count: partial(tried, (sign * count).encode()), 25_000)


@pytest.mark.parametrize("piece", ["> ", "“a” "])
def test_a_line_of_many_quotations_is_read_in_linear_time(piece: str) -> None:
    """What stands before each was copied: 1.6 MB of `> ` took 45 s, 800 kB of `“a” ` 4 s."""
    assert is_linear(lambda count: partial(tried, (piece * count).encode()), 75_000)


@pytest.mark.parametrize(
    "line",
    ["Số: 1/A-B", "Kính gửi: A; B", "Nơi nhận:", "KT. CHỦ TỊCH", "Phụ lục I", "Điều 1. A", "a    b", "- Lưu: VT."],
)
def test_five_thousand_lines_of_one_kind_are_read(line: str) -> None:
    """Lines that open a part of a letter, over and over."""
    assert is_linear(lambda count: partial(tried, (line + "\n").encode() * count), 1250)


def test_paragraphs_behind_the_last_bullet_of_an_item_are_handed_up_in_linear_time() -> None:
    """Each asked of all others whether it was handed up, and of all before it where it stands."""
    head = "Điều 1. Giao các đơn vị:\n\n- Sở Y tế rà soát;\n\n- Sở Xây dựng rà soát.\n\n"
    paragraph = "Các đơn vị báo cáo kết quả về Sở.\n\n"
    assert is_linear(lambda count: partial(tried, (head + paragraph * count).encode()), 2000)


def test_numbers_of_thousands_of_digits_are_read_or_left() -> None:
    """Python refuses to make a number of more than 4,300 digits: wherever a number may stand."""
    many = "1" * 5000
    text = (
        f"UBND TỈNH A\nSố: {many}/QĐ-UBND\nHà Nội, ngày {many} tháng {many} năm {many}\n\nQUYẾT ĐỊNH\n\n"
        f"Căn cứ Luật số {many}/{many}/QH{many} ngày {many}/{many}/{many};\n\nĐiều {many}. Khoản {many} Điều {many}\n\n"
        f"{many}. Giao Sở A trước ngày {many}/{many}, trong {many} ngày, quý {many}\n\n{many}.{many}) Làm\n\n"
        f"Phụ lục {many}\n\nNơi nhận:\n- Lưu: VT ({many}b), TH{many}.\n"
    )
    read(text.encode())
    read(f"<ol start={many}><li value={many}>a</ol><table><td colspan={many} rowspan={many}>b</table>".encode())


# Circles, and targets outside


def test_styles_based_on_each_other_end() -> None:
    """A is based on B, and B on A."""
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    paragraph = docx_maker.paragraph("Kính gửi", '<w:pStyle w:val="A"/>')
    assert read(docx_maker.make_docx(paragraph, styles=style.format("A", "B") + style.format("B", "A"))).text


@pytest.mark.parametrize("start", ["2000000000", "-5", "9" * 5000, "x"])
@pytest.mark.parametrize("kind", ["upperRoman", "lowerLetter", "decimalZero", "chicago"])
def test_a_list_begins_at_any_number(kind: str, start: str) -> None:
    """Roman figures of two thousand million would be two million letters."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert len(read(docx_maker.make_docx(docx_maker.item("mục", 1), numbering=numbering)).text) < 100


ATTRIBUTES = " ".join(f'data-a{number}=">"' for number in range(60_000))


@pytest.mark.parametrize(
    "page",
    [
        f"<html><!-- <a t=' --><body><p {ATTRIBUTES}>{LETTER}</p></body></html>",
        f"{LETTER}\n\n<table {ATTRIBUTES}><tr><td>x</td></tr></table>\n",
        f"<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page' {ATTRIBUTES}>x</div></body></html>",
    ],
    ids=["html", "markdown", "hocr"],
)
def test_attributes_are_counted_before_each_is_compared_with_all(page: str) -> None:
    """90,000 attributes of one element took 27 s."""
    assert isinstance(answer(page.encode()), errors.LimitExceeded)


def package(target: str, *more: tuple[str, str]) -> bytes:
    """A .docx whose main document is said to be this."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a part that stands twice
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            f'Target="{target}"/></Relationships>',
        )
        for name, content in more:
            archive.writestr(name, content)
    return buffer.getvalue()


DOCUMENT = f'<w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>Kính gửi</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/", "..\\\\x", ""]
)
def test_no_part_is_read_from_outside_the_package(target: str) -> None:
    """A main document at a path or an address is no part of the zip."""
    found = answer(package(target, ("word/other.xml", DOCUMENT)))
    assert isinstance(found, errors.UnsupportedFormat)


def test_names_that_climb_out_of_a_zip_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts named `../../x` and `/x`, a part that stands twice, and 20,000 parts: nothing is unpacked to the disk."""
    monkeypatch.chdir(tmp_path)
    parts = [
        ("../../x", "boo"),
        ("/x", "boo"),
        ("C:\\x", "boo"),
        ("word/document.xml", "<no"),
        ("word/document.xml", DOCUMENT),
    ]
    assert read(package("word/document.xml", *parts, *((f"a/{n}", "") for n in range(20_000)))).text == "Kính gửi\n"
    assert list(tmp_path.iterdir()) == []


def test_xml_entities_of_alto_are_refused() -> None:
    """They would be expanded in attributes, where the words stand."""
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    data = f'<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY e0 "A">{laughs}]><alto><Layout><Page><TextLine><String CONTENT="&e8;"/>'
    assert isinstance(answer((data + "</TextLine></Page></Layout></alto>").encode()), errors.DamagedInput)


@pytest.mark.parametrize("number", ["inf", "nan", "1e300", "-1", "1e-9", "9" * 400])
def test_boxes_of_alto_and_hocr_may_be_any_number(number: str) -> None:
    """Pages and words of no size, of endless size, of none at all."""
    box = f'HPOS="{number}" VPOS="5" WIDTH="{number}" HEIGHT="9" WC="{number}"'
    word = f'<String CONTENT="Số:" HPOS="1" VPOS="1" WIDTH="30" HEIGHT="9"/><String CONTENT="1" {box}/>'
    answer(
        f'<alto><Layout><Page WIDTH="{number}" HEIGHT="{number}"><TextLine>{word}</TextLine></Page></Layout></alto>'.encode()
    )
    title = f"bbox 0 0 {number} {number}; scan_res {number} {number}; x_wconf {number}"
    span = f'<span class="ocrx_word" title="{title}">Số</span><span class="ocrx_word" title="bbox 1 1 30 9">1</span>'
    answer(f'<div class="ocr_page" title="{title}"><span class="ocr_line">{span}</span></div>'.encode())


# Character sets, and signs that deceive


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "punycode", "unicode_escape", "zlib_codec", "hex", "rot13", "utf-7", "uu", "x" * 300],
)
def test_a_page_may_name_any_character_set(charset: str) -> None:
    """Python's own codecs are none: `undefined` raises on everything, others run escapes."""
    page = f'<html><head><meta charset="{charset}"></head><body><p>K\xednh g xn--a \\N{{x}} \\u12</p></body></html>'
    assert "nh g" in read(page.encode("latin-1")).text


@pytest.mark.parametrize(
    "number",
    [
        "\u202e12/UBND-VX\u202c",  # right to left override
        "\u206612/\u2069UBND-VX",  # isolates
        "1\u200b2/UB\u200dND-\ufeffVX",  # zero width
        "12/UBND\u2011VX",  # a hyphen that does not break
        "12/UB\u00adND-VX",  # a soft hyphen
    ],
)
def test_signs_without_width_do_not_change_a_number(number: str) -> None:
    """What is seen is what is read; what is not seen does not count."""
    document = read(LETTER.replace("     /UBND-NN", number).encode())
    assert document.number is not None
    assert document.number.text.replace("\u2011", "-") == "12/UBND-VX"
    assert not any(sign in document.text for sign in "\u202e\u202c\u200b\u200d\ufeff\u00ad")


def test_letters_of_other_alphabets_that_look_alike_are_matched() -> None:
    """`Số`, `Kính gửi` and `TТ-BTС` with Cyrillic letters, as official pages have them (domain.md 2.5)."""
    text = LETTER.replace("Kính gửi", "Кính gửi").replace("     /UBND-NN", "12/UВND-NN")
    document = read(text.encode())
    assert document.addressees
    assert document.number is not None
    assert document.number.sequence == "12"


# Pictures and PDFs that say more than they are


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_unpacked() -> None:
    """A PNG of 50,000 by 50,000 pixels in sixty bytes."""
    pytest.importorskip("cv2", reason="needs the extra: pip install 'vnadmin[ocr]'")
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    assert isinstance(answer(data, Config(ocr="fast")), errors.LimitExceeded | errors.OcrUnavailable)


def objects(*bodies: bytes, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    return assembled(bodies, trailer=trailer, start=start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n" % (entries, len(content)) + content + b"\nendstream"


CATALOGUE, TREE = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
)
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"


@pytest.mark.parametrize(
    "data",
    [
        objects(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 5 >>"),
        objects(CATALOGUE, b"<< /Type /Pages /Kids [" + b"2 0 R " * 50 + b"] /Count 900 >>"),
        objects(CATALOGUE, TREE.replace(b"/Count 1", b"/Count 2147483647"), PAGE, stream(b""), stream(b"")),
        objects(CATALOGUE, TREE, PAGE, stream(b"/X Do"), stream(b"/X Do", FORM)),
        objects(CATALOGUE, TREE, PAGE, stream(b""), stream(b""), trailer=b"/Prev 9"),
        objects(CATALOGUE, TREE, PAGE, stream(b""), stream(b""), start=99999999999999),
        objects(CATALOGUE, TREE, PAGE.replace(b"595 842", b"1e9 -1e9"), stream(b""), stream(b"")),
        objects(CATALOGUE, TREE, PAGE, stream(zlib.compress(b"0 0 m " * 2_000_000), b"/Filter /FlateDecode"), stream(b"")),
        objects(CATALOGUE, TREE, PAGE, stream(b""), b"<<" * 50_000),
    ],
    ids=["pages in a circle", "many circles", "two thousand million pages", "a form that draws itself", "tables in a circle",
         "a table beyond the end", "an endless page", "a bomb", "a deep dictionary"],
)  # fmt: skip
def test_a_pdf_that_goes_in_circles_or_lies_ends(data: bytes) -> None:
    """None has text: each is damaged, too large, or has no text layer."""
    assert isinstance(answer(data), errors.DamagedInput | errors.LimitExceeded | errors.NoTextLayer)


def test_a_form_that_draws_itself_twice_is_stopped_by_the_worker() -> None:
    """Two to the power of pdfium's own depth, and gigabytes: only a worker's limits end it, and so they do.

    `vnadmin.parse` has no such limit; what reads strangers' files reads them in workers (docs/how-to/security.md).
    """
    data = objects(CATALOGUE, TREE, PAGE, stream(b"/X Do"), stream(b"/X Do /X Do", FORM))
    limits = Limits(seconds=5, memory_bytes=2 << 30)
    with Workers(1, limits=limits) as workers, pytest.raises((errors.ParseTimeout, errors.WorkerLost)):
        result(workers.submit(data))
