"""Arrival: number and day in the stamp that the receiving office sets on a document (dấu ĐẾN), never the document's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.layout.page import Furniture, Line, SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import whole_year
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

# "Số: 345", "ĐẾN Số: 1234", "Số đến: 88"; a figure that a letter touches was not read cleanly
_NUMBER = pattern(r"\bso(?: den)? ?[:.…]+ ?(?P<number>\d{1,6})(?![\d/\w])")
# "Ngày: 15/4/2024", "Ngày 03 / 5 / 2019", "ngày đến: 11.4.2024", "Ngày 16/10/12"; "15/412024", which lost a stroke, is none
_DAY = pattern(
    r"\bngay(?: den)? ?[:.…]* ?(?P<day>\d{1,2}) ?[/.-] ?(?P<month>\d{1,2}) ?[/.-] ?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class FoundArrival:
    """Leaves of model.Arrival."""

    number: Found[str] | None
    date: Found[PartialDate] | None


def read_arrival(zones: Zones) -> Iterator[FoundArrival]:
    """Number and day of the first arrival stamp in which one of them is legible.

    Both are mostly written by hand, in a stamp: what is read of a scan is a guess, and likely what a page has as text.
    """
    document = zones.document
    number: Found[str] | None = None
    date: Found[PartialDate] | None = None
    for line in document.furniture:
        if line.furniture is Furniture.ARRIVAL_STAMP:
            read = document.pages[line.page - 1].method == "ocr"
            grade = Grade.GUESS if read else Grade.LIKELY
            number = number or _number(document, line, grade)
            date = date or _date(document, line, grade)
    if number or date:
        yield FoundArrival(number, date)


def _number(document: SourceDocument, line: Line, grade: Grade) -> Found[str] | None:
    match = _NUMBER.search(document.bare, line.start, line.end)
    if match is None:
        return None
    span = Span(*match.span("number"))
    return Found(document.text[span.start : span.end], (span,), "arrival.stamp-number", grade)


def _date(document: SourceDocument, line: Line, grade: Grade) -> Found[PartialDate] | None:
    match = _DAY.search(document.bare, line.start, line.end)
    if match is None:
        return None
    try:
        day = PartialDate.of(whole_year(int(match["year"])), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Found(day, (Span(match.start("day"), match.end("year")),), "arrival.stamp-day", grade)
