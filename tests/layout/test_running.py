"""Page furniture among lines without geometry is set aside; numbers of tables and items are not."""

from __future__ import annotations

import pytest

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.running import set_aside
from vnadmin.layout.page import Cell, Furniture

PROSE = [RawLine(f"Dòng thứ {number} của văn bản.") for number in range(30)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- 7 -", Furniture.PAGE_NUMBER),
        ("Trang 3/12", Furniture.PAGE_NUMBER),
        ("CÔNG BÁO/Số 75 + 76/Ngày 16-01-2025", Furniture.RUNNING_HEAD),
        ("12 CÔNG BÁO/Số 75/Ngày 16-01-2025", Furniture.RUNNING_HEAD),
        ("CÔNG BÁO TỈNH HẢI MINH/Số 15 + 16/Ngày 10-8-2021   7", Furniture.RUNNING_HEAD),
        ("CÔNG BÁO THÀNH PHỐ HẢI MINH - Số 15 - Ngày 10 tháng 8 năm 2021", Furniture.RUNNING_HEAD),
        (r"d:\2011\CV\SVH\T4\tra loi.doc", Furniture.NOISE),
        ("# Page 2 (some model v1.2)", Furniture.NOISE),
        ("--- Trang 2 ---", Furniture.NOISE),
        ("TRUNG TÂM TIN HỌC tth@haivan.gov.vn 24.01.2025 20:01:14 +07:00", Furniture.SIGNATURE_STAMP),
    ],
)
def test_furniture_is_known_by_its_words(text: str, kind: Furniture) -> None:
    """Each of these is nobody's text but the page's."""
    own, aside = set_aside([*PROSE[:3], RawLine(text), *PROSE[3:6]])
    assert [(item.text, item.kind) for item in aside] == [(text, kind)]
    assert own[:3] == PROSE[:3]
    assert len(own) == 6


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Nội vụ",
        "- Như trên;",
        "Số: 12/UBND",
        "Công báo số 807 + 808",
        "CÔNG BÁO TỈNH HẢI MINH",
        "2021",
        "Trang trọng",
    ],
)
def test_own_lines_stay(text: str) -> None:
    """A year, an item or a number line that stands alone is the document's."""
    assert set_aside([*PROSE[:3], RawLine(text)])[1] == []


def test_numbers_that_count_up_far_apart_are_pages() -> None:
    """A dump of pages has 2, 3, ... on lines of their own."""
    lines = [*PROSE[:20], RawLine("2"), *PROSE, RawLine("3"), *PROSE]
    assert [item.text for item in set_aside(lines)[1]] == ["2", "3"]


def test_numbers_of_a_table_are_not_pages() -> None:
    """A table dumped cell by cell has 1, 2, 3 close together."""
    lines = [piece for number in range(1, 9) for piece in (RawLine(str(number)), RawLine("Xã Hạ"), RawLine("120"))]
    assert set_aside(lines)[1] == []
    assert set_aside([*PROSE[:20], RawLine("2", cell=Cell(0, 0, 0)), *PROSE])[1] == []


def test_blank_lines_between_cells_make_no_pages_of_their_numbers() -> None:
    """A tool that sets each cell of a table on a line of its own, a blank line between: six cells a row are no page."""
    row = [RawLine(text) for cell in "abcde" for text in (cell, "")]
    lines = [line for number in "123" for line in (RawLine(number), RawLine(""), *row)]
    assert not set_aside(lines)[1]


def test_page_marker_turns_the_page() -> None:
    """Lines after the marker are on the next page; a marker at the very top opens page 1."""
    lines = [RawLine("# Page 1"), RawLine("Điều 1."), RawLine("# Page 2"), RawLine("Điều 2.")]
    own, _ = set_aside(lines)
    assert [(line.text, line.page or 1) for line in own] == [("Điều 1.", 1), ("Điều 2.", 2)]


def test_signature_stamp_is_set_aside_whole() -> None:
    """A portal's stamp: from `Người ký` to `Thời gian ký`."""
    stamp = ["Người ký: CỔNG THÔNG TIN", "Email: cong@vidu.vn", "Thời gian ký: 12.02.2025 10:33:35 +07:00"]
    own, aside = set_aside([*map(RawLine, stamp), RawLine("QUYẾT ĐỊNH")])
    assert [line.text for line in own] == ["QUYẾT ĐỊNH"]
    assert [(item.text, item.kind) for item in aside] == [(text, Furniture.SIGNATURE_STAMP) for text in stamp]


def test_signer_in_prose_is_no_stamp() -> None:
    """Without a time of signing, `Người ký` is a line like any other."""
    assert set_aside([RawLine("Người ký: theo phân công"), *PROSE])[1] == []


