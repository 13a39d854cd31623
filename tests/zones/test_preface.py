"""The preface: which line of a header goes to which component, and where the header ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vnadmin
from vnadmin.fields.addressees import read_addressees
from vnadmin.fields.agencies import read_issuing_agency, read_parent_agency
from vnadmin.fields.document_type import read_document_type
from vnadmin.fields.issued_on import read_issued_on
from vnadmin.fields.marks import read_circulation, read_secrecy, read_urgency
from vnadmin.fields.number import read_number
from vnadmin.fields.place import read_place
from vnadmin.fields.subject import read_subject
from vnadmin.found import Found
from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import code_of_notation, match_type
from vnadmin.genre.header_line import HeaderKind
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Column, SourceDocument, Style
from vnadmin.text.fold import fold
from vnadmin.zones.preface.anchor import _ARRIVED
from vnadmin.zones.preface.read import find_preface
from vnadmin.zones.zone import Conclusions, Preface, Zones

L, R, F = Column.LEFT, Column.RIGHT, Column.FULL
BOLD, PLAIN, CENTRED = Style(bold=True, centred=True), Style(bold=False, centred=False), Style(bold=False, centred=True)


def document(*lines: str | tuple[Column, str] | tuple[Column, str, Style]) -> SourceDocument:
    """A document of these lines, one paragraph each."""
    builder = DocumentBuilder("text/plain")
    builder.page()
    for line in lines:
        column, text, style = (F, line, Style()) if isinstance(line, str) else (*line, Style())[:3]
        builder.line(text, column=column, style=style)
    return builder.build()


def shown(doc: SourceDocument, preface: Preface, part: str) -> list[str]:
    """The lines of one component, as printed."""
    return [doc.of(line) for line in getattr(preface, part)]


def test_every_mark_of_arrival_holds_the_word_that_is_asked_first() -> None:
    marks = words_where("marks", "field", "arrival", "mark")
    assert marks
    assert all(_ARRIVED in fold(mark) for mark in marks)


DECISION = (
    (L, "UBND TỈNH HẢI MINH"),
    (L, "SỞ XÂY DỰNG"),
    (L, "-------"),
    (L, "Số: 15/QĐ-SXD"),
    (R, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (R, "Độc lập - Tự do - Hạnh phúc"),
    (R, "Hải Minh, ngày 05 tháng 3 năm 2021"),
    (F, "QUYẾT ĐỊNH", BOLD),
    (F, "Về việc phê duyệt quy hoạch chi tiết khu dân cư", BOLD),
    (F, "Đồng Xanh, giai đoạn 2021 - 2025", BOLD),
    (F, "GIÁM ĐỐC SỞ XÂY DỰNG", BOLD),
    (F, "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014;", PLAIN),
)


def test_decision() -> None:
    """A decision: both agencies, the title of two lines, and the end before the authority line."""
    doc = document(*DECISION)
    preface = find_preface(doc)
    assert shown(doc, preface, "agencies") == ["UBND TỈNH HẢI MINH", "SỞ XÂY DỰNG"]
    assert shown(doc, preface, "number") == ["Số: 15/QĐ-SXD"]
    assert len(preface.motto) == 2
    assert shown(doc, preface, "place_date") == ["Hải Minh, ngày 05 tháng 3 năm 2021"]
    assert shown(doc, preface, "type_line") == ["QUYẾT ĐỊNH"]
    assert len(preface.title) == 2
    assert doc.of(doc.lines[preface.end]) == "GIÁM ĐỐC SỞ XÂY DỰNG"


def test_cell_order_of_the_other_kind() -> None:
    """The same header read row by row: the motto stands between the agency and the number."""
    doc = document(
        "BỘ THỦY LỢI",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "Số: 7/BTL-VP",
        "Hà Nội, ngày 05 tháng 3 năm 2021",
        "V/v mời họp rà soát",
        "công tác quý I",
        "Kính gửi: Sở Nông nghiệp tỉnh Hải Minh",
        "Thực hiện kế hoạch công tác, Bộ Thủy lợi mời đại diện Sở dự họp.",
    )
    preface = find_preface(doc)
    assert shown(doc, preface, "letter_subject") == ["V/v mời họp rà soát", "công tác quý I"]
    assert shown(doc, preface, "address") == ["Kính gửi: Sở Nông nghiệp tỉnh Hải Minh"]
    assert preface.end == 8


def test_letter_subject_of_the_left_column_may_hold_anything() -> None:
    """Wrapped lines of `V/v` that open with a type, a number or `Về` stay in the left column's subject."""
    doc = document(
        (L, "UBND HUYỆN ĐỒNG XANH"),
        (L, "Số:      /UBND-VX"),
        (L, "V/v góp ý dự thảo"),
        (L, "Quyết định số 12/QĐ-BXD"),
        (L, "Về quản lý"),
        (R, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (R, "Đồng Xanh, ngày     tháng 3 năm 2021"),
        "Kính gửi:",
        "- Phòng Tư pháp;",
        "- Phòng Nội vụ.",
        "Thực hiện công văn của Sở Xây dựng, Ủy ban nhân dân huyện đề nghị:",
    )
    preface = find_preface(doc)
    assert len(preface.letter_subject) == 3
    assert preface.type_line == ()
    assert len(preface.address) == 3
    assert preface.end == 10


def test_number_on_the_line_after_its_label() -> None:
    """`Số:` alone, the number below (domain.md 12, case 19)."""
    doc = document("BỘ THỦY LỢI", "Số:", "/TTr-BTL", "Hà Nội, ngày     tháng     năm 2016", "TỜ TRÌNH", "Về đê điều")
    assert shown(doc, find_preface(doc), "number") == ["Số:", "/TTr-BTL"]


def test_gazette_title_block() -> None:
    """Issuer, number and date in the title: they belong to the type line, not to the title."""
    doc = document(
        (F, "THÔNG TƯ", BOLD),
        (F, "CỦA BỘ THỦY LỢI SỐ 03/2010/TT-BTL", BOLD),
        (F, "NGÀY 15 THÁNG 01 NĂM 2010", BOLD),
        (F, "HƯỚNG DẪN QUẢN LÝ ĐÊ", BOLD),
        (F, "Căn cứ Luật Đê điều;", PLAIN),
    )
    preface = find_preface(doc)
    assert len(preface.type_line) == 3
    assert shown(doc, preface, "title") == ["HƯỚNG DẪN QUẢN LÝ ĐÊ"]


def test_party_header() -> None:
    """ĐẢNG CỘNG SẢN VIỆT NAM stands where the motto does, `*` where the rule does."""
    doc = document(
        (L, "HUYỆN ỦY ĐỒNG XANH"),
        (L, "ĐẢNG ỦY XÃ BÌNH SƠN"),
        (L, "*"),
        (L, "Số 12-BC/ĐU"),
        (R, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (R, "Bình Sơn, ngày 03 tháng 4 năm 2019"),
        "BÁO CÁO",
        "kết quả công tác quý I năm 2019",
        "-----",
        "Thực hiện chương trình công tác năm 2019, Đảng ủy xã báo cáo như sau:",
    )
    preface = find_preface(doc)
    assert shown(doc, preface, "agencies") == ["HUYỆN ỦY ĐỒNG XANH", "ĐẢNG ỦY XÃ BÌNH SƠN"]
    assert shown(doc, preface, "number") == ["Số 12-BC/ĐU"]
    assert shown(doc, preface, "title") == ["kết quả công tác quý I năm 2019"]
    assert preface.end == 9


def test_bold_title_over_a_line_that_is_not_centred() -> None:
    """A line that fills the page does not look centred; bold keeps it in the title."""
    full = Style(bold=True, centred=False)
    doc = document(
        *DECISION[:8],
        (F, "Phê duyệt quy hoạch chi tiết khu dân cư Đồng Xanh và", full),
        (F, "Bình Sơn", BOLD),
        (F, "Khu dân cư có ranh giới như sau", PLAIN),
    )
    assert len(find_preface(doc).title) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("Ghi chú họp nhóm", "1. Việc cần làm", "2. Người làm"),
        ("STT", "Tên", "Số điện thoại"),
        ("Chào anh,", "Gửi anh bản thảo hôm qua.", "Số 60 Trần Phú, Hà Nội"),
        (),
    ],
)
def test_texts_without_a_header(lines: tuple[str, ...]) -> None:
    """A note, a table, a mail have no preface and lose no line to one."""
    preface = find_preface(document(*lines))
    assert preface == Preface()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", HeaderKind.MOTTO),
        ("Độc  lập - Tự do - Hạnh phúc", HeaderKind.MOTTO),
        ("_______o0o_______", HeaderKind.RULE),
        ("==========&==========", HeaderKind.RULE),
        ("*", HeaderKind.RULE),
        ("Số:      /SNV-VP", HeaderKind.NUMBER),
        ("S ố: 309/2025/NĐ-CP", HeaderKind.NUMBER),
        ("Luật số: 18/2003/QH11", HeaderKind.NUMBER),
        ("Số/ No.: 4844/2024/CV-CTD", HeaderKind.NUMBER),
        ("Số 36-HD/VPTW", HeaderKind.NUMBER),
        ("Số 60 Trần Phú - Ba Đình", HeaderKind.OTHER),
        ("Số điện thoại: 024.123456", HeaderKind.OTHER),
        ("Số: 5/12 đường Nguyễn Du, phường 3", HeaderKind.OTHER),
        ("Số liệu/báo cáo kèm theo", HeaderKind.OTHER),
        ("Tp. Hồ Chí Minh, ngày 12 tháng 5 năm 2020", HeaderKind.PLACE_DATE),
        ("Quận 1, ngày 12 tháng 5 năm 2020", HeaderKind.PLACE_DATE),
        ("Ngày 10 - 3 - 2021", HeaderKind.PLACE_DATE),
        ("Hà Nội, ngày … tháng … năm 20...", HeaderKind.PLACE_DATE),
        ("Quyết định có hiệu lực từ ngày 12 tháng 5 năm 2020.", HeaderKind.OTHER),
        ("Kính gửi: Bộ Nội vụ", HeaderKind.ADDRESS),
        ("Đồng kính gửi: Bộ Nội vụ", HeaderKind.ADDRESS),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:", HeaderKind.ADDRESS),
        ("HỎA TỐC: 14 giờ 00", HeaderKind.MARK),
        ("DỰ THẢO LẦN 2", HeaderKind.MARK),
        ("MẬT", HeaderKind.MARK),
        ("Mật khẩu của hệ thống", HeaderKind.OTHER),
        ("Khẩn trương triển khai", HeaderKind.OTHER),
        ("- Căn cứ Luật Đất đai;", HeaderKind.PREAMBLE),
        ("Điều 1. Phạm vi", HeaderKind.BODY),
        ("I- HƯỚNG DẪN CHUNG", HeaderKind.BODY),
        ("(Ban hành kèm theo Quyết định số 1/QĐ-BTL)", HeaderKind.ATTACHED),
        ("Independence - Freedom - Happiness", HeaderKind.MOTTO),
        ("DONG XANH JOINT STOCK COMPANY", HeaderKind.FOREIGN),
    ],
)
def test_kinds_of_lines(line: str, kind: HeaderKind) -> None:
    """What one line is by its words alone."""
    doc = document(line)
    assert doc.signs(doc.lines[0]).kind is kind


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("quyết định", "QĐ"),
        ("q u y ế t  đ ị n h", "QĐ"),
        ("thông tư liên tịch", "TTLT"),
        ("kế ho ạch", "KH"),
        ("nghị quyết liên tịch", "NQLT"),
    ],
)
def test_type_words(line: str, code: str) -> None:
    """The longest name wins; blanks inside the words do not matter."""
    match = match_type(line, 0, len(line))
    assert match is not None
    assert (match.word.code, match.end) == (code, len(line))


