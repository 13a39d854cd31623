"""Which of two instruments is the older: by their years, in one year by their places in a series."""

from __future__ import annotations

from typing import Final

from vnadmin.citation.mention.mention import Sighting, number_year
from vnadmin.text.pattern import pattern

_DAY: Final = 10  # characters of a whole date
_SEQUENCE = pattern(r"(?P<place>\d{1,5})/(?:19|20)\d\d/(?P<series>.+)")


def is_law(sighting: Sighting) -> bool:
    """Whether a mention is of a law or the Constitution."""
    return sighting.kind in ("law", "constitution")


def is_older(one: Sighting, other: Sighting) -> bool:
    """Whether the year or, in one year, the place in the series or the day shows that one act came before another of its type."""
    year, later = year_of(one), year_of(other)
    if year is None or later is None or year != later:
        return year is not None and later is not None and year < later
    place, further = _sequence(one), _sequence(other)
    if place is not None and further is not None and place[1] == further[1]:
        return place[0] < further[0]
    days = [sighting.date.value for sighting in (one, other) if sighting.date and len(sighting.date.value) == _DAY]
    return len(days) == 2 and days[0] < days[1]


def _sequence(sighting: Sighting) -> tuple[int, str] | None:
    """The place of an act in its issuer's series of the year, and the series: 78 and `NĐ-CP` of `78/2025/NĐ-CP`."""
    match = _SEQUENCE.match(sighting.number.value) if sighting.number else None
    return (int(match["place"]), match["series"]) if match else None


def year_of(sighting: Sighting) -> int | None:
    """The year of the date, or of the number."""
    if sighting.date:
        return sighting.date.value.year
    year = number_year(sighting.number.value) if sighting.number else None
    return int(year) if year else None
