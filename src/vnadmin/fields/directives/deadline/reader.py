"""Deadlines: the time limit an item or a table cell sets, as printed and as a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vnadmin.fields.directives.deadline.dates import day_after_signing, last_day
from vnadmin.fields.directives.deadline.forms import EVERY, Limit, read_limits
from vnadmin.fields.directives.deadline.sense import TO_BE_MET, Bond, bond
from vnadmin.fields.directives.phrases import Hits
from vnadmin.fields.directives.predicate import starts_action
from vnadmin.found import Found, quote, trimmed
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import HOUR, find_dates
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Preface


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """Leaves of model.Deadline."""

    text: Found[str]
    date: Found[PartialDate] | None


# "hàng năm (chậm nhất đến ngày 15/2)"
_RECURRING = pattern(EVERY)
_RECURS_BEFORE: Final = 24
# "7h00 - 7h15", "08 h 30", "13:30 - 14:00"
_HOURS = pattern(rf"(?:từ )?{HOUR}(?: ?(?:-|đến) ?{HOUR})? *$")
# "Thời hạn đánh giá:", a line of its own: what stands below tells when something must be done
_HEADING = pattern(r"thời hạn [^:;.]*+:")
_BEFORE_YEAR: Final = "trước năm "
_UNTIL: Final = " đến ngày "
_DATED: Final = frozenset({"on", "before", "in", "scheduled"})
_COUNTED: Final = frozenset({"bycount", "ahead", "within", "most", "after", "count", "event"})


def read_deadline(
    document: SourceDocument,
    paragraphs: Sequence[Span],
    issued: PartialDate | None,
    openers: Hits,
    opens: str,
    *,
    obliges: bool = False,
    of_event: bool = False,
) -> FoundDeadline | None:
    """The time limit in the slices of an item that binds its main action: the first of those that bind firmly.

    Args:
        document: the document.
        paragraphs: the slices.
        issued: what settles a year that is not printed.
        openers: what may open a limit in the document.
        opens: with what the item opens.
        obliges: somebody is told to act.
        of_event: the item tells when something takes place; only what must be met by a day is a limit.
    """
    for paragraph in paragraphs:
        aside: Limit | None = None
        for limit in read_limits(document, paragraph.start, paragraph.end, openers):
            if of_event and limit.kind not in TO_BE_MET:
                continue
            acts = obliges or starts_action(opens) or _HEADING.fullmatch(document.folded, *paragraphs[0]) is not None
            found = bond(document, limit, paragraph.start, paragraph.end, acts)
            if found is Bond.NONE or _is_past(document, limit, issued):
                continue
            if aside is not None and _parted(document.folded, aside.end, limit.start):
                break
            if found is Bond.FIRM:
                return _deadline(document, limit, issued)
            aside = aside or limit
        if aside is not None:
            return _deadline(document, aside, issued)
    return None


def _is_past(document: SourceDocument, limit: Limit, issued: PartialDate | None) -> bool:
    """Whether a limit ended before the issue: it tells of past work, or whom a rule is about.

    Of a day alone (`thường trú trước ngày 01/01/2024`) that is so the day after, of a period or a quarter a year after.
    """
    first, last = limit.last or (limit.start, limit.end)
    day = None
    for date in find_dates(document.folded, first, last):
        day = date.value
    if issued is None or day is None or limit.kind in _COUNTED:
        return limit.kind == "on"
    if limit.kind in _DATED:
        return (day.year, day.month or 12, day.day or 31) < (issued.year, issued.month or 1, issued.day or 1)
    return (day.year + 1, day.month or 12) < (issued.year, issued.month or 1)


def _parted(folded: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two limits."""
    return folded.find(". ", start, end) >= 0


def read_cell_deadline(
    document: SourceDocument, cell: Sequence[Span], issued: PartialDate | None
) -> FoundDeadline | None:
    """The time limit that a table cell holds (`Quý II/2022`, `Trước 30/6`, `Thường xuyên`): all of it, as printed.

    Hours of a programme (`7h00 - 7h15`) are when something takes place, and no limit.
    """
    rule = "deadline.cell"
    if cell and _HOURS.match(document.folded, cell[0].start, cell[-1].end):
        return None
    text = quote(document, cell, rule, Grade.LIKELY)
    for span in cell:
        value = last_day(document.folded[span.start : span.end], issued)
        if value is not None:
            return FoundDeadline(text, _found_date(document, value, tuple(cell), rule))
    return FoundDeadline(text, None)


def _deadline(document: SourceDocument, limit: Limit, issued: PartialDate | None) -> FoundDeadline:
    span = trimmed(document, limit.start, limit.end, ",;.")
    rule = f"deadline.{limit.kind}"
    text = quote(document, span, rule, Grade.LIKELY)
    value = _date(document, limit, span, issued)
    return FoundDeadline(text, _found_date(document, value, (span,), rule) if value else None)


def _date(document: SourceDocument, limit: Limit, span: Span, issued: PartialDate | None) -> PartialDate | None:
    """The last day of the limit where the document settles it: that day, or the last of a month, quarter or year."""
    folded = document.folded
    if limit.kind in _COUNTED or limit.counted:
        text = folded[span.start : span.end]
        if _UNTIL in text:  # "15 ngày, bắt đầu từ ngày 20/5/2025 đến ngày 09/6/2025"
            return last_day(text, issued)
        return day_after_signing(text, issued)
    if _RECURRING.search(folded, max(0, span.start - _RECURS_BEFORE), span.start):
        return None
    if folded.startswith(_BEFORE_YEAR, span.start):
        return None  # "trước năm 2026" names no day of that year
    first, last = limit.last or (span.start, span.end)
    return last_day(folded[first:last], issued)


def _found_date(document: SourceDocument, value: PartialDate, spans: tuple[Span, ...], rule: str) -> Found[PartialDate]:
    """The date of a limit; one whose year is not printed with it but taken from the date of issue is a guess."""
    printed = any(str(value.year) in document.text[span.start : span.end] for span in spans)
    return Found(value, spans, rule, Grade.LIKELY if printed else Grade.GUESS)


def date_of_issue(document: SourceDocument, preface: Preface) -> PartialDate | None:
    """The date printed in the header, by which a limit without a year is dated."""
    for line in preface.place_date:
        for date in find_dates(document.folded, line.start, line.end):
            return date.value
    return None