def test_type_of_a_notation() -> None:
    """A notation that lost its stroke still tells its type; a unit does not."""
    assert code_of_notation("QD") is not None
    assert code_of_notation("UBND") is None


def test_capital_fonts_lose_their_marked_letters() -> None:
    """`SắC LệNH` was printed in capitals."""
    assert in_capitals("SắC LệNH")
    assert not in_capitals("Sắc lệnh")


HEADER_WORDS = st.sampled_from(
    [
        "Số:",
        "Số: 1/A-B",
        "V/v",
        "Kính gửi:",
        "- Sở A;",
        "QUYẾT ĐỊNH",
        "Căn cứ",
        "ngày tháng năm 2020",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "MẬT",
        "-----",
        "BỘ A",
        "của",
        "(",
        ":",
    ]
)


@given(st.lists(st.tuples(st.sampled_from([L, R, F]), st.one_of(HEADER_WORDS, st.text(max_size=40))), max_size=30))
def test_any_lines(lines: list[tuple[Column, str]]) -> None:
    """Whatever the lines, no line stands in two components and none lies behind the end."""
    doc = document(*lines)
    preface = find_preface(doc)
    parts = ("agencies", "number", "letter_subject", "motto", "place_date", "type_line", "address", "marks")
    given_lines = [line.index for part in parts for line in getattr(preface, part)]
    assert len(given_lines) == len(set(given_lines))
    assert all(index < preface.end for index in given_lines)
    assert set(given_lines) <= set(preface.placed)
    ends = doc.lines[preface.end - 1].end if preface.end else 0
    assert all(start < end <= ends for start, end in preface.title)
    assert preface.end <= len(doc.lines)


