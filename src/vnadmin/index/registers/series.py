"""Numbers of one register grow with their days: what does not fit is missing, double, out of order or misread.

An office numbers what it issues from 01 at the first day of a year, one after the other (Decree 30/2020, article 15). A number that is
issued later is never smaller, so the longest row of numbers whose days do not fall is taken for right, and what stands outside it is
looked at: a figure that engines and eyes take for another (1, 4 and 7; 3 and 8; 0 and 6) may put it in its place.

Where many numbers are given on one day a misread number fits its neighbours, too: it leaves a number without a document and gives
another one two. So a missing number is sure only where no entry that is double or out of order may have been it, and a double only
where none of its entries may have been another number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Literal

# Figures that are taken for each other where a hand wrote them: a 1 with a long upstroke is read as 4 or 7
ALIKE: Final = ("147", "38", "06")
_NEXT: Final = 3  # numbers behind the last that a misread last one may have been
_OPEN: Final = "9"  # sorts behind every day
_LEAP: Final = 10  # missing numbers before a last one that make it doubtful
_OTHERS: Final = {figure: group.replace(figure, "") for group in ALIKE for figure in group}


@dataclass(frozen=True)
class Entry:
    """A document in a register.

    Attributes:
        key: what the caller knows it by.
        number: the number without what follows it: 30 of `30c`.
        suffix: a letter behind it: `c` of `30c`, a number of its own between 30 and 31.
        day: the day of issue, ISO 8601; None where it is not known whole.
        about: what tells one letter from another of the same number, such as its subject's key.
    """

    key: int
    number: int
    suffix: str = ""
    day: str | None = None
    about: str = ""


@dataclass(frozen=True)
class Double:
    """Entries of one number.

    Attributes:
        number: the number that they share.
        suffix: and the letter behind it.
        entries: two or more.
        copies: all have the same day and subject, so they are one letter in several files.
        sure: the number was given twice: their days fit, and none of them may have been another number.
    """

    number: int
    suffix: str
    entries: tuple[Entry, ...]
    copies: bool
    sure: bool


@dataclass(frozen=True)
class Proposal:
    """What one figure read otherwise would make of an entry that does not fit: offered, never carried out by itself."""

    entry: Entry
    field: Literal["number", "day"]
    value: str


@dataclass(frozen=True)
class Findings:
    """What a register shows.

    Attributes:
        entries: how many there are.
        last: the highest number that fits; 0 where none is.
        gaps: missing numbers, as first and last of each stretch, from 1 on.
        possible_gaps: missing numbers that an entry which is double or out of order may have been.
        doubles: numbers that several contents bear.
        out_of_order: entries whose day falls outside those of their neighbours.
        proposals: for entries that do not fit, where exactly one reading fits.
    """

    entries: int
    last: int
    gaps: tuple[tuple[int, int], ...]
    possible_gaps: tuple[tuple[int, int], ...]
    doubles: tuple[Double, ...]
    out_of_order: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]


def look_through(entries: Sequence[Entry]) -> Findings:
    """What one register shows; the order of its entries does not matter."""
    ordered = sorted(entries, key=lambda entry: (entry.number, entry.suffix, entry.day or "", entry.key))
    row = _fitting_row(ordered)
    outside = tuple(entry for entry in ordered if entry.day is not None and entry.key not in row)
    strange = {entry.key for entry in outside}
    shared = tuple(_shared(ordered))
    numbers = {entry.number for entry in ordered}
    doubtful = {entry.key: entry for entry in (*outside, *(entry for alike in shared for entry in alike))}
    missing = {key: _missing(entry, row, numbers) for key, entry in doubtful.items()}
    doubles = tuple(_double(alike, row, strange) for alike in _same(ordered))
    proposals = tuple(_proposals(ordered, row, strange, shared, missing))
    moved = {each.entry.key: int(each.value) for each in proposals if each.field == "number"}
    there = {moved.get(entry.key, entry.number) for entry in ordered}
    in_place = (each for each in ordered if each.key in moved or each.key not in strange)
    last = max((moved.get(each.key, each.number) for each in in_place), default=0)
    still = (entry for key, entry in doubtful.items() if key not in moved)
    maybe = {number for entry in still for number in _missing(entry, row, there, wide=True)}
    gaps = list(_gaps(there | maybe, last))
    to = _sure_to(row, last)
    sure = [gap for gap in gaps if gap[1] <= to]
    possible = sorted([*_stretches(sorted(number for number in maybe if number <= last)), *gaps[len(sure) :]])
    return Findings(len(ordered), last, tuple(sure), tuple(possible), doubles, outside, proposals)


def readings(figures: str) -> Iterator[str]:
    """What figures may have been where one of them was taken for another: 40, 70 and 16 for `10`."""
    for at, figure in enumerate(figures):
        for other in _OTHERS.get(figure, ""):
            yield f"{figures[:at]}{other}{figures[at + 1 :]}"


def _longest_row(dated: Sequence[Entry]) -> list[Entry]:
    """The most entries, in order of their numbers, whose days do not fall (patience sorting, n log n)."""
    ends: list[str] = []  # the earliest day on which a row of each length ends
    at: list[int] = []
    before: list[int | None] = []
    for index, entry in enumerate(dated):
        day = entry.day or ""
        length = bisect_right(ends, day)
        before.append(at[length - 1] if length else None)
        if length == len(ends):
            ends.append(day)
            at.append(index)
        else:
            ends[length], at[length] = day, index
    found: list[Entry] = []
    step = at[-1] if at else None
    while step is not None:
        found.append(dated[step])
        step = before[step]
    return found[::-1]


class _Row:
    """The entries that are taken for right, in order of their numbers and days."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._numbers = [entry.number for entry in entries]
        self._places = {entry.key: place for place, entry in enumerate(entries)}

    def __contains__(self, key: int) -> bool:
        return key in self._places

    def drop_last(self) -> None:
        """Without its last entry."""
        del self._places[self.entries.pop().key]
        self._numbers.pop()

    def bounds(self, number: int, besides: Entry, *, wide: bool = False) -> tuple[str, str]:
        """The days between which a number was issued, as all entries but one say; open ends are empty and `9`.

        Args:
            wide: without the nearest entry on each side, too, which may be wrong itself.
        """
        own = self._places.get(besides.key)
        low, high = bisect_left(self._numbers, number) - 1, bisect_right(self._numbers, number)
        low -= (low == own) + wide
        high += (high == own) + wide
        earliest = self.entries[low].day or "" if low >= 0 else ""
        return earliest, (self.entries[high].day or _OPEN if high < len(self.entries) else _OPEN)

    def fits(self, number: int, entry: Entry, *, wide: bool = False) -> bool:
        """Whether the entry may have been this number, as its day and the other entries say; any within the row without a day."""
        last = len(self.entries) - 1
        last -= last == self._places.get(entry.key)
        if number <= 0 or last < 0 or number - self._numbers[last] > _NEXT:
            return False
        earliest, latest = self.bounds(number, entry, wide=wide)
        return entry.day is None or earliest <= entry.day <= latest


