"""The one grammar of printed dates: forms in folded text become partial ISO dates, with the slice they stand on.

Other grammars put `FULL_DATE` (or `MONTH`) inside their own patterns: `rf"(?P<date>{FULL_DATE})"`, then `match_date`
reads what it found. All patterns are for folded text and hold no groups that capture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import regex

from vnadmin.model import PartialDate
from vnadmin.text.damage.misread import any_marks
from vnadmin.text.pattern import pattern

# Months written as words, in folded spelling: "ngày 03 tháng bốn năm 2018", "tháng Giêng", "tháng Chạp".
_MONTHS: Final = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WORD = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?!\w)"
# A part left blank: "ngày      tháng     năm 2026", "ngày … tháng … năm", "ngày ... tháng ...", "ngày __ tháng 5".
# `…` stands alone: a class with it and two others takes `re` 0.1 ms to compile, and dates stand in many patterns.
_BLANK = r"(?:[ ._]++|…++)*+"
_COLON_BLANK = r"(?:[ ._:]++|…++)*+"
_SEPARATOR = rf"(?: *+\.(?=[ \d])|{_BLANK}[/-])(?:[ _]++|…++)*+"

# A year ends where no further figure or group follows, as in "12/5/2020/QĐ"; "15/5/2012/." is the end of a text.
NO_MORE: Final = r"(?!\d|/(?!\.))"

# A worded year ends so; a field of Word and the typist may have set it twice: "năm 20212021".
ONE_YEAR: Final = r"(?=(?:19|20)\d\d(?!\d)|\D|$)"

# In the templates `(@d`, `(@m`, `(@y` and `(@s` (year of two digits) open a group that captures, or does not. The year
# stands last in each.
# "ngày 25 tháng 8 năm 2021", "ngày 05 tháng11 năm 2010", "năm1998", "ngày    tháng 9 năm 2021", "ngày mồng 5 tháng 4";
# "năm 202 5" is spacing damage of PDF text, "ngày 20 tháng 02 nam 2025", "ngày 22 thang 5" lost a mark.
_WORDED = (
    rf"(?<!\w)ngày{_BLANK}(?:m[ồù]ng ++)?(?:(@d\d{{1,2}})(?!\d))?{_BLANK},?{any_marks('tháng')}{_BLANK}"
    rf"(@m\d{{1,2}}(?!\d)|{_WORD})?{_BLANK},?+ *+{any_marks('năm')}{_COLON_BLANK}(@y(?:1 ?9|2 ?0) ?\d ?\d){ONE_YEAR}"
)
# "ngày 25/8/2021", "ngày 06 / 7 /2005", "ngày 10 - 3 - 2021", "ngày 12.4.2018", "ngày 22/2/99", "ngày    /9/2021"
_SLASHED = (
    rf"(?<!\w)ngày{_COLON_BLANK}(?:(@d\d{{1,2}})(?!\d))?{_SEPARATOR}(?:(@m\d{{1,2}})(?!\d))?{_SEPARATOR}"
    rf"(?:(@y(?:19|20)\d\d)|(@s\d\d)){NO_MORE}"
)
# "ngày 5/3 năm 2019", "ngày 5 tháng 3/2019"
_MIXED = (
    r"(?<!\w)ngày *+(@d\d{1,2})(?!\d) *+(?:[/-]|tháng) *+(@m\d{1,2})(?!\d) *+(?:[/-]|,? ?năm) *+(@y(?:19|20)\d\d)"
    rf"{NO_MORE}"
)
# "01-10-1997" in Party citations, "(09/02/2017)"; never inside a longer number such as "12/5/2020/QĐ"
_NAKED = rf"(?<![\w/.-])(@d\d{{1,2}}) ?[/.-] ?(@m\d{{1,2}}) ?[/.-] ?(@y(?:19|20)\d\d){NO_MORE}"
# "tháng 9 năm 2021", "tháng 9/2022", "tháng 10-2013", "tháng tư năm 2020"
_MONTHLY = rf"(?<!\w)tháng *+(@m\d{{1,2}}(?!\d)|{_WORD}) *+(?:[/.-]|,? ?năm) *+(@y(?:19|20)\d\d){NO_MORE}"
# "Luật Đất đai năm 2013"
_YEARLY = rf"(?<!\w)năm *+(@y(?:19|20)\d\d){NO_MORE}"


def _plain(template: str) -> str:
    return str(regex.sub(r"\(@[dmys]", "(?:", template))


def _captures(number: int, template: str) -> str:
    """The groups of one form bear its number, since `re` wants each name once: `d0`, `m0`, `y0`."""
    return str(regex.sub(r"\(@([dmys])", rf"(?P<\g<1>{number}>", template))


HOUR: Final = r"\d{1,2} ?(?:(?:giờ|h|g(?=\d|,? ngày))(?![^\W\d]) ?(?:\d{2}(?: ?phút|['’′])?|\d ?phút)?|:\d{2})"
"""`7h30`, `08 giờ 00`, `15 giờ 30 phút`, `13:30`, `7g30`, `08h00’`; no `5 g`."""
FULL_DATE: Final = "(?:" + "|".join(_plain(t) for t in (_WORDED, _SLASHED, _MIXED, _NAKED)) + ")"
"""A date with day, month and year, where day and month may have been left blank after the word `ngày`."""
MONTH: Final = f"(?:{_plain(_MONTHLY)})"
"""`tháng 9 năm 2021`, `tháng 9/2022`."""

_FORMS: Final = (_WORDED, _SLASHED, _MIXED, _NAKED, _MONTHLY, _YEARLY)
_MONTHLY_FORM, _YEARLY_FORM = "4", "5"
_FIND = pattern("|".join(_captures(number, template) for number, template in enumerate(_FORMS[:-1])))
_FIND_YEARS = pattern("|".join(_captures(number, template) for number, template in enumerate(_FORMS)))


class DateMatch(NamedTuple):
    """A date in a text: its slice, and its value at the precision printed (None: not even the year is one)."""

    start: int
    end: int
    value: PartialDate | None
    blank: bool  # `ngày` is printed and the day or the month after it was left blank
    worded: bool  # opened by `ngày` or `tháng` (or `năm`), not naked digits
    reduced: bool  # a day or a month is printed that the calendar does not have: `tháng 22`


def find_dates(folded: str, start: int = 0, end: int | None = None, *, years: bool = False) -> Iterator[DateMatch]:
    """Dates of a stretch of folded text in order; lone years (`năm 2013`) only where asked for."""
    pattern = _FIND_YEARS if years else _FIND
    for match in pattern.finditer(folded, start, len(folded) if end is None else end):
        yield _read(match)


def match_date(folded: str, start: int = 0, end: int | None = None, *, years: bool = False) -> DateMatch | None:
    """The date that opens exactly at `start`, if one does."""
    pattern = _FIND_YEARS if years else _FIND
    match = pattern.match(folded, start, len(folded) if end is None else end)
    return _read(match) if match else None


def _read(match: regex.Match[str]) -> DateMatch:
    last = match.lastgroup or ""  # "y2": the year of the third form
    form = last[1:]
    day = match["d" + form] if form < _MONTHLY_FORM else None
    month = match["m" + form] if form < _YEARLY_FORM else None
    year = match[last]
    printed = match[0]
    value = _value(
        whole_year(int(year)) if last[0] == "s" else int(year.replace(" ", "")),
        _MONTHS.get(month) or int(month) if month else None,
        int(day) if day else None,
    )
    return DateMatch(
        match.start(),
        match.end(),
        value,
        printed.startswith("ngày") and not (day and month),
        not printed[0].isdigit(),
        value is not None and bool(month and (value.month is None or (day and value.day is None))),
    )


def whole_year(short: int) -> int:
    """A year of four figures as it is; `99` is 1999, `05` is 2005: these documents are of 1945 and later, and two digits went out of use by 2010."""
    if short >= 100:
        return short
    return 1900 + short if short >= 45 else 2000 + short


def _value(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """As much of the date as the calendar has: day 31 of month 2 gives the month, month 13 gives the year."""
    if not 1900 <= year <= 2100:
        return None
    try:
        return PartialDate.of(year, month, day if month is not None else None)
    except ValueError:
        return _value(year, month, None) if day is not None else _value(year, None, None)
