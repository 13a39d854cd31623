"""A line end inside a phrase is mended, in a line of two columns too; one between two parts stays."""

from __future__ import annotations

import pytest

from vnadmin.layout.flow.phrase import mend_cuts
from vnadmin.layout.flow.raw import RawLine


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("UBND XÃ HẠ SƠN         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "NAM", True),
        ("  Số: 12/UBND          Hạ Sơn, ngày 09 tháng 01", "năm 2025", True),
        ("                                          Đại tá Nguyễn", "Thanh Bình", True),
        ("- Lưu: VT, TCKT.", "Thảo", True),
        ("          - Lưu: VT, CV/QLĐT .              ", "              (Thảo)                      ", True),
        ("- Lưu: VT, KT, VX,", "NCTH.", True),
        ("- Lưu: VT, VP6.", "MT21/VP7/2025/CB -GD", True),
        ("KT.", "CHỦ TỊCH", True),
        ("Hà", "Giang, ngày 12 tháng 9 năm 2012", True),
        ("- Lưu: VT, TCKT.", "KT. CHỦ TỊCH", False),
        ("- Lưu: VT, TCKT,", "KT. CHỦ TỊCH", False),
        ("HIỆU TRƯỞNG", "PHÓ", False),
        ("4.", "- Nhà trường xếp lớp", False),
        ("Nguyễn Văn Bình", "Trần Thị Cúc", False),
        ("LUẬT", "CỦA QUỐC HỘI NƯỚC CỘNG HÒA", False),
        ("DANH MỤC", "THỦ", False),
        ("ỦY", "BAN NHÂN DÂN", True),
        ("B", "Ộ NỘI VỤ", True),
        ("B", "HẢI HẬU", False),
        ("UBND PHƯỜNG MỸ SƠN", "V", False),
        ("CÔNG AN TP.", "VINH", True),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA .", "VIỆT NAM", True),
        ("Tp. Hồ Chí", "Minh, ngày 26 tháng 12 năm 2013", True),
        ("Nghỉ phép: mỗi năm 12 ngày", "1.2 Nghỉ ốm theo quy định", False),
        ("Nghị quyết số 5/NQ-HĐND ngày", "13/11/2020;", True),
        ("- Thửa đất số:         Tờ bản đồ số:", "- Diện tích:", False),
        ("Số:", "-TB/TU", True),
        ("Thành phố Hồ", "Chí Minh, ngày 24 tháng 10 năm 2016", True),
    ],
)
def test_cut(before: str, after: str, expected: bool) -> None:
    """One line, or the two that they were."""
    assert (len(mend_cuts([RawLine(before), RawLine(after)])) == 1) is expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("Hải Minh, ngày", "", "tháng", "", "năm 2024"), 1),
        (("Hải Minh, ngày", "", "23 tháng", "", "3 năm 2022"), 1),
        (("Hải Minh, ngày", "", "Kính gửi: Sở Y tế"), 3),
        (("Báo cáo trước ngày", "", "Các phòng, ban"), 3),
    ],
)
def test_date_with_blank_lines_in_it(pieces: tuple[str, ...], expected: int) -> None:
    """A reader of PDF parts a date where blanks were left for a hand; nothing but a date goes on."""
    assert len(mend_cuts([*map(RawLine, pieces)])) == expected


def test_syllable_that_ends_a_title() -> None:
    """The issuer's line under it is no rest of its name; the same syllable goes on with a name in its column."""
    title, rest, issuer = (
        "BÃI BỎ QUY ĐỊNH QUẢN LÝ CÁN BỘ CHUYÊN TRÁCH TRONG CƠ QUAN CỦA TỈNH BẮC",
        "HẢI",
        "ỦY BAN NHÂN DÂN TỈNH NAM HẢI",
    )
    assert len(mend_cuts([*map(RawLine, (title, rest, issuer))])) == 3
    assert len(mend_cuts([*map(RawLine, ("BỘ Y TẾ", "VĂN", "PHÒNG BỘ"))])) == 2


@pytest.mark.parametrize(
    ("lines", "motto"),
    [
        (("CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "________ NAM", "Độc lập - Tự do - Hạnh phúc"), 0),
        (("CHÍNH PHỦ      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "   _______", "", "                      NAM"), 0),
        (("CHÍNH PHỦ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", " ________                NAM"), 0),
        (("  CHÍNH PHỦ    CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "  ---------         VIỆT NAM"), 0),
    ],
)
def test_the_end_of_a_motto_below_the_rule_of_the_other_column(lines: tuple[str, ...], motto: int) -> None:
    mended = [line.text for line in mend_cuts([RawLine(line) for line in lines])]
    assert mended[motto].endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert sum("NAM" in text for text in mended) == 1


def test_words_below_a_motto_that_are_not_its_end() -> None:
    lines = ["CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "BỘ NỘI VỤ", "NAM HẢI, ngày 5 tháng 3"]
    assert [line.text for line in mend_cuts([RawLine(line) for line in lines])] == lines
