"""Formulas that a machine misread by a mark: what is put right, and what stays as it is."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.misread import is_misread_one, marker_meant, mended_end, mended_formula


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
