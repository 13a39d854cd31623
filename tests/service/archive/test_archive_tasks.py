"""A clerk works off tasks in a real browser: what is due, overdue, done with who and when; taken along as files."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import LETTER, Archive, letters, serve_texts
from tests.service.browsing import Watched
from tests.service.serving import Served, start

ROWS = "table.tasks tbody tr"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """An archive of two letters that one test alone marks tasks in."""
    made = letters()
    for service, _ in serve_texts(tmp_path, {name: made[name] for name in ("cong-van-01.txt", "ven-song.txt")}):
        yield service


@pytest.fixture
def helped(tmp_path: Path) -> Iterator[tuple[Served, Archive]]:
    """An archive of one letter with one task ahead, which one body leads and one helps with."""
    letter = LETTER.format(
        office="SỞ NỘI VỤ",
        number="7/SNV-VP",
        day=2,
        month=9,
        year=2023,
        subject="cán bộ",
        basis="",
        signer="Lê Đình Ví",
    )
    letter = letter.replace("Giao Phòng Tổ chức", "Giao Văn phòng Sở chủ trì, phối hợp với Phòng Tổ chức")
    yield from serve_texts(tmp_path, {"mot.txt": letter})


def count(page: Page, name: str) -> int:
    """What a list's button says it holds."""
    return int(re.findall(r"\d+", page.get_by_role("link", name=re.compile(rf"^{name}\b")).inner_text())[-1])


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_task_is_done_and_not_done_after_all(
    own: Served, watch: Callable[[str], Watched], width: int, height: int
) -> None:
    """The page opens on what is due from the day; a task that is done leaves the list, with who and when on record."""
    page = watch(own.url).page(width, height)
    page.goto("/archive/tasks?day=2023-08-31")
    expect(page.locator("nav.switch [aria-current]")).to_contain_text("Còn hạn")
    before = count(page, "Còn hạn")
    text = page.locator(f"{ROWS} td:nth-child(2)").first.inner_text()
    document = page.locator(f"{ROWS} td:nth-child(4)").first.inner_text()
    page.get_by_role("button", name="Đánh dấu hoàn thành").first.click()
    page.wait_for_url("**/archive/tasks?*when=ahead*")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text(f"Đã đánh dấu hoàn thành: “{text}”")
    assert Axe().run(page).violations_count == 0
    notice.get_by_role("button", name="Chưa hoàn thành").click()
    page.wait_for_url(lambda address: "pointer=" not in address)
    expect(page.get_by_role("status")).to_have_count(0)
    assert (count(page, "Còn hạn"), count(page, "Đã hoàn thành")) == (before, 0)
    page.get_by_role("button", name="Đánh dấu hoàn thành").first.click()
    page.wait_for_url("**/archive/tasks?*pointer=*")
    assert (count(page, "Còn hạn"), count(page, "Đã hoàn thành")) == (before - 1, 1)
    page.get_by_role("link", name="Đã hoàn thành").click()
    row = page.locator(ROWS).first
    expect(row).to_contain_text(text)
    expect(row).to_contain_text(document.split("\n")[0])
    expect(row).to_contain_text(re.compile(r"✓ Người dùng máy này · \d\d:\d\d, \d\d?/\d\d?/\d{4}"))
    page.get_by_role("button", name="Chưa hoàn thành").click()
    page.wait_for_url("**/archive/tasks?*when=done*")
    assert (count(page, "Còn hạn"), count(page, "Đã hoàn thành")) == (before, 0)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_what_is_no_task_leaves_every_list(
    own: Served, watch: Callable[[str], Watched], width: int, height: int
) -> None:
    """One that is none is not said to be done; it stands in a list of its own and can be taken back."""
    page = watch(own.url).page(width, height)
    page.goto("/archive/tasks?day=2023-08-31")
    before = count(page, "Còn hạn")
    text = page.locator(f"{ROWS} td:nth-child(2)").first.inner_text()
    page.locator(ROWS).first.get_by_role("button", name="Không phải nhiệm vụ").click()
    page.wait_for_url("**/archive/tasks?*when=ahead*")
    expect(page.get_by_role("status")).to_contain_text(f"Đã đánh dấu không phải nhiệm vụ: “{text}”")
    assert (count(page, "Còn hạn"), count(page, "Đã hoàn thành"), count(page, "Không phải")) == (before - 1, 0, 1)
    page.get_by_role("link", name="Không phải nhiệm vụ").click()
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text(text)
    expect(page.locator(ROWS)).to_contain_text("✕ Người dùng máy này")
    page.get_by_role("button", name="Đưa lại vào danh sách").click()
    page.wait_for_url("**/archive/tasks?*when=none*")
    assert (count(page, "Còn hạn"), count(page, "Không phải")) == (before, 0)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_day_is_typed_as_documents_write_it(watched: Watched) -> None:
    """Seen: 11/28/2026 in a browser that speaks English. A month is its first day; what is no day is told."""
    page = watched.page(1440, 900)
    page.goto("/archive/tasks?day=2023-08-31")
    box = page.get_by_label("Tính đến ngày")
    expect(box).to_have_value("31/8/2023")
    for typed, shown in (
        ("5/5/2023", "05/5/2023"),
        ("9/2023", "01/9/2023"),
        ("ngày 02 tháng 11 năm 2023", "02/11/2023"),
    ):
        box.fill(typed)
        box.press("Enter")
        expect(box).to_have_value(shown)
    box.fill("31/02/2023")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“31/02/2023” không phải là ngày")


