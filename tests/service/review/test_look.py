"""A document at the review page: opened, shown, linked both ways; in two languages, by keyboard, on a phone."""

from __future__ import annotations

import re
from html import escape

import pytest
from playwright.sync_api import Page, expect

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph
from tests.makers.ocr_fakes import real_engine
from tests.service.review.pages import SAMPLES, edit, leaf, open_sample, places, ready, saved, text_of, upload
from vnadmin.model import PartialDate
from vnadmin_service.review.corrections import leaves
from vnadmin_service.review.language import all_words


def shown_leaves(page: Page) -> dict[str, str]:
    """Pointer to value, as the fields show them."""
    return dict(
        page.locator("#fields button.leaf").evaluate_all(
            "nodes => nodes.map(n => [n.dataset.edit, n.querySelector('.value').textContent])"
        )
    )


def _shown(pointer: str, value: object) -> str:
    """A value as it is shown: the codes of relations by name, dates as documents write them."""
    if pointer.endswith(("issued_on", "/date")):
        return PartialDate(str(value)).printed
    return all_words()[f"relation_{value}"]["vi"] if pointer.endswith("/relation") else str(value)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_shows_what_the_library_reads(page: Page, name: str) -> None:
    """Each value of the library's answer stands in the fields under its pointer, and no other."""
    open_sample(page, name)
    document = vnadmin.parse(SAMPLES[name])
    data = document.model_dump(mode="json", exclude={"evidence", "text", "issues", "source", "schema_version"})
    expected = {p: _shown(p, v) for f, value in data.items() for p, v in leaves(value, f"/{f}") if v is not None}
    assert shown_leaves(page) == expected
    assert page.locator("#text-view").evaluate("node => node.textContent") == document.text


def test_who_only_helps_is_called_so(page: Page) -> None:
    """Beside who leads, and where an item names partners alone; in the fields, the text and the form."""
    text = SAMPLES["cong-van.txt"].decode()
    first = text.index("\n1. ") + 1
    said = "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát hồ sơ.\n"
    upload(page, "a.txt", (text[:first] + said + text[first:].replace("\n1. ", "\n2. ", 1)).encode())
    ready(page)
    at = next(p for p, name in shown_leaves(page).items() if name == "Sở Tư pháp" and "/assignees/" in p)
    expect(leaf(page, at).locator("xpath=..").locator(".key")).to_have_text("cơ quan phối hợp")
    lead = leaf(page, at.replace("/assignees/1", "/assignees/0"))
    expect(lead.locator("xpath=..").locator(".key")).to_have_count(0)
    expect(places(page, at).first).to_have_attribute("title", re.compile("cơ quan phối hợp 2"))
    alone = next(p for p, name in shown_leaves(page).items() if name.startswith("Trạm") and "/children/" in p)
    expect(leaf(page, alone)).to_contain_text("cơ quan phối hợp: Trạm Khuyến nông huyện")
    leaf(page, at).click()
    expect(page.locator("label[for='edit-value']")).to_contain_text("cơ quan phối hợp 2")


def test_a_menu_closes_where_something_else_is_clicked(page: Page) -> None:
    """It stayed over the other tab."""
    open_sample(page, "thong-bao.pdf")
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.get_by_role("button", name="Văn bản thuần").click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_scan_among_the_samples(page: Page) -> None:
    """Where scans can be read, one is offered; its values have boxes on the picture of the page."""
    real_engine("fast")
    open_sample(page, "cong-van-quet.png")
    assert text_of(leaf(page, "/place")) == "Thanh Bình"
    assert places(page, "/place").count() > 0


def test_upload_by_choosing(page: Page) -> None:
    """A chosen file opens under its own name."""
    upload(page, "Công văn số 12.txt", SAMPLES["cong-van.txt"])
    ready(page)
    assert page.locator("h1").inner_text() == "Công văn số 12.txt"
    assert text_of(leaf(page, "/place")) == "Tân Lương"


