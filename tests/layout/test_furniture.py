"""Facts about what is set aside: page numbers, running heads, stamps, rules; and what must stay."""

from __future__ import annotations

import pytest

from vnadmin.layout.page import Furniture
from vnadmin.layout.placed.furniture import set_aside
from vnadmin.layout.placed.geometry import PlacedPage, PlacedWord, Segment, segments


def words(text: str, x: float, y: float, height: float = 12.0) -> list[PlacedWord]:
    found = []
    for token in text.split():
        found.append(PlacedWord(token, x, y - height, x + 5 * len(token), y))
        x += 5 * len(token) + 3
    return found


def aside(*pages: list[tuple[str, float, float]]) -> tuple[dict[str, Furniture], list[str]]:
    """What was set aside of pages given as (text, x, baseline), and what stayed."""
    sheets, free = [], []
    for number, items in enumerate(pages, 1):
        placed = [word for text, x, y in items for word in words(text, x, y)]
        sheets.append(PlacedPage(number, 595, 842, placed))
        free.append(segments(placed))
    found = set_aside(sheets, free)
    kept: list[Segment] = [item for items in free for item in items]
    return {item.text: item.kind for item in found}, [item.text for item in kept]


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 3/12", "12/30", "Page 2 of 6", "– 14 –"])
def test_page_numbers(number: str) -> None:
    """A number alone at the upper or lower edge is the page's."""
    for y in (40.0, 815.0):
        found, kept = aside([(number, 290, y), ("Điều 1. Phạm vi", 85, 300)])
        assert found == {number: Furniture.PAGE_NUMBER}
        assert kept == ["Điều 1. Phạm vi"]


def test_number_within_the_page_stays() -> None:
    """A number alone in the middle of the page is text."""
    found, kept = aside([("2023", 290, 400)])
    assert not found
    assert kept == ["2023"]


def test_running_head_of_many_pages() -> None:
    """A line at the same place of many pages is a running head, its page number aside."""
    pages = [
        [(f"CÔNG TY MẪU {n} quy chế nội bộ", 200, 40.0), (f"Nội dung trang {n} của quy chế", 85, 300.0)]
        for n in range(1, 5)
    ]
    found, kept = aside(*pages)
    assert set(found.values()) == {Furniture.RUNNING_HEAD}
    assert len(found) == 4
    assert len(kept) == 4


def test_gazette_head() -> None:
    """The head of Công báo is set aside on a single page too."""
    for head in (
        "CÔNG BÁO/Số 75 + 76/Ngày 16-01-2025",
        "12 CÔNG BÁO/Số 5/Ngày 2-3-2020",
        "CÔNG BÁO/Số 5/Ngày 2-3-2020 13",
        "CÔNG BÁO TỈNH HẢI MINH/Số 15 + 16/Ngày 10-8-2021",
    ):
        found, _ = aside([(head, 150, 90), ("Điều 1. Phạm vi", 85, 300)])
        assert found == {head: Furniture.RUNNING_HEAD}


def test_signature_stamp_with_its_lines() -> None:
    """The lines of a signature stamp go together, a wrapped name too."""
    found, kept = aside(
        [
            ("Người ký: Ủy ban nhân dân", 400, 60),
            ("tỉnh Sơn Hải", 400, 73),
            ("Email: ubnd@sonhai.gov.vn", 400, 86),
            ("Thời gian ký: 12.02.2025 10:33:35 +07:00", 400, 99),
            ("Cơ quan: chịu trách nhiệm thi hành", 85, 400),
        ]
    )
    assert set(found) == {
        "Người ký: Ủy ban nhân dân",
        "tỉnh Sơn Hải",
        "Email: ubnd@sonhai.gov.vn",
        "Thời gian ký: 12.02.2025 10:33:35 +07:00",
    }
    assert set(found.values()) == {Furniture.SIGNATURE_STAMP}
    assert kept == ["Cơ quan: chịu trách nhiệm thi hành"]


