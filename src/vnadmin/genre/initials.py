"""Tells for which words of a name the letters of a notation stand: `SLĐTBXH` for SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_WORD = pattern(r"[^\W_]+")
_GROUP = pattern(r"[/.-]")
_SMALL = frozenset({"va", "cua", "cac", "nuoc"})  # words that initials may leave out
_LEADING = 2  # words before the first initial: "TRƯỜNG | ĐẠI HỌC TÂY ĐÔ" is ĐHTĐ
_LEADING_PRICE = 2


class Initials(NamedTuple):
    """Where the letters of a code stand in the lines of a name: the first and the last line, and what was passed over."""

    first: int
    last: int
    price: int
    length: int

    @property
    def is_close(self) -> bool:
        """Three letters or more of which hardly one was passed over: no chance meeting."""
        return self.length > 2 and self.price <= 1


def codes_of(notation: str) -> list[str]:
    """The groups of a notation that may stand for a body, bare: `15/QĐ-SXD` gives `qd`, `sxd`."""
    groups = (bare(group).strip() for group in _GROUP.split(notation))
    return [group for group in groups if len(group) > 1 and not group.isdigit()]


def find_initials(code: str, lines: Sequence[str]) -> Initials | None:
    """The shortest way to read a code off the initials of a name that begins on one of the lines.

    Abbreviations give all their letters (`THPT`), words like `và` none of necessity. A way that passes over more
    letters than the code has is none.
    """
    best: Initials | None = None
    for first in range(len(lines)):
        letters = [
            (letter, at, small) for at, line in enumerate(lines) if at >= first for letter, small in _letters(line)
        ]
        starts = [index for index, (letter, at, _) in enumerate(letters) if letter == code[0] and at == first]
        for start in starts[: _LEADING + 1]:
            found = _read(code, letters, start)
            if found and start <= _LEADING and found[0] <= len(code):
                price, last = found
                if best is None or price < best.price or (price == best.price and first > best.first):
                    best = Initials(first, last, price, len(code))
    return best


def _read(code: str, letters: Sequence[tuple[str, int, bool]], start: int) -> tuple[int, int] | None:
    """What is passed over to read the code from `start` on, and the line of its last letter."""
    price, at = start * _LEADING_PRICE, start
    last = letters[start][1]
    for wanted in code[1:]:
        at += 1
        while at < len(letters) and letters[at][0] != wanted:
            price += not letters[at][2]
            at += 1
        if at == len(letters):
            return None
        last = letters[at][1]
    return price, last


@lru_cache(maxsize=256)
def _letters(line: str) -> tuple[tuple[str, bool], ...]:
    """The letters of a line that initials may take, each with whether they may leave it out at no price."""
    found: list[tuple[str, bool]] = []
    for match in _WORD.finditer(fold(line)):
        word = bare(match[0])
        if word in _SMALL:
            found.append((word[0], True))
        elif is_syllable(match[0]):
            found.append((word[0], False))
        else:
            found.extend((letter, False) for letter in word)
    return tuple(found)
