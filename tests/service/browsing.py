"""Headless Chromium on the real service; whatever a page logs as an error or asks of elsewhere fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.service.serving import Served

playwright = pytest.importorskip("playwright.sync_api", reason="needs the development group (playwright)")

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=vi", "--host-resolver-rules=MAP *.test 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """One browser for the tests of a module; closed before others, which run event loops of their own."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as run:
        found = run.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


class Watched:
    """Pages whose errors and requests are noted."""

    def __init__(self, browser: playwright.Browser, url: str) -> None:
        self._browser = browser
        self._contexts: list[playwright.BrowserContext] = []
        self.url = url
        self.trouble: list[str] = []
        self.expected: list[str] = []  # parts of console lines that a test means to cause, such as a status of 422

    def page(self, width: int = 1300, height: int = 850, **options: object) -> playwright.Page:
        """A page in a context of its own."""
        context = self._browser.new_context(
            base_url=self.url, viewport={"width": width, "height": height}, accept_downloads=True, **options
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("request", self._request)
        return page

    def _console(self, message: playwright.ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"{message.type}: {message.text}")

    def _request(self, request: playwright.Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.url:
            self.trouble.append(f"request to {request.url}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def watched(browser: playwright.Browser, served: Served) -> Iterator[Watched]:
    """Pages of the shared service."""
    found = Watched(browser, served.url)
    yield found
    found.close()
    left = [line for line in found.trouble if not any(part in line for part in found.expected)]
    assert not left


@pytest.fixture
def watch(browser: playwright.Browser) -> Iterator[Callable[[str], Watched]]:
    """Pages of a service with settings of its own."""
    made: list[Watched] = []

    def _watch(url: str) -> Watched:
        made.append(Watched(browser, url))
        return made[-1]

    yield _watch
    for found in made:
        found.close()
        assert not [line for line in found.trouble if not any(part in line for part in found.expected)]


@pytest.fixture
def page(watched: Watched) -> playwright.Page:
    """A page at desktop width."""
    return watched.page()