def test_electronic_copy_line() -> None:
    """The line of an electronic copy (NĐ 30/2020) is no text of the document."""
    text = "SAO Y; Sở Y tế tỉnh Sơn Hải; 12/02/2025 10:33:35"
    found, _ = aside([(text, 330, 30)])
    assert found == {text: Furniture.SIGNATURE_STAMP}


def test_arrival_stamp() -> None:
    """The registry's stamp goes with its number and day."""
    found, kept = aside(
        [
            ("CÔNG VĂN ĐẾN", 90, 180),
            ("Số: 345", 95, 195),
            ("Ngày: 12/3/2023", 95, 210),
            ("Số: 12/UBND-VX", 95, 110),
        ]
    )
    assert set(found) == {"CÔNG VĂN ĐẾN", "Số: 345", "Ngày: 12/3/2023"}
    assert set(found.values()) == {Furniture.ARRIVAL_STAMP}
    assert kept == ["Số: 12/UBND-VX"]


def test_word_of_running_text_is_no_stamp() -> None:
    """ "đến" that is left alone on a line is a word."""
    found, kept = aside([("đến", 85, 300)])
    assert not found
    assert kept == ["đến"]


@pytest.mark.parametrize("rule", ["____________", "-------", "***", "-*-", "_______o0o_______", "........", "*", "–––"])
def test_rules_of_signs(rule: str) -> None:
    """A line without letters and figures is a rule."""
    assert aside([(rule, 85, 300)]) == ({rule: Furniture.NOISE}, [])


@pytest.mark.parametrize(
    "text",
    [
        "Số: 12/UBND-VX",
        "Ký hiệu văn bản",
        "Người ký văn bản chịu trách nhiệm về nội dung.",
        "Sao y bản chính văn bản này gửi các đơn vị",
        "Công báo số 12",
        "1.",
        "a)",
        "0",
        "Mã số thuế: 0101234567 của đơn vị theo quy định tại Thông tư hướng dẫn đăng ký thuế năm 2020",
        "Ngày 12 tháng 3",
    ],
)
def test_text_that_stays(text: str) -> None:
    """Text that only resembles furniture is the document's own."""
    assert aside([(text, 85, 300)]) == ({}, [text])


def test_site_at_the_edge() -> None:
    """A portal's address at the edge of a page is no text."""
    found, kept = aside([("www.congthongtin.vn", 250, 830), ("Địa chỉ: www.congthongtin.vn", 85, 300)])
    assert found == {"www.congthongtin.vn": Furniture.SITE}
    assert kept == ["Địa chỉ: www.congthongtin.vn"]


def test_typists_path_and_codes() -> None:
    """The path of the typist's file and a bar code's text are set aside."""
    found, _ = aside([(r"d:\2011\CV\T4\cv12.doc", 85, 700), ("*1234567*", 420, 60), ("Mã xác thực: 7XK2", 85, 760)])
    assert set(found.values()) == {Furniture.NOISE}
    assert len(found) == 3


def test_head_and_foot_of_a_browser() -> None:
    """The hour of printing, the page's title on its level, the address below; the header under them stays."""
    found, kept = aside(
        [
            ("12/3/26, 1:10 PM", 30, 22),
            ("Cổng thông tin", 250, 22),
            ("UBND XÃ HẢI MINH", 60, 60),
            ("file:///D:/cv.html", 30, 830),
            ("Họp lúc 7:30 ngày 3/12/26", 60, 300),
        ]
    )
    assert found == {
        "12/3/26, 1:10 PM": Furniture.RUNNING_HEAD,
        "Cổng thông tin": Furniture.RUNNING_HEAD,
        "file:///D:/cv.html": Furniture.SITE,
    }
    assert kept == ["UBND XÃ HẢI MINH", "Họp lúc 7:30 ngày 3/12/26"]
