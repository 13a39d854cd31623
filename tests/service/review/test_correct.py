"""Corrections: typed, selected, added, removed, undone; kept beside the machine's values; taken away in five forms."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonpatch
import pytest
from playwright.sync_api import Locator, Page, expect

import vnadmin
from tests.service.review.pages import (
    SAMPLES,
    download,
    downloaded,
    drag,
    edit,
    leaf,
    open_sample,
    ready,
    saved,
    text_of,
    upload,
)
from vnadmin.model import AdminDocument


def word(page: Page, text: str) -> Locator:
    """The first such word over a page's picture."""
    return page.locator("g.words text").filter(has_text=re.compile(f"^{text}$")).first


def test_type_a_number(page: Page) -> None:
    """A typed number is taken apart; the machine's stays in sight, its issue is settled, its JSON is unchanged."""
    open_sample(page, "cong-van.txt")
    edit(page, "/number/text", "77 / UBND-NN")
    saved(page, "/number/text", "77/UBND-NN")
    assert text_of(leaf(page, "/number/sequence")) == "77"
    expect(page.locator('[data-field="/number"] .was').first).to_have_text("Máy đọc: /UBND-NN")
    expect(page.locator(".issues .settled")).to_have_count(1)
    assert downloaded(page, "machine.json") == vnadmin.parse(SAMPLES["cong-van.txt"]).model_dump(mode="json")


def test_a_wrong_date_is_refused(watched: object) -> None:
    """What is no date is refused beside the form, and the value stays; dates may be typed as people write them."""
    watched.expected.append("422")  # type: ignore[attr-defined]
    page: Page = watched.page()  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")
    edit(page, "/issued_on", "hôm qua")
    expect(page.locator("#edit-error")).to_contain_text("Không phải ngày tháng")
    page.locator("#edit-value").fill("ngày 07 tháng 4 năm 2023")
    page.keyboard.press("Enter")
    saved(page, "/issued_on", "07/4/2023")


def test_select_text_to_set_a_field(page: Page) -> None:
    """Selected text becomes the value of the field that is chosen, and is its evidence."""
    open_sample(page, "cong-van.txt")
    piece = page.locator("#text-view [data-s]", has_text="CỘNG HÒA").first
    drag(page, page.locator('#text-view [data-p*="/place"]'), page.locator('#text-view [data-p*="/place"]'))
    expect(page.locator("#picked")).to_have_text("Tân Lương")
    page.select_option("#pick-pointer", "/parent_agency")
    page.click("#pick .main")
    saved(page, "/parent_agency", "Tân Lương")
    expect(page.locator("#pick")).to_be_hidden()
    assert piece.count()
    document = downloaded(page, "corrected.json")
    (entry,) = document["evidence"]["/parent_agency"]
    assert entry["rule"] == "person"
    assert document["text"][entry["start"] : entry["end"]] == entry["quote"] == "Tân Lương"


def test_select_on_a_page_picture(page: Page) -> None:
    """Words can be selected on the picture of a page; the evidence has their box."""
    open_sample(page, "thong-bao.pdf")
    expect(word(page, "Đặng")).to_be_attached()
    drag(page, word(page, "Đặng"), word(page, "Hòa"))
    expect(page.locator("#picked")).to_have_text("Đặng Xuân Hòa")
    page.select_option("#pick-pointer", "/addressees/-")
    page.click("#pick .main")
    saved(page, "/addressees/0", "Đặng Xuân Hòa")
    document = AdminDocument.model_validate(downloaded(page, "corrected.json"))
    (entry,) = document.evidence["/addressees/0"]
    assert entry.quote == "Đặng Xuân Hòa"
    assert len(entry.boxes) == 1
    expect(page.locator('#pages rect[data-p*="/addressees/0"]')).to_have_count(1)


def test_select_into_an_open_editor(page: Page) -> None:
    """With an editor open, selected text fills it, and can be changed before it is saved."""
    open_sample(page, "cong-van.txt")
    leaf(page, "/subject").click()
    drag(page, page.locator('#text-view [data-p*="/place"]'), page.locator('#text-view [data-p*="/place"]'))
    expect(page.locator("#edit-value")).to_have_value("Tân Lương")
    page.locator("#edit-value").press("Enter")
    saved(page, "/subject", "Tân Lương")
    assert downloaded(page, "corrected.json")["evidence"]["/subject"][0]["quote"] == "Tân Lương"


def test_select_across_accents_and_rare_letters(page: Page) -> None:
    """Offsets count characters: letters beyond 16 bits before the selection do not shift it."""
    text = SAMPLES["cong-van.txt"].decode("utf-8").replace("V/v phòng", "V/v 𠀀𠀀𠀀 phòng")
    upload(page, "a.txt", text.encode("utf-8"))
    ready(page)
    place = page.locator('#text-view [data-p*="/place"]')
    drag(page, place, place)
    page.select_option("#pick-pointer", "/secrecy")
    page.click("#pick .main")
    saved(page, "/secrecy", "Tân Lương")


