"""The queue of doubtful values in a real browser, by keyboard: accept, correct, skip, and on to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import Archive, serve_copy
from tests.service.browsing import Watched
from tests.service.serving import Served
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.write import write_documents
from vnadmin.pipeline import parse

DOUBTS = (
    ("cong-van-04.txt", "/subject", "likely", 3, "kiểm tra công tác văn thư đợt 4"),
    ("cong-van-05.txt", "/place", "guess", 1, "Bình Lạc"),
    ("cong-van-06.txt", "/subject", "likely", 3, "kiểm tra công tác văn thư đợt 6"),
    ("cong-van-07.txt", "", "issue:layout_damaged", 2, None),
)


class Queue:
    """The service on a catalogue of its own, and what stands in that."""

    def __init__(self, service: Served, archive: Archive) -> None:
        self.url = service.url
        self.archive = archive

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.archive.catalog)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.commit()
            connection.close()

    def open(self) -> list[int]:
        """Open items in the order in which they must be asked."""
        return [int(str(row[0])) for row in self.ask("SELECT id FROM reviews WHERE state = 'open' ORDER BY rank, id")]

    def sha256(self, name: str) -> str:
        return str(self.ask("SELECT sha256 FROM files WHERE path = ?", str(self.archive.folder / name))[0][0])


@pytest.fixture(scope="module")
def service(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Archive]]:
    """One service for this module; each test puts a fresh catalogue in its place."""
    yield from serve_copy(made, tmp_path_factory.mktemp("queue"))


@pytest.fixture
def queue(service: tuple[Served, Archive], made: Archive) -> Queue:
    """The queue as the indexer left it, with some doubts more: its letters are plain, and their values certain."""
    with sqlite3.connect(made.catalog) as source, sqlite3.connect(service[1].catalog) as target:
        source.backup(target)
    queue = Queue(*service)
    for name, pointer, reason, rank, value in DOUBTS:
        add = "INSERT INTO reviews (sha256, pointer, reason, rank, parsed, state) VALUES (?, ?, ?, ?, ?, 'open')"
        queue.ask(add, queue.sha256(name), pointer, reason, rank, json.dumps(value))
    return queue


@pytest.fixture
def page(watch: Callable[[str], Watched], queue: Queue) -> Page:
    """A page of that service."""
    found: Page = watch(queue.url).page()
    return found


def begin(page: Page) -> None:
    """Go to the first item."""
    page.goto("/archive/queue")
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_selector("main[data-ready]")
    expect(page.locator("#accept")).to_be_focused()


def asked(page: Page) -> int:
    """The item that the page asks about."""
    return int(parse_qs(urlsplit(page.url).query)["review"][0])


def press(page: Page, key: str) -> None:
    """A key that leads to another item."""
    before = page.url
    if key == "Enter":
        page.wait_for_timeout(600)  # one that comes at once was meant for the item before
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before and "review=" in url)
    ready(page)


def test_what_is_likely_wrong_comes_first(page: Page, queue: Queue) -> None:
    """Skipping walks through all items in their order, what is more likely wrong first, and ends with how many are left."""
    expected = queue.open()
    ranks = dict(queue.ask("SELECT id, rank FROM reviews"))
    assert len({ranks[item] for item in expected}) > 1
    begin(page)
    seen = [asked(page)]
    for _ in expected[1:]:
        press(page, "s")
        seen.append(asked(page))
    assert seen == expected
    page.keyboard.press("s")
    expect(page.locator("main")).to_contain_text(f"còn {len(expected)} giá trị đã bỏ qua")
    expect(page.locator("a.button.main")).to_be_focused()  # the page is there: Enter leads on
    page.keyboard.press("Enter")  # start again
    ready(page)
    assert asked(page) == expected[0]
    assert queue.open() == expected


def test_accept_correct_next_by_keyboard(page: Page, queue: Queue) -> None:
    """Enter accepts, E types another value, P looks at the one before; each answer is on record and not asked again."""
    doubtful = [
        row[0] for row in queue.ask("SELECT id FROM reviews WHERE state = 'open' AND reason = 'likely' ORDER BY id")
    ]
    first, second, third = (int(str(item)) for item in doubtful[:3])
    queue.ask("UPDATE reviews SET rank = 1 WHERE id IN (?, ?, ?)", first, second, third)
    queue.ask("UPDATE reviews SET pointer = '/place' WHERE id = ?", second)
    begin(page)
    assert asked(page) == queue.open()[0]
    while asked(page) != first:
        press(page, "s")
    value = page.locator("#asked .value").inner_text()
    press(page, "Enter")
    expect(page.locator("#done")).to_contain_text("Đã xong")
    assert asked(page) == second
    page.keyboard.press("e")
    expect(page.locator("#right")).to_be_focused()
    page.keyboard.type("Lạc Sơn")
    press(page, "Enter")
    assert asked(page) == third
    on_record = queue.ask("SELECT pointer, action, value, person FROM corrections ORDER BY id")
    pointer = queue.ask("SELECT pointer FROM reviews WHERE id = ?", first)[0][0]
    assert [(row[0], row[1], row[3]) for row in on_record] == [(pointer, "set", "local"), ("/place", "set", "local")]
    assert value in str(on_record[0][2]).encode().decode("unicode_escape")
    assert (
        queue.ask("SELECT state, closed_by FROM reviews WHERE id IN (?, ?)", first, second) == [("closed", "local")] * 2
    )
    press(page, "p")
    assert asked(page) == second
    expect(page.locator("#asked")).to_contain_text("Đã quyết định (Người dùng máy này)")
    assert page.locator('#fields [data-edit="/place"] .value').inner_text() == "Lạc Sơn"
    begin(page)
    assert asked(page) not in (first, second)


def test_a_doubled_enter_answers_once(page: Page, queue: Queue) -> None:
    """The second one was meant for no value that was read; and the line above says what was set, and where."""
    begin(page)
    while page.locator("#asked .value").count() == 0:
        press(page, "s")
    value, left = page.locator("#asked .value").inner_text(), len(queue.open())
    press(page, "Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    assert len(queue.open()) == left - 1
    expect(page.locator("#done")).to_contain_text(f"= {value}")


def test_the_value_is_lit_where_it_stands(page: Page, queue: Queue) -> None:
    """The value that is asked about is lit and in sight, in the fields and in the document."""
    begin(page)
    while not queue.ask("SELECT 1 FROM reviews WHERE id = ? AND pointer = '/issued_on'", asked(page)):
        press(page, "s")
    expect(page.locator("#fields .on").first).to_be_in_viewport()
    expect(page.locator("#view .pane:not([hidden]) .on").first).to_be_in_viewport()


def test_an_issue_that_was_seen_is_settled_without_a_correction(page: Page, queue: Queue) -> None:
    """What the issue is about stays as it is; the item is closed and nothing is set."""
    begin(page)
    while not queue.ask("SELECT 1 FROM reviews WHERE id = ? AND reason LIKE 'issue:%'", asked(page)):
        press(page, "s")
    item = asked(page)
    expect(page.locator("#accept")).to_have_text("Đã xem, giữ nguyên")
    press(page, "Enter")
    assert queue.ask("SELECT state, closed_by FROM reviews WHERE id = ?", item) == [("closed", "local")]
    assert queue.ask("SELECT count(*) FROM corrections") == [(0,)]


def test_what_is_no_value_is_refused(watch: Callable[[str], Watched], queue: Queue) -> None:
    """A date that is none stays in the box with what is wrong, and the item stays open."""
    watched = watch(queue.url)
    watched.expected.append("status of 422")
    page: Page = watched.page()
    begin(page)
    while not queue.ask("SELECT 1 FROM reviews WHERE id = ? AND pointer = '/issued_on'", asked(page)):
        press(page, "s")
    item = asked(page)
    page.keyboard.press("e")
    page.keyboard.type("31/2/2022")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Không phải ngày tháng")
    expect(page.locator("#right")).to_have_value("31/2/2022")
    expect(page.locator("#right")).to_be_focused()
    assert item in queue.open()
    page.locator("#right").fill("5/8/2022")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"done={item}" in url)
    assert queue.ask("SELECT value FROM corrections") == [('"2022-08-05"',)]


@pytest.mark.parametrize(("key", "kept"), [("Enter", "person"), ("m", "machine")])
def test_a_later_version_that_disagrees(page: Page, queue: Queue, key: str, kept: str) -> None:
    """A person's value outlives a newer reading; both stand first in the queue, and either can be chosen."""
    sha256 = queue.sha256("cong-van-02.txt")
    page.goto(f"/archive/documents/{sha256}")
    page.locator('#fields [data-edit="/subject"]').click()
    page.locator("#edit-value").fill("việc của người")
    page.keyboard.press("Enter")
    expect(page.locator("form.editor")).to_have_count(0)
    newer = parse((queue.archive.folder / "cong-van-02.txt").read_bytes()).model_copy(
        update={"subject": "việc của máy"}
    )
    engine = open_catalog(str(queue.archive.catalog), create=False)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        write_documents(connection, {sha256: rows_of(newer)})
    engine.dispose()
    subject = "SELECT subject FROM documents WHERE sha256 = ?"
    assert queue.ask(subject, sha256) == [("việc của người",)]
    begin(page)
    expect(page.locator("#asked .value")).to_have_text(["việc của người", "việc của máy"])
    press(page, key)
    assert queue.ask(subject, sha256) == [(f"việc của {'người' if kept == 'person' else 'máy'}",)]
    assert queue.ask("SELECT count(*) FROM reviews WHERE reason = 'disagreement' AND state = 'open'") == [(0,)]
    assert queue.ask("SELECT count(*) FROM corrections") == [(2,)]


