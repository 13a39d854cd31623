"""The review page's tests use a real browser."""

from __future__ import annotations

from tests.service.browsing import browser, page, watch, watched

__all__ = ["browser", "page", "watch", "watched"]
