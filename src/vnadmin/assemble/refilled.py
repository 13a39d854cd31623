"""A day or month by hand that a cited document contradicts: the other reading where one is left, else what was read is taken back.

Seen: days that lost their first figure (`ngày 4` for 24), a month 11 whose long upstrokes were read as 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vnadmin.assemble.evidence import EvidenceWriter
from vnadmin.issues import issue
from vnadmin.layout.page import SourceDocument
from vnadmin.model import Grade, Issue, PartialDate
from vnadmin.text.pattern import pattern

_FIGURES = pattern(r"\d{1,4}")
_WHOLE = 10  # characters of a date with day and month
# A first figure that was lost; days under 10 are written with a 0 (Decree 30/2020, annex I, II.4b).
_TENS = 10, 20, 30
# What a month by hand was, of which one figure was read: a 1 has a long upstroke, or the second figure was lost.
_MONTHS = {4: (11,), 7: (11,), 1: (4, 7, 10, 11, 12)}


def refilled(
    values: Mapping[str, Any], document: SourceDocument, evidence: EvidenceWriter
) -> tuple[PartialDate | None, Issue | None]:
    """The date of issue as it can be, and an issue where it is another than was read."""
    date: PartialDate | None = values["issued_on"]
    entries = evidence.entries.get("/issued_on", [])
    if date is None or len(date) < _WHOLE or len(entries) != 1 or not document.handwriting:
        return date, None
    latest = max(_bases(values["legal_references"], evidence), default="")
    if date >= latest:
        return date, None
    start, end = entries[0]["start"], entries[0]["end"]
    figures = list(_FIGURES.finditer(document.text, start, end))
    if len(figures) != 3:
        return date, None
    by_hand = [any(m.start < found.end() and m.end > found.start() for m in document.handwriting) for found in figures]
    single = [by_hand[at] and len(found[0]) == 1 for at, found in enumerate(figures)]
    meant = other_reading(date, latest, day=single[0], month=single[1])
    if meant == date:
        return date, None
    entries[0]["rule"] = "issued_on.refilled"
    return meant, issue("date_before_reference", "/issued_on", date, latest)


def other_reading(date: PartialDate, latest: str, *, day: bool, month: bool) -> PartialDate:
    """The one date not before the latest cited that the hand may have written; what is contradicted is left out where several are.

    Args:
        date: as it was read.
        latest: of the documents that it rests on.
        day: one figure of the day was read, written by hand.
        month: the same of the month.
    """
    if day and date[:7] == latest[:7]:
        found = _not_before(latest, [(int(date[5:7]), int(date[8:]) + ten) for ten in _TENS])
        return found[0] if len(found) == 1 else PartialDate(date[:7])
    if month and date[:4] == latest[:4]:
        found = _not_before(latest, [(other, int(date[8:])) for other in _MONTHS.get(int(date[5:7]), ())])
        return found[0] if len(found) == 1 else PartialDate(date[:4])
    return date


def _not_before(latest: str, days: Sequence[tuple[int, int]]) -> list[PartialDate]:
    """The dates of the latest's year, given as month and day, that the calendar has and that lie on or after it."""
    found: list[PartialDate] = []
    for month, day in days:
        try:
            date = PartialDate.of(int(latest[:4]), month, day)
        except ValueError:
            continue
        if date >= latest:
            found.append(date)
    return found


def _bases(references: Sequence[Mapping[str, Any]], evidence: EvidenceWriter) -> list[str]:
    """The whole dates of the documents that this one rests on, read surely."""
    return [
        reference["issued_on"]
        for index, reference in enumerate(references)
        if reference["relation"] == "basis"
        and reference["issued_on"] is not None
        and len(reference["issued_on"]) == _WHOLE
        and all(
            entry["grade"] is Grade.CERTAIN
            for entry in evidence.entries.get(f"/legal_references/{index}/issued_on", ())
        )
    ]
