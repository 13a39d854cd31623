"""Grades of agencies whose names a lost line end may have joined."""

from __future__ import annotations

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
