"""Place: địa danh before the date (ô 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from vnadmin.found import Found, quote, trimmed
from vnadmin.genre.capitals import holds_word_in_capitals, in_capitals
from vnadmin.genre.landmarks import AT_HOUR
from vnadmin.layout.page import Line, Span
from vnadmin.model import Grade
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable
from vnadmin.zones.preface.closing import closing_place_date, place_and_date
from vnadmin.zones.zone import Zones

# "Hà Nội, ngày ...", "Đá Bạc, tháng 6 năm ...", "Hà nội ngày ...", "TP. Hồ Chí Minh, ngày", "Hà Nội, hồi 9 giờ 00, ngày"
_DAY = r"(?<!\w)(?:ngày|tháng)(?![^\W\d])"
_LETTERS = rf"(?:(?!{_DAY})[^,;:\d]){{0,90}}+"
_PLACE = pattern(
    rf"(?<!\w)(?P<place>(?!{_DAY})\w{_LETTERS}(?:\d{{1,2}}(?!\d){_LETTERS})?)[,.;: ]{{0,50}}+(?:{AT_HOUR}[, ]{{0,3}})?{_DAY}"
)
# The tail of a number line that columns were not cut from: "Số: 3467/QĐ-BYT Hà Nội, ngày 15 ...", "Số: 08-GM/HND, Hạ Sơn, ngày"
_TAIL = pattern(r"[/-]\w+[,;.]?+(?: -)?+ ++\(?+(?P<place>(?:\w+[. ]++){1,6}?\w+), *+ngày(?!\w)")
_MOST_WORDS = 5  # of "Thành phố Hồ Chí Minh"; "Tự do - Hạnh phúc Hà Nội", "Đảng và Nhà nước Hà Nội" ran together
_TWIN = pattern(r"\w++ \w++(?: \p{Lu}\w*+){1,3} [-–](?: \p{Lu}\w*+){1,3}")  # "Thành phố Phan Rang - Tháp Chàm"
# "Số: 12/2020/NĐ-CP Hà", "... Hạnh phúc Hồ Chí": the line above ends with a word that may begin the place
_CUT_OFF = pattern(r"(?<![\p{L}])\p{Lu}\p{Ll}++\s*+$")
_CUT_REACH = 20
_FULL_WORD = pattern(r"\p{Lu}\p{Ll}{2,}+")  # "Tp", "Hcm" aside


def read_place(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    if zones.preface.place_date:
        yield from _read(zones, place_and_date(zones), _PLACE, "place.place-date-line")
        return
    found = tuple(_read(zones, zones.preface.number, _TAIL, "place.number-line"))
    yield from found or _read(zones, closing_place_date(zones), _PLACE, "place.closing-line", Grade.LIKELY)


def _is_cut_off(zones: Zones, line: Line | Span) -> bool:
    """Whether the line above, or the number's, may hold the place's first words."""
    ends = [line.start, *(above.end for above in zones.preface.number)]
    return any(_CUT_OFF.search(zones.document.text, max(end - _CUT_REACH, 0), end) for end in ends)


def _may_be_a_paper(place: str) -> bool:
    """`Hải Minh Online`: a name of syllables before a word that is none; not `Krông Năng`, `Thành phố Pleiku`."""
    *words, last = _FULL_WORD.findall(place) or [""]
    return len(words) > 1 and not is_syllable(last) and all(map(is_syllable, words))


def _is_in_header(zones: Zones, place: str) -> bool:
    """Whether an agency of the header bears the name of the place: `UBND HUYỆN KRÔNG NÁ`."""
    return any(bare(place) in zones.document.bare_of(line) for line in zones.preface.agencies)


def _read(
    zones: Zones, lines: Sequence[Line | Span], pattern: regex.Pattern[str], rule: str, grade: Grade = Grade.CERTAIN
) -> Iterator[Found[str]]:
    document = zones.document
    for line in lines:
        match = pattern.search(document.folded, line.start, line.end)
        if match:
            span = trimmed(document, match.start("place"), match.end("place"), ",;:(*_")
            if span.end > span.start and document.text[span.start].isupper():
                found = quote(document, span, rule, grade if span.end - span.start > 2 else Grade.GUESS)
                # "BAN THƯỜNG VỤ Hải Vân" ran together
                whole = in_capitals(found.value) or not holds_word_in_capitals(found.value)
                # "Minh" of "Hồ Chí" / "Minh, ngày"; "Vinh" is whole
                whole = whole and not (is_syllable(found.value) and _is_cut_off(zones, line))
                whole = whole and (found.value.count(" ") < _MOST_WORDS or _TWIN.fullmatch(found.value) is not None)
                whole = whole and (not _may_be_a_paper(found.value) or _is_in_header(zones, found.value))
                yield found if whole or grade is not Grade.CERTAIN else found._replace(grade=Grade.LIKELY)
            return
