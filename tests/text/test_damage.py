"""Damage is told from text that is only unusual; letters come back where only one word is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

import vnadmin
from vnadmin.assemble import assemble
from vnadmin.config import Config
from vnadmin.fields import FIELDS
from vnadmin.genre.document_type import is_glued_notation
from vnadmin.model import Grade
from vnadmin.source.text import read_text
from vnadmin.text.damage.glued import has_glued_words
from vnadmin.text.damage.horns import has_lost_horns, with_horns
from vnadmin.text.damage.misread import any_marks, has_misread_marks
from vnadmin.text.damage.tokenised import as_printed, is_tokenised
from vnadmin.text.damage.twice_read import read_once, twice_read
from vnadmin.text.damage.value import is_damaged
from vnadmin.text.pattern import pattern
from vnadmin.zones import find_zones

HORNLESS = "Bộ trởng Bộ Xây dựng đợc giao hớng dẫn các địa phơng thực hiện nh sau, nhng không quá 5 km; Lu: VT, u đãi"


def test_letters_come_back() -> None:
    """A word that is a syllable already (`km`, `giao`) stays as it is."""
    assert has_lost_horns(HORNLESS)
    assert with_horns(HORNLESS) == (
        "Bộ trưởng Bộ Xây dựng được giao hướng dẫn các địa phương thực hiện như sau, nhưng không quá 5 km; "
        "Lưu: VT, ưu đãi"
    )
    assert not has_lost_horns(with_horns(HORNLESS))


def test_the_letter_that_is_left_of_a_word() -> None:
    """`t` of `tư`; a letter of a list is none."""
    text = "Thông t hớng dẫn Luật Đầu t nớc ngoài, luật s và khu dân c đợc cấp; các tiết t, d trớc ngày 5, l u ậ t t r o n g"
    assert with_horns(text) == (
        "Thông tư hướng dẫn Luật Đầu tư nước ngoài, luật sư và khu dân cư được cấp; các tiết t, d trước ngày 5, l u ậ t t r o n g"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HORNLESS, True),
        ("Nhà trườngthông báo cụthểnhư sau: cáctrường phổthông gửi báocáo đúngthời hạn quyđịnh", True),
        ("Chỉ thị củaBộ trưởng về nhânlực của Trung ươngbáo cáo theo từng giai đoạn", True),
        ("Học tập LêNin, học nữa; LêNin toàn tập; quảng trường LêNin", False),
        ("Ủy ban nhân dân tỉnh yêu cầu các Sở, ban, ngành khẩn trương thực hiện; nghịđịnh này", False),
        ("The Ministry of Planning announces procurement documentation requirements nationwide", False),
        ("Hồ Đức Phớc ký thay Thủ tướng", False),
    ],
)
def test_damage_of_a_text(text: str, expected: bool) -> None:
    """One misprint is none, nor are long words of other languages and names spelled in their own way."""
    assert (has_glued_words(text) or has_lost_horns(text)) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("TRƯỜNG TRUNG HỌC PHỔTHÔNG HẠ SƠN", True),
        ("ỦYBAN NHÂN DÂN XÃ HẠ SƠN", True),
        ("LưuVT", True),
        ("ChợMới", True),
        ("Lưu: VT, KTTH (", True),
        ("Lưu: VT._(Bình)", True),
        ("Lưu: VT, KGVXNV (02b)", False),
        ("Krông Ana", False),
        ("Ủy ban MTTQVN xã; PGDĐT", False),
        ("ĐOÀN XÃ HẠ SƠN |", True),
        ("B Ộ NỘI VỤ", True),
        ("HỘI ĐỒNG T HI ĐUA", True),
        ("V ề việc kiểm tra", True),
        ("TRƯỜNG THPT B HẢI HẬU", False),
        ("TT. HĐND, KHOA Y DƯỢC", False),
    ],
)
def test_damage_of_a_value(value: str, expected: bool) -> None:
    """Abbreviations and names of other languages are no words that ran together."""
    assert is_damaged(value) is expected


def test_a_hyphen_is_gone() -> None:
    """At a line's end a reader of PDF took it for a hyphenation."""
    assert is_glued_notation("118/CĐTTg")
    assert not any(map(is_glued_notation, ("03/2010/TTLT-BYT-BCA", "12/QĐ-UBND", "5/TTBC", "71/TTCP")))


