"""hOCR and ALTO of other programs are read, ours are written and read back; searchable PDFs hold the text in place."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PIL import Image

from tests.makers import ocr_fakes
from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded, jpeg_stream, pdf_of
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, OcrFailed
from vnadmin.layout.page import Box, Column, SourceDocument
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadWord
from vnadmin.source.ocr_file.alto import read_alto, write_alto
from vnadmin.source.ocr_file.hocr import read_hocr, write_hocr
from vnadmin.source.sniff import sniff_alto, sniff_hocr

LINES = (
    line("ỦY BAN NHÂN DÂN XÃ LẠC SƠN", 80, 60),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 60),
    line("Số: 15/TB-UBND", 100, 90),
    line("Lạc Sơn, ngày 04 tháng 5 năm 2021", 310, 90),
    line("Nhân dân các thôn A & B <chợ> đến họp lúc 8 giờ.", 114, 180),
)
READING = PageReading(595.2, 841.9, 0, 0.0, 200.0, "fake", LINES)
HERE = Config()

# As Tesseract 5 writes it: words within lines within paragraphs, the confidence in per cent.
TESSERACT = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head><title></title><meta name='ocr-system' content='tesseract 5.5.0' /></head>
 <body>
  <div class='ocr_page' id='page_1' title='image "a.png"; bbox 0 0 1654 2339; ppageno 0; scan_res 200 200'>
   <div class='ocr_carea' id='block_1_1' title="bbox 236 300 900 340"><p class='ocr_par' lang='vie'>
     <span class='ocr_line' id='line_1_1' title="bbox 236 300 900 340; baseline 0 -9; x_size 38">
      <span class='ocrx_word' title='bbox 236 300 330 332; x_wconf 96'>K\xc3\xadnh</span>
      <span class='ocrx_word' title='bbox 345 300 430 340; x_wconf 91'><strong>g\xe1\xbb\xadi:</strong></span>
      <span class='ocrx_word' title='bbox 445 300 445 340; x_wconf 0'>x</span>
     </span></p></div>
  </div>
 </body></html>"""

# In tenths of a millimetre, as newspaper projects write it, an older namespace, one word without a confidence.
OLDER_ALTO = b"""<?xml version="1.0"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#">
 <Description><MeasurementUnit>mm10</MeasurementUnit></Description>
 <Layout><Page ID="P1" WIDTH="2100" HEIGHT="2970"><PrintSpace><TextBlock ID="B1">
  <TextLine HPOS="300" VPOS="400" WIDTH="500" HEIGHT="40">
   <String CONTENT="K\xc3\xadnh" HPOS="300" VPOS="400" WIDTH="110" HEIGHT="40" WC="0.93"/><SP WIDTH="12"/>
   <String CONTENT="g\xe1\xbb\xadi:" HPOS="422" VPOS="400" WIDTH="100" HEIGHT="40"/>
  </TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def texts(document: SourceDocument) -> list[str]:
    """The lines of a document."""
    return [document.of(each) for each in document.lines]


@pytest.mark.parametrize("form", ["hocr", "alto"])
def test_written_and_read_back(form: str) -> None:
    """Text, columns, boxes and confidences survive."""
    if form == "hocr":
        data = write_hocr([READING, READING]).encode()
        assert sniff_hocr(data)
        document = read_hocr(data, HERE)
    else:
        data = write_alto([READING, READING]).encode()
        assert sniff_alto(data)
        document = read_alto(data, HERE)
    assert texts(document)[:4] == [LINES[i].text for i in (0, 2, 1, 3)]
    assert "Nhân dân các thôn A & B <chợ> đến họp lúc 8 giờ." in texts(document)
    assert [page.method for page in document.pages] == ["ocr", "ocr"]
    assert document.pages[0].width == pytest.approx(595.2, abs=0.5)
    assert document.lines[0].column is Column.LEFT
    word, seen = document.lines[0].words[0], LINES[0].words[0]
    assert word.box == pytest.approx(seen.box, abs=0.4)
    assert word.confidence == pytest.approx(seen.confidence, abs=0.006)


def test_hocr_of_tesseract() -> None:
    """Marks within a word and words without a size."""
    document = read_hocr(TESSERACT, HERE)
    assert texts(document) == ["Kính gửi:"]
    assert document.lines[0].words[0].box == pytest.approx((84.96, 108, 118.8, 119.52), abs=0.01)
    assert document.lines[0].words[1].confidence == 0.91


def test_older_alto_in_millimetres() -> None:
    """Other units and namespaces."""
    document = read_alto(OLDER_ALTO, HERE)
    assert texts(document) == ["Kính gửi:"]
    assert document.pages[0].width == pytest.approx(595.3, abs=0.1)
    assert document.lines[0].words[0].box.x0 == pytest.approx(85.04, abs=0.01)


def test_confidence_that_nobody_measured_is_none() -> None:
    """Files without confidences give none, and their lines are not taken for noise."""
    unknown = (replace(each, words=tuple(w._replace(confidence=math.nan) for w in each.words)) for each in LINES)
    bare = replace(READING, lines=tuple(unknown))
    for document in (read_hocr(write_hocr([bare]).encode(), HERE), read_alto(write_alto([bare]).encode(), HERE)):
        assert {word.confidence for each in document.lines for word in each.words} == {None}
        assert len(document.lines) == len(LINES)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>ocr_page</body></html>",
        b"<div class='ocr_page' title='bbox 0 0 99999999999 1'><span class='ocr_line'></span></div>",
        b"<div class='ocr_page'>" * 3000,
        TESSERACT[:700],
        b"\xff\xfe" + TESSERACT,
    ],
)
def test_damaged_hocr(data: bytes) -> None:
    """Each ends in one documented error, or in what could be read."""
    try:
        document = read_hocr(data, HERE)
    except (DamagedInput, OcrFailed):
        return
    assert document.text.startswith("K")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<alto/>",
        OLDER_ALTO[:500],
        b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><alto><Layout><Page WIDTH="a"/></Layout></alto>',
        b'<alto><Page WIDTH="-1" HEIGHT="1e999"><TextLine><String CONTENT="a" HPOS="nan"/></TextLine></Page></alto>',
    ],
)
def test_damaged_alto(data: bytes) -> None:
    """Each ends in one documented error."""
    with pytest.raises((DamagedInput, OcrFailed)):
        read_alto(data, HERE)


def test_limits_hold() -> None:
    """Pages and characters are counted."""
    with pytest.raises(LimitExceeded):
        read_hocr(write_hocr([READING] * 4).encode(), Config(max_pages=3))
    with pytest.raises(LimitExceeded):
        read_alto(write_alto([READING] * 4).encode(), Config(max_characters=100))


class Reader(Fake):
    """Reads every page as the lines above."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        return replace(READING, width=picture.width, height=picture.height)


