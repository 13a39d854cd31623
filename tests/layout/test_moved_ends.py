"""Line ends that a program set after the text's own were lost are taken away again; other texts keep their lines."""

from __future__ import annotations

import re
import textwrap

import pytest

from vnadmin import parse_text
from vnadmin.layout.flow.moved_ends import without_moved_ends
from vnadmin.layout.flow.raw import RawLine
from vnadmin.model import AdminDocument

HEADER = """ỦY BAN NHÂN DÂN TỈNH HẢI MINH Số: 12/UBND-NC V/v gia hạn thời gian tổ chức đại hội của Hiệp hội Nước mắm tỉnh
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Hải Minh, ngày 5 tháng 3 năm 2020"""
ADDRESS = "Kính gửi: Sở Nội vụ. Xét đề nghị của Hiệp hội tại Công văn số 28/HH-NM ngày 9 tháng 2 năm 2020, "
BODY = [
    f"{ADDRESS}Ủy ban nhân dân tỉnh có ý kiến như sau:",
    "1. Thống nhất gia hạn thời gian tổ chức đại hội đến hết quý II năm 2020 như đề nghị của Hiệp hội.",
    "2. Giao Sở Nội vụ theo dõi, hướng dẫn Hiệp hội tổ chức đại hội theo đúng Điều lệ đã được phê duyệt.",
    "Đề nghị các đơn vị liên quan thực hiện.",
]
END = "Nơi nhận: - Như trên; - Lưu: VT, NC. KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Nguyễn Văn Tùng"

# What `BeautifulSoup(page).get_text(" ", strip=True)` gives of a page whose source breaks its lines behind first words.
STREAM = """ỦY
\t\t\tBAN NHÂN DÂN TỈNH HẢI MINH Số:
\t\t\t12/UBND-NC V/v
\t\t\tgia hạn thời gian tổ chức đại hội của Hiệp hội
\t\t\tNước mắm tỉnh CỘNG
\t\t\tHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc
\t\t\tlập - Tự do - Hạnh phúc Hải
\t\t\tMinh, ngày 5 tháng 3 năm 2020 Kính
gửi: Sở Nội vụ. Xét
đề nghị của Hiệp hội tại Công văn số 28/HH-NM ngày 9 tháng 2 năm 2020, Ủy ban
nhân dân tỉnh có ý kiến như sau: 1. Thống
nhất gia hạn thời gian tổ chức đại hội đến hết quý II năm 2020. 2. Giao
Sở Nội vụ theo dõi, hướng dẫn Hiệp hội thực hiện; - Sở
Tài chính thẩm định. Nơi
nhận: - Như
trên; - Lưu:
VT, NC. KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Nguyễn Văn Tùng"""
SENTENCES = "\n".join(re.split(r"(?<=[.;:]) ", " ".join([HEADER.replace("\n", " "), *BODY, END])))


def grades(document: AdminDocument) -> set[str]:
    return {str(entry.grade) for entries in document.evidence.values() for entry in entries}


def test_a_page_without_its_paragraphs_is_one_line() -> None:
    document = parse_text(STREAM)
    assert document.number is not None and document.number.text == "12/UBND-NC"
    assert document.issuing_agency == "ỦY BAN NHÂN DÂN TỈNH HẢI MINH"
    assert document.subject == "gia hạn thời gian tổ chức đại hội của Hiệp hội Nước mắm tỉnh"
    assert document.place == "Hải Minh"
    assert "certain" not in grades(document)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_that_end_behind_stops_are_one_line(between: str) -> None:
    document = parse_text(SENTENCES.replace("\n", between))
    assert document.number is not None and document.number.text == "12/UBND-NC"
    assert document.subject == "gia hạn thời gian tổ chức đại hội của Hiệp hội Nước mắm tỉnh"
    assert [signatory.authority for signatory in document.signatories] == [["KT. CHỦ TỊCH"]]
    assert "certain" not in grades(document)


def test_a_joined_header_that_was_wrapped_is_joined_again() -> None:
    paragraphs = [" ".join(HEADER.split()), *BODY, END]
    document = parse_text("\n\n".join(textwrap.fill(paragraph, 60) for paragraph in paragraphs))
    assert document.number is not None and document.number.text == "12/UBND-NC"
    assert document.subject == "gia hạn thời gian tổ chức đại hội của Hiệp hội Nước mắm tỉnh"
    assert document.place == "Hải Minh"
    assert document.signatories[0].position == "PHÓ CHỦ TỊCH"


def _poured(width: int, between: str) -> str:
    """A joined text in lines of print: each as long as its letters are wide, every third one justified."""
    words, lines = " ".join([*HEADER.split(), *BODY, END]).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > width - len(lines) % 4 * 3:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return between.join(line.replace(" ", "  ") if number % 3 == 0 else line for number, line in enumerate(lines))