READERS: tuple[Callable[[Zones], Iterable[Found[Any]]], ...] = (
    read_addressees,
    read_issuing_agency,
    read_parent_agency,
    read_issued_on,
    read_circulation,
    read_secrecy,
    read_urgency,
    read_place,
    read_subject,
)


@given(st.lists(st.tuples(st.sampled_from([L, R, F]), st.one_of(HEADER_WORDS, st.text(max_size=40))), max_size=20))
def test_readers_take_any_header(lines: list[tuple[Column, str]]) -> None:
    """Whatever the lines, the readers of the header give values whose slices lie in the text, and no empty ones."""
    doc = document(*lines)
    zones = Zones(doc, find_preface(doc), (), doc.paragraphs, Conclusions(), ())
    leaves: list[Found[Any]] = [leaf for reader in READERS for leaf in reader(zones)]
    leaves += [number.text for number in read_number(zones)]
    leaves += [found.name for found in read_document_type(zones)]
    for leaf in leaves:
        assert leaf.value
        assert leaf.spans
        assert all(0 <= start < end <= len(doc.text) for start, end in leaf.spans)


_HEAD = (
    "<p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p align=center><b>Độc lập - Tự do - Hạnh phúc</b></p>"
    "<p align=center><b>TRƯỜNG ĐẠI HỌC SƠN HẢI</b></p><p align=center><i>Sơn Hải, ngày 12 tháng 5 năm 2022</i></p>"
)