def test_add_and_remove_items(page: Page) -> None:
    """Items are added to a list and taken out; what stands behind them keeps its place in the document."""
    open_sample(page, "cong-van.txt")
    page.locator('[data-edit="/addressees/-"]').click()
    page.locator("#edit-value").fill("Công an huyện")
    page.keyboard.press("Enter")
    saved(page, "/addressees/3", "Công an huyện")
    item = page.locator('[data-field="/addressees"] li').first
    item.locator("summary").click()
    item.get_by_role("button", name="Bỏ mục này").click()
    expect(page.locator('[data-field="/addressees"] li')).to_have_count(3)
    assert text_of(leaf(page, "/addressees/0")) == "Trạm Khuyến nông huyện"
    leaf(page, "/addressees/0").hover()
    expect(page.locator("#text-view .on")).to_have_text("Trạm Khuyến nông huyện")
    document = downloaded(page, "corrected.json")
    assert document["addressees"] == ["Trạm Khuyến nông huyện", "Ủy ban nhân dân các xã, thị trấn", "Công an huyện"]
    assert document["evidence"]["/addressees/1"][0]["quote"] == "Ủy ban nhân dân các xã, thị trấn"


def test_a_missing_part_is_added(page: Page) -> None:
    """A member without a value is offered behind the item, and set there."""
    open_sample(page, "cong-van.txt")
    item = page.locator('[data-field="/recipients"] li').first
    item.locator("summary").first.click()
    item.get_by_role("button", name="+ mục đích").click()
    page.locator("#edit-value").fill("để thực hiện")
    page.keyboard.press("Enter")
    saved(page, "/recipients/0/purpose", "để thực hiện")


def test_the_type_from_the_table(page: Page) -> None:
    """A type is chosen by name; its code follows."""
    open_sample(page, "cong-van.txt")
    edit(page, "/document_type/name", "thông báo")
    saved(page, "/document_type/name", "Thông báo")
    assert text_of(leaf(page, "/document_type/code")) == "TB"


def test_undo_and_redo(page: Page) -> None:
    """Each correction is taken back in turn and done again; a new one drops what was undone."""
    open_sample(page, "cong-van.txt")
    expect(page.locator("#undo")).to_be_disabled()
    edit(page, "/place", "Một")
    saved(page, "/place", "Một")
    edit(page, "/place", "Hai")
    saved(page, "/place", "Hai")
    page.click("#undo")
    saved(page, "/place", "Một")
    page.click("#undo")
    expect(leaf(page, "/place")).to_contain_text("Tân Lương")
    expect(page.locator("#undo")).to_be_disabled()
    assert [operation["op"] for operation in downloaded(page, "corrections.json")] == ["test"]
    page.keyboard.press("Escape")
    page.click("#redo")
    saved(page, "/place", "Một")
    edit(page, "/place", "Ba")
    saved(page, "/place", "Ba")
    expect(page.locator("#redo")).to_be_disabled()


def test_corrections_survive_a_reload(page: Page) -> None:
    """The server keeps the corrections while the document is open."""
    open_sample(page, "cong-van.txt")
    edit(page, "/place", "Tân An")
    saved(page, "/place", "Tân An")
    page.reload()
    assert text_of(leaf(page, "/place")) == "Tân An"


def test_downloads(page: Page) -> None:
    """Five forms: the patch makes the corrected JSON of the machine's; CSV and gold labels have the new values."""
    upload(page, "Công văn số 12.txt", SAMPLES["cong-van.txt"])
    ready(page)
    edit(page, "/number/text", "12/UBND-NN")
    saved(page, "/number/text", "12/UBND-NN")
    edit(page, "/place", "Tân An")
    saved(page, "/place", "Tân An")
    machine, corrected = downloaded(page, "machine.json"), downloaded(page, "corrected.json")
    patch = downloaded(page, "corrections.json")
    assert patch[0] == {"op": "test", "path": "/source/sha256", "value": machine["source"]["sha256"]}
    patched = jsonpatch.apply_patch(machine, patch)
    assert {**patched, "evidence": None} == {**corrected, "evidence": None}
    AdminDocument.model_validate(corrected)
    with pytest.raises(jsonpatch.JsonPatchTestFailed):
        jsonpatch.apply_patch(json.loads(vnadmin.parse(SAMPLES["ke-hoach.md"]).model_dump_json()), patch)
    table = Path(download(page, "corrected.csv").path()).read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["file"], row["number"], row["place"]) == ("Công văn số 12.txt", "12/UBND-NN", "Tân An")
    labels = downloaded(page, "gold.json")
    assert (labels["id"], labels["number"], labels["place"]) == ("cong-van-so-12", "12/UBND-NN", "Tân An")
    assert labels["directives"][1]["level"] == 2
    assert download(page, "gold.json").suggested_filename == "Công văn số 12.gold.json"