@pytest.mark.parametrize("width", [120, 110, 90])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_joined_text_in_lines_of_print_is_joined_again(width: int, between: str) -> None:
    text = _poured(width, between)
    document = parse_text("Tài liệu tải về\nNgày ban hành: 2020-03-05\n\n" + text)
    assert document.number is not None and document.number.text == "12/UBND-NC"
    assert document.place == "Hải Minh"
    assert document.signatories[0].position == "PHÓ CHỦ TỊCH"
    assert "certain" not in grades(document)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_paragraphs_under_a_joined_header_keep_their_lines(between: str) -> None:
    task = "Các phòng rà soát hồ sơ cán bộ, công chức các xã, phối hợp với các cơ quan có liên quan hoàn thành việc kiểm tra. "
    paragraphs = [textwrap.fill(f"{number}. {task * 20}", 90) for number in (1, 2, 3)]
    head = [HEADER.replace("\n", " ").partition(" V/v ")[0], HEADER.rpartition("\n")[2]]
    document = parse_text(between.join([*head, *paragraphs]) + "\n\nTRƯỞNG PHÒNG\nTrần Văn An\n")
    assert [(signer.name, signer.position) for signer in document.signatories] == [("Trần Văn An", "TRƯỞNG PHÒNG")]


ROWS = """|UBND TỈNH HẢI VÂN      |CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM               |
|SỞ NỘI VỤ              |Độc lập - Tự do - Hạnh phúc                      |
|Số: 263/QĐ-SNV         |Hải Vân, ngày 17 tháng 11 năm 2003               |"""


def test_rows_of_a_table_end_at_one_width_and_are_no_wrapped_lines() -> None:
    body = "\n\n".join(textwrap.fill(paragraph, 75) for paragraph in [*BODY, *BODY])
    document = parse_text(f"{ROWS}\n\nQUYẾT ĐỊNH\nVề việc khen thưởng\n\n{body}")
    assert document.parent_agency == "UBND TỈNH HẢI VÂN"
    assert document.issuing_agency == "SỞ NỘI VỤ"


DASHES = r"""  ------------------------- ------------------------------------------
  **UBND TỈNH HẢI VÂN\      **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\
  SỞ NỘI VỤ\                Độc lập - Tự do - Hạnh phúc\
  \-\-\-\-\-\--**           \-\-\-\-\-\-\-\-\--**

  Số: 263/QĐ-SNV            *Hải Vân, ngày 17 tháng 11 năm 2003*
  ------------------------- ------------------------------------------"""


def test_rows_between_dashes_are_no_wrapped_lines() -> None:
    body = "\n\n".join(textwrap.fill(paragraph, 75) for paragraph in [*BODY, *BODY])
    document = parse_text(f"{DASHES}\n\nQUYẾT ĐỊNH\n\nVề việc khen thưởng\n\n{body}")
    assert document.parent_agency == "UBND TỈNH HẢI VÂN"
    assert document.issuing_agency == "SỞ NỘI VỤ"


def test_a_wrapped_text_with_a_header_of_its_own_lines_stays() -> None:
    header = (
        HEADER.replace(" Số", "\nSố")
        .replace(" V/v", "\nV/v")
        .replace(" Độc", "\nĐộc")
        .replace(" Hải Minh,", "\nHải Minh,")
    )
    text = header + "\n\n" + "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in [*BODY, *BODY])
    lines = [RawLine(line) for line in text.splitlines()]
    assert without_moved_ends(lines) == lines


FORM = """ỦY BAN NHÂN DÂN TỈNH HẢI MINH
Số: 12/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Minh, ngày 5 tháng 3 năm 2020
QUYẾT ĐỊNH
Về việc khen thưởng
Căn cứ Luật Thi đua, khen thưởng;
Điều 1. Tặng bằng khen cho ông Lê Văn Nam.
Giới tính: Nam
Dân tộc: Kinh
Tôn giáo: Không
Quê quán: Huế
Nơi sinh: Huế
Điều 2. Giao Sở Nội vụ tổ chức trao tặng.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Tùng"""
ROSTER = "\n".join(f"Thứ {day}: {name}" for day, name in enumerate(("Nam", "Hải", "Minh", "Tùng", "Lan"), 2))


def test_a_form_and_a_roster_keep_their_lines() -> None:
    """A word behind a colon at the end of a line is a form's answer, no moved end."""
    for text in (FORM, ROSTER, "a. Bc\n" * 20):
        lines = [RawLine(line) for line in text.splitlines()]
        assert without_moved_ends(lines) == lines
    assert "certain" in grades(parse_text(FORM))


def test_joined_lines_keep_their_pages() -> None:
    before, after = STREAM.split("nhân dân tỉnh có ý kiến", 1)
    document = parse_text(f"{before}\fnhân dân tỉnh có ý kiến{after}")
    assert document.number is not None and document.number.text == "12/UBND-NC"
    assert document.source is not None and len(document.source.pages) == 2
    assert {entry.page for entry in document.evidence["/signatories/0/name"]} == {2}
