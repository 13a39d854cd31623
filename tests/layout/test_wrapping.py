"""Lines broken at a margin are joined into paragraphs; items, headings and header lines stay their own."""

from __future__ import annotations

import pytest

from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.flow.wrapping import goes_on, join_wrapped, margin, opens_paragraph, with_centring
from vnadmin.layout.page import Column

WRAPPED = """\
Thực hiện chỉ đạo của cấp trên về việc tăng cường công tác phòng cháy
trên địa bàn huyện trong mùa khô năm nay, Ủy ban nhân dân huyện yêu cầu
các phòng ban rà soát toàn bộ phương tiện và báo cáo kết quả về Văn phòng
Hội đồng nhân dân và Ủy ban nhân dân huyện trước ngày họp giao ban.
1. Phòng Nội vụ chủ trì, phối hợp với các đơn vị liên quan tổ chức kiểm
tra việc chấp hành nội quy tại các trụ sở; tổng hợp các trường hợp vi
phạm để trình Chủ tịch Ủy ban nhân dân huyện xem xét, quyết định.
2. Ban Chỉ huy quân sự huyện duy trì lực lượng thường trực và chuẩn bị
đầy đủ phương tiện theo phương châm đã được phê duyệt.
"""


def starts(text: str) -> list[str]:
    """The first words of each paragraph of a text after joining."""
    lines = [RawLine(line) for line in text.split("\n")]
    return [line.text[:12] for line in join_wrapped(lines, margin(lines)) if line.text and line.starts_paragraph]


def test_wrapped_prose_becomes_paragraphs() -> None:
    """The margin is found, and numbered items begin paragraphs."""
    assert starts(WRAPPED) == ["Thực hiện ch", "1. Phòng Nội", "2. Ban Chỉ h"]


def test_a_line_a_paragraph_has_no_margin() -> None:
    """Text whose lines are whole paragraphs is left as it is."""
    lines = [RawLine(f"{word} " * 60 + ".") for word in ("Sở", "Phòng", "Ban", "Cục", "Vụ", "Viện", "Trường")]
    assert margin(lines) == 0
    assert all(line.starts_paragraph for line in join_wrapped(lines))


def test_blank_line_parts() -> None:
    """What stands under a blank line begins a paragraph, even with a small letter."""
    joined = join_wrapped([RawLine("Sở Nội vụ,"), BLANK, RawLine("các phòng")])
    assert [line.starts_paragraph for line in joined] == [True, True, True]


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("- Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành", "chính (Bộ Tư pháp);", True),
        ("- Như trên;", "các phòng ban;", False),
        ("KẾ HOẠCH", "trao bằng tốt nghiệp năm 2016", False),
        ("Phụ trách các công việc sau:", "- Rà soát", False),
        ("trong thời gian kể từ ngày 01 tháng 7 năm 2024 đến", "30/6/2025, cụ thể như sau", True),
        ("a) Rà soát", "b) Báo cáo", False),
        ("Thẩm quyền", "đ) Báo cáo", False),
        ("Bổ nhiệm vào chức danh và xếp lương mới đối với", "Họ và tên: Trần Văn Thử, sinh năm 1990", False),
        ("Thuế phải nộp          Tổng doanh thu của", "trong năm tính thuế", False),
        ("(Kèm theo Quyết định số        /QĐ-SNV ngày      tháng 5 năm 2024", "của Giám đốc Sở Nội vụ)", True),
    ],
)
def test_without_a_margin_only_what_cannot_begin_goes_on(before: str, line: str, expected: bool) -> None:
    """A small letter after an unfinished line goes on; markers, and titles under a type line, do not."""
    assert goes_on(RawLine(before), RawLine(line)) is expected


def test_columns_do_not_mix() -> None:
    """A line of the right column never goes on with one of the left column."""
    assert not goes_on(RawLine("Sở Nội", column=Column.LEFT), RawLine("vụ", column=Column.RIGHT))


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("Quy định lộ trình áp dụng", "về khí thải xe", False),
        ("ỦY BAN THƯỜNG VỤ", "QUỐC HỘI", False),
        ("- Như trên;", "- Lưu: VT.", True),
        ("Nơi nhận:", "Sở Nội vụ", True),
        ("Điều 1. Phê duyệt", "Điều 2. Hiệu lực", True),
    ],
)
def test_after_a_soft_break(before: str, line: str, expected: bool) -> None:
    """`<br>` begins a paragraph before an item and after an end mark; else it breaks a title."""
    assert opens_paragraph(RawLine(before), RawLine(line)) is expected