def test_the_columns_have_room(watched: Watched) -> None:
    """Who is told has a quarter of the table: six tasks stand on a screen."""
    page = watched.page(1440, 900)
    page.goto("/archive/tasks?day=2023-08-31")
    assert page.locator(f"{ROWS} td:nth-child(3)").first.bounding_box()["width"] > 250
    sixth = page.locator(ROWS).nth(5).bounding_box()
    assert sixth["y"] + sixth["height"] < 900


def test_it_opens_on_what_is_overdue_where_nothing_is_ahead(watched: Watched) -> None:
    """Marked by a sign and a word, not by a colour alone."""
    page = watched.page(1440, 900)
    page.goto("/archive/tasks?day=2100-01-01")
    expect(page.locator("nav.switch [aria-current]")).to_contain_text("Quá hạn")
    expect(page.locator(".flag").first).to_have_text("quá hạn")
    assert Axe().run(page).violations_count == 0


def test_tasks_of_a_search(watched: Watched) -> None:
    """From the results to the tasks of these documents, facets included."""
    page = watched.page(1440, 900)
    page.goto("/archive?q=512/SNV-QH&year=2022")
    page.get_by_role("link", name="Nhiệm vụ trong các văn bản này").click()
    page.get_by_role("link", name=re.compile("^Quá hạn")).click()
    names = page.locator(f"{ROWS} td:nth-child(4) a").all_inner_texts()
    assert set(names) == {"Công văn 512/SNV-QH"}


def test_the_files(shown: Served) -> None:
    """A calendar with a day for each task, a table with dates, the text of a mail by who is told."""
    icalendar = pytest.importorskip("icalendar")
    openpyxl = pytest.importorskip("openpyxl")
    at = f"{shown.url}/archive/tasks/nhiem-vu"
    asked = {"day": "2023-08-31", "when": "ahead", "who": "phong to chuc"}
    data = httpx.get(f"{at}.ics", params=asked, timeout=900).content
    entries = icalendar.Calendar.from_ical(data).walk("VEVENT")
    days = [entry["DTSTART"].dt for entry in entries]
    assert days == sorted(days)
    assert days[0] >= dt.date(2023, 8, 31)
    assert len({entry["UID"] for entry in entries}) == len(entries)
    assert "Giao Phòng Tổ chức lập danh sách cán bộ" in str(entries[0]["SUMMARY"])
    again = icalendar.Calendar.from_ical(httpx.get(f"{at}.ics", params=asked, timeout=900).content).walk("VEVENT")
    assert [entry["UID"] for entry in again] == [entry["UID"] for entry in entries], "the same task is the same entry"
    sheet = openpyxl.load_workbook(io.BytesIO(httpx.get(f"{at}.xlsx", params=asked, timeout=900).content)).active
    title, since, _, (stt, *head), *rows = [list(line) for line in sheet.values]
    assert (title[0], since[0], stt) == ("NHIỆM VỤ ĐƯỢC GIAO", "Tính đến ngày 31/8/2023", "STT")
    assert tuple(head[:3]) == ("Nhiệm vụ được giao", "Đơn vị chủ trì, thực hiện", "Đơn vị phối hợp")
    assert head[3:5] == ["Thời hạn", "Ngày đến hạn"]
    assert [row[5].date() for row in rows] == days
    assert head[7] == "Ngày hoàn thành"
    text = httpx.get(f"{at}.txt", params={**asked, "when": "past"}, timeout=900).content.decode("utf-8-sig")
    assert text.startswith("Nhiệm vụ được giao, tính đến ngày 31/8/2023:")
    assert re.search(r"Phòng Tổ chức.*:\n1\. .*Hạn: \d+/\d+/\d{4} \(quá hạn \d+ ngày\)", text)


