"""The review page where things go wrong, and what it must not do: keep, leak or run what is in a document."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.review.pages import SAMPLES, edit, leaf, open_sample, ready, saved, upload
from tests.service.serving import Served
from vnadmin_service.guard import new_key


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(watched: object, width: int, language: str) -> None:
    """No finding of axe-core, serious or not, on the first page, a PDF, a text with an open editor, a problem."""
    page: Page = watched.page(width, 850)  # type: ignore[attr-defined]
    watched.expected.append("status of 4")  # type: ignore[attr-defined]
    # axe is put into the page by script, so that its own policy stays in force for everything else
    page.goto(f"/?lang={language}")
    _clean(page)
    page.click("button[value='thong-bao.pdf']")
    ready(page)
    _clean(page)
    open_sample(page, "cong-van.txt")
    edit(page, "/place", "Tân An")
    saved(page, "/place", "Tân An")
    leaf(page, "/subject").click()
    page.locator("#edit-value").wait_for()
    page.locator("details.menu summary").first.click()
    _clean(page)
    upload(page, "a.bin", bytes(range(256)) * 8)
    page.get_by_role("alert").wait_for()
    _clean(page)


def _clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("name", "data", "status", "told"),
    [
        ("a.txt", b"", 422, "Tệp rỗng"),
        ("a.bin", bytes(range(256)) * 8, 415, "Không đọc được định dạng này"),
        ("a.docx", SAMPLES["to-trinh.docx"][:4000], 422, "Tệp bị hỏng"),
        ("a.pdf", SAMPLES["thong-bao.pdf"][:300], 422, "Tệp bị hỏng"),
    ],
)
def test_unreadable_files(watched: object, name: str, data: bytes, status: int, told: str) -> None:
    """What cannot be read is said in the reader's language, under the status that the API would answer."""
    watched.expected.append(f"status of {status}")  # type: ignore[attr-defined]
    page: Page = watched.page()  # type: ignore[attr-defined]
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status))
    upload(page, name, data)
    expect(page.get_by_role("alert")).to_contain_text(told)
    assert status in answers
    page.get_by_role("link", name="Mở văn bản khác").click()
    expect(page.locator("#upload")).to_be_visible()


