"""Numbers of one register grow with their days: what does not fit is missing, double, out of order or misread.

An office numbers what it issues from 01 at the first day of a year, one after the other (Decree 30/2020, article 15). A number that is
issued later is never smaller, so the longest row of numbers whose days do not fall is taken for right, and what stands outside it is
looked at: a figure that engines and eyes take for another (1, 4 and 7; 3 and 8; 0 and 6) may put it in its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
        fits: their days fit their neighbours', so that the number was given twice; else one of them may be misread.
    """

    number: int
    suffix: str
    entries: tuple[Entry, ...]
    copies: bool
    fits: bool


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
        gaps: missing numbers, as first and last of each stretch, from 1 on, but for those that an entry out of order may have been.
        doubles: numbers that several contents bear.
        out_of_order: entries whose day falls outside those of their neighbours.
        proposals: for entries that do not fit, where exactly one reading fits.
    """

    entries: int
    last: int
    gaps: tuple[tuple[int, int], ...]
    doubles: tuple[Double, ...]
    out_of_order: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]


def look_through(entries: Sequence[Entry]) -> Findings:
    """What one register shows; the order of its entries does not matter."""
    ordered = sorted(entries, key=lambda entry: (entry.number, entry.suffix, entry.day or "", entry.key))
    dated = [entry for entry in ordered if entry.day is not None]
    row = _without_leap(_longest_row(dated), ordered)
    within = {entry.key for entry in row}
    outside = [entry for entry in dated if entry.key not in within]
    strange = {entry.key for entry in outside}
    doubles = tuple(_doubles(ordered, strange))
    proposals = tuple(_proposals(ordered, row, outside, doubles))
    moved = {each.entry.key: int(each.value) for each in proposals if each.field == "number"}
    there = {moved.get(entry.key, entry.number) for entry in ordered}
    there.update(int(each) for entry in outside if entry.key not in moved for each in _numbers(entry, row, there))
    last = max(
        (moved.get(each.key, each.number) for each in ordered if each.key not in strange - moved.keys()), default=0
    )
    return Findings(len(ordered), last, tuple(_gaps(there, last)), doubles, tuple(outside), proposals)


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


def _without_leap(row: list[Entry], ordered: Sequence[Entry]) -> list[Entry]:
    """The row without a last number far behind the others that another reading puts next to them: `755` after `554`."""
    numbers = {entry.number for entry in ordered}
    while len(row) > 2 and row[-1].number - row[-2].number > _LEAP and _numbers(row[-1], row[:-1], numbers):
        row = row[:-1]
    return row


def _bounds(row: Sequence[Entry], number: int) -> tuple[str, str]:
    """The days between which a number was issued; open ends are empty and `9`."""
    numbers = [entry.number for entry in row]
    low, high = bisect_left(numbers, number), bisect_right(numbers, number)
    return (row[low - 1].day or "" if low else ""), (row[high].day or _OPEN if high < len(row) else _OPEN)


def _fits(row: Sequence[Entry], number: int, day: str) -> bool:
    earliest, latest = _bounds(row, number)
    is_within = latest != _OPEN or (bool(row) and number - row[-1].number <= _NEXT)
    return number > 0 and is_within and earliest <= day <= latest


def _doubles(ordered: Sequence[Entry], strange: AbstractSet[int]) -> Iterator[Double]:
    for (number, suffix), group in groupby(ordered, key=lambda entry: (entry.number, entry.suffix)):
        alike = tuple(group)
        if len(alike) > 1:
            copies = len({(entry.day, entry.about) for entry in alike}) == 1 and bool(alike[0].about)
            yield Double(number, suffix, alike, copies, strange.isdisjoint(entry.key for entry in alike))


def _proposals(
    ordered: Sequence[Entry], row: Sequence[Entry], outside: Sequence[Entry], doubles: Sequence[Double]
) -> Iterator[Proposal]:
    """One reading for each entry that does not fit, where exactly one does.

    An entry that shares its number fits otherwise only where its namesake does not: else nobody can tell which of the two was misread.
    """
    numbers = {entry.number for entry in ordered}
    missing = {entry.key: _numbers(entry, row, numbers) for entry in outside}
    kept = {entry.key for entry in row}
    strange = {entry.key for entry in outside}
    for double in doubles:
        if double.copies:
            continue
        for entry in double.entries:
            if entry.key in kept and entry.day is not None:
                missing[entry.key] = _numbers(entry, row, numbers)
        able = [entry for entry in double.entries if missing.get(entry.key)]
        if len(able) > 1:
            for entry in able:
                missing[entry.key] = []
    claimed: defaultdict[str, list[int]] = defaultdict(list)
    for key, found in missing.items():
        for value in found:
            claimed[value].append(key)
    shared = {double.number for double in doubles if not double.copies}
    for entry in ordered:
        found = missing.get(entry.key, [])
        days = _days(entry, row) if entry.key in strange and entry.number not in shared else []
        # few numbers are missing: one that fits says more than a day that does
        if len(found) == 1 and claimed[found[0]] == [entry.key]:
            yield Proposal(entry, "number", found[0])
        elif len(days) == 1 and not found:
            yield Proposal(entry, "day", days[0])


def _numbers(entry: Entry, row: Sequence[Entry], numbers: set[int]) -> list[str]:
    """Missing numbers that the entry's may have been, and that its day fits."""
    others = [other for other in row if other is not entry]
    read = {int(each) for each in readings(str(entry.number))}
    return [str(each) for each in sorted(read - numbers) if _fits(others, each, entry.day or "")]


def _days(entry: Entry, row: Sequence[Entry]) -> list[str]:
    """Days that the entry's may have been, and that its number fits."""
    year, month, day = (entry.day or "").split("-")
    earliest, latest = _bounds(row, entry.number)
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
