"""The registers as pages, as Excel and in print, on the real service."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.service.archive.holdings import LETTER, Archive, serve_texts
from tests.service.browsing import Watched
from tests.service.serving import Served

AT = "/archive/registers/out?office=so+noi+vu+tinh+binh+lac&year=2022"
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Archive]]:
    """130 letters of one office, but for three numbers, and one number given twice."""
    texts = {}
    for number in (*(n for n in range(1, 131) if n not in (41, 42, 85)), 52):
        name = f"{number}.txt" if f"{number}.txt" not in texts else f"{number}b.txt"
        texts[name] = LETTER.format(
            office="SỞ NỘI VỤ", number=f"{number:02d}/SNV-VP", day=1 + number // 5, month=9, year=2022,
            subject=f"kiểm tra công tác văn thư, lưu trữ tại đơn vị {name}", basis="", signer="Lê Đình Ví",
        )  # fmt: skip
    yield from serve_texts(tmp_path_factory.mktemp("registers"), texts)


@pytest.fixture
def pages(watch, office: tuple[Served, Archive]) -> Watched:  # type: ignore[no-untyped-def]
    """Pages of that office's archive."""
    return watch(office[0].url)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_register_is_found_and_shows_what_is_missing(pages: Watched, width: int, height: int, scheme: str) -> None:
    page = pages.page(width, height, color_scheme=scheme)
    page.goto("/archive/registers")
    page.get_by_role("link", name="2022 128").click()
    expect(page.get_by_role("heading", name="Sổ đăng ký văn bản đi 2022")).to_be_visible()
    expect(page.locator("tr.gap").filter(has_text="Thiếu số: 41-42")).to_be_visible()
    expect(page.locator("tr.marked", has_text="52b.txt")).to_contain_text("Trùng số")
    page.get_by_role("link", name="4 dòng cần kiểm tra").click()
    expect(page.locator("#findings ~ ul")).to_contain_text("Thiếu số: 41-42, 85")
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator("tbody tr").last).to_contain_text("130/SNV-VP")


def test_it_prints_on_a3_with_its_head_on_each_page(pages: Watched) -> None:
    page = pages.page(*SIZES[0])
    page.goto(AT)
    page.get_by_role("link", name="Bản in").click()
    page.wait_for_url("**/print?**")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert [round(side / 72 * 25.4) for side in printed[0].get_size()] == [420, 297]
    texts = [one.get_textpage().get_text_range() for one in printed]
    assert len(texts) > 4
    assert all("Tên loại và trích yếu nội dung văn bản" in text and f"/{len(texts)}" in text for text in texts)
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in texts[0]
    assert "Thiếu số: 41-42, 85" in texts[-1] and "NGƯỜI LẬP SỔ" in texts[-1]


def test_excel_and_what_there_is_no_register_of(office: tuple[Served, Archive]) -> None:
    at = office[0].url + AT.replace("?", "/so-dang-ky.xlsx?")
    answer = httpx.get(at, timeout=900)
    assert answer.headers["content-disposition"] == 'attachment; filename="so-dang-ky-van-ban-di-2022.xlsx"'
    lines = list(openpyxl.load_workbook(io.BytesIO(answer.content))["Sổ đăng ký"].values)
    assert [line[0] for line in lines if isinstance(line[0], int)] == list(range(1, 129))
    assert httpx.get(office[0].url + AT.replace("2022", "1999"), timeout=900).status_code == 404
    assert httpx.get(office[0].url + AT.replace("/out", "/up"), timeout=900).status_code == 422
    received = httpx.get(office[0].url + AT.replace("/out", "/in").replace("noi", "no"), timeout=900)
    assert received.status_code == 404
    english = httpx.get(office[0].url + AT + "&lang=en", timeout=900).text
    assert "Missing: 41-42, 85" in english and "lines to check" in english
