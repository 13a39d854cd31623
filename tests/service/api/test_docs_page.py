"""The page /docs in Chromium: whole from the service, nothing refused by the policy, every operation listed and one tried."""

from __future__ import annotations

from tests.service.api.test_integrators import OPERATIONS
from tests.service.browsing import Watched, browser, page, playwright, watched

__all__ = ["browser", "page", "watched"]  # fixtures


def test_the_page_docs_lists_the_operations_and_tries_one(watched: Watched, page: playwright.Page) -> None:
    """No request leaves the service and the console stays empty, by `Watched`."""
    page.goto("/docs")
    page.locator("#operations-parse-parse").wait_for(timeout=900_000)
    assert page.locator(".opblock").count() == sum(map(len, OPERATIONS.values()))
    page.locator("#operations-about-livez").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table").get_by_text('"alive"').first.wait_for()