def test_a_damaged_text_is_never_certain() -> None:
    """An issue says so, and no value keeps the best grade."""
    text = f"UBND XÃ HẠ SƠN\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc phê duyệt phơng án\n{HORNLESS}"
    document = vnadmin.parse(text.encode())
    assert "layout_damaged" in [issue.code for issue in document.issues]
    assert document.number is not None
    assert document.number.text == "12/QĐ-UBND"
    assert Grade.CERTAIN not in {entry.grade for entries in document.evidence.values() for entry in entries}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "SỞ Y TẾ TỈNH HẢI PHềNG\nCỘNG HềA XÃ HỘI\nHạnh phỳc, ngày 5 thỏng 3; Chớnh phủ, cỏc Sở liờn quan, với vụ từ sự của",
            "tcvn3",
            "SỞ Y TẾ TỈNH HẢI PHÒNG\nCỘNG HÒA XÃ HỘI\nHạnh phúc, ngày 5 tháng 3; Chính phủ, các Sở liên quan, với vụ từ sự của",
        ),
        ("VĂN PHỊNG\nCỘNG HỊA XÃ HỘI\nCơng an, Phịng", "vni", "VĂN PHÒNG\nCỘNG HÒA XÃ HỘI\nCông an, Phòng"),
        ("CỘNG HÒA XÃ HỘI\nHạnh phúc; Thị Hịa", "", None),
    ],
)
def test_text_that_was_read_twice(text: str, kind: str, expected: str | None) -> None:
    """The motto tells it; only words that are sure are put right."""
    assert twice_read(text) == kind
    assert expected is None or read_once(text) == expected


def test_text_that_was_read_twice_is_damaged() -> None:
    """What is left of it may be wrong anywhere, so nothing free is certain."""
    document = vnadmin.parse(
        "SỞ Y TẾ\nSố: 1/TB-SYT\nCỘNG HềA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHải Phũng, ngày 5 thỏng 3 năm 2024\nTHÔNG BÁO\nVề nghỉ\n".encode()
    )
    assert (document.place, str(document.issued_on)) == ("Hải Phòng", "2024-03-05")
    assert "layout_damaged" in [issue.code for issue in document.issues]


