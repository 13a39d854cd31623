"""Deadlines: the time limit an item or a table cell sets, as printed and as a date."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from vnadmin.found import Found, quote
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import FULL_DATE, MONTH, NO_MORE, find_dates
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all
from vnadmin.zones.zone import Preface


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """Leaves of model.Deadline."""

    text: Found[str]
    date: Found[PartialDate] | None


# "14h00", "17 giờ 00", "10 giờ", "7h30 phút sáng", "16:30"
_CLOCK = (
    r"(?:(?<![\dh:])\d{1,2} ?(?:giờ|h|g)(?![^\W\d]) ?(?:\d{2}(?: ?phút)?)?|\d{1,2}:\d{2})(?: (?:sáng|chiều|trưa|tối))?"
)
# "chiều thứ bảy", "thứ tư,", "sáng chủ nhật"
_WEEKDAY = r"(?:(?:sáng |chiều )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật),? )?"
_EVERY = r"h[ằà]ng (?:năm|tháng|quý|tuần|ngày)"
# "ngày 20 của tháng cuối quý", "ngày 10 tháng sau", "ngày 05 tháng liền kề"
_WHICH = r"(?:tháng|quý|năm) (?:cuối|đầu|sau|kế tiếp|tiếp theo|liền kề|cùng)(?: (?:của )?(?:quý|năm|kỳ))?"
# "ngày 30/6/2022", "ngày 15/4", "ngày 30 tháng 12", "ngày 05 hàng tháng", "ngày cuối quý", "tháng 10/2025"
_DAY = (
    rf"(?:{FULL_DATE}|ngày (?:thứ )?\d{{1,2}}(?:(?: ?[/.-] ?\d{{1,2}}{NO_MORE})|(?: tháng \d{{1,2}}(?!\d)))?"
    rf"|\d{{1,2}}/\d{{1,2}}{NO_MORE}|ngày cuối (?:cùng )?(?:của )?(?:quý|tháng|năm)"
    rf"|ngày làm việc cuối (?:cùng )?của (?:quý|tháng|năm))(?: ?,? ?{_EVERY})?(?: (?:của )?{_WHICH})?"
)
_MONTHS = rf"(?:(?:đầu |cuối |giữa )?(?:{MONTH}|tháng \d{{1,2}}{NO_MORE}))(?: {_EVERY})?"
_QUARTER = r"(?:(?:đầu |cuối )?quý (?:[1-4]|i{1,3}|iv)(?: ?/ ?\d{4}|,? năm \d{4})?(?!\w))"
_SPAN_YEAR = r"năm (?:19|20)\d\d(?!\d)"
# "05 ngày làm việc", "02 (hai) ngày", "mười ngày", "03 tháng", "24 giờ", "1/2 ngày"
_COUNT = (
    r"(?:(?:\d{1,3}(?: ?\([^()]{1,20}\))?|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: lăm| \w+)?|hai mươi|ba mươi)"
    r" ?(?:ngày làm việc|ngày|tháng|giờ làm việc|giờ|tuần))(?!\w)"
)
# ", kể từ ngày nhận được hồ sơ hợp lệ", "sau khi các hoạt động đó diễn ra"; up to the next clause
_ANCHOR = r"(?:,? ?\(?(?:kể |tính )?từ (?:khi |ngày |thời điểm )[^,;:.()]{1,220}|,? sau khi [^,;:.()]{1,160})?"
_BY = (
    r"(?:chậm nhất|muộn nhất|trễ nhất|hạn chót|hạn cuối|hạn cuối cùng|không muộn hơn|không chậm hơn)"
    r"(?: ?:| là| vào| trước| đến| hết| trong| sau| không quá| cho đến){0,4}"
)
_RECURRING = pattern(_EVERY)
_WHICH_ONE = pattern(_WHICH)
# What a limit is of, and the words before it; the date stands once, so that the pattern stays small
_FORM = pattern(
    rf"(?<!\w)(?:"
    rf"(?P<bycount>{_BY} {_COUNT}(?!,? (?:\d|ngày|thứ|sáng|chiều|trưa)){_ANCHOR})"
    rf"|(?P<within>trong (?:thời hạn|vòng|thời gian) (?:tối đa |không quá |chậm nhất )?{_COUNT}{_ANCHOR})"
    rf"|(?P<count>{_COUNT},? (?:kể |tính |bắt đầu )từ (?:ngày|khi) [^,;:.()]{{1,220}})"
    r"|(?P<from>từ (?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})? (?:-|đến)(?: hết)?(?: ngày)? \d{1,2}/\d{1,2}/\d{4})(?=:)"
    rf"|(?:(?P<by>{_BY} (?:{_CLOCK},? )?)|(?P<before>(?:xong )?trước (?:{_CLOCK},? ?)?)"
    r"|(?P<until>(?<!tính )(?:cho )?đến (?P<whole>hết )?)|(?P<in>trong ))"
    rf"{_WEEKDAY}(?:(?P<day>{_DAY})|{_MONTHS}|{_QUARTER}|(?P<year>{_SPAN_YEAR})"
    rf"|(?P<hour>{_CLOCK}(?: ?(?P<every>{_EVERY}))?))"
    rf")"
)
_KINDS: Final = ("bycount", "within", "count", "from", "by", "before", "until", "in")
# Where a limit may begin: the words that open one before what can follow them, or a count of days
_LEAD = pattern(
    r"(?<!\w)(?:chậm nhất|muộn nhất|trễ nhất|hạn(?= c)|không (?:muộn|chậm)|xong(?= t)"
    r"|trước(?= (?:\d|ngày|tháng|quý|thứ|sáng|chiều|đầu|cuối|giữa|chủ))"
    r"|(?:cho )?đến(?= (?:hết|ngày|sáng|chiều|thứ|chủ|\d))"
    r"|trong(?= (?:th|vòng|ngày|quý|đầu|cuối|giữa|\d))|từ(?= (?:ngày )?\d)"
    r"|(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= ?(?:\(|ngày|tháng|giờ|tuần)))"
)
# A word of each lead: text without one has no limit. A count of days opens one only before `từ ngày`, `từ khi`.
_OPENERS: Final = (
    "chậm nhất", "muộn nhất", "trễ nhất", "hạn c", "không muộn", "không chậm", "xong t", "trước ", "đến ", "trong ",
    "từ ",
)  # fmt: skip
# A span counted from an event may also describe something; another limit in the item goes before it
_WEAK: Final = frozenset({"count", "in"})
# Dates of effect and transitional clauses are no deadlines (GUIDE; REFERENCE 8.3)
_EFFECT = pattern(r"có hiệu lực|hết hiệu lực|hiệu lực thi hành|áp dụng từ|chính thức hoạt động")


def read_deadline(
    document: SourceDocument, paragraphs: Sequence[Span], issued: PartialDate | None, leads: Sequence[int]
) -> FoundDeadline | None:
    """The first time limit in the slices of an item.

    Args:
        document: the document.
        paragraphs: the slices.
        issued: what settles a year that is not printed.
        leads: what `deadline_leads` says of the document.
    """
    weak: regex.Match[str] | None = None
    for paragraph in paragraphs:
        free = paragraph.start
        for lead in _leads(document.folded, paragraph.start, paragraph.end, leads):
            match = _FORM.match(document.folded, lead, paragraph.end) if lead >= free else None
            if match is None:
                continue
            free = match.end()
            if not _is_limit(document, match, paragraph):
                continue
            if _kind(match) not in _WEAK:
                return _deadline(document, match, issued)
            weak = weak or match
    return _deadline(document, weak, issued) if weak else None


def deadline_leads(document: SourceDocument, start: int, end: int) -> list[int]:
    """Where in a stretch a limit may begin; the words that open one are looked for at the speed of `str.find`."""
    folded, text = document.folded, document.text
    places: list[int] = []
    for opener in _OPENERS:
        for at in find_all(folded, opener, start, end):
            longer = opener == "đến " and text[at - 1 : at] == " " and folded.startswith("cho ", at - 4)
            place = at - 4 if longer else at
            if _LEAD.match(folded, place, end):
                places.append(place)
    places.sort()
    return places


def _leads(folded: str, start: int, end: int, places: Sequence[int]) -> Sequence[int]:
    """Where a limit may begin in one paragraph; only before `từ ngày`, `từ khi` a count of days opens one too."""
    if folded.find("từ ngày", start, end) >= 0 or folded.find("từ khi", start, end) >= 0:
        return [match.start() for match in _LEAD.finditer(folded, start, end)]
    return places[bisect_left(places, start) : bisect_left(places, end)]


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
    value = None
    for span in cell:
        value = _printed_date(document.folded[span.start : span.end], issued)
        if value is not None:
            return FoundDeadline(text, _found_date(document, value, tuple(cell), rule))
    return FoundDeadline(text, None)


def _is_limit(document: SourceDocument, match: regex.Match[str], paragraph: Span) -> bool:
    folded = document.folded
    start = match.start()
    if not match["by"] and (match["year"] or (match["hour"] and not (match["before"] and match["every"]))):
        return False  # "trước năm 1999", "đến năm 2030", "trong 24 giờ" describe
    if not (match["by"] or match["bycount"]):
        around = folded[max(paragraph.start, start - 70) : min(paragraph.end, match.end() + 40)]
        if _EFFECT.search(around):
            return False
    before = folded[max(paragraph.start, start - 80) : start]
    if _CONDITION.search(before) or _PASSED.match(folded, match.end(), paragraph.end):
        return False
    if match["until"] and (_FROM.search(before) or not _extends(folded, paragraph.start, match)):
        return False
    if match["from"]:
        return bool(start == paragraph.start)
    return not ((match["in"] and before.endswith(("đã ", "được "))) or (match["count"] and _NO_COUNT.search(before)))


def _kind(match: regex.Match[str]) -> str:
    """Which of the forms a limit has."""
    return next((kind for kind in _KINDS if match[kind] is not None), "")


def _extends(folded: str, start: int, match: regex.Match[str]) -> bool:
    """`đến ngày ...` is a limit after gia hạn, thời hạn, hoàn thành; by itself it tells a story."""
    if match["whole"]:
        return True
    printed = match["day"] is not None and next(find_dates(match[0]), None) is not None
    return printed and _EXTENDED.search(folded, max(start, match.start() - 160), match.start()) is not None


# "gia hạn thời gian tổ chức đại hội đến ngày 31/12/2024", "Thời hạn nộp: đến ngày 30/9"
_EXTENDED = pattern(r"hạn|kéo dài|lùi|hoàn thành|thời gian|nộp|hiệu lực|thực hiện")
# "Nếu chấm dứt hoạt động trong thời gian tối đa 6 tháng ...": a condition, when no comma ends it before the limit
_CONDITION = pattern(r"(?:nếu|trường hợp) [^,;:.]*+$")
# "trong vòng 3 ngày vừa qua"
_PASSED = pattern(r" (?:vừa )?qua(?!\w)| gần đây| trước đó| liền kề")
_FROM = pattern(r"từ [^,;.]*+$")
_NO_COUNT = pattern(r"(?:sau|ít nhất|trước) $")


def _deadline(document: SourceDocument, match: regex.Match[str], issued: PartialDate | None) -> FoundDeadline:
    end = match.end()
    while end > match.start() and document.text[end - 1] in " ,;.\n":
        end -= 1
    span = Span(match.start(), end)
    rule = f"deadline.{_kind(match)}"
    text = quote(document, span, rule, Grade.LIKELY)
    value = _date(document, span, match, issued)
    return FoundDeadline(text, _found_date(document, value, (span,), rule) if value else None)


def _found_date(document: SourceDocument, value: PartialDate, spans: tuple[Span, ...], rule: str) -> Found[PartialDate]:
    """The date of a limit; one whose year is not printed with it but taken from the date of issue is a guess."""
    printed = any(str(value.year) in document.text[span.start : span.end] for span in spans)
    return Found(value, spans, rule, Grade.LIKELY if printed else Grade.GUESS)


_UNTIL: Final = " đến ngày "
_QUARTER_OF: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# "7h00 - 7h15", "08 h 30", "13:30 - 14:00"
_HOURS = pattern(r"(?:từ )?\d{1,2} ?(?:h|giờ|:) ?\d{0,2}(?: ?(?:-|đến) ?\d{1,2} ?(?:h|giờ|:) ?\d{0,2})? *$")
_PRINTED_QUARTER = pattern(r"quý (?P<q>[1-4]|iv|i{1,3})(?: ?/ ?(?P<y>\d{4})|,? năm (?P<y>\d{4}))?")
# "ngày 15-4", "15/4"; never "7h15 - 7h45"
_SHORT_DAY = pattern(
    r"(?:ngày (?:thứ )?(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2})"
    r"|(?<![\w:.])(?P<d>\d{1,2}) ?(?:[/.]|tháng) ?(?P<m>\d{1,2}))(?![\w:])"
)
_SHORT_MONTH = pattern(r"tháng (?P<m>\d{1,2})(?!\d)")
_YEAR = pattern(r"năm (?P<y>(?:19|20)\d\d)")
_FROM_SIGNING = pattern(r"(?P<n>\d{1,3})(?: ?\([^()]*\))? ?ngày,? (?:kể |tính )từ ngày (?:ký|ban hành)")


def _date(
    document: SourceDocument, span: Span, match: regex.Match[str], issued: PartialDate | None
) -> PartialDate | None:
    """The last day of the limit where the document settles it: that day, or the last of a month, quarter or year."""
    folded = document.folded[span.start : span.end]
    if match["bycount"] or match["within"] or match["count"]:
        if _UNTIL in folded:  # "15 ngày, bắt đầu từ ngày 20/5/2025 đến ngày 09/6/2025"
            return _printed_date(folded, issued)
        return _from_signing(folded, issued)
    if _RECURRING.search(document.folded, max(0, span.start - 24), span.start):
        return None  # "hàng năm (chậm nhất đến ngày 15/2)"
    return _printed_date(folded, issued)


def _printed_date(folded: str, issued: PartialDate | None) -> PartialDate | None:
    """The last day that a printed limit names; a recurring one (`hằng năm`) names none."""
    if _RECURRING.search(folded) or _WHICH_ONE.search(folded):
        return None
    last = None
    for date in find_dates(folded):
        last = date.value
    if last is not None:
        return _last_day(last)
    if quarter := _PRINTED_QUARTER.search(folded):
        year = int(quarter["y"]) if quarter["y"] else (issued.year if issued else None)
        return _last_day(PartialDate.of(year, _QUARTER_OF[quarter["q"]] * 3)) if year else None
    if short := _SHORT_DAY.search(folded):
        return _next(issued, int(short["m"]), int(short["d"]))
    if month := _SHORT_MONTH.search(folded):
        return _next(issued, int(month["m"]), None)
    if year_only := _YEAR.search(folded):
        return PartialDate.of(int(year_only["y"]), 12, 31)
    return None


def _from_signing(folded: str, issued: PartialDate | None) -> PartialDate | None:
    """`05 ngày kể từ ngày ký` counted from a full date of issue; working days need a calendar of holidays."""
    match = _FROM_SIGNING.search(folded)
    day = issued.to_date() if issued else None
    if match is None or day is None:
        return None
    later = day + dt.timedelta(days=int(match["n"]))
    return PartialDate.of(later.year, later.month, later.day)


def _next(issued: PartialDate | None, month: int, day: int | None) -> PartialDate | None:
    """A day or month without a year: the first on or after the date of issue."""
    if issued is None or not 1 <= month <= 12:
        return None
    year = issued.year
    if issued.month is not None and (month, day or 31) < (issued.month, issued.day or 1):
        year += 1
    try:
        return _last_day(PartialDate.of(year, month, day))
    except ValueError:
        return None


def _last_day(date: PartialDate) -> PartialDate:
    """A month becomes its last day, a year its 31 December: the limit ends when the period does."""
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    return PartialDate.of(date.year, month, day)


def date_of_issue(document: SourceDocument, preface: Preface) -> PartialDate | None:
    """The date printed in the header, by which a limit without a year is dated."""
    for line in preface.place_date:
        for date in find_dates(document.folded, line.start, line.end):
            return date.value
    return None
