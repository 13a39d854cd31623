"""Every place of a word in a text, at the speed of `str.find`: some ten times that of a pattern of many words."""

from __future__ import annotations


def find_all(text: str, word: str, start: int, end: int) -> list[int]:
    """Where a word stands between two positions; places do not overlap."""
    found: list[int] = []
    at = text.find(word, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word), end)
    return found
