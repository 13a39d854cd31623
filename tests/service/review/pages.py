"""What a person does at the review page, in the words of the tests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, expect

from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}


def open_sample(page: Page, name: str) -> None:
    """Pick a bundled sample."""
    page.goto("/")
    page.get_by_role("button", name=name, exact=True).click()
    ready(page)


def upload(page: Page, name: str, data: bytes, media_type: str = "application/octet-stream") -> None:
    """Choose a file and send it."""
    page.goto("/")
    page.set_input_files("#file", {"name": name, "mimeType": media_type, "buffer": data})
    page.click("#upload button.main")


def ready(page: Page) -> None:
    """Wait until the document is shown and its script runs."""
    page.wait_for_selector("#field-list")
    page.wait_for_selector("main[data-ready]")


def leaf(page: Page, pointer: str) -> Locator:
    """A value in the fields."""
    return page.locator(f'#fields button.leaf[data-edit="{pointer}"]')


def places(page: Page, pointer: str) -> Locator:
    """The places of a value that are shown in the document."""
    return page.locator(f"#view .pane:not([hidden]) [data-p*='\"{pointer}\"']")


def edit(page: Page, pointer: str, text: str) -> None:
    """Click a value, type, save by Enter."""
    leaf(page, pointer).click()
    page.locator("#edit-value").fill(text)
    page.keyboard.press("Enter")


def drag(page: Page, first: Locator, last: Locator) -> None:
    """Select with the mouse from the start of one place to the end of another."""
    first.scroll_into_view_if_needed()
    a, b = first.bounding_box(), last.bounding_box()
    assert a is not None
    assert b is not None
    page.mouse.move(a["x"] + 1, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(b["x"] + b["width"] - 1, b["y"] + b["height"] / 2, steps=8)
    page.mouse.up()


def download(page: Page, what: str) -> Download:
    """Take something away through the menu."""
    if not page.locator("details.menu").first.evaluate("node => node.open"):
        page.locator("details.menu summary").first.click()
    with page.expect_download() as waiting:
        page.locator(f'a[href$="/download/{what}"]').click()
    return waiting.value


def downloaded(page: Page, what: str) -> Any:
    """The JSON of a download."""
    return json.loads(Path(download(page, what).path()).read_text("utf-8"))


def text_of(locator: Locator) -> str:
    """The value that a leaf shows, without what only screen readers are told."""
    return locator.locator(".value").inner_text()


def saved(page: Page, pointer: str, text: str) -> None:
    """Wait until a value is shown as a person's."""
    shown = leaf(page, pointer)
    expect(shown).to_have_class(re.compile("g-person"))
    expect(page.locator("form.editor")).to_have_count(0)
    expect(shown.locator(".value")).to_have_text(text)