def test_a_mail_s_greeting_is_no_address() -> None:
    """Only the first line of all may be one, over a document's own head, and only without the colon of the real label."""
    greeting, motto = (
        RawLine("Kính gửi anh chị, em gửi văn bản bên dưới."),
        RawLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    )
    assert [item.text for item in set_aside([greeting, motto, *PROSE[:3]])[1]] == [greeting.text]
    title = [
        RawLine("Nghị định"),
        RawLine("của Chính phủ số 94/1998/NĐ-CP ngày 17 tháng 11 năm 1998"),
    ]  # a gazette's print
    assert [item.text for item in set_aside([greeting, *title, *PROSE[:3]])[1]] == [greeting.text]
    assert set_aside([greeting, *PROSE[:3]])[1] == []
    assert set_aside([*PROSE[:3], greeting])[1] == []
    assert set_aside([RawLine("Kính gửi: Các anh chị trưởng phòng"), *PROSE[:3]])[1] == []


@pytest.mark.parametrize(
    "foot",
    [
        ("Tin liên quan", "Quyết định số 12/QĐ-TH về việc khen thưởng (10/04/2024)", "Các tin khác", "Nghỉ lễ 30/4"),
        ("Tệp đính kèm:", "van-ban.pdf"),
        ("Bình luận (0)", "Đang truy cập: 12"),
        ("--", "Lê Thị Mai", "Văn thư", "ĐT: 0903 000 111"),
        ("--", "Lê Thị Mai <mai@haiminh.vn>"),
    ],
)
def test_foot_of_a_site_or_mail(foot: tuple[str, ...]) -> None:
    """What a site or a sender sets under a document is none of it."""
    own, aside = set_aside([*PROSE, *map(RawLine, foot)])
    assert own == PROSE
    assert [item.text for item in aside] == [*foot]


@pytest.mark.parametrize(
    "end",
    [
        ("Tệp đính kèm:", "Nơi nhận:", "- Như trên;"),
        ("--", "GIÁM ĐỐC", "Lê Thị Mai"),
        ("Văn bản liên quan được gửi kèm theo.", "Trân trọng."),
        ("Văn bản liên quan:", "2. Giao Văn phòng Sở theo dõi."),
        ("Tệp đính kèm:", "- Danh sách.", "GIÁM ĐỐC", "Nguyễn Văn An"),
    ],
)
def test_end_of_a_document_is_no_foot(end: tuple[str, ...]) -> None:
    """A landmark, an item or a signature of a document below it, or a name without an address, makes it none."""
    own, _ = set_aside([*PROSE, *map(RawLine, end)])
    assert [line.text for line in own[-len(end) :]] == [*end]


def test_regards_under_the_dashes_of_a_mail_are_no_document() -> None:
    lines = [*PROSE, *map(RawLine, ("- Lưu: VT, KTTH (2)", "", "--", "Trân trọng,", "Văn thư"))]
    assert [item.text for item in set_aside(lines)[1]] == ["--", "Trân trọng,", "Văn thư"]
    without = [*PROSE, *map(RawLine, ("--", "Trần Văn An"))]
    assert set_aside(without)[1] == []


@pytest.mark.parametrize("hour", ["12/3/26, 1:10 PM", "13:10 3/12/26", "03/12/2026, 13:10", "3/12/26, 1:10 CH"])
def test_what_a_browser_prints_around_a_page(hour: str) -> None:
    """The hour, the title beside it or on its line, the address and the page's number, on every page."""
    own = [RawLine("UBND XÃ HẢI MINH"), *PROSE]
    for head in (["Cổng thông tin", hour], [hour, "Cổng thông tin"], [f"{hour}   Cổng thông tin"]):
        foot = ["https://haiminh.example/vb/12", "1/2"]
        page = [*map(RawLine, head), *own, *map(RawLine, foot)]
        kept, aside = set_aside([*page, *map(RawLine, head), *PROSE, RawLine("https://haiminh.example/vb/12   2/2")])
        assert [line.text for line in kept] == [line.text for line in (*own, *PROSE)]
        assert {item.text for item in aside} == {*head, *foot, "https://haiminh.example/vb/12   2/2"}


@pytest.mark.parametrize(
    "lines",
    [
        ["12/3/26, 1:10 PM", "UBND XÃ HẢI MINH"],  # the issuer, not the page's title
        ["UBND XÃ HẢI MINH", "Độc lập", "V/v họp", "7:30 3/12/26", "https://haiminh.example/hop"],  # when and where
    ],
)
def test_lines_beside_an_hour_that_stay(lines: list[str]) -> None:
    kept, _ = set_aside([*map(RawLine, lines), *PROSE])
    assert [line.text for line in kept][-len(PROSE) - 1] == lines[-1]
