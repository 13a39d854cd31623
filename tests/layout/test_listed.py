"""Numbers that an office suite's export hung on the lines of a header or a signature are taken off, those of a body stay."""

from __future__ import annotations

from vnadmin import parse_text
from vnadmin.layout.flow.listed import without_list_numbers
from vnadmin.layout.flow.raw import RawLine

HEADER = """   1. BỘ THỦY LỢI
   2. # TRƯỜNG ĐẠI HỌC HẢI MINH

         1. ### S Shape1 ố 26/TB-ĐHHM

   3. CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
   4. Đ Shape2 ộc lập - Tự do - Hạnh phúc
   5.
   Hải Minh, ngày 12 tháng 5 năm 2020

   6. THÔNG BÁO
   7. Về lịch nghỉ hè năm 2020

   1. Sinh viên nghỉ từ ngày 1/7/2020.
   2. Phòng Đào tạo thông báo lịch học bù.
"""


def bared(text: str) -> list[str]:
    return [line.text.strip() for line in without_list_numbers([RawLine(line) for line in text.splitlines()])]


def test_a_header_whose_motto_bears_a_number() -> None:
    document = parse_text(HEADER)
    assert document.parent_agency == "BỘ THỦY LỢI"
    assert document.issuing_agency == "TRƯỜNG ĐẠI HỌC HẢI MINH"
    assert document.number is not None and document.number.text == "26/TB-ĐHHM"
    assert document.subject == "lịch nghỉ hè năm 2020"
    assert [directive.marker for directive in document.directives] == ["1", "2"]


def test_a_header_in_one_numbered_line() -> None:
    one = "1. ỦY BAN NHÂN DÂN TỈNH HẢI VÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    more = " Số: 214/QĐ-UBND Hải Vân, ngày 12 tháng 3 năm 2024 QUYẾT ĐỊNH Về việc thành lập Trung tâm Lưu trữ"
    assert bared(one + more) == [(one + more)[3:]]


def test_a_signature_whose_authority_bears_a_number() -> None:
    assert bared("2.\n3. KT. BỘ TRƯỞNG\n\n4. THỨ TRƯỞNG\n5. Trần Văn An\n1. Phụ lục") == [
        "",
        "KT. BỘ TRƯỞNG",
        "",
        "THỨ TRƯỞNG",
        "Trần Văn An",
        "1. Phụ lục",
    ]


def test_a_list_of_posts_and_a_guide_keep_their_numbers() -> None:
    text = "1. CHỦ TỊCH\n2. PHÓ CHỦ TỊCH\n3. Dòng chữ Quốc hiệu: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n4. Số, ký hiệu"
    assert bared(text) == text.splitlines()
