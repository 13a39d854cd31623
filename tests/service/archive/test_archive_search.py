"""A person searches the archive in a real browser: words marked, narrowed by facets, exported, by deadline."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.service.archive.holdings import ROAD, Archive, letters, serve_texts
from tests.service.browsing import Watched
from tests.service.serving import Served

HIT = ".hit h2 a"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Served, Archive]]:
    """An archive of one letter that one test alone changes."""
    yield from serve_texts(tmp_path, {"ven-song.txt": letters()["ven-song.txt"]})


def find(page: Page, query: str) -> None:
    """Type a query and press Enter."""
    page.goto("/archive")
    page.locator("#q").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query, True).get("q") == [query])


def total(page: Page) -> int:
    """How many documents the page says there are."""
    return int(re.findall(r"\d+", page.locator(".total [role=status]").inner_text())[0])


def hits(page: Page) -> list[str]:
    """The documents on the page, by content."""
    links = page.locator(HIT).evaluate_all("nodes => nodes.map(n => n.pathname)")
    return [str(link).rpartition("/")[2] for link in links]


def test_words_are_marked_and_accents_come_first(watched: Watched) -> None:
    """With accents the word as typed comes first and is marked; without, all that folds to it is found."""
    page = watched.page()
    find(page, "đường ven sông")
    expect(page.locator(HIT).first).to_have_text("Công văn 512/SNV-QH")
    assert page.locator(".hit .subject mark").all_inner_texts() == ["đường ven sông"]
    find(page, "đường")
    told = page.locator(".total [role=status]").inner_text()
    assert re.search(r"\d+ văn bản \(\d+ đúng dấu, \d+ khác dấu\)", told), told
    assert page.locator(".hit .begins").inner_text() == "Từ đây: khác dấu"
    find(page, "trích-yếu-không-có duong")
    expect(page.locator(".total [role=status]")).to_contain_text("Không tìm thấy")
    find(page, "duong")
    names = page.locator(HIT).all_inner_texts()
    assert {"Công văn 512/SNV-QH", "Công văn 513/SNV-QH"} <= set(names)
    assert "dưỡng" in page.locator(".hit mark").all_inner_texts()


def test_every_facet_finds_as_many_as_it_says(watched: Watched) -> None:
    """The number beside each value is the number of documents that its link finds, also within a search."""
    page = watched.page()
    for query in ("", "kiểm tra"):
        find(page, query)
        links = page.locator("[data-facet]").evaluate_all(
            "nodes => nodes.map(n => [n.href, n.dataset.facet, Number(n.parentNode.querySelector('.count').textContent)])"
        )
        assert {facet for _, facet, _ in links} >= {"year", "type", "issuer", "signer", "status"}
        for href, _, count in links:
            told = re.search(r'<p role="status">(\d+)', page.request.get(href).text())
            assert told is not None
            assert int(told[1]) == count, href


def test_facets_are_taken_and_given_back(watched: Watched) -> None:
    """A facet narrows the search and stays while one searches on; its chip takes it back."""
    page = watched.page()
    find(page, "kiểm tra")
    before = total(page)
    page.locator("[data-facet=issuer]", has_text="SỞ Y TẾ").click()
    assert 0 < total(page) < before
    narrowed = total(page)
    page.locator("[data-facet=year]").first.click()
    assert 0 < total(page) < narrowed
    page.locator("#q").press("Enter")
    expect(page.locator(".chosen a")).to_have_count(2)
    page.locator(".chosen a").first.click()
    page.locator(".chosen a").first.click()
    expect(page.locator(".chosen")).to_have_count(0)
    assert total(page) == before


def test_a_long_list_of_values_is_narrowed_by_a_few_letters(watched: Watched) -> None:
    """Seen: 75 issuers in one list. With marks or without; a short list has no such box."""
    page = watched.page()
    names = ["SỞ Y TẾ", "ĐẢNG ỦY XÃ TÂN KHÊ", *(f"TRƯỜNG TIỂU HỌC SỐ {n}" for n in range(12))]
    some = "".join(f"<li><a href='/archive?issuer={n}'>{name}</a></li>" for n, name in enumerate(names))
    rest = f'<aside><details class="rest" open data-find="Gõ vài chữ"><summary>thêm</summary><ul>{some}</ul></details>'

    def longer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<aside", f"{rest}</aside><aside", 1))

    page.route(re.compile(r"/archive$"), longer)
    page.goto("/archive")
    box = page.get_by_placeholder("Gõ vài chữ")
    expect(box).to_have_count(1)
    for typed, shown in (("dang uy", [names[1]]), ("sở y", [names[0]]), ("số 11", [names[-1]]), ("", names)):
        box.fill(typed)
        assert page.locator("aside .rest li:visible").all_inner_texts() == shown


def test_all_documents_come_up_page_by_page(watched: Watched) -> None:
    """Without a query the pages hold every document once, the newest first."""
    page = watched.page()
    page.goto("/archive?sort=newest")
    found, dates = hits(page), page.locator(".hit time").evaluate_all("nodes => nodes.map(n => n.dateTime)")
    count = total(page)
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        expect(page.locator("a[rel=prev]")).to_be_visible()
        found += hits(page)
        dates += page.locator(".hit time").evaluate_all("nodes => nodes.map(n => n.dateTime)")
    assert len(found) == len(set(found)) == count == 33
    assert dates == sorted(dates, reverse=True)


def test_exports_hold_what_the_page_shows(watched: Watched) -> None:
    """CSV, Excel, Parquet and JSON lines hold the documents of the search and its facets, in its order."""
    openpyxl = pytest.importorskip("openpyxl")
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra [parquet]")
    page = watched.page()
    find(page, "kiểm tra")
    page.locator("[data-facet=issuer]", has_text="SỞ Y TẾ").click()
    expected = hits(page)
    assert len(expected) == total(page) == 12
    made: dict[str, bytes] = {}
    page.locator(".export summary").click()
    for ending in ("csv", "xlsx", "parquet", "jsonl"):
        with page.expect_download() as waiting:
            page.locator(f"a[href*='van-ban.{ending}']").click()
        assert waiting.value.suggested_filename == f"van-ban.{ending}"
        made[ending] = Path(waiting.value.path()).read_bytes()
    rows = list(csv.DictReader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    assert [row["SHA-256"] for row in rows] == expected
    head, *lines = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Kỹ thuật"].values
    assert [line[head.index("SHA-256")] for line in lines if line[1] == "Văn bản"] == expected
    assert parquet.read_table(io.BytesIO(made["parquet"]))["sha256"].to_pylist() == expected
    assert [json.loads(line)["sha256"] for line in made["jsonl"].decode().splitlines()] == expected


def test_a_body_is_named_with_the_one_above_it(watched: Watched) -> None:
    """Many are called `VĂN PHÒNG`: the card says whose. Hints are in the language of the page alone."""
    page = watched.page(1440, 900)
    page.goto("/archive?q=512/SNV-QH")
    expect(page.locator(".from").first).to_contain_text("SỞ NỘI VỤ (ỦY BAN NHÂN DÂN TỈNH BÌNH LẠC)")
    page.goto("/archive?q=so:/")
    expect(page.get_by_role("status")).to_contain_text("Không tìm thấy văn bản nào")
    expect(page.locator("main")).to_contain_text("gõ so:-")
    expect(page.locator("main")).not_to_contain_text("left out")


def test_bodies_by_an_older_rule_are_told(own: tuple[Served, Archive], watch: Callable[[str], Watched]) -> None:
    """After an upgrade, until `vnadmin index` ran."""
    service, archive = own
    page = watch(service.url).page()
    page.goto("/archive")
    note = page.get_by_text("ghép tên theo phiên bản cũ")
    expect(note).to_have_count(0)
    with sqlite3.connect(archive.catalog) as catalog:
        catalog.execute("UPDATE key_passes SET rule = '1-0'")
    page.reload()
    expect(note).to_be_visible()


def test_a_date_that_is_none_is_told(watched: Watched) -> None:
    """A query that cannot be understood keeps its place in the box, with what is wrong."""
    watched.expected.append("status of 400")
    page = watched.page()
    find(page, "tu:hôm-qua")
    expect(page.get_by_role("alert")).to_contain_text("Ngày không đúng")
    expect(page.locator("#q")).to_have_value("tu:hôm-qua")


def test_the_language_keeps_the_search(watched: Watched) -> None:
    """Vietnamese first; the switch keeps query and facets, and stays for the next page."""
    page = watched.page()
    page.goto("/archive?q=ki%E1%BB%83m+tra&year=2023")
    count = total(page)
    assert page.locator("html").get_attribute("lang") == "vi"
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".total [role=status]")).to_have_text(f"documents: {count}")
    expect(page.locator("#q")).to_have_value("kiểm tra")
    page.get_by_role("link", name="Tasks", exact=True).click()
    expect(page.get_by_role("heading", name="Tasks", exact=True)).to_be_visible()


def test_tasks_by_deadline(watched: Watched) -> None:
    """Ahead: the nearest first, none before the day; past: the last first; each opens its document at the task."""
    page = watched.page()
    page.goto("/archive/tasks?day=2023-08-31&who=phong+to+chuc")
    ahead = page.locator("tbody time").evaluate_all("nodes => nodes.map(n => n.dateTime)")
    assert ahead == sorted(ahead)
    assert ahead[0] >= "2023-08-31"
    page.get_by_role("link", name="Quá hạn").click()
    past = page.locator("tbody time").evaluate_all("nodes => nodes.map(n => n.dateTime)")
    assert past == sorted(past, reverse=True)
    assert past[0] < "2023-08-31"
    assert len(ahead) + len(past) == 26
    page.locator("tbody a").first.click()
    page.wait_for_selector("main[data-ready]")
    expect(page.locator("#fields [data-edit='/directives/0/text']")).to_have_class(re.compile(r"\bon\b"))
    page.goto("/archive/tasks?day=1990-01-01&who=khong+co+ai")
    expect(page.locator("main")).to_contain_text("Không có nhiệm vụ nào còn hạn.")


def test_a_month_is_ahead_until_it_has_gone(watched: Watched) -> None:
    """The task of `trong tháng 12 năm 2024` is still ahead in the middle of that month, and past after it."""
    page = watched.page()
    for day, kind in (("2024-12-15", "ahead"), ("2025-01-01", "past")):
        page.goto(f"/archive/tasks?day={day}&when={kind}&who=moi+truong+do+thi")
        assert page.locator("tbody time").evaluate_all("nodes => nodes.map(n => n.dateTime)") == ["2024-12-31"]


def test_what_is_typed_is_shown_and_never_run(watched: Watched) -> None:
    """Mark-up in a query stays text."""
    page = watched.page()
    find(page, '"><script>alert(1)</script>{{ 7*7 }}')
    expect(page.locator("#q")).to_have_value('"><script>alert(1)</script>{{ 7*7 }}')
    expect(page.locator("main script")).to_have_count(0)


PLACES = [
    "/archive", "/archive?q=kiểm+tra&year=2023", "/archive?q=xyzxyz", "/archive?q=tu:x", "/archive/tasks?day=2022-01-01",
    "/archive/tasks?day=2100-01-01", "/archive/queue", "/archive/documents/" + 64 * "0",
]  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("vi", 1300), ("en", 390)])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(watched: Watched, width: int, language: str) -> None:
    """No finding of axe-core on any page of the archive, wide and as on a phone; no page is wider than its window."""
    watched.expected += ["status of 400", "status of 404"]
    page = watched.page(width, 850)
    page.goto(f"/archive?lang={language}")
    page.goto("/archive?q=512/SNV-QH")
    document = page.locator(HIT).first.get_attribute("href") or ""
    for place in [*PLACES, document, f"{document}?show=related"]:
        page.goto(place)
        found = Axe().run(page)
        assert found.violations_count == 0, (place, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") == width, place


def test_the_phone_shows_results_before_facets(watched: Watched) -> None:
    """At 390 pixels the facets are folded up; the first result is in sight."""
    page = watched.page(390, 844, has_touch=True, is_mobile=True)
    find(page, ROAD)
    expect(page.locator("details.facets")).not_to_have_attribute("open", "")
    expect(page.locator(HIT).first).to_be_in_viewport()
    page.locator("details.facets summary").tap()
    expect(page.locator("[data-facet=year]").first).to_be_visible()


def test_pages_are_kept_by_no_cache_and_load_only_their_own(watched: Watched) -> None:
    """The policy forbids inline script and style; pages are not stored; files with a hash in the address are."""
    page = watched.page()
    answer = page.goto("/archive")
    assert answer is not None
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    style = page.request.get(page.locator("link[href*='archive.css']").get_attribute("href") or "")
    assert "immutable" in style.headers["cache-control"]
    assert page.request.get("/archive/static/words.toml").status == 404


def test_without_a_catalogue_in_the_settings_there_are_no_such_pages(
    served: Served, watch: Callable[[str], Watched]
) -> None:
    """The archive is not there, and the first page does not point to it."""
    page = watch(served.url).page()
    assert page.request.get("/archive").status == 404
    page.goto("/")
    expect(page.locator("a[href='/archive']")).to_have_count(0)


def test_a_catalogue_that_is_not_there_yet(
    serve: Callable[..., Served], watch: Callable[[str], Watched], tmp_path: object
) -> None:
    """The service starts all the same; the page says what to do, and the rest of the service works."""
    service = serve(catalog=f"{tmp_path}/none.db", workers=1)
    watched = watch(service.url)
    watched.expected.append("status of 503")
    page = watched.page()
    page.goto("/archive")
    expect(page.get_by_role("alert")).to_contain_text("Chưa mở được kho văn bản")
    page.goto("/")
    page.get_by_role("link", name="Kho văn bản").wait_for()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_what_words_may_mean_is_offered(watched: Watched, width: int, height: int) -> None:
    """As clerks type it: a signer, a month, a kind and an office, without a sign of the syntax."""
    page = watched.page(width, height)
    for typed, told in (
        ("người ký Lê Đình Ví", "người ký Lê Đình Ví"),
        ("tháng 7 năm 2022", "ban hành 7/2022"),
        ("cv sở nội vụ bình lạc", "loại Công văn, cơ quan ban hành SỞ NỘI VỤ"),
    ):
        find(page, typed)
        offer = page.locator(".meant")
        expect(offer).to_contain_text(f"Ý bạn là {told}?")
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        number = int(re.findall(r"(\d+) văn bản", offer.inner_text())[0])
        offer.get_by_role("link").click()
        page.wait_for_function("!document.querySelector('.meant')")
        assert total(page) == number > 0
    find(page, "công tác văn thư")
    expect(page.locator(".meant")).to_have_count(0)


def test_a_page_without_results_helps(watched: Watched) -> None:
    """Without one of the words, without the filters: each with how many documents that finds."""
    page = watched.page(1440, 900)
    page.goto("/archive?q=kiểm+tra+voi&year=2022")
    offered = page.locator(".nothing")
    expect(offered).to_contain_text("nguoi-ky:")
    offered.get_by_role("link", name="Tìm không có từ “voi”").click()
    assert total(page) > 0
    page.goto("/archive?q=kiểm+tra&year=1946")
    page.get_by_role("link", name="Bỏ các điều kiện đang lọc").click()
    assert total(page) > 0
