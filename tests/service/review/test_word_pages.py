"""A Word document at the review page: its pages as LibreOffice prints them, else its two columns side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.service.browsing import Watched
from tests.service.review.pages import edit, open_sample, places, saved
from vnadmin.process.office import find_office

WIDTHS = [(1440, 900), (390, 844)]


@pytest.mark.skipif(find_office() is None, reason="needs LibreOffice (apt-get install libreoffice-writer-nogui)")
@pytest.mark.parametrize(("width", "height"), WIDTHS)
@pytest.mark.parametrize("name", ["to-trinh.docx", "chi-thi.doc", "cong-van-1999.rtf"])
def test_pages_of_word_are_drawn(watched: Watched, name: str, width: int, height: int, tmp_path: Path) -> None:
    """The pane of pages, when it is opened, shows a picture with ink; and the text is what stands there first."""
    page = watched.page(width, height)
    open_sample(page, name)
    expect(page.locator("#text")).to_be_visible()
    page.locator("[data-show=pages]").click()
    picture = page.locator("#pages img").first
    expect(picture).to_be_visible(timeout=30_000)
    expect(picture).to_have_js_property("complete", True, timeout=30_000)
    dark = picture.evaluate("""async image => {
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), {width: image.naturalWidth, height: image.naturalHeight});
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) dark += data[at] < 100;
        return dark;
    }""")
    assert dark > 2_000
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / "word.png")


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_two_columns_without_libreoffice(watched: Watched, width: int, height: int, tmp_path: Path) -> None:
    """A format that is not printed shows header and signature in two columns, its values marked; also on a phone."""
    page = watched.page(width, height)
    open_sample(page, "quyet-dinh.html")
    page.locator("[data-show=pages]").click()
    bands = page.locator(".band.two")
    expect(bands).to_have_count(2)
    left, right = (bands.first.locator(":scope > div").nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#pages .mark[data-p*='/issued_on']").first).to_be_visible()
    page.screenshot(path=tmp_path / "columns.png")


def test_a_correction_shows_in_the_columns(watched: Watched) -> None:
    """After a correction the marks of the pane are drawn anew."""
    page = watched.page()
    open_sample(page, "quyet-dinh.html")
    page.locator("[data-show=pages]").click()
    expect(places(page, "/place")).to_have_count(1)
    edit(page, "/place", "Nơi Khác")  # typed, so it stands nowhere in the document
    saved(page, "/place", "Nơi Khác")
    expect(places(page, "/issued_on")).to_have_count(1)
    expect(places(page, "/place")).to_have_count(0)
