"""Issue date: thời gian ban hành (ô 4), at the precision printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin.fields.blank import is_printed_blank
from vnadmin.found import Found
from vnadmin.genre.landmarks import MISREAD_DATE
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import FULL_DATE, find_dates, match_date
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.closing import closing_place_date, place_and_date
from vnadmin.zones.zone import Zones

# "Luật này được Quốc hội ... khóa XV, kỳ họp thứ 9 thông qua ngày 27 tháng 6 năm 2025."
_ADOPTED = pattern(rf"thông qua(?: tại [^.;]{{1,80}})?,? (?:vào )?(?={FULL_DATE})")

# "Hôm nay, ngày 26/9/2022, tại ...", "Vào lúc 14h00 ngày 26/9/2022 tại ...", "Hồi 8 giờ 30 phút, ngày 4 tháng 5 năm 2021"
_HELD = pattern(rf"\W{{0,3}}(?:hôm nay|vào|hồi|lúc|thời gian)\b[^.;]{{0,40}}?(?={FULL_DATE})")

_LONGEST_BRACKET = 400  # characters


def read_issued_on(zones: Zones) -> Iterator[Found[PartialDate]]:
    """Candidates, best first: place and date line, number line, title block, the end of the text, the day of a meeting, adoption."""
    preface = zones.preface
    block = (preface.block.date,) if preface.block and preface.block.date else ()
    misread = _misread(zones.document, preface.place_date)
    if misread is not None:
        yield misread
        return
    lines: Sequence[Line | Span]
    for lines, rule in (
        (place_and_date(zones), "issued_on.place-date-line"),
        (preface.number, "issued_on.number-line"),
        (block, "issued_on.title-block"),
    ):
        found = _first(zones, lines, rule, Grade.CERTAIN)
        if found:
            yield found
            return
    if preface.place_date:
        return  # printed, and left blank
    for lines, rule in (
        (() if preface.number else _brackets(zones), "issued_on.issued-with"),
        (closing_place_date(zones), "issued_on.closing-line"),
    ):
        found = _first(zones, lines, rule, Grade.LIKELY)
        if found:
            yield found
            return
    yield from _held(zones)
    yield from _adopted(zones)


def _misread(document: SourceDocument, lines: Sequence[Line]) -> Found[PartialDate] | None:
    """The month and year of a day that OCR took for letters: `ngày OL tháng 4 năm 2018`."""
    for line in lines:
        match = _MISREAD_DATE.search(document.folded, line.start, line.end)
        if match:
            month = int(match["month"] or 0)
            value = PartialDate.of(int(match["year"]), month if 1 <= month <= 12 else None)
            return Found(value, (Span(*match.span()),), "issued_on.misread-day", Grade.GUESS)
    return None


_MISREAD_DATE = pattern(MISREAD_DATE)


def _held(zones: Zones) -> Iterator[Found[PartialDate]]:
    """Minutes without a place and date are of the day on which was met, by the first sentence."""
    document, block = zones.document, zones.preface.block
    if block is None or not document.folded[block.kind.start : block.kind.end].startswith("biên bản"):
        return
    for paragraph in zones.body[:2]:
        match = _HELD.match(document.folded, paragraph.start, paragraph.end)
        date = match_date(document.folded, match.end(), paragraph.end) if match else None
        if date and date.value:
            yield Found(date.value, (Span(date.start, date.end),), "issued_on.meeting", Grade.LIKELY)
            return


def _brackets(zones: Zones) -> tuple[Span, ...]:
    """`(Ban hành kèm theo Quyết định số ... ngày ...)` of a regulation on its own, to the closing bracket."""
    folded = zones.document.folded
    return tuple(
        Span(line.start, end)
        for line in zones.preface.issued_with
        if (end := folded.find(")", line.start, line.start + _LONGEST_BRACKET)) >= 0
    )


def _first(zones: Zones, lines: Sequence[Line | Span], rule: str, grade: Grade) -> Found[PartialDate] | None:
    """The first date of some lines."""
    for line in lines:
        for date in find_dates(zones.document.folded, line.start, line.end):
            if date.value:
                # a day may be stamped where the text has a blank
                stamped = _STAMPED.match(zones.document.folded, date.end, line.end) if date.blank else None
                left = not stamped and is_printed_blank(zones.document, date.start, date.end)
                sure = Grade.LIKELY if date.blank and not left and grade is Grade.CERTAIN else grade
                again = _YEAR_AGAIN.match(zones.document.folded, date.end, line.end)
                if again:
                    sure = Grade.LIKELY if int(again[1]) == date.value.year else Grade.GUESS
                sure = Grade.GUESS if date.reduced else sure
                found = Found(date.value, (Span(date.start, date.end),), rule, sure)
                return _with_day(found, int(stamped[1]), Span(*stamped.span(1))) if stamped else found
    return None


_YEAR_AGAIN = pattern(r"[ *_]*+((?:19|20)\d\d)(?!\d)")  # "ngày 29 tháng 7 năm 20212021"
# "ngày     tháng 01 năm 2025  24": the day of a stamp, drawn after the line whose blank it fills
_STAMPED = pattern(r"[ *_]++(\d{1,2})[ *_]*+$")


def _with_day(found: Found[PartialDate], day: int, span: Span) -> Found[PartialDate]:
    """A date whose day was left blank with the day that stands behind it, where the calendar has it."""
    try:
        return found._replace(
            value=PartialDate.of(found.value.year, found.value.month, day),
            spans=(*found.spans, span),
            rule=f"{found.rule}.stamped",
        )
    except ValueError:
        return found


def _adopted(zones: Zones) -> Iterator[Found[PartialDate]]:
    """A law or a resolution of an elected body is dated by its adoption, in the last sentence of the body.

    The number of the National Assembly's acts has the same year (Luật Ban hành văn bản quy phạm pháp luật): that makes the day sure.
    """
    document = zones.document
    numbered = "".join(document.of(line) for line in zones.preface.number).replace(" ", "")
    for paragraph in reversed(zones.body[-6:]):
        match = _ADOPTED.search(document.folded, paragraph.start, paragraph.end)
        date = match_date(document.folded, match.end(), paragraph.end) if match else None
        if date and date.value:
            sure = f"/{date.value.year}/" in numbered and "quốc hội" in document.folded[paragraph.start : date.start]
            grade = Grade.CERTAIN if sure and date.value.day else Grade.LIKELY
            yield Found(date.value, (Span(date.start, date.end),), "issued_on.adoption", grade)
            return