def test_too_large_is_not_sent(page: Page) -> None:
    """A file over the limit is refused before it is sent, with the limit."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    upload(page, "a.txt", b"a" * 3_000_001)
    expect(page.locator("#upload-problem")).to_have_text("Tệp lớn hơn 2 MB.")
    assert "POST" not in sent


def test_a_long_reading_shows_itself_and_can_be_cancelled(
    serve: Callable[..., Served], watch: Callable[[str], object], slow_text: bytes
) -> None:
    """A document that takes long (5 MB, some seconds) shows that it is being read, and stops when told to."""
    watched = watch(serve().url)
    page: Page = watched.page()  # type: ignore[attr-defined]
    watched.expected.append("status of 404")  # type: ignore[attr-defined]
    upload(page, "lâu.txt", slow_text * 2)
    expect(page.locator("#reading progress")).to_be_visible()
    expect(page.locator("#so-far")).to_contain_text("giây")
    address = page.url
    page.get_by_role("button", name="Hủy").click()
    expect(page.locator("#upload")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("đã được đóng")


@pytest.mark.parametrize(("seconds", "kept"), [(0.0, True), (4.0, False)])
def test_closing_costs_a_process_only_where_it_would_not_end(
    serve: Callable[..., Served], seconds: float, kept: bool
) -> None:
    """Who opens and closes again and again does not have others wait for new processes; one that stays at work is stopped."""
    service = serve()
    with httpx.Client(base_url=service.url, timeout=900) as client:

        def opened() -> str:
            return client.post("/review", files={"file": ("a.txt", "Kính gửi: Sở Nội vụ".encode())}).headers["location"]

        def read() -> None:
            address = opened()
            while client.get(f"{address}/state").json()["status"] == "reading":
                time.sleep(0.1)

        read()
        with service.frozen() as before:
            client.post(f"{opened()}/close")
            time.sleep(seconds)
        read()
    assert (service.workers() == before) == kept


def test_it_opens_by_itself(serve: Callable[..., Served], watch: Callable[[str], object], slow_text: bytes) -> None:
    """When the reading is done the document opens without a touch."""
    page: Page = watch(serve().url).page()  # type: ignore[attr-defined]
    upload(page, "lâu.txt", slow_text[: len(slow_text) // 6].rsplit(b"\n", 1)[0])
    expect(page.locator("#field-list")).to_be_visible(timeout=900_000)


def test_closed_is_forgotten(watched: object) -> None:
    """After `Đóng và xóa` neither the document nor a download is there."""
    watched.expected.append("status of 404")  # type: ignore[attr-defined]
    page: Page = watched.page()  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")
    address = page.url
    page.get_by_role("button", name="Đóng và xóa").click()
    expect(page.locator("#upload")).to_be_visible()
    assert page.request.get(f"{address}/download/machine.json").status == 404
    page.goto(address)
    expect(page.get_by_role("heading", name="Văn bản không còn ở đây")).to_be_visible()


def test_unused_is_forgotten(serve: Callable[..., Served], watch: Callable[[str], object]) -> None:
    """A document that nobody used for the time that is set is gone; one more open than allowed is refused."""
    service = serve(review_keep_minutes=0.05, review_max_open=1)
    watched = watch(service.url)
    watched.expected.append("status of 404")  # type: ignore[attr-defined]
    watched.expected.append("status of 503")  # type: ignore[attr-defined]
    page: Page = watched.page()  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")
    address = page.url
    page.goto("/")
    page.click("button[value='cong-van.txt']")
    expect(page.get_by_role("alert")).to_contain_text("Máy chủ đang bận")
    page.wait_for_timeout(3500)  # the time to live is 3 s
    open_sample(page, "cong-van.txt")
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("bị xóa vì lâu không dùng")


def test_each_key_has_its_own_documents(serve: Callable[..., Served], watch: Callable[[str], object]) -> None:
    """The browser asks for the key; a document is there only for the key that opened it."""
    (mine, my_entry), (yours, your_entry) = new_key("mine"), new_key("yours")
    service = serve(api_keys=f"{my_entry},{your_entry}")
    watched = watch(service.url)
    for status in ("401", "404"):
        watched.expected.append(f"status of {status}")  # type: ignore[attr-defined]
    bare: Page = watched.page()  # type: ignore[attr-defined]
    assert bare.request.get("/").status == 401
    page: Page = watched.page(http_credentials={"username": "", "password": mine})  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")
    other: Page = watched.page(http_credentials={"username": "", "password": yours})  # type: ignore[attr-defined]
    other.goto(page.url)
    expect(other.get_by_role("heading", name="Văn bản không còn ở đây")).to_be_visible()


def test_a_lost_process(serve: Callable[..., Served], watch: Callable[[str], object], slow_text: bytes) -> None:
    """When the process that reads a document dies, the page says so and the next document opens."""
    service = serve(workers=1, review_workers=1)
    watched = watch(service.url)
    watched.expected.append("status of 500")  # type: ignore[attr-defined]
    page: Page = watched.page()  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")  # now its process has started
    page.goto("/")
    upload(page, "lâu.txt", slow_text * 2)
    expect(page.locator("#reading")).to_be_visible()
    for worker in service.workers():  # the one that reads, and those that do nothing
        os.kill(worker, signal.SIGKILL)
    expect(page.get_by_role("alert")).to_contain_text("Tiến trình đọc văn bản bị dừng", timeout=900_000)
    open_sample(page, "cong-van.txt")


def test_nothing_of_a_document_is_logged(page: Page, served: Served) -> None:
    """Neither a document's text, nor its name, nor a correction, nor the address of the page stands in the log."""
    upload(page, "bi-mat-ten-tep.txt", SAMPLES["cong-van.txt"])
    ready(page)
    edit(page, "/place", "Bí Mật Mới")
    saved(page, "/place", "Bí Mật Mới")
    secret = page.url.rpartition("/")[2]
    for word in ("bi-mat-ten-tep", "Bí Mật Mới", "Tân Lương", secret):
        assert word not in served.lines


def test_headers(page: Page) -> None:
    """The page may load its own files only, run no inline script or style, and is kept by no cache."""
    answer = page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    script = page.request.get(page.locator("link[rel=stylesheet]").last.get_attribute("href") or "")
    assert "immutable" in script.headers["cache-control"]
    assert page.request.get("/review/static/review.css").headers["cache-control"] == "no-cache"