def test_the_heading_of_a_table_is_no_title() -> None:
    """A bold line that is not centred, over the first row of a table."""
    page = (
        f"<html><body>{_HEAD}<p align=center><b>CHƯƠNG TRÌNH</b></p><p align=center><b>Lễ tốt nghiệp năm 2022</b></p>"
        "<p align=left><b>Nội dung chương trình</b></p>"
        "<table border=1><tr><td>TT</td><td>Nội dung</td></tr><tr><td>1</td><td>Chào cờ</td></tr></table></body></html>"
    )
    document = vnadmin.parse(page.encode())
    assert document.subject == "Lễ tốt nghiệp năm 2022"


def test_a_type_that_no_table_lists_is_the_line_as_printed() -> None:
    """Set as a type is, under a whole header and over the preamble."""
    page = (
        f"<html><body>{_HEAD}<p align=center><b>PHÂN CÔNG NHIỆM VỤ</b></p><p align=center><b>CÁC THÀNH VIÊN TỔ BIÊN TẬP</b></p>"
        "<p>Căn cứ Quyết định số 35/QĐ-ĐHSH ngày 29/4/2022 của Hiệu trưởng, Trường phân công như sau:</p>"
        "<p>1. Ông Trần Văn Khảm phụ trách chung.</p></body></html>"
    )
    document = vnadmin.parse(page.encode())
    assert document.document_type is not None and document.document_type.name == "PHÂN CÔNG NHIỆM VỤ"
    assert document.subject == "CÁC THÀNH VIÊN TỔ BIÊN TẬP"
