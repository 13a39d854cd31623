"""Shares: what all keys have together, of which one alone takes at most half."""

from __future__ import annotations

from collections import Counter


class Shares:
    """So much of something: places, bytes. With one key (or none) that has all of it."""

    def __init__(self, limit: int, keys: int) -> None:
        self._limit = limit
        self._share = limit if keys < 2 else max(1, limit // 2)
        self._taken: Counter[str] = Counter()

    def fits(self, taken: int, of_owner: int, size: int) -> bool:
        """Whether so much more may be taken, where all have taken so much, and the owner."""
        return taken + size <= self._limit and of_owner + size <= self._share

    def take(self, owner: str, size: int) -> bool:
        """Take so much, if there is so much."""
        if not self.fits(self._taken.total(), self._taken[owner], size):
            return False
        self._taken[owner] += size
        return True

    def give(self, owner: str, size: int) -> None:
        """Give so much back."""
        self._taken[owner] -= size
        if not self._taken[owner]:
            del self._taken[owner]
