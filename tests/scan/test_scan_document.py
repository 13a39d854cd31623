"""A scan becomes the same kind of document as a text layer: columns, paragraphs, boxes, furniture, handwriting."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PIL import Image

from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded
from vnadmin.config import Config
from vnadmin.layout.page import Box, Column, Furniture, SourceDocument
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.filled_in.slots import InkMark
from vnadmin.source.scan.pages import PageResult
from vnadmin.source.scan.placing import place
from vnadmin.source.scan.reader import read_scan

LINES = (
    line("UBND TỈNH HÀ THANH", 90, 60),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 60),
    line("SỞ XÂY DỰNG", 110, 76),
    line("Độc lập - Tự do - Hạnh phúc", 330, 76),
    line("Số: 15 /SXD-VP", 100, 104),
    line("Hà Thanh, ngày 04 tháng 5 năm 2021", 310, 104),
    line("Kính gửi: Ủy ban nhân dân các huyện.", 150, 150),
    line("Thực hiện kế hoạch năm 2021, Sở Xây dựng đề nghị các huyện báo cáo số liệu", 114, 180),
    line("quản lý nhà ở trên địa bàn trước ngày 30/6/2021.", 85, 196),
    line("Nơi nhận:", 85, 250, 12),
    line("GIÁM ĐỐC", 380, 250),
    line("- Như trên;", 85, 265, 11),
    line("- Lưu: VT, QLN.", 85, 279, 11),
    line("Trần Văn Bảo", 372, 330),
)


def reading(lines: tuple[ReadLine, ...], skew: float = 0.0) -> PageReading:
    """A page of these lines."""
    return PageReading(595, 842, 0, skew, 200, "fake", lines)


def document(*lines: ReadLine, skew: float = 0.0, seals: tuple[Box, ...] = ()) -> SourceDocument:
    """The document of a one-page scan on which an engine reads these lines, and finds these seals."""

    class Given(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return replace(reading(lines, skew), seals=seals)

    page = encoded(Image.new("L", (1654, 2339), 255), "PNG")
    return read_scan(page, Config(ocr_threads=1), make_engine=lambda config: Given())


def askew(lines: tuple[ReadLine, ...], degrees: float) -> tuple[ReadLine, ...]:
    """The lines on a page that lies askew, about its middle."""
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))

    def moved(word: ReadWord) -> ReadWord:
        x, y = (word.box.x0 + word.box.x1) / 2 - 297.5, (word.box.y0 + word.box.y1) / 2 - 421
        dx = 297.5 + x * cos - y * sin - (x + 297.5)
        dy = 421 + y * cos + x * sin - (y + 421)
        return word._replace(box=Box(word.box.x0 + dx, word.box.y0 + dy, word.box.x1 + dx, word.box.y1 + dy))

    return tuple(replace(each, words=tuple(map(moved, each.words))) for each in lines)


@pytest.mark.parametrize("degrees", [0.0, 0.8, -1.5, 3.0])
def test_columns_and_order(degrees: float) -> None:
    """Agency before motto, recipients before signature, whatever the skew."""
    found = document(*askew(LINES, degrees), skew=degrees)
    texts = [found.of(each) for each in found.lines]
    assert texts == [
        "UBND TỈNH HÀ THANH",
        "SỞ XÂY DỰNG",
        "Số: 15 /SXD-VP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Thanh, ngày 04 tháng 5 năm 2021",
        "Kính gửi: Ủy ban nhân dân các huyện.",
        "Thực hiện kế hoạch năm 2021, Sở Xây dựng đề nghị các huyện báo cáo số liệu",
        "quản lý nhà ở trên địa bàn trước ngày 30/6/2021.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, QLN.",
        "GIÁM ĐỐC",
        "Trần Văn Bảo",
    ]
    assert [each.column for each in found.lines[:2]] == [Column.LEFT, Column.LEFT]
    assert found.lines[7].paragraph == found.lines[8].paragraph


def test_boxes_lie_on_the_picture_as_it_is() -> None:
    """A word's box is where the engine saw it, slope and all, with the engine's confidence."""
    lines = askew(LINES, 2.0)
    found = document(*lines, skew=2.0)
    words = {found.of(word): word for each in found.lines for word in each.words}
    seen = {word.text: word for each in lines for word in each.words}
    for text in ("HUYỆN", "GIÁM", "Bảo", "Kính"):
        if text in words:
            assert words[text].box == seen[text].box
    assert words["Bảo"].box == seen["Bảo"].box
    assert words["Bảo"].confidence == pytest.approx(0.96)
    assert found.pages[0].method == "ocr"


def test_line_that_the_engine_joined_across_columns_is_parted() -> None:
    """The fast engine gives agency and motto, recipients and signature on one line."""
    joined = ReadLine((*LINES[0].words, *LINES[1].words))
    found = document(joined, *LINES[2:])
    assert [found.of(each) for each in found.lines[:2]] == ["UBND TỈNH HÀ THANH", "SỞ XÂY DỰNG"]


def test_words_of_a_line_keep_their_order() -> None:
    """A word's box may reach over those that follow it, which would then stand before it."""
    first, *rest = line("BỘ Y TẾ", 120, 60).words
    wide = first._replace(box=first.box._replace(y0=62.5, x1=rest[-1].box.x1))
    found = document(ReadLine((wide, *rest), middle=(134.0, 66.0), height=14.0), *LINES[1:])
    assert found.of(found.lines[0]) == "BỘ Y TẾ"


