"""An audit in a real browser: drawn, reviewed blind, settled, and its report printed; nothing of the machine's shows before."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import httpx
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import Archive, index, letters, serve_texts
from tests.service.archive.test_archive_document import sha256_of
from tests.service.browsing import Watched
from tests.service.serving import Served, start

pytest.importorskip("statsmodels", reason="needs the extra [audit]")

SCAN = "cong-van-quet.png"
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Served, Archive]]:
    """An archive of three letters."""
    made = letters()
    yield from serve_texts(
        tmp_path, {name: made[name] for name in ("cong-van-01.txt", "cong-van-02.txt", "ven-song.txt")}
    )


def held(archive: Archive, page: Page) -> dict[str, str]:
    """What the catalogue held of the document that is reviewed, as a person types it."""
    position = int(page.url.split("?")[0].rsplit("/", 1)[1])
    with sqlite3.connect(archive.catalog) as connection:
        rows = connection.execute("SELECT field, held FROM audit_values WHERE position = ?", (position,)).fetchall()
    values = {field: json.loads(value) if value else "" for field, value in rows}
    return {field: "\n".join(value) if isinstance(value, list) else value for field, value in values.items()}


def looked_at(page: Page) -> None:
    """Nothing runs off the side at either width, in either colour, and axe has nothing to say."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert Axe().run(page).violations_count == 0
    page.set_viewport_size({"width": 1440, "height": 900})


