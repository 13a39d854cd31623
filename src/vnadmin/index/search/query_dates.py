"""Dates as people type them into a search, as periods of the catalogue's partial ISO dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")  # 2021, 2021-09, 2021-09-25
_LOCAL = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")  # 25/9/2021, 25.9.2021, 9/2021
_COMPARED = re.compile(r"(<=|>=|<|>|≤|≥)?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` until before `end`, as partial ISO dates that sort as text; None: open on that side.

    A document that gives only `2021-09` could be of any day of that month: it counts as inside when its month overlaps.
    """

    start: str | None = None
    end: str | None = None

    @property
    def overlapping(self) -> tuple[str, ...]:
        """The less exact dates that begin before `start` and reach into the period."""
        parts = (self.start or "").split("-")
        return tuple("-".join(parts[:n]) for n in range(1, len(parts)))


def read_period(text: str, field: str) -> Period:
    """The period that `tu:`, `den:`, `ngay:` or `han:` asks for.

    `from` and `to` take a date; `on` and `deadline` a date, a comparison (`<2022-06-30`) or a range (`2021..2022-06`).

    Raises:
        ValueError: it is no date.
    """
    text = text.strip()
    if ".." in text:
        first, _, last = text.partition("..")
        return Period(_date(first) if first else None, _after(_date(last)) if last else None)
    sign, day = _COMPARED.fullmatch(text).groups()  # type: ignore[union-attr]  # matches any text
    date = _date(day)
    sign = {"≤": "<=", "≥": ">=", None: {"from": ">=", "to": "<="}.get(field, "=")}.get(sign, sign)
    match sign:
        case "<":
            return Period(end=date)
        case "<=":
            return Period(end=_after(date))
        case ">":
            return Period(start=_after(date))
        case ">=":
            return Period(start=date)
    return Period(date, _after(date))


def _date(text: str) -> str:
    """A partial ISO date; the day must exist."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _LOCAL.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(text)
    dt.date(int(year), int(month or 1), int(day or 1))
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _after(date: str) -> str:
    """The first date, of the same exactness, that is past the whole of this one."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        try:
            return (dt.date(*parts) + dt.timedelta(days=1)).isoformat()
        except OverflowError:
            return "9999-13"
    if len(parts) == 2:
        year, month = parts
        return f"{year + month // 12:04}-{month % 12 + 1:02}"
    return f"{parts[0] + 1:04}"