def test_speck_that_the_engine_joined_to_a_line_of_the_header() -> None:
    """In the margin beside a title: a letter that nobody was sure of ends no title; figures stay, they may be filled in."""
    specks = line("Ạ", 470, 134, confidence=0.1).words, line("7", 480, 150, confidence=0.1).words
    title = line("QUY ĐỊNH", 255, 134).words + specks[0], line("Về quản lý nhà ở", 220, 150).words + specks[1]
    found = document(*LINES[:6], *map(ReadLine, title), *LINES[7:])
    assert [found.of(each) for each in found.furniture if each.furniture is Furniture.NOISE] == ["Ạ"]
    assert "7" in found.text


def test_junk_is_set_aside() -> None:
    """Strokes of a pen and of a seal's edge are noise; list markers, page numbers and short words are not."""
    junk = (
        line("|", 50, 400, confidence=0.9),
        line("4n", 390, 290, confidence=0.5),
        line("ÙÌ ;.", 390, 300, confidence=0.3),
        line("n", 500, 310, confidence=0.72),
    )
    found = document(*LINES[:9], line("II.", 85, 220), *LINES[9:], *junk)
    noise = {found.of(each) for each in found.furniture if each.furniture is Furniture.NOISE}
    assert noise == {"|", "4n", "ÙÌ ;.", "n"}
    assert "II." in found.text


def test_watermark_is_furniture() -> None:
    """A portal's name across the page."""
    found = document(*LINES, line("www.LuatVietnam.vn", 200, 500))
    assert [each.furniture for each in found.furniture] == [Furniture.WATERMARK]


def test_handwriting_is_a_slice_of_the_text() -> None:
    """What was filled in is told by slices of the text: of its word, or empty after the word before."""
    page = reading(LINES)
    number, date = 4, 5
    marks = (
        InkMark(number, 1, 0, LINES[number].words[1].box, 5.0),
        InkMark(date, -1, 2, Box(400, 100, 420, 115), 3.0),
    )
    result = PageResult(1, 595, 842, page, marks)
    placed = place(result)
    assert placed.marks[0].word_box == LINES[number].words[1].box
    assert placed.marks[1].word_box is None
    assert placed.marks[1].after_box == LINES[date].words[2].box


def test_turned_page_is_reported() -> None:
    """A page that stood on its head says so; its boxes are those of the upright page."""

    class Turned(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return replace(reading(LINES), turned=180)

    page = encoded(Image.new("L", (1654, 2339), 255), "PNG")
    found = read_scan(page, Config(ocr_threads=1), make_engine=lambda config: Turned())
    assert [issue.code for issue in found.issues] == ["page_turned"]


def test_quotes_are_slices() -> None:
    """Every word is a slice of the canonical text."""
    found = document(*LINES)
    for each in found.lines:
        for word in each.words:
            assert found.text[word.start : word.end] == found.of(word)
            assert each.start <= word.start < word.end <= each.end


def test_stamp_set_aslant_is_no_part_of_the_line_beside_it() -> None:
    """HỎA TỐC in a tilted arrow, read wrongly, is set aside: the addressee beside it stays as printed."""
    first, second = line("HỎA", 50, 128).words[0], line("TCN", 85, 160).words[0]
    stamp = ReadLine((first, second), middle=(80, 150), height=14)
    laid = document(*LINES[:6], stamp, *LINES[6:])
    assert "Kính gửi: Ủy ban nhân dân các huyện." in [laid.of(line) for line in laid.lines]
    assert [laid.of(line) for line in laid.furniture] == ["HỎA TCN"]
