"""Takes apart a line that holds several parts of a header: agencies, number, `V/v`, motto, place and date (ô 1 to 5b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

import regex

from vnadmin.gazetteer import columns
from vnadmin.genre.agency_name import cut_agencies, may_be_two
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import type_words
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.landmarks import BEFORE_PLACE, address_label_end, subject_label
from vnadmin.genre.motto import WHOLE_LIBERTY, WHOLE_MOTTO, is_quoted
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern


class HeaderPart(Enum):
    """What a piece of such a line is."""

    AGENCY = auto()
    NUMBER = auto()
    SUBJECT = auto()  # V/v ...
    MOTTO = auto()
    LIBERTY = auto()
    PLACE_DATE = auto()
    RULE = auto()  # "-------", drawn between two parts
    STRAY = auto()  # "19", a day that was stamped beside its blank
    REST = auto()  # what follows the header on its line


LEFT = frozenset({HeaderPart.AGENCY, HeaderPart.NUMBER, HeaderPart.SUBJECT})
RIGHT = frozenset({HeaderPart.MOTTO, HeaderPart.LIBERTY, HeaderPart.PLACE_DATE})


class Piece(NamedTuple):
    """A part of the header, and whether both its ends are sure: at a mark of another part, a rule, or the line's end."""

    text: str
    part: HeaderPart
    sure: bool = True


_RULE = pattern(r"[-–—_=*~]{3,}+")
# "Số: 13/CT-KTNN", "Số:09/2010/QĐ-UBND", "Số:         /UBND-VX", "Số 36-HD/VPTW", "Nghị quyết số: 97/2025/UBTVQH15";
# "Số: 76 /Ttr -MNTL", "Số: …../CV-….", "Số: 12b/SYT"; not "V/v trả lời Công văn số 5/UBND"
_NUMBER = pattern(
    r"(?:(?<!\p{Ll} )|(?<=[pP]húc ))(?:(?:Luật|Nghị quyết|Nghị định|Quyết định|Thông tư|Pháp lệnh) )?+\b[sS][ốỐ]\s*+[:.]?\s*+"
    r"[\d.…_\s]*+(?:(?<=\d)[a-zđ] ?+(?=/))?+(?:[-/]\s?+[\w&]++)(?:[-/.][\w&]++|[-/][.…_]++| -\p{Lu}[\w&]*+| - [\p{Lu}&]{2,}+(?!\p{Ll}))*+"
)
# "Hà Nội, ngày 14 tháng 01 năm 2010", "ngày        tháng 12 năm 2024", "ngày 05/4/2012"; the place comes before it
_DATE = pattern(
    r"\b[nN]gày[\s.…_\d]{0,20}+tháng[\s.…_\d]{0,14}+(?:năm[\s.…_]{0,8}+(?:(?:1 ?9|2 ?0) ?\d ?\d|\d{0,2}+))?+"
    r"|\b[nN]gày\s{0,9}+\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d"
)
_SUBJECT = pattern(r"(?<!\w)[vV]\s?/\s?[vV]\b")
_WORD = pattern(r"\S++")
_GAP = pattern(r"\t| {3,}")
_PLACE_WORD = pattern(r"(?:TP|Tp|T\.P|TX|\p{Lu}['’]?\p{Ll}*+)(?:[-.]\p{Lu}?\p{Ll}*+)*+")
_LEVEL_BEFORE = pattern(r"(?r)(?:Thành phố|Thị xã|Thị trấn) ")  # "Thành phố Hồ Chí Minh, ngày"
_BLANKS = " \t|"
_LONGEST_SUBJECT = 250
_PLACE_WORDS, _PROVINCE_WORDS = 5, 2
_LEVELS = ("ủy ban nhân dân tỉnh ", "ủy ban nhân dân thành phố ")
_CITY = frozenset(("TP", "Tp", "T.P"))
_GLUED = 160  # characters of a line with a rule in it


def holds_header(text: str) -> bool:
    """Whether a line holds the motto and, after it, more of the header, or the document's number before it."""
    motto = WHOLE_MOTTO.search(text) if "NAM" in text else None
    if motto is None or is_quoted(text, motto.start()):
        return False
    return any(map(str.isalnum, text[motto.end() :])) or _NUMBER.search(text, 0, motto.start()) is not None


def printed_number(text: str) -> regex.Match[str] | None:
    """The first document's number with its label on a line: hardly a line has one."""
    labelled = ("Số" in text or "SỐ" in text or "số" in text) and ("/" in text or "-" in text)
    return _NUMBER.search(text) if labelled else None


def may_hold_parts(text: str, alone: bool) -> bool:
    """A cheap test that nearly every line of a document fails; a line that stands alone has a number or a rule too."""
    if alone:
        if glued_rule(text):
            return True
        number = printed_number(text)
        if number is None or number[0] == text:
            return False
        head = text[: number.start()]
        return in_capitals(head) or "/" in head or "ạnh" in text or not any(map(str.isalpha, head))  # no prose
    numbered = "Số" in text or "SỐ" in text or "số" in text
    return numbered or "V/" in text or "v/v" in text or "NAM" in text or "lập" in text or "ngày" in text


def glued_rule(text: str) -> bool:
    """Whether a drawn rule stands on the line of a part: `-------Số: 13/CT-KTNN`, `Độc lập - Tự do - Hạnh phúc --------`."""
    return len(text) < _GLUED and ("--" in text or "__" in text or "==" in text) and _RULE.search(text) is not None