def test_letters_are_no_keys_elsewhere(page: Page) -> None:
    """The keys work only while the focus is in the queue's part; Esc goes back there from the document."""
    begin(page)
    before = page.url
    page.locator('#fields [data-edit="/place"]').focus()
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.locator("#accept")).to_be_focused()
    assert page.url == before
    page.keyboard.press("e")
    page.keyboard.press("s")
    expect(page.locator("#right")).to_have_value("s")
    page.keyboard.press("Escape")
    expect(page.locator("#accept")).to_be_focused()
    assert page.url == before


def test_nothing_is_left(page: Page, queue: Queue) -> None:
    """With all decided the page says so."""
    queue.ask("UPDATE reviews SET state = 'closed'")
    page.goto("/archive/queue")
    expect(page.locator("main")).to_contain_text("Không còn giá trị nào cần kiểm tra.")
    page.get_by_role("link", name="Về trang tìm").click()
    expect(page.locator("#q")).to_be_visible()


def test_an_answer_that_cannot_be_written(watch: Callable[[str], Watched], queue: Queue, tmp_path: Path) -> None:
    """When the database fails the person is told, and nothing is lost or half written."""
    watched = watch(queue.url)
    watched.expected.append("status of 503")
    page: Page = watched.page()
    begin(page)
    expected = queue.open()
    queue.ask("ALTER TABLE corrections RENAME TO corrections_away")
    queue.ask("ALTER TABLE reviews RENAME TO reviews_away")
    page.wait_for_timeout(600)  # one that comes at once was meant for the item before
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Chưa mở được kho văn bản")
    queue.ask("ALTER TABLE reviews_away RENAME TO reviews")
    queue.ask("ALTER TABLE corrections_away RENAME TO corrections")
    assert queue.open() == expected


@pytest.mark.parametrize("width", [1300, 390])
def test_axe_finds_nothing(watch: Callable[[str], Watched], queue: Queue, width: int) -> None:
    """No finding of axe-core on an item; as on a phone all three parts are in sight and nothing runs off the side."""
    page: Page = watch(queue.url).page(width, 850)
    begin(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for part in ("#asked", "#view", "#fields"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["height"] > 100
        assert box["y"] + box["height"] <= 851
