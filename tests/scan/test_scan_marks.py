"""Marks that OCR lost in names of closed lists; dashes before items that no engine read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.makers.ocr_fakes import line
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading
from vnadmin.source.scan.dashes import with_dashes
from vnadmin.source.scan.mending.known import mend_known, mend_notation
from vnadmin.source.scan.mending.listed import MENDED

DPI = 144.0


def known(*texts: str) -> list[str]:
    """Lines under each other after mending."""
    return [each.text for each in mend_known([line(text, 85, 100 + 20 * at) for at, text in enumerate(texts)])]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("của Chính phú;", "của Chính phủ;"),
        ("Căn cứ Luật Giáo đục năm 2019;", "Căn cứ Luật Giáo dục năm 2019;"),
        ("VĂN PHÒNG CHÍNH PHÙ", "VĂN PHÒNG CHÍNH PHỦ"),
        ("UBND TỈNH BÁC GIANG", "UBND TỈNH BẮC GIANG"),
        ("TRƯỜNG CAO ĐẲNG Y TẾ TP. HÒ CHÍ MINH", "TRƯỜNG CAO ĐẲNG Y TẾ TP. HỒ CHÍ MINH"),
        ("Chi nhánh tính Quảng Ngãi", "Chi nhánh tỉnh Quảng Ngãi"),
        ("Cân Thơ, ngày 4 tháng 5 năm 2021", "Cần Thơ, ngày 4 tháng 5 năm 2021"),
        ("Cân Thơ. ngày 4 tháng 5 năm 2021", "Cần Thơ. ngày 4 tháng 5 năm 2021"),
    ],
)
def test_names_of_closed_lists(read: str, printed: str) -> None:
    """Laws, the highest bodies, a province after its word or before a date: what differs by marks alone is respelt."""
    assert known(read) == [printed]


def test_name_over_two_lines() -> None:
    """A law's name may be wrapped."""
    assert known("theo Luật Tổ chức chính quyên", "địa phương ngày 19/6/2015") == [
        "theo Luật Tổ chức chính quyền",
        "địa phương ngày 19/6/2015",
    ]


@pytest.mark.parametrize(
    "read",
    [
        "là tổ chức chính phú",
        "đến Cân Thơ dự họp",
        "tính toán theo quý",
        "thành phố Hà Tiên",
        "Sơn Hái, ngày 4 tháng 5 năm 2021",
        "Chính phủ",
    ],
)
def test_what_is_in_no_list_stays(read: str) -> None:
    """No capital, neither word nor date beside the place, no province; and what is right keeps its confidence."""
    given = line(read, 85, 100)
    assert mend_known([given]) == [given]


def test_letters_of_a_decision() -> None:
    """An O that was a Q; `/OĐ-` heads no number, and `O` in other words stays."""
    assert known("Quyết định số 52/OĐ-BOP ngày") == ["Quyết định số 52/QĐ-BQP ngày"]
    assert known("Quyết định số 52/0Đ-UBND của OĐ-1") == ["Quyết định số 52/QĐ-UBND của OĐ-1"]
    assert known("Thông tư số 02/2007/T1-BXD") == ["Thông tư số 02/2007/TT-BXD"]


def symbol(number: str, *header: str) -> str:
    """The number's line after mending, under these lines."""
    lines = [line(text, 85, 60 + 20 * at) for at, text in enumerate((*header, number))]
    mended = mend_notation(dict(enumerate(lines)), [each.words for each in lines])
    return mended.get(len(header), lines[-1]).text


@pytest.mark.parametrize(
    ("number", "header", "printed"),
    [
        ("Số: 9307 /Cb.BXD", ("BỘ XÂY DỰNG", "CÔNG ĐIỆN"), "Số: 9307 /CĐ-BXD"),
        ("Số: 26 /KH-DHHG", ("TRƯỜNG ĐẠI HỌC HÀ GIANG",), "Số: 26 /KH-ĐHHG"),
        ("Số: 26 /QĐ-UBND", ("ỦY BAN NHÂN DÂN", "QUYẾT ĐỊNH"), "Số: 26 /QĐ-UBND"),
        ("Số: 26 /TB-DCT", ("BỘ CÔNG THƯƠNG", "TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP"), "Số: 26 /TB-DCT"),
        ("Số: 26 /XD-KT", ("QUYẾT ĐỊNH",), "Số: 26 /XD-KT"),
    ],
)
def test_symbol_of_a_number(number: str, header: tuple[str, ...], printed: str) -> None:
    """The headline's code where the group is none, the agency's Đ; a group that is no initials of it stays."""
    assert symbol(number, *header) == printed


def test_words_of_every_amendment() -> None:
    """In small letters; other words that begin alike stay."""
    assert known("bổ sung một số điệu của Luật") == ["bổ sung một số điều của Luật"]
    assert known("biểu diễn một số điệu múa") == ["biểu diễn một số điệu múa"]


def test_what_is_respelt_is_doubtful() -> None:
    """A second spelling makes no value certain."""
    (mended,) = mend_known([line("của Chính phú", 85, 100)])
    assert [word.confidence for word in mended.words] == [pytest.approx(0.96), pytest.approx(0.96), MENDED]


def dashed(*strokes: tuple[float, float, float, float]) -> str:
    """A line of print whose first letters stand at 110 points, with strokes drawn on its page."""
    image = Image.new("L", (1190, 1684), 255)
    draw = ImageDraw.Draw(image)
    scale = DPI / 72
    given = line("Thời gian: từ 14 giờ", 110, 300, 13)
    for word in given.words:
        draw.rectangle([value * scale for value in word.box], fill=0)
    for stroke in strokes:
        draw.rectangle([value * scale for value in stroke], fill=0)
    reading = PageReading(595, 842, 0, 0.0, DPI, "fake", (given,))
    (found,) = with_dashes(PagePicture(np.asarray(image), DPI), reading).lines
    return found.words[0].text


def test_dash_before_an_item() -> None:
    """A short stroke halfway up, alone on the left of a line."""
    assert dashed((100, 305, 104, 306)) == "-"


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        ((100, 311, 104, 312),),  # on the foot of the line: a dot or a rule
        ((60, 305, 64, 306),),  # too far away
        ((99, 301, 104, 311),),  # a letter
        ((96, 305, 99, 306), (101, 305, 105, 306)),  # two strokes
        ((90, 305, 107, 306),),  # a rule
    ],
)
def test_other_strokes_are_no_dash(strokes: tuple[tuple[float, float, float, float], ...]) -> None:
    """Nothing is made up."""
    assert dashed(*strokes) == "Thời"
