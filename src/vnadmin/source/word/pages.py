"""Formatted disk pages: which property modifiers stand on which bytes of the text (MS-DOC 2.9.33, 2.9.174)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from vnadmin.source.word.binary import cut, numbers, u16
from vnadmin.source.word.fib import Part

_PAGE = 512


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Runs of the file, by where each begins, and their modifiers; runs never overlap."""

    starts: list[int]
    values: list[bytes]

    def at(self, position: int) -> int:
        """The number of the run that holds this byte; -1 before the first."""
        return bisect_right(self.starts, position) - 1


def read_exceptions(word: bytes, table: bytes, part: Part, word97: bool, paragraphs: bool) -> Exceptions:
    """All runs that a bin table lists. A paragraph's value begins with the two bytes of its style."""
    plc = cut(table, part.at, part.at + part.size)
    number_size = 4 if word97 else 2
    count = max((len(plc) - 4) // (4 + number_size), 0)
    found: list[tuple[int, bytes]] = []
    seen: set[int] = set()
    for k in range(count):
        at = 4 * (count + 1) + number_size * k
        number = (u16(plc, at) | (u16(plc, at + 2) & 0x3F) << 16) if word97 else u16(plc, at)
        page = cut(word, number * _PAGE, (number + 1) * _PAGE)
        if len(page) == _PAGE and number not in seen:
            seen.add(number)
            found += _page_runs(page, word97, paragraphs)
    found.sort(key=lambda run: run[0])
    return Exceptions([start for start, _ in found], [value for _, value in found])


def _page_runs(page: bytes, word97: bool, paragraphs: bool) -> list[tuple[int, bytes]]:
    count = page[_PAGE - 1]
    step = (13 if word97 else 7) if paragraphs else 1
    if 4 * (count + 1) + step * count > _PAGE:
        return []
    starts = numbers(page, 0, count + 1)
    runs: list[tuple[int, bytes]] = []
    values: dict[int, bytes] = {0: b""}  # by their places: runs that are set alike share one
    for k in range(count):
        if starts[k] >= starts[k + 1]:
            continue
        at = 2 * page[4 * (count + 1) + step * k]
        if at not in values:
            values[at] = _value(page, at, word97, paragraphs)
        runs.append((starts[k], values[at]))
    if runs:
        runs.append((starts[count], b""))
    return runs


def _value(page: bytes, at: int, word97: bool, paragraphs: bool) -> bytes:
    size = page[at]
    if not paragraphs:
        return cut(page, at + 1, at + 1 + size)
    if not word97:
        return cut(page, at + 1, at + 1 + 2 * size)
    if size:
        return cut(page, at + 1, at + 2 * size)
    return cut(page, at + 2, at + 2 + 2 * page[at + 1]) if at + 1 < _PAGE else b""
