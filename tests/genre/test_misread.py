"""Formulas that a machine misread by a mark: what is put right, and what stays as it is."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.misread import (
    is_misread_one,
    marker_meant,
    mended_end,
    mended_formula,
    misread_formulas,
    misread_names,
)
from vnadmin.model import Grade
from vnadmin.text.damage.misread import untoned_stops
from vnadmin.text.fold import bare, fold


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("VĂN PHONG", "VĂN PHÒNG"),
        ("PHO CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. THU TƯỚNG", "KT. THỦ TƯỚNG"),
        ("HIỆU TRƯỜNG", "HIỆU TRƯỞNG"),
        ("VĂN PHÒNG CHÍNH PHÙ", "VĂN PHÒNG CHÍNH PHỦ"),
    ],
)
def test_formulas_get_their_marks(read: str, mended: str) -> None:
    """The letters are those of a formula, and one word stands as it should."""
    assert mended_formula(read) == mended
    assert len(mended) == len(read)


@pytest.mark.parametrize(
    "printed", ["VÂN PHONG", "UỶ BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", "PHO CHU TICH", "TRƯỜNG PHÒNG KHÁM", "Phó chủ tích"]
)
def test_other_lines_stay(printed: str) -> None:
    """A bay, two ways to print a tone, a text without marks, a longer name, small letters."""
    assert mended_formula(printed) == printed


def test_a_formula_over_two_lines() -> None:
    """The end of a name that a narrow column cut."""
    assert mended_end("VĂN PHÒNG CHÍNH", "PHÙ") == "PHỦ"
    assert mended_end("SỞ Y TẾ", "PHÙ") == "PHÙ"


_LETTER = """UBND PHƯỜNG HẢI MINH
VĂN PHONG
Số: 12/VP
V/v báo cáo
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Minh, ngày 05 tháng 3 năm 2021
Kính gửi: Các phòng
Đề nghị các phòng báo cáo./.
Nơi nhận:
- Như trên;
- Lưu: VT.
{post}
Trần Văn Bình
"""


def test_a_text_with_several_misread_formulas_is_mended() -> None:
    """Of a text, whose reader is not known, one misread formula may be its writer's; what was mended is not certain."""
    read = vnadmin.parse_text(_LETTER.format(post="CHÁNH VẤN PHONG"))
    assert read.parent_agency == "UBND PHƯỜNG HẢI MINH"
    assert read.issuing_agency == "VĂN PHÒNG"
    assert read.signatories[0].position == "CHÁNH VĂN PHÒNG"
    assert read.evidence["/issuing_agency"][0].grade != "certain"
    alone = vnadmin.parse_text(_LETTER.format(post="CHÁNH VĂN PHÒNG"))
    assert "VĂN PHONG" in alone.text


def test_markers_that_what_stands_beside_them_tells() -> None:
    """A 1 after k) is an l, and only there; a Roman one before a 2 is a 1, before a II it is none."""
    k, one, two, roman, second = (
        marker_of_text(text, set(MarkerKind)) for text in ("k) Cấp", "1) Tổ", "2. Rà", "I. Tổ", "II. Rà")
    )
    assert k and one and two and roman and second
    assert marker_meant(k, one).series == k.series and marker_meant(roman, one) == one
    assert is_misread_one(roman, two) and not is_misread_one(roman, second) and not is_misread_one(k, two)


def test_names_with_other_marks() -> None:
    """A listed name of two words and more, whole; either spelling of a tone is right, and so is another word."""
    for printed, name in (
        ("KT. GIÁM ĐÓC", "giám đóc"),
        ("UBND THÀNH PHÓ HẠ SƠN", "thành phó"),
        ("UBND TÌNH BẮC GIANG", "tình bắc giang"),
    ):
        assert misread_names(fold(printed), bare(printed)) == {name}
    for printed in (
        "GIÁM ĐỐC SỞ Y TẾ",
        "UỶ BAN NHÂN DÂN",
        "ỦY BAN NHÂN DÂN",
        "DANH SÁCH HỌC VIÊN",
        "TRƯỞNG BẢN",
        "TÌNH HÌNH DIỄN BIẾN",
        "UBND HUYỆN PHÙ YÊN",
        "THỊ TRẤN KIẾN GIANG",
        "HỘI ĐỒNG CỔ ĐÔNG THƯỜNG NIÊN",
        "XÃ HỘI CHỦ NGHĨA",
    ):
        assert not misread_names(fold(printed), bare(printed))


def test_formulas_and_tones_that_were_lost() -> None:
    """A syllable that ends in a stop bears sắc or nặng; loan words are none of the language's syllables."""
    assert misread_formulas("ngày 5 thang 3 năm 2026", "ngay 5 thang 3 nam 2026") == {"ngay"}
    assert untoned_stops("quyêt định tôt nhât, quốc gia, việc, các, ôtô, bôxit") == {"quyêt", "tôt", "nhât"}


LETTER = """SỞ Y TẾ TỈNH HẢI VÂN
Số: 12/KH-SYT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Vân, ngày 5 tháng 3 năm 2026
KẾ HOẠCH
Phòng chống dịch
1. Trung tâm Y tế tổ chức thực hiện quyết định này.
GIÁM ĐỐC
Lê Văn Thuận
"""


def test_a_value_that_holds_a_misread_name_is_not_certain() -> None:
    """`Hải Phóng` is a place that a machine misread: no province is spelled so."""
    document = vnadmin.parse_text(LETTER.replace("Hải Vân, ngày", "Hải Phóng, ngày"))
    assert document.place == "Hải Phóng"
    assert document.evidence["/place"][0].grade is not Grade.CERTAIN
    assert vnadmin.parse_text(LETTER).evidence["/place"][0].grade is Grade.CERTAIN


@pytest.mark.parametrize(
    ("misread", "certain"),
    [((), {"/number", "/subject"}), (("GIÁM ĐỐC",), {"/subject"}), (("GIÁM ĐỐC", "quyết"), set())],
)
def test_what_another_ocr_read_is_not_certain(misread: tuple[str, ...], certain: set[str]) -> None:
    """One word misread may be a misprint, and its figures are doubted; two tell that a machine read the text."""
    text = LETTER
    for word in misread:
        text = text.replace(word, word.replace("Ố", "Ó").replace("ế", "ê"))
    evidence = vnadmin.parse_text(text).evidence
    sure = {p for p, entries in evidence.items() if any(entry.grade is Grade.CERTAIN for entry in entries)}
    assert {p for p in ("/number", "/subject") if any(found.startswith(p) for found in sure)} == certain
