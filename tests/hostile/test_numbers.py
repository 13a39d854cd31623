"""Numbers that no program writes, at every place of every format where a number stands: none is a fault."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

import vnadmin
from vnadmin import VnadminError
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
HOSTILE = (
    "9" * 400,
    "-" + "9" * 400,
    "9" * 5000,
    "2147483648",
    "-2147483649",
    "-1",
    "0",
    "1.5",
    "1e400",
    "nan",
    "\u0663\u0664",
    "\uff11",
    "",
)

# One of each element that carries a number which the reader of .docx, or a library under it, looks at.
RICH = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="1"/><w:ind w:left="720" w:firstLine="360" w:hanging="1"/>'
    '<w:spacing w:before="120" w:after="60" w:line="240"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/><w:b w:val="1"/></w:rPr><w:t>Số: 12/QĐ-UBND</w:t></w:r>'
    '<w:r><w:sym w:font="Wingdings" w:char="F0B7"/><w:footnoteReference w:id="2"/></w:r>'
    '<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/></wp:inline></w:drawing></w:r></w:p>'
    '<w:tbl><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="1"/><w:trHeight w:val="5"/>'
    '</w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:tcW w:w="100"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc>'
    "</w:tr></w:tbl>"
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1"/><w:cols w:num="2"/></w:sectPr></w:body></w:document>'
)
HOCR = (
    '<html><body><div class="ocr_page" title="image x; bbox 0 0 800 1100; scan_res 150 150; ppageno 0">'
    '<span class="ocr_line" title="bbox 10 10 300 30; x_size 20"><span class="ocrx_word" '
    'title="bbox 10 10 300 30; x_wconf 96.5">QUYẾT</span></span></div></body></html>'
)
ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit></Description>'
    '<Layout><Page WIDTH="800" HEIGHT="1100" PHYSICAL_IMG_NR="1"><PrintSpace><TextLine HPOS="1" VPOS="1" WIDTH="90" '
    'HEIGHT="9"><String CONTENT="QUYẾT" HPOS="1" VPOS="1" WIDTH="90" HEIGHT="9" WC="0.9"/></TextLine></PrintSpace></Page>'
    "</Layout></alto>"
)
HTML = (
    '<table width="10" border="1"><tr><td colspan="2" rowspan="3">A</td></tr></table><ol start="4"><li value="5">Việc</li></ol>'
    '<p style="font-size: 12pt; margin-left: 20px">Số: 1/QĐ-UBND</p>'
)
_NUMBER = re.compile(r'(?<=[ ":])-?\d+(?:\.\d+)?(?=[ ";p])|(?<=w:char=")F0B7')


def repacked(data: bytes, part: str, text: str) -> bytes:
    """A .docx with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item.filename, text if item.filename == part else old.read(item))
    return out.getvalue()


def spoiled(text: str, number: str) -> Iterator[str]:
    """The text with one of its numbers after the other replaced."""
    for place in _NUMBER.finditer(text):
        yield text[: place.start()] + number + text[place.end() :]


def read(data: bytes) -> None:
    try:
        vnadmin.parse(data)
    except VnadminError as error:
        assert error.code != "parser_fault"


@pytest.mark.parametrize("number", HOSTILE, ids=range(len(HOSTILE)))
def test_every_number_of_a_word_document(number: str) -> None:
    for text in spoiled(RICH, number):
        read(repacked(SAMPLES["to-trinh.docx"], "word/document.xml", text))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "word/document.xml"])
def test_all_numbers_of_a_part_at_once(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES["to-trinh.docx"])) as archive:
        if part not in archive.namelist():
            pytest.skip("the sample has no such part")
        text = archive.read(part).decode()
    for number in HOSTILE:
        read(repacked(SAMPLES["to-trinh.docx"], part, re.sub(r'(?<= w:val=")\d+(?=")', number, text)))


@pytest.mark.parametrize("text", [HOCR, ALTO, HTML], ids=["hocr", "alto", "html"])
def test_every_number_of_markup(text: str) -> None:
    for number in HOSTILE:
        for data in spoiled(text, number):
            read(data.encode())


@pytest.mark.parametrize("number", [n for n in HOSTILE if n.isascii()], ids=lambda n: n[:4] + str(len(n)))
def test_every_control_word_of_rtf(number: str) -> None:
    text = SAMPLES["cong-van-1999.rtf"].decode("latin-1")
    for word in sorted(set(re.findall(r"\\([a-z]{1,32})-?\d+", text))):
        read(re.sub(rf"(?<=\\{word})-?\d+", number, text).encode("latin-1"))


def test_every_number_of_a_pdf() -> None:
    from tests.hostile.test_bad_input import pdf

    text = pdf(1, b"BT /F1 12 Tf 72 700 Td 1 0 0 1 3 4 Tm (Quyet dinh) Tj ET").decode("latin-1")
    for number in (n for n in HOSTILE if n.isascii()):
        for place in re.finditer(r"(?<=[ \[])-?\d+(?=[ \]\n/])", text):
            read((text[: place.start()] + number + text[place.end() :]).encode("latin-1"))
