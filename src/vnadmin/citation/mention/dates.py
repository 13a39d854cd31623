"""Dates beside a citation: "ngày 09/02/2017", "được Quốc hội thông qua ngày ...", "năm 2013", and misprinted years."""

from __future__ import annotations

from typing import NamedTuple

import regex

from vnadmin.citation.mention.words import title_words
from vnadmin.layout.page import Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import DateMatch, match_date
from vnadmin.text.pattern import pattern

_REACH = 160
# What may stand between a number and its date: ", ký ngày", "được Quốc hội thông qua ngày", "(ngày", "đề ngày",
# "hồi 15 giờ 30 ngày" of a telegram
_LEAD = pattern(
    lambda: (
        r"\s*+(?:[,:]|;(?=\s*ngày\s[^;,()]{4,28}\scủa\s))?\s*+\(?\s*+(?:(?:đã\s+)?được\s+[^,;.()\d]{0,40}?(?:thông\s+qua|ban\s+hành|ký|phê\s+duyệt)\s+(?:vào\s+)?)?"
        rf"(?:(?:{title_words('signed')})\s+)?(?:vào\s+)?(?:ngày\s+(?=ngày\s))?"
        r"(?:(?:hồi|lúc)\s+\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*)?(?:phút\s*)?,?\s*)?"
    )
)
# "ngày 11 háng 11 năm 2016", "ngày 01 tháng 7 nám 2016": a letter lost in `tháng`, a mark mistaken in `năm`
_LOST_LETTER = pattern(r"ngày\s*(\d{1,2})\s*(?:háng|thang|thág|tháng)\s*(\d{1,2})\s*n[ăaáâắà]m\s*((?:19|20)\d\d)(?!\d)")
# "ngày 28 ngày 11 năm 2023", "ngày 26 tháng 02 tháng 2025": one unit set for another
_CHANGED_UNIT = pattern(
    r"ngày\s*(\d{1,2})\s*(?:tháng|ngày|năm)\s*(\d{1,2})\s*(?:năm|tháng|ngày)\s*((?:19|20)\d\d)(?!\d)"
)
_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DAYS = {
    **{unit: n for n, unit in enumerate(_UNITS, 1)},
    "mười": 10,
    **{f"mười {unit}": 10 + n for n, unit in enumerate(_UNITS, 1)},
    "mười lăm": 15,
    "hai mươi": 20,
    **{f"hai mươi {unit}": 20 + n for n, unit in enumerate(_UNITS, 1)},
    "hai mươi mốt": 21,
    "hai mươi tư": 24,
    "hai mươi lăm": 25,
    "ba mươi": 30,
    "ba mươi mốt": 31,
    "tư": 4,
    "giêng": 1,
    "chạp": 12,
}
_DAY_WORD = "|".join(sorted(_DAYS, key=len, reverse=True))
# "ngày mùng ba tháng chín năm 1945" of the first decrees
_IN_WORDS = pattern(
    rf"ngày\s+(?:m[ùồ]ng\s+)?(?P<d>{_DAY_WORD})\s+tháng\s+(?P<m>{_DAY_WORD}|\d{{1,2}})\s+năm\s+(?P<y>(?:19|20)\d\d)"
)
# "ngày 08/6/20210": a year of five digits; the number's own year settles it
_LONG_YEAR = pattern(r"ngày\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{5})(?!\d)")
# "Luật Đấu thầu 2023", "Luật Đất đai năm 2013"
_YEAR = pattern(r"\s*+(?:(?:các\s+)?năm\s*+)?((?:19|20)\d\d)(?![\d/-]|\.\d)")


class CitedDate(NamedTuple):
    """A date that belongs to a citation: its value and slice, and where reading may go on."""

    value: PartialDate
    span: Span
    end: int
    grade: Grade


def read_date(folded: str, start: int, end: int, number_year: int | None = None) -> CitedDate | None:
    """The date that follows a number, within the words that may introduce one."""
    end = min(end, start + _REACH)  # a pattern's required words are looked for up to the end it is given
    lead = _LEAD.match(folded, start, end)
    if lead is None:
        return None
    at = lead.end()
    opened = "(" in lead[0]
    found = match_date(folded, at, end)
    if found is None and at == start and folded.startswith("ngày", at):
        found = _glued(folded, at, end)
    bare = found is not None and len(found.value or "") == 10 and lead[0] == " "  # "15/QĐ-UBND 28/9/2022"
    if found and found.value and (found.worded or opened or bare):
        if found.blank and found.end - found.start > 60:
            return None
        if len(found.value) == 7 and folded.startswith("tháng", at) and not opened:
            return None  # "Công văn số ... tháng 12/2021" is rare, and a month alone is mostly a period
        stop = found.end
        if opened and folded[stop : stop + 1] == ")":
            stop += 1
        sure = found.worded or opened
        return CitedDate(found.value, Span(found.start, found.end), stop, Grade.CERTAIN if sure else Grade.LIKELY)
    if not folded.startswith("ngày", at):  # the other forms open so
        return None
    lost = _LOST_LETTER.match(folded, at, end) or _CHANGED_UNIT.match(folded, at, end)
    if lost:
        return _dated(lost, int(lost[3]), Grade.LIKELY)
    worded = _IN_WORDS.match(folded, at, end)
    if worded:
        month = int(worded["m"]) if worded["m"].isdigit() else _DAYS[worded["m"]]
        return _cited(worded, int(worded["y"]), month, _DAYS[worded["d"]], Grade.CERTAIN)
    long = _LONG_YEAR.match(folded, at, end)
    if long and number_year and _one_digit_more(long[3], str(number_year)):
        return _dated(long, number_year, Grade.LIKELY)
    return None


def _glued(folded: str, start: int, end: int) -> DateMatch | None:
    """A date whose blank before it was lost: `15/QĐ-BYTngày 07/02/2025`."""
    found = match_date(folded[start:end])
    return found and found._replace(start=start + found.start, end=start + found.end)


def read_year(folded: str, start: int, end: int) -> CitedDate | None:
    """The year that follows the name of a law."""
    match = _YEAR.match(folded, start, min(end, start + 20))
    if match is None:
        return None
    at = match.start() + len(match[0]) - len(match[0].lstrip())
    return CitedDate(PartialDate(match[1]), Span(at, match.end()), match.end(), Grade.CERTAIN)


def _dated(match: regex.Match[str], year: int, grade: Grade) -> CitedDate | None:
    return _cited(match, year, int(match[2]), int(match[1]), grade)


def _cited(match: regex.Match[str], year: int, month: int, day: int, grade: Grade) -> CitedDate | None:
    try:
        value = PartialDate.of(year, month, day)
    except ValueError:
        return None
    return CitedDate(value, Span(match.start(), match.end()), match.end(), grade)


def _one_digit_more(printed: str, year: str) -> bool:
    """Whether a misprinted year is the right one with a digit too many: 20210 and 2010."""
    return any(printed[:i] + printed[i + 1 :] == year for i in range(len(printed)))