def _fitting_row(ordered: Sequence[Entry]) -> _Row:
    """The longest row without a last number far behind the others that another reading puts next to them: `755` after `554`."""
    row = _Row(_longest_row([entry for entry in ordered if entry.day is not None]))
    numbers = {entry.number for entry in ordered}
    entries = row.entries
    while len(entries) > 2 and entries[-1].number - entries[-2].number > _LEAP and _missing(entries[-1], row, numbers):
        row.drop_last()
    return row


def _missing(entry: Entry, row: _Row, numbers: AbstractSet[int], *, wide: bool = False) -> list[int]:
    """What the entry's number may have been, as its day says, but for these numbers."""
    read = {int(each) for each in readings(str(entry.number))}
    return [each for each in sorted(read - numbers) if row.fits(each, entry, wide=wide)]


def _sure_to(row: _Row, last: int) -> int:
    """Up to where gaps are sure: a last number behind a gap may be misread as another one that is there."""
    entries = row.entries
    if len(entries) > 1 and entries[-1].number == last and _missing(entries[-1], row, frozenset()):
        return entries[-2].number
    return last


def _same(ordered: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Entries of one number, two or more."""
    for _, group in groupby(ordered, key=lambda entry: (entry.number, entry.suffix)):
        alike = tuple(group)
        if len(alike) > 1:
            yield alike


def _are_copies(alike: Sequence[Entry]) -> bool:
    return len({(entry.day, entry.about) for entry in alike}) == 1 and bool(alike[0].about)


def _shared(ordered: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Entries of one number that are no copies of one letter."""
    return (alike for alike in _same(ordered) if not _are_copies(alike))


def _double(alike: tuple[Entry, ...], row: _Row, strange: AbstractSet[int]) -> Double:
    is_sure = not any(_missing(entry, row, frozenset()) or entry.key in strange for entry in alike)
    return Double(alike[0].number, alike[0].suffix, alike, _are_copies(alike), is_sure)


def _proposals(
    ordered: Sequence[Entry],
    row: _Row,
    strange: AbstractSet[int],
    shared: Sequence[tuple[Entry, ...]],
    missing: Mapping[int, list[int]],
) -> Iterator[Proposal]:
    """One reading for each entry that does not fit, where exactly one does.

    An entry that shares its number fits otherwise only where its namesake does not: else nobody can tell which of the two was misread.
    """
    found = {key: numbers for key, numbers in missing.items() if numbers}
    for alike in shared:
        able = [entry for entry in alike if entry.key in found]
        for entry in able:
            if len(able) > 1 or entry.day is None:
                del found[entry.key]
    claims = Counter(number for numbers in found.values() for number in numbers)
    namesakes = {alike[0].number for alike in shared}
    for entry in ordered:
        numbers = found.get(entry.key, [])
        days = _days(entry, row) if entry.key in strange and entry.number not in namesakes else []
        # few numbers are missing: one that fits says more than a day that does
        if len(numbers) == 1 and claims[numbers[0]] == 1:
            yield Proposal(entry, "number", str(numbers[0]))
        elif len(days) == 1 and not numbers:
            yield Proposal(entry, "day", days[0])


def _days(entry: Entry, row: _Row) -> list[str]:
    """Days that the entry's may have been, and that its number fits."""
    year, month, day = (entry.day or "").split("-")
    earliest, latest = row.bounds(entry.number, entry)
    if not earliest or latest == _OPEN:
        return []
    found = {
        f"{year}-{each}"
        for each in (*(f"{m}-{day}" for m in readings(month)), *(f"{month}-{d}" for d in readings(day)))
    }
    return [each for each in sorted(found) if earliest <= each <= latest and is_day(each)]


def is_day(text: str) -> bool:
    """Whether there is such a day: not `2022-02-30`."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _gaps(there: set[int], last: int) -> Iterator[tuple[int, int]]:
    """Stretches of numbers from 1 to the last that nothing bears."""
    before = 0
    for number in sorted(each for each in there if 0 < each <= last):
        if number > before + 1:
            yield before + 1, number - 1
        before = number


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as first and last of those that follow on each other."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