def test_from_draw_to_report(small: tuple[Served, Archive], watch: Callable[[str], Watched]) -> None:
    service, archive = small
    seen = watch(service.url)
    seen.expected.append("422")
    page = seen.page(1440, 900)
    page.goto("/archive/audit")
    looked_at(page)
    for box in page.locator("fieldset input").all():
        box.set_checked(box.get_attribute("value") in ("number", "issued_on", "subject", "signatories"))
    page.get_by_role("button", name="Rút mẫu", exact=True).click()
    page.wait_for_url("**/archive/audit#audit-1")
    expect(page.locator("#audit-1")).to_contain_text("3 văn bản, rút từ 3 văn bản")
    looked_at(page)
    assert httpx.get(f"{service.url}/archive/audit/1/differences").status_code == 303  # not while it is reviewed blind
    page.get_by_role("link", name="Bắt đầu kiểm tra").click()
    page.wait_for_selector("main[data-ready]")
    looked_at(page)
    blind = page.content()
    first = held(archive, page)
    assert first["number"] not in blind.replace(
        f"Số: {first['number']}", ""
    )  # it stands in the document's own text alone
    assert not page.locator("#view [data-p]").count()
    assert all(box.input_value() == "" for box in page.locator(".box-of > input, .box-of > textarea").all())
    page.fill("#f-issued_on", "31/2/2022")
    page.click("#next")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#f-issued_on")).to_be_focused()
    for at in range(3):
        page.wait_for_selector("main[data-ready]")
        values, before = held(archive, page), page.url
        for field, value in values.items():
            page.fill(f"#f-{field}", value)
        if at == 0:
            page.fill("#f-subject", "việc khác hẳn")
        if at == 1:
            page.fill("#f-number", "9/X")
        if at == 2:
            page.get_by_label("không xác định được: Người ký").check()
        page.click("#next")
        page.wait_for_url("**/archive/audit#audit-1" if at == 2 else lambda url, before=before: url != before)
    expect(page.locator("#audit-1")).to_contain_text("đã kiểm tra 3/3 · còn 2 chỗ khác nhau chưa đối chiếu")
    page.get_by_role("link", name="Đối chiếu chỗ khác nhau").click()
    rows = page.locator("table.settle tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("việc khác hẳn")
    looked_at(page)
    rows.first.get_by_role("button", name="Kho sai").click()
    page.wait_for_url("**/differences#d-*")
    rows.nth(1).get_by_role("button", name="Kho đúng").click()
    expect(rows.nth(1).locator("[aria-pressed=true]")).to_contain_text("Kho đúng")
    page.get_by_role("link", name="Báo cáo để in").click()
    page.wait_for_url("**/report")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("3/3")
    expect(page.locator("tbody tr").nth(2)).to_contain_text("66,7%")
    expect(page.get_by_text("NGƯỜI KIỂM TRA", exact=True)).to_be_visible()
    expect(page.locator(".warn")).to_have_count(0)
    looked_at(page)
    book = openpyxl.load_workbook(io.BytesIO(httpx.get(f"{service.url}/archive/audit/1/report?form=xlsx").content))
    assert book.sheetnames == ["Kết quả", "Mẫu", "Khác nhau"]
    page.goto("/archive/audit/1/report?lang=en")
    expect(page.get_by_role("heading", name="REPORT ON THE QUALITY OF DATA")).to_be_visible()
    page.goto("/archive/audit/1/review")
    page.wait_for_url("**/archive/audit#audit-1")


def test_what_is_selected_goes_into_the_box(small: tuple[Served, Archive], watch: Callable[[str], Watched]) -> None:
    """The box that was typed in last takes it; of a list each selection is one more line."""
    page = watch(small[0].url).page(1440, 900)
    httpx.post(f"{small[0].url}/archive/audit", data={"field": ["number", "addressees"]})
    page.goto("/archive/audit/1/review")
    page.wait_for_selector("main[data-ready]")
    page.get_by_role("button", name="Văn bản thuần").click()
    select = """([from, length]) => { const node = document.querySelector("#text pre").firstChild; const range = document.createRange();
        range.setStart(node, from); range.setEnd(node, from + length); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    page.focus("#f-addressees")
    for from_, length in ((0, 6), (7, 4)):
        page.evaluate(select, [from_, length])
        page.get_by_role("button", name="Chép phần đã chọn vào: Kính gửi").click()
    assert page.input_value("#f-addressees") == "ỦY BAN\nNHÂN"


@pytest.fixture
def pictured(tmp_path: Path) -> Iterator[tuple[Served, Archive]]:
    """An archive of a scan and of a PDF with a text layer."""
    folder = tmp_path / "kho"
    folder.mkdir()
    own = resources.files("vnadmin.samples")
    (folder / "scan.png").write_bytes(own.joinpath("scans", SCAN).read_bytes())
    (folder / "text.pdf").write_bytes(own.joinpath("thong-bao.pdf").read_bytes())
    archive = index(folder, tmp_path / "catalog.db")
    service = start(tmp_path, catalog=archive.catalog, workers=1, review_workers=1)
    yield service, archive
    service.stop()


def test_a_page_is_a_picture_without_boxes(pictured: tuple[Served, Archive], watch: Callable[[str], Watched]) -> None:
    """A scan shows its pictures alone: the text that was made out of it would tell the reviewer letters."""
    service, archive = pictured
    page = watch(service.url).page(1440, 900)
    made = httpx.post(f"{service.url}/archive/audit", data={"field": "number", "half_width": "0.005"})
    number = int(made.headers["location"].rpartition("-")[2])
    scan, text = sha256_of(archive, "scan.png"), sha256_of(archive, "text.pdf")
    with sqlite3.connect(archive.catalog) as connection:
        rows = connection.execute("SELECT sha256, position FROM audit_items WHERE audit_id = ?", (number,)).fetchall()
    for sha256, has_text in ((scan, False), (text, True)):
        page.goto(f"/archive/audit/{number}/review/{dict(rows)[sha256]}")
        page.wait_for_selector("main[data-ready]")
        page.locator("#view .page img").first.evaluate("image => image.decode()")
        expect(page.locator("#view .page").first).not_to_have_class("page waiting")
        expect(page.get_by_role("button", name="Văn bản thuần")).to_have_count(int(has_text))
        assert not page.locator("#view rect, #view .mark, #view [data-p]").count()


def test_a_document_is_reviewed_once(small: tuple[Served, Archive]) -> None:
    """Two people open the same document: the first answer stays, and the second person goes on."""
    service, archive = small
    httpx.post(f"{service.url}/archive/audit", data={"field": "number"})
    address = f"{service.url}/archive/audit/1/review/1"
    for number in ("1/A", "2/B"):
        sent = httpx.post(address, data={"number": number})
        assert (sent.status_code, sent.headers["location"]) == (303, "/archive/audit/1/review?after=1")
    with sqlite3.connect(archive.catalog) as connection:
        told = connection.execute("SELECT told FROM audit_values WHERE position = 1").fetchall()
    assert told == [('"1/A"',)]
    assert httpx.get(address).status_code == 303
    assert httpx.post(f"{service.url}/archive/audit/1/review/2", data={"unreadable": "1"}).status_code == 303
    with sqlite3.connect(archive.catalog) as connection:
        assert connection.execute("SELECT unclear FROM audit_values WHERE position = 2").fetchall() == [(1,)]
    settled = httpx.post(
        f"{service.url}/archive/audit/1/differences", data={"position": 1, "field": "number", "verdict": "right"}
    )
    assert settled.status_code == 404  # somebody still reviews


def test_what_is_not_there_is_told(small: tuple[Served, Archive]) -> None:
    service, _ = small
    assert httpx.get(f"{service.url}/archive/audit/7/report").status_code == 404
    assert httpx.get(f"{service.url}/archive/audit/7").status_code == 404
    refused = httpx.post(f"{service.url}/archive/audit", data={"issuer": "không có ai"})
    assert refused.status_code == 422
    assert "Không có văn bản nào trong phạm vi đã chọn" in refused.text