def test_who_only_helps_is_not_asked_like_who_leads(
    helped: tuple[Served, Archive], watch: Callable[[str], Watched]
) -> None:
    """The page and its table part them, as the export does; a mail is for who leads. An item that names partners alone keeps its lead."""
    openpyxl = pytest.importorskip("openpyxl")
    service, _ = helped
    page = watch(service.url).page(1440, 900)
    page.goto("/archive/tasks?when=ahead&day=2023-08-31")
    row = page.locator(ROWS)
    expect(row).to_have_count(1)
    expect(row.locator("td:nth-child(3)")).to_have_text("Văn phòng Sởphối hợp: Phòng Tổ chức")
    asked = {"day": "2023-08-31", "when": "ahead"}
    at = f"{service.url}/archive/tasks/nhiem-vu"
    sheet = openpyxl.load_workbook(io.BytesIO(httpx.get(f"{at}.xlsx", params=asked, timeout=900).content)).active
    assert list(sheet.values)[4][2:4] == ("Văn phòng Sở", "Phòng Tổ chức")
    text = httpx.get(f"{at}.txt", params=asked, timeout=900).content.decode("utf-8-sig")
    assert "\nVăn phòng Sở:\n1. " in text
    assert "(phối hợp: Phòng Tổ chức) [" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_light_and_dark(watched: Watched, scheme: str) -> None:
    """No finding of axe-core, contrast among them; a grade has a sign, not a colour alone."""
    page = watched.page(1440, 900, color_scheme=scheme)
    page.goto("/archive?q=512/SNV-QH")
    document = page.locator(".hit h2 a").first.get_attribute("href") or ""
    for place in ("/", "/archive?q=kiểm+tra", "/archive/tasks?day=2023-08-31", "/archive/intake", document):
        page.goto(place)
        found = Axe().run(page)
        assert found.violations_count == 0, (place, found.generate_report())
    signs = page.locator(".legend .leaf").evaluate_all(
        "nodes => nodes.map(n => getComputedStyle(n, '::before').content)"
    )
    assert len(set(signs)) == 5
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 29)"
    assert dark == (scheme == "dark")


def test_the_last_day_of_the_calendar(tmp_path: Path) -> None:
    """A deadline after which there is no day has its entry, which was a fault (500)."""
    text = LETTER.format(
        office="SỞ NỘI VỤ", number="1/SNV-VP", day=1, month=9, year=2022, subject="kiểm tra", basis="", signer="Lê Đình Ví"
    )  # fmt: skip
    for service, _ in serve_texts(tmp_path, {"a.txt": text}):
        sha256 = json.loads(httpx.get(f"{service.url}/archive/export/van-ban.jsonl", timeout=900).text)["sha256"]
        form = {"pointer": "/directives/0/deadline", "value": "9999-12-31"}
        set_ = httpx.post(f"{service.url}/archive/documents/{sha256}/set", data=form, timeout=900)
        answer = httpx.get(f"{service.url}/archive/tasks/nhiem-vu.ics", params={"when": "ahead"}, timeout=900)
    assert (set_.status_code, answer.status_code) == (200, 200)
    assert b"DTSTART;VALUE=DATE:99991231" in answer.content


def test_the_own_office_is_a_setting(watch: Callable[[str], Watched], made: Archive, tmp_path: Path) -> None:
    """The list opens on what the office and its units are told; due and overdue are counted from there; everybody's is one click away."""
    folders = [tmp_path / name for name in ("own", "other")]
    for folder in folders:
        folder.mkdir()
    service = start(folders[0], catalog=made.catalog, workers=1, review_workers=1, office="Sở Không Có; Phòng Tổ chức")
    other = start(folders[1], catalog=made.catalog, workers=1, review_workers=1, office="Sở Không Có")
    try:
        page = watch(service.url).page(1440, 900)
        page.goto("/archive/tasks?day=2023-08-31")
        expect(page.get_by_role("link", name="Của cơ quan mình")).to_have_attribute("aria-current", "true")
        expect(page.locator("main")).to_contain_text("Giao cho: Sở Không Có; Phòng Tổ chức")
        own = count(page, "Còn hạn")
        assert own > 0
        page = watch(other.url).page(1440, 900)
        page.goto("/archive/tasks?day=2023-08-31")
        assert count(page, "Còn hạn") == 0
        page.get_by_role("link", name="Của mọi đơn vị").click()
        assert count(page, "Còn hạn") >= own
        page.get_by_label("Giao cho").fill("Phòng Tổ chức")
        page.get_by_role("button", name="Xem").click()
        assert count(page, "Còn hạn") == own
    finally:
        service.stop()
        other.stop()
