"""Searches that a person keeps, and the values of a facet behind `thêm`, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.service.archive.holdings import Archive
from tests.service.browsing import Watched
from tests.service.serving import Served


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_search_is_kept_found_again_and_deleted(
    written: tuple[Served, Archive], watch: Callable[[str], Watched], width: int, height: int
) -> None:
    """With what was chosen beside it; one of the same name is replaced."""
    page = watch(written[0].url).page(width, height)
    for query in ("kiểm tra", "kiểm tra công tác"):
        page.goto(f"/archive?q={query}&year=2023")
        page.locator(".total summary", has_text="Lưu tìm kiếm").click()
        page.get_by_label("Tên").fill("Kiểm tra năm 2023")
        page.get_by_role("button", name="Lưu", exact=True).click()
        page.wait_for_url("**/archive?*")
    page.goto("/archive")
    expect(page.locator(".saved li")).to_have_count(1)
    page.locator(".saved a").click()
    expect(page.locator("#q")).to_have_value("kiểm tra công tác")
    expect(page.locator(".chosen a")).to_have_count(1)
    page.get_by_role("button", name="Xóa tìm kiếm đã lưu: Kiểm tra năm 2023").click()
    page.wait_for_url("**/archive")
    expect(page.locator(".saved")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_all_values_of_a_facet_are_there(watched: Watched) -> None:
    """Six at once, the others behind `thêm`."""
    page = watched.page(1440, 900)
    page.goto("/archive")
    rest = page.locator("details.rest").first
    expect(rest.locator("a").first).not_to_be_visible()
    rest.locator("summary").click()
    expect(rest.locator("a").first).to_be_visible()