def test_dash_inside_a_name_at_the_margin() -> None:
    """A full line without an end mark goes on with `- Thương binh và Xã hội`; a short one is followed by an item."""
    full = RawLine("Căn cứ Thông tư số 11/2022/TT-BLĐTBXH ngày 30/6/2022 của Bộ Lao động")
    assert goes_on(full, RawLine("- Thương binh và Xã hội hướng dẫn"), 70)
    assert not goes_on(RawLine("Giao các phòng"), RawLine("- Phòng Nội vụ"), 70)


def test_sentence_under_a_title_begins_a_paragraph() -> None:
    """A title has no end mark; what opens a sentence under it is not its next line."""
    title = RawLine("Học tập và làm theo tư tưởng, đạo đức, phong cách của Người năm 2020")
    assert not goes_on(title, RawLine("Thực hiện Chỉ thị số 27 của cấp trên"), 72)
    assert goes_on(title, RawLine("Ban hành kèm theo"), 72)


def test_centred_lines_of_a_page_set_with_blanks() -> None:
    """In the output of `pdftotext -layout` a title stands in the middle; body lines begin at the margin."""
    body = [RawLine("        " + "nội dung quy định cụ thể " * 3) for _ in range(8)]
    title = RawLine(" " * 38 + "BÁO CÁO KẾT QUẢ")
    centred = [line.style.centred for line in with_centring([title, *body], margin([title, *body]))]
    assert centred == [True] + [False] * 8
    assert with_centring(body, margin(body)) == body


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("Hội đã tổ chức đại hội đúng thời hạn theo quy định tại", "Điều 30 Nghị định số 126/2024/NĐ-CP.", True),
        ("Học sinh đăng ký lần lượt các nguyện vọng 1, nguyện vọng 3 và", "4.", True),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "Phụ lục II của Thông tư này.", True),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "PHỤ LỤC II", False),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "Điều 30. Hội viên", False),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "Chương II", False),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "Kính gởi: Sở Y tế", False),
        ("Các đơn vị báo cáo theo biểu được ban hành tại", "TM. ỦY BAN NHÂN DÂN", False),
    ],
)
def test_a_reference_at_the_head_of_a_line_goes_on(before: str, line: str, expected: bool) -> None:
    """A heading, an attachment's label and other landmarks open a paragraph; a reference and a last figure do not."""
    width = len(before)
    assert goes_on(RawLine(before), RawLine(line), width) is expected


def test_a_short_letter_whose_header_is_wider_than_its_margin() -> None:
    """The margin is that of the body; the lines of a header of two columns may be longer than it."""
    header = [
        "UBND HUYỆN AN LẠC" + " " * 20 + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHÒNG NỘI VỤ" + " " * 30 + "Độc lập - Tự do - Hạnh phúc",
    ]
    body = [
        "     Thực hiện kế hoạch kiểm tra công tác văn thư",
        "lưu trữ năm nay, Phòng Nội vụ đề nghị các phòng,",
        "ban thuộc huyện rà soát hồ sơ đã lập trong năm và",
        "nộp vào lưu trữ của huyện theo đúng thời hạn quy",
        "định của pháp luật, báo cáo những khó khăn đã gặp",
        "trong khi làm và kiến nghị cách giải quyết cho phù",
        "hợp với điều kiện của từng phòng, ban, đơn vị nhỏ.",
    ]
    lines = [RawLine(text) for text in [*header, *body, *body]]
    assert margin(lines) == 50
    assert goes_on(RawLine(" " * 20 + "Kính gửi: Trung tâm Văn hóa huyện"), RawLine("An Lạc"), 50)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("- Căn cứ quy định tại khoản", "1, khoản 2 Điều 50 Nghị định số 12/2024/NĐ-CP của Chính phủ."),
        ("Điều 1. Công bố kèm theo", "Quyết định này danh mục 02 thủ tục hành chính."),
        ("- Hội nghị 6 gồm: Thành phố Hồ", "Chí Minh, Đồng Nai, Tây Ninh."),
    ],
)
def test_short_line_of_an_item_ends_inside_a_phrase(before: str, text: str) -> None:
    assert goes_on(RawLine(before), RawLine(text))


def test_short_line_of_a_header_does_not() -> None:
    assert not goes_on(RawLine("Số 12 phố Bộ"), RawLine("Sở Nội vụ tỉnh"))
