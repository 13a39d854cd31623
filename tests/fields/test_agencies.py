"""Grades of agencies whose names a lost line end may have joined."""

from __future__ import annotations

import pytest

from vnadmin import parse_text

TEXT = """{agency}
Số: 33/BC-HKL
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đá Bạc, ngày 31 tháng 3 năm 2023
BÁO CÁO
Công tác bảo vệ rừng
"""


def grade(agency: str) -> str:
    return parse_text(TEXT.format(agency=agency)).evidence["/issuing_agency"][0].grade.value


def test_a_line_that_may_hold_two_names_is_likely() -> None:
    assert grade("CHI CỤC KIỂM LÂM HẢI MINH HẠT KIỂM LÂM ĐÁ BẠC") == "likely"


def test_one_name_is_certain() -> None:
    assert grade("VĂN PHÒNG UBND HUYỆN ĐÁ BẠC") == "certain"


@pytest.mark.parametrize(
    "agency",
    [
        "SỞ LAO ĐỘNG THƯƠNG BINH VÀ XÃ HỘI",
        "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI HUYỆN ĐÁ BẠC",
        "BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN ĐÁ BẠC",
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI",
        "TRUNG TÂM Y TẾ DỰ PHÒNG HUYỆN ĐÁ BẠC",
        "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ ĐÁ BẠC",
    ],
)
def test_a_word_whose_second_half_could_open_a_name_opens_none(agency: str) -> None:
    assert grade(agency) == "certain"


def test_a_home_for_children_is_no_hamlet_of_the_office_above() -> None:
    text = TEXT.format(agency="SỞ LAO ĐỘNG\nLÀNG TRẺ EM HẢI MINH")
    assert parse_text(text).evidence["/issuing_agency"][0].grade.value != "certain"
