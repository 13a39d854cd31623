"""The last day that a printed limit names, as a date."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

from vnadmin.fields.directives.deadline.forms import EVERY, WHICH
from vnadmin.model import PartialDate
from vnadmin.text.dates import find_dates
from vnadmin.text.pattern import pattern

_RECURRING = pattern(EVERY)
_WHICH_ONE = pattern(WHICH)
_QUARTER_OF: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PRINTED_QUARTER = pattern(r"quý (?P<q>[1-4]|iv|i{1,3})(?: ?/ ?(?P<y>\d{4})|,? năm (?P<y>\d{4}))?")
# "ngày 15-4", "15/4"; never "7h15 - 7h45"
_SHORT_DAY = pattern(
    r"(?:ngày (?:thứ )?(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2})"
    r"|(?<![\w:.])(?P<d>\d{1,2}) ?(?:[/.]|tháng) ?(?P<m>\d{1,2}))(?![\w:])"
)
_SHORT_MONTH = pattern(r"tháng (?P<m>\d{1,2})(?!\d)")
_YEAR = pattern(r"năm (?P<y>(?:19|20)\d\d)")
_WEEK = pattern(
    r"(?<!\w)tuần (?:thứ )?(?:\d|nhất|hai|ba|tư|đầu|cuối) (?:của )?(?:tháng|quý)"
)  # ends on no day that is told
# "25 tháng Chạp năm 2025", "23/12 âm lịch", "mùng 5 Tết": no library that is kept counts by the moon of Vietnam
_BY_MOON = pattern(r"tháng (?:giêng|chạp)(?!\w)|âm lịch|(?<!\w)m[ùồ]ng \d")
_FROM_SIGNING = pattern(r"(?P<n>\d{1,3})(?: ?\([^()]*\))? ?ngày,? (?:kể |tính )?từ ngày (?:ký|ban hành)(?!\w)")


def recurs(folded: str) -> bool:
    """Whether a limit comes back each month or year, and so names no one day."""
    return _RECURRING.search(folded) is not None or _WHICH_ONE.search(folded) is not None


def last_day(folded: str, issued: PartialDate | None) -> PartialDate | None:
    """The last day that a printed limit names; a recurring one (`hằng năm`) names none, nor does a week."""
    if recurs(folded) or _WEEK.search(folded) or _BY_MOON.search(folded):
        return None
    last = None
    for date in find_dates(folded):
        last = date.value
    if last is not None:
        return _end_of(last)
    for quarter in reversed(list(_PRINTED_QUARTER.finditer(folded))):
        year = int(quarter["y"]) if quarter["y"] else (issued.year if issued else None)
        return _end_of(PartialDate.of(year, _QUARTER_OF[quarter["q"]] * 3)) if year else None
    for short in reversed(list(_SHORT_DAY.finditer(folded))):
        return _next(issued, int(short["m"]), int(short["d"]))
    for month in reversed(list(_SHORT_MONTH.finditer(folded))):
        return _next(issued, int(month["m"]), None)
    if year_only := _YEAR.search(folded):
        return PartialDate.of(int(year_only["y"]), 12, 31)
    return None


def day_after_signing(folded: str, issued: PartialDate | None) -> PartialDate | None:
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
        return _end_of(PartialDate.of(year, month, day))
    except ValueError:
        return None


def _end_of(date: PartialDate) -> PartialDate:
    """A month becomes its last day, a year its 31 December: the limit ends when the period does."""
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    return PartialDate.of(date.year, month, day)