def test_upload_by_dropping(page: Page) -> None:
    """A file dropped anywhere on the first page opens at once."""
    page.goto("/")
    data = page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "tha-vao.txt", {type: "text/plain"}));
            return transfer;
        }""",
        SAMPLES["cong-van.txt"].decode("utf-8"),
    )
    page.dispatch_event("main", "drop", {"dataTransfer": data})
    ready(page)
    assert page.locator("h1").inner_text() == "tha-vao.txt"


@pytest.mark.parametrize("name", ["thong-bao.pdf", "cong-van.txt"])
def test_hover_links_both_ways(page: Page, name: str) -> None:
    """The mouse over a value lights its places, over a place its value; away from both, neither."""
    open_sample(page, name)
    for pointer in ("/place", "/issued_on"):
        page.mouse.move(5, 5)
        expect(page.locator("main .on")).to_have_count(0)
        leaf(page, pointer).hover()
        expect(places(page, pointer).first).to_have_class(_lit)
        page.mouse.move(5, 5)
        places(page, pointer).first.hover(force=True)  # words to select lie over the boxes of a page
        expect(leaf(page, pointer)).to_have_class(_lit)


def test_focus_brings_the_place_into_view(page: Page) -> None:
    """The focus on a value lights its place and scrolls it up, as hovering does not."""
    open_sample(page, "thong-bao.pdf")
    last = leaf(page, "/signatories/0/name")
    expect(places(page, "/signatories/0/name").first).not_to_be_in_viewport()
    last.focus()
    expect(places(page, "/signatories/0/name").first).to_have_class(_lit)
    expect(places(page, "/signatories/0/name").first).to_be_in_viewport()


def test_a_place_opens_its_value(page: Page) -> None:
    """A click on a place in the document opens the editor of its value."""
    open_sample(page, "cong-van.txt")
    places(page, "/place").first.click()
    expect(page.locator("form.editor")).to_have_attribute("data-pointer", "/place")


def test_boxes_lie_on_the_words(page: Page) -> None:
    """On a PDF the box of a value covers the words of its quote, as laid over the picture."""
    open_sample(page, "thong-bao.pdf")
    picture = page.locator("#page-1 img")
    expect(picture).to_have_js_property("complete", True)  # until then the page below it moves
    assert picture.evaluate("node => node.naturalWidth") > 800
    box = places(page, "/number/text").first.bounding_box()
    word = page.locator("g.words text", has_text="88/TB-VP").first
    expect(word).to_be_attached()
    over = word.bounding_box()
    assert box is not None
    assert over is not None
    assert abs(box["x"] - over["x"]) < 4
    assert abs(box["width"] - over["width"]) < 6


def test_language(page: Page) -> None:
    """Vietnamese comes first; English stays once chosen, for names, grades and issues too."""
    open_sample(page, "cong-van.txt")
    assert page.locator("html").get_attribute("lang") == "vi"
    expect(page.locator("#fields")).to_contain_text("Số văn bản để trống.")
    expect(page.locator("#fields h3", has_text="Trích yếu")).to_be_visible()
    page.click("#language")
    ready(page)
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#fields")).to_contain_text("The document number was left blank.")
    expect(page.locator("#fields h3", has_text="Subject")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("button", name="Read it")).to_be_visible()
    page.click("#language")
    expect(page.get_by_role("button", name="Đọc văn bản")).to_be_visible()


def test_keyboard_only(page: Page) -> None:
    """From the first page to a corrected value, undone and done again, without a mouse."""
    page.goto("/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "cong-van.txt":
            break
    page.keyboard.press("Enter")
    ready(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.dataset.edit") == "/place":
            break
    expect(places(page, "/place").first).to_have_class(_lit)
    page.keyboard.press("Enter")
    page.locator("#edit-value").wait_for()
    page.keyboard.type("Tân An")
    page.keyboard.press("Enter")
    saved(page, "/place", "Tân An")
    page.keyboard.press("Control+z")
    expect(leaf(page, "/place")).to_contain_text("Tân Lương")
    page.keyboard.press("Control+y")
    saved(page, "/place", "Tân An")
    page.keyboard.press("Enter")
    page.locator("#edit-value").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("form.editor")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.edit") == "/place"


def test_keyboard_in_the_document(page: Page) -> None:
    """The places in the document are one stop of Tab, walked by arrow keys; Enter opens the value."""
    open_sample(page, "thong-bao.pdf")
    assert page.locator("#pages [data-p][tabindex='0']").count() == 1
    page.locator("#pages [data-p][tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    pointer = page.evaluate("JSON.parse(document.activeElement.dataset.p)[0]")
    expect(leaf(page, pointer)).to_have_class(_lit)
    expect(leaf(page, pointer)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("form.editor")).to_have_attribute("data-pointer", pointer)


def test_doubtful_values_one_after_another(page: Page) -> None:
    """F8 goes to the next value that is not certain; saved unchanged it is confirmed and is doubtful no more."""
    open_sample(page, "cong-van.txt")
    before = int(page.locator("#doubt .count").inner_text())
    page.keyboard.press("F8")
    first = page.evaluate("document.activeElement.dataset.edit")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.dataset.edit") != first
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.dataset.edit") == first
    page.keyboard.press("Enter")
    page.locator("#edit-value").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Đã xác nhận")
    assert int(page.locator("#doubt .count").inner_text()) < before
    assert page.locator("#fields .was").count() == 0


def test_pages_or_text(page: Page) -> None:
    """A PDF is shown as pages or as text; links follow what is shown."""
    open_sample(page, "thong-bao.pdf")
    expect(page.locator("#pages")).to_be_visible()
    page.click("[data-show=text]")
    expect(page.locator("#pages")).to_be_hidden()
    leaf(page, "/place").hover()
    expect(page.locator("#text .on").first).to_have_text("Bắc Sơn")


@pytest.mark.parametrize("name", ["thong-bao.pdf", "cong-van.txt"])
def test_phone(watched: object, name: str) -> None:
    """At 390 pixels nothing runs off the side, both panes are in sight, and a value is corrected by tapping."""
    page: Page = watched.page(390, 844, has_touch=True, is_mobile=True)  # type: ignore[attr-defined]
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name=name, exact=True).tap()
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert (page.locator("header").bounding_box() or {})["height"] < 90  # seen: four rows of buttons
    for pane in ("#view", "#fields"):
        box = page.locator(pane).bounding_box()
        assert box is not None
        assert box["height"] > 200
        assert page.locator(pane).evaluate("node => node.scrollWidth <= node.clientWidth")
    leaf(page, "/place").tap()
    page.locator("#edit-value").fill("Nơi khác")
    page.get_by_role("button", name="Lưu", exact=True).tap()
    saved(page, "/place", "Nơi khác")


def test_text_is_shown_and_never_run(page: Page) -> None:
    """Mark-up and template signs in a document, or in its name, are text on the page."""
    text = SAMPLES["cong-van.txt"].decode("utf-8").replace("Lê Thị Hoài Thanh", "<script>alert(1)</script>{{ 7*7 }}")
    # In a plain text a script would be set aside: nobody sees one.
    data = make_docx("".join(paragraph(escape(line)) for line in text.splitlines() if line.strip()))
    upload(page, "<img src=x onerror=alert(1)>.docx", data)
    ready(page)
    assert "<script>alert(1)</script>{{ 7*7 }}" in page.locator("#text-view").inner_text()
    assert page.locator("h1").inner_text() == "<img src=x onerror=alert(1)>.docx"
    edit(page, "/place", "<b>Tân Lương</b>")
    saved(page, "/place", "<b>Tân Lương</b>")


def _pattern() -> object:
    import re

    return re.compile(r"(^| )on( |$)")


_lit = _pattern()