def found(data: bytes, text: str, page: int = 0) -> tuple[float, float, float, float]:
    """Where a PDF's text layer has a text: left, bottom, right, top."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    text_page = pdf[page].get_textpage()
    index, _ = text_page.search(text, match_case=True).get_next()
    boxes = [text_page.get_charbox(index + i) for i in range(len(text)) if text[i] != " "]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


@pytest.mark.parametrize("form", ["PDF", "PNG", "JPEG", "TIFF"])
def test_searchable_pdf(page: Image.Image, form: str) -> None:
    """The text is found where it stands, the picture is as it was."""
    pytest.importorskip("pikepdf")
    pytest.importorskip("img2pdf")
    import pypdfium2

    from vnadmin.source.scan.searchable import make_searchable

    data = pdf_of([jpeg_stream(page)] * 2, page.size) if form == "PDF" else encoded(page, form, dpi=(150, 150))
    out = make_searchable(data, Config(ocr_threads=1), make_engine=lambda config: Reader())
    left, bottom, right, top = found(out, "Lạc Sơn, ngày")
    box = LINES[3].words[0].box
    assert left == pytest.approx(box.x0, abs=2)
    height = pypdfium2.PdfDocument(out)[0].get_height()
    assert bottom < height - box.y0 < top + 6
    assert right > left + 50
    before = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil() if form == "PDF" else page.resize((595, 842))
    after = pypdfium2.PdfDocument(out)[0].render(scale=1).to_pil()
    assert after.size == pytest.approx(before.size, abs=1)
    dark = [sum(image.convert("L").histogram()[:128]) for image in (before, after)]
    assert dark[1] == pytest.approx(dark[0], rel=0.2)


def test_searchable_pdf_keeps_pages_that_were_not_read(page: Image.Image) -> None:
    """A page that broke stays as it is."""
    pytest.importorskip("pikepdf")
    import pypdfium2

    from vnadmin.source.scan.searchable import make_searchable

    marked = page.copy()
    marked.paste(0, (0, 0, 40, 40))
    data = pdf_of([jpeg_stream(page), jpeg_stream(marked)], page.size)
    out = make_searchable(data, Config(ocr_threads=1), make_engine=ocr_fakes.make_broken)
    pdf = pypdfium2.PdfDocument(out)
    assert "Trang" in pdf[0].get_textpage().get_text_range()
    assert pdf[1].get_textpage().get_text_range() == ""


def test_nothing_read_makes_no_pdf(page: Image.Image) -> None:
    """A searchable PDF without text would be a lie."""
    pytest.importorskip("pikepdf")
    from vnadmin.source.scan.searchable import make_searchable

    marked = page.copy()
    marked.paste(0, (0, 0, 40, 40))
    with pytest.raises(OcrFailed):
        make_searchable(encoded(marked, "PNG"), Config(ocr_threads=1), make_engine=ocr_fakes.make_broken)


@pytest.mark.parametrize(("rotate", "turned"), [(0, 0), (90, 0), (0, 180), (270, 90), (0, 90)])
def test_text_lies_on_turned_pages(page: Image.Image, rotate: int, turned: int) -> None:
    """A page that the file or the reader turns: the words lie where the reader saw them."""
    pikepdf = pytest.importorskip("pikepdf")
    import pypdfium2

    from vnadmin.source.scan.searchable import make_searchable

    with pikepdf.open(io.BytesIO(pdf_of([jpeg_stream(page)], page.size))) as pdf:
        pdf.pages[0].obj.Rotate = rotate
        buffer = io.BytesIO()
        pdf.save(buffer)

    class Turned(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            upright = picture.quarter_turned(turned)
            return PageReading(
                upright.width, upright.height, turned, 0.0, picture.dpi, "fake", (line("Trangđược", 60, 40),)
            )

    out = make_searchable(buffer.getvalue(), Config(ocr_threads=1), make_engine=lambda config: Turned())
    shown = pypdfium2.PdfDocument(out)[0]
    # Where the word stands on the page as shown: the reader's place, turned back.
    left, bottom, right, top = found(out, "Trang")
    page_width, page_height = (595, 842)
    x, y = (left + right) / 2, (bottom + top) / 2
    shown_x, shown_y = {
        0: (x, page_height - y),
        90: (y, x),
        180: (page_width - x, y),
        270: (page_height - y, page_width - x),
    }[rotate]
    width, height = shown.get_size()
    upright_x, upright_y = {
        0: (shown_x, shown_y),
        90: (height - shown_y, shown_x),
        180: (width - shown_x, height - shown_y),
        270: (shown_y, width - shown_x),
    }[turned]
    assert 60 <= upright_x <= 110
    assert 36 <= upright_y <= 56


@pytest.mark.parametrize(
    "drawing", [b"603 0 0 844 0 0 cm\n/Im0 Do", b"q q 0.1 0 0 0.1 0 0 cm q", b"q 0.5 0 0 0.5 0 0 cm Q"]
)
def test_text_lies_right_whatever_scale_the_page_leaves_behind(page: Image.Image, drawing: bytes) -> None:
    """Seen: pages that draw their picture without saving the state threw the laid text 600 pages away."""
    pikepdf = pytest.importorskip("pikepdf")

    from vnadmin.source.scan.searchable import make_searchable

    with pikepdf.open(io.BytesIO(pdf_of([jpeg_stream(page)], page.size))) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(drawing)
        buffer = io.BytesIO()
        pdf.save(buffer)

    out = make_searchable(buffer.getvalue(), Config(ocr_threads=1), make_engine=lambda config: Reader())
    left, bottom, _, top = found(out, "Lạc Sơn, ngày")
    box = LINES[3].words[0].box
    assert left == pytest.approx(box.x0, abs=2)
    assert bottom < 842 - box.y0 < top + 6


def laid_over(page: Image.Image, words: Sequence[ReadWord]) -> bytes:
    """What draws one line of these words over a page."""
    pikepdf = pytest.importorskip("pikepdf")

    from vnadmin.source.scan.searchable import make_searchable

    class Reader(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return replace(READING, lines=(replace(LINES[4], words=tuple(words)),))

    out = make_searchable(
        encoded(page, "PNG", dpi=(150, 150)), Config(ocr_threads=1), make_engine=lambda config: Reader()
    )
    with pikepdf.open(io.BytesIO(out)) as pdf:
        return b"".join(part.read_bytes() for part in pdf.pages[0].Contents)


def test_words_of_a_line_share_size_and_baseline(page: Image.Image) -> None:
    """Boxes of words with marks above or tails below differ; a reader that rebuilds lines must not see that."""
    import re

    words = [
        word._replace(box=word.box._replace(y0=word.box.y0 - n % 3, y1=word.box.y1 + n % 2))
        for n, word in enumerate(LINES[4].words)
    ]
    contents = laid_over(page, words)
    sizes = re.findall(rb" ([\d.]+) Tf [\d.]+ Tz 1 0 0 1 [\d.]+ ([\d.]+) Tm", contents)
    assert len(sizes) > 5
    assert len(set(sizes)) == 1


@pytest.mark.parametrize(
    ("gap", "laid"),
    [
        pytest.param(0.0, 2.5, id="boxes that touch: pdftotext would join the words"),
        pytest.param(5.0, 5.0, id="as printed"),
        pytest.param(13.0, 6.0, id="a dash before its item: pdftotext would make two columns of it"),
        pytest.param(60.0, 60.0, id="two columns that an engine joined"),
    ],
)
def test_words_stand_apart_as_words_of_one_line(page: Image.Image, gap: float, laid: float) -> None:
    import re

    words = (ReadWord("-", Box(100, 200, 104, 210), 0.9), ReadWord("Trang", Box(104 + gap, 200, 150 + gap, 210), 0.9))
    contents = laid_over(page, words)
    placed = re.findall(rb" ([\d.]+) Tz 1 0 0 1 ([\d.]+) [\d.]+ Tm <([0-9a-f]+)>", contents)
    assert [bytes.fromhex(code.decode()).decode("utf-16-be") for _, _, code in placed] == ["-", " ", "Trang"]
    (stretch, x0, _), _, (_, following, _) = placed
    assert float(following) - (float(x0) + float(stretch) / 100 * 5) == pytest.approx(laid, abs=0.1)