@pytest.mark.parametrize(
    "motto",
    [
        "CỘNG ÒA XÃ ỘI C Ủ NG ĨA VIỆT NAM",  # a PDF whose font says nothing for its H
        "CỘNG HÒ XÃ HỘI CHỦ NGHĨ VIỆT NM",
    ],
)
def test_a_motto_that_lost_letters_makes_nothing_certain(motto: str) -> None:
    """The other words of the document lost the same letters, `C N P Ủ` for CHÍNH PHỦ."""
    letter = (
        f"C N P Ủ\nSố: 47/2020/NĐ-CP\n{motto}\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 09 tháng 4 năm 2020\n"
        "NG Ị ĐỊN\nQuản lý dữ liệu số\nĐiều 1. Các bộ thi hành Nghị định này.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nLê Văn Thuận\n"
    )
    document = vnadmin.parse_text(letter)
    assert "layout_damaged" in [issue.code for issue in document.issues]
    grades = {entry.grade for entries in document.evidence.values() for entry in entries}
    assert Grade.CERTAIN not in grades
    whole = vnadmin.parse_text(letter.replace(motto, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert "layout_damaged" not in [issue.code for issue in whole.issues]


def test_a_letter_that_ocr_missed_in_the_motto_is_no_broken_font() -> None:
    """OCR misses a letter here and there: what it says of its other words stands."""
    printed = read_text("SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NM\nSố: 1/TB-SYT\n".encode(), Config())
    scanned = replace(printed, pages=tuple(replace(page, method="ocr") for page in printed.pages))
    answers = {field.name: () for field in FIELDS}
    issues = [
        [issue.code for issue in assemble(b"", find_zones(document), answers, (), ()).issues]
        for document in (printed, scanned)
    ]
    assert ["layout_damaged" in codes for codes in issues] == [True, False]


LETTER = """SỞ THỦY LỢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/STL-QL
Hải Minh, ngày 12 tháng 4 năm 2018
V/v báo cáo kết quả kiểm tra đê điều
Kính gửi: Sở Nội vụ
Sở Thủy lợi đề nghị Sở Nội vụ {first} cáo kết quả kiểm tra đê điều. Kết quả {second} tra gửi về Sở để {first} cáo.
Đề nghị các đơn vị {third} hiện báo cáo kết quả, để kịp thời thực hiện việc kiểm tra và {first} cáo.
Các xã Quảng Hòa, xã Quang Hòa, xã Hùng Sơn, xã Hưng Sơn, xã Diễn Lâm, xã Diên Lâm thực hiện.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn Bưởi
"""


def test_marks_misread_all_over_make_nothing_certain() -> None:
    """The same words stand now with these marks, now with others; names of places that differ in a mark are no sign."""
    clean = LETTER.format(first="báo", second="kiểm", third="thực")
    misread = LETTER.format(first="bảo", second="kiêm", third="thưc")
    assert not has_misread_marks(clean)
    assert has_misread_marks(misread)
    assert {entry.grade for entry in vnadmin.parse_text(clean).evidence["/recipients/0/name"]} == {Grade.CERTAIN}
    document = vnadmin.parse_text(misread)
    assert "layout_damaged" in [issue.code for issue in document.issues]
    assert Grade.CERTAIN not in {entry.grade for entries in document.evidence.values() for entry in entries}


@pytest.mark.parametrize(("read", "is_word"), [("để", True), ("dé", True), ("đế", True), ("đi", False), ("đểu", False)])
def test_a_word_is_known_by_its_letters(read: str, is_word: bool) -> None:
    assert (pattern(any_marks("để")).fullmatch(read) is not None) is is_word


TOKENS = (
    "BỘ NỘI VỤ\n- - - - - - - Số : 17 / 2011 / TTLT - BNV - BTC\nHướng dẫn chế độ phụ cấp , trợ cấp\n"
    "Căn cứ Nghị định số 06 / 20 03 / NĐ - CP ngày 22 / 02 / 2003 và Quyết định số 07 - QĐ / TW ;\n"
    "Điều 1 . Cán_bộ , công_chức ( sau đây gọi là công_chức ) từ năm 2010 - 2012 , Hội Nông_dân . / ."
)


def test_tokens_are_put_together() -> None:
    """A dash between words or years keeps its blanks."""
    assert is_tokenised(TOKENS)
    assert as_printed(TOKENS) == (
        "BỘ NỘI VỤ\n----- Số: 17/2011/TTLT-BNV-BTC\nHướng dẫn chế độ phụ cấp, trợ cấp\n"
        "Căn cứ Nghị định số 06/2003/NĐ-CP ngày 22/02/2003 và Quyết định số 07-QĐ/TW;\n"
        "Điều 1. Cán bộ, công chức (sau đây gọi là công chức) từ năm 2010 - 2012, Hội Nông dân./."
    )
    assert not is_tokenised(as_printed(TOKENS))


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Tài chính , Sở Nội vụ, Sở Y tế , Sở Tư pháp, Sở Công Thương , Văn phòng, các phòng, ban",
        "Tệp bao_cao_2025, ke_hoach_thang, danh_sach_hoc_sinh, so_luong và _chú ý_ của nhà trường",
        "Số : 12/UBND-VX ; Điều 1 : ( theo mẫu )",
        "Các phòng nhận máy tính. Số lượng: 5 , 10 , 15 , 20 , 25 , 30 chiếc; giao trước ngày 10/3. Văn phòng ghi sổ.\n",
    ],
)
def test_no_tokens(text: str) -> None:
    """A typist's blank before some marks, names of files and emphasis are none."""
    assert not is_tokenised(text)
