"""A document's place in the order newest first, as one number: the search index is kept in that order."""

from __future__ import annotations

import hashlib
from typing import Final

from vnadmin.index.search.query_dates import Period

# The index holds for each word of a document how far its position is from the one before: 41 bits take a fifth more.
_HASH_BITS: Final = 24
_LAST_DAY: Final = (1 << 22) - 1  # more than that of the year 9999
BEHIND_ALL: Final = 1 << (22 + _HASH_BITS + 1)


def position(issued_on: str | None, sha256: str) -> int:
    """Smaller is newer; documents of one day follow each other by their content, undated ones come last.

    The same for a document in every catalogue, whenever it was indexed, but where two of one day have the same tail. 46
    bits: a row number for both databases.
    """
    tail = int.from_bytes(hashlib.blake2b(sha256.encode(), digest_size=8).digest()) >> (64 - _HASH_BITS)
    return (_LAST_DAY - _day(issued_on) << _HASH_BITS) | tail


def positions(period: Period) -> list[tuple[int, int]]:
    """Where a period's documents stand, as (first, behind the last): one stretch, and one for each overlapping date.

    The first stretch is the period's own; documents without a date are in none.
    """
    first = 0 if period.end is None else _begin(_day(period.end) - 1)
    behind = _begin(_day(period.start) - 1) if period.start else _begin(0)
    single = [(_begin(_day(date)), _begin(_day(date) - 1)) for date in period.overlapping]
    return [(first, behind), *single]


def _day(date: str | None) -> int:
    """Days numbered with room for dates that lack day or month: `2021-09` is before `2021-09-01`; 0 without a date."""
    if not date:
        return 0
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    return (year * 14 + month) * 32 + day


def _begin(day: int) -> int:
    """The position at which the documents of a day begin."""
    return _LAST_DAY - day << _HASH_BITS