def header_pieces(text: str) -> list[Piece]:
    """The parts of a header that a line holds, in their order."""
    pieces: list[Piece] = []
    done = 0
    open_subject = False
    dated = False
    for start, end, part in _marks(text):
        gap = text[done:start]
        if open_subject and gap.strip(_BLANKS):
            pieces.append(Piece(_joined(gap), HeaderPart.SUBJECT, part is not HeaderPart.PLACE_DATE))
        elif part is HeaderPart.MOTTO and (subject := _under_the_number(pieces, gap)):
            pieces.append(subject)
        elif gap.strip(" .,;\t"):
            pieces += agency_pieces(gap) if in_capitals(gap) and not dated else [Piece(gap.strip(), HeaderPart.REST)]
        open_subject = part is HeaderPart.SUBJECT
        dated = dated or part is HeaderPart.PLACE_DATE
        done = start if open_subject else end
        if not open_subject:
            pieces.append(Piece(text[start:end].strip(), part))
    rest = text[done:].strip(" \t")
    if open_subject:
        pieces.append(Piece(_joined(rest), HeaderPart.SUBJECT))
    elif subject := _under_the_number(pieces, rest):
        pieces.append(subject)
    elif any(map(str.isdigit, rest)) and not any(map(str.isalpha, rest)):
        pieces.append(Piece(rest, HeaderPart.STRAY))
    elif any(map(str.isalnum, rest)):
        agency = in_capitals(rest) and not dated and not any(piece.part is HeaderPart.NUMBER for piece in pieces)
        pieces += agency_pieces(rest) if agency else [Piece(rest, HeaderPart.REST)]
    return pieces


def _joined(text: str) -> str:
    """A subject without the bar of a table that stands behind it."""
    return " ".join(text.strip(_BLANKS).split())


def _under_the_number(pieces: Sequence[Piece], text: str) -> Piece | None:
    """`Về việc ...` right behind the number; `Số 12-CV/HU Tổ chức học tập`: the Party's letters print no `V/v`."""
    text = _joined(text)
    if not pieces or pieces[-1].part is not HeaderPart.NUMBER or not text[:1].isupper() or in_capitals(text):
        return None
    label, party = subject_label(fold(text)), "-CV/" in pieces[-1].text.replace(" ", "")
    if len(text) > _LONGEST_SUBJECT or address_label_end(fold(text)) or not (label or party):
        return None
    return Piece(text, HeaderPart.SUBJECT, label is not None)


def agency_pieces(text: str) -> Iterator[Piece]:
    for column in filter(None, map(str.strip, _GAP.split(text))):
        names = cut_agencies(" ".join(column.split()))
        yield from (Piece(name, HeaderPart.AGENCY, len(names) == 1 and not may_be_two(name)) for name in names)


def _marks(text: str) -> list[tuple[int, int, HeaderPart]]:
    """Where the parts stand that are known by their own words, in order; none lies in another."""
    found: list[tuple[int, int, HeaderPart]] = []
    for mark, part in ((WHOLE_MOTTO, HeaderPart.MOTTO), (WHOLE_LIBERTY, HeaderPart.LIBERTY), (_RULE, HeaderPart.RULE)):
        found += [(match.start(), match.end(), part) for match in mark.finditer(text)]
    number = _NUMBER.search(text)
    if number and not _is_cited(text[: number.start()]):
        found.append((number.start(), number.end(), HeaderPart.NUMBER))
    ends = [end for _, end, _ in found]
    for date in _DATE.finditer(text):
        start = _place_start(text, date.start(), max([end for end in ends if end <= date.start()], default=0))
        if start is not None:
            found.append((start, date.end(), HeaderPart.PLACE_DATE))
            break
    subject = _SUBJECT.search(text)
    if subject and not any(start <= subject.start() < end for start, end, _ in found):
        found.append((subject.start(), subject.end(), HeaderPart.SUBJECT))
    return sorted(found)


def _is_cited(before: str) -> bool:
    """Whether a type stands before a number in a title: `... BAN HÀNH KÈM THEO QUYẾT ĐỊNH` before `SỐ 37/2019/QĐ-`."""
    folded = fold(before)
    squeezed = "".join(folded.split())
    if not squeezed.endswith(_type_names()):  # nearly every number
        return False
    named = any(squeezed.endswith(name) and squeezed != name for name in _type_names())
    return named and not starts_with(folded, "head")


@cache
def _type_names() -> tuple[str, ...]:
    return tuple(type_words())


def _place_start(text: str, date: int, low: int) -> int | None:
    """Where the name of the place begins that stands before `, ngày`; the date itself where nothing does."""
    head = text[low:date].rstrip()
    if not head:
        return date
    if not head.endswith(","):
        return date if _GAP.search(text[low:date][len(head) :]) else None
    head = head.rstrip(", ")
    gap = max((match.end() for match in _GAP.finditer(head)), default=0)
    start, starts = None, []
    for word in reversed([*_WORD.finditer(head, gap)][-_PLACE_WORDS:]):
        opening = len(word[0]) - len(word[0].lstrip(BEFORE_PLACE))
        if not _PLACE_WORD.fullmatch(word[0], opening) and word[0] not in ("-", "–"):
            break
        start = word.start() + opening
        starts.append(start)
        if opening:
            break
    # "... huyện Nghĩa Đàn, tỉnh Nghệ An Hà Nội, ngày": a subject ends before the place
    known = (at for at in starts[1:3] if fold(head[at:]) in _provinces())
    if (
        len(starts) > _PROVINCE_WORDS
        and (at := next(known, None)) is not None
        and head[start:at].strip(" .") not in _CITY
    ):
        start = at
    if start and (level := _LEVEL_BEFORE.match(head, gap, start)):
        start = level.start()
    return None if start is None else low + start


@cache
def _provinces() -> frozenset[str]:
    names = map(fold, columns("agencies")["name"])
    return frozenset(
        name.removeprefix(level) for name in names for level in map(fold, _LEVELS) if name.startswith(level)
    )
