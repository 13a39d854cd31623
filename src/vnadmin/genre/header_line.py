"""Says what one line of a header is by its content alone: motto, number, place and date, mark, address label, ..."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

import regex

from vnadmin.gazetteer import words_where
from vnadmin.genre.attachment_line import ISSUED_WITH
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import address_label_end, is_number_line, is_place_date, subject_label
from vnadmin.genre.line_text import LineText
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.genre.motto import motto_of
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern


class HeaderKind(Enum):
    """What a line is, as far as its own words tell."""

    RULE = auto()  # "-----", "***", "o0o", a lone "*"
    MOTTO = auto()  # Quốc hiệu, tiêu ngữ, ĐẢNG CỘNG SẢN VIỆT NAM
    NUMBER = auto()
    PLACE_DATE = auto()
    LETTER_SUBJECT = auto()  # V/v ...
    ADDRESS = auto()  # Kính gửi
    MARK = auto()
    PREAMBLE = auto()  # Căn cứ ...
    BODY = auto()  # Điều 1., I., 1.
    ATTACHED = auto()  # (Ban hành kèm theo ...)
    FOREIGN = auto()  # the same header again in English
    OTHER = auto()


# "¾¾¾¾¾": a line drawn of glyphs of the font Symbol, which Word keeps by their numbers
_RULE = pattern(r"[\W_¾]*+(?:o0o|o o o|0|o)?[\W_]*+")
# What opens the body. A bullet or a capital letter may stand in the header too ("- Sở Y tế", "P. TỔ CHỨC"), and a title
# may count in brackets: "... về (1) tình trạng úng ngập;" / "(2) ùn tắc giao thông".
_ACCEPTED = frozenset(MarkerKind) - {MarkerKind.BULLET, MarkerKind.UPPER}
# "(Ban hành kèm theo Quyết định số ...)", "Mẫu số 01", "MẪU ĐƠN", "Biểu mẫu 2", "Phụ lục I"
_ATTACHED = pattern(rf"[(*_]*+(?:{ISSUED_WITH}|mau (?:so|don|bieu|phieu)\b|bieu (?:mau|so)\b|phu luc\b)")

# "- Văn phòng Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam;" of a list
_NAMES_THE_STATE = pattern(r"^[-+•].*\b[Nn]ước C[ộô]ng")


def header_kind(line: LineText) -> HeaderKind:
    """What one line of a header is. Lines too long for any part of one cost one comparison of lengths."""
    if len(line.folded) > 400:
        return HeaderKind.PREAMBLE if starts_with(line.folded, "preamble") else HeaderKind.OTHER
    text, folded = line.text, line.folded
    length = len(folded)
    if length < 60 and _RULE.fullmatch(folded):
        return HeaderKind.RULE
    if length < 90 and motto_of(line.bare) and not _NAMES_THE_STATE.search(text):
        # "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;" is none
        return HeaderKind.PREAMBLE if starts_with(folded, "preamble") else HeaderKind.MOTTO
    if length < 160 and is_number_line(text, folded):
        return HeaderKind.NUMBER
    if length < 110 and is_place_date(text, folded):
        return HeaderKind.PLACE_DATE
    subject = subject_label(folded)
    if subject and not subject.is_about and not folded[: subject.start].strip("\"'(*_- "):
        return HeaderKind.LETTER_SUBJECT
    if address_label_end(folded) and not folded.endswith(("./.", "./")):
        return HeaderKind.ADDRESS
    if length < 60 and mark_of(text, folded):
        return HeaderKind.MARK
    if starts_with(folded, "preamble"):
        return HeaderKind.PREAMBLE
    if (folded[0] != "(" and marker_of(line, _ACCEPTED)) or folded.startswith("nơi nhận"):
        return HeaderKind.BODY
    if _ATTACHED.match(line.bare):
        return HeaderKind.ATTACHED
    if _is_foreign(folded):
        return HeaderKind.FOREIGN
    return HeaderKind.OTHER


def mark_of(text: str, folded: str) -> tuple[str, str] | None:
    """The stand-alone mark on a line as (field, mark): `KHẨN`, `HỎA TỐC HẸN GIỜ: 14h00`, `(MẬT)`, `DỰ THẢO LẦN 2`."""
    match = _MARKS.match(folded)
    if not match:
        return None
    name = " ".join(match["mark"].split())
    field = _mark_fields()[name]
    if not in_capitals(text[match.start("mark") : match.end("mark")]) and field != "draft" and "(" not in match[0]:
        return None
    return field, name


@cache
def _mark_fields() -> dict[str, str]:
    return {
        fold(mark): field
        for field in ("secrecy", "urgency", "circulation", "draft", "arrival", "copy")
        for mark in words_where("marks", "field", field, "mark")
    }


# "THÔNG BÁO (Lần 2)", "KẾ HOẠCH (đợt 3)": which one of several, not what it is about; "(Sửa đổi, bổ sung năm 2020)" is
_ISSUE = pattern(r"[ *_]*+\((?:lần|đợt|kỳ)(?: thứ)? (?:\d{1,3}|\p{L}{1,5})\)[ *_]*+")


def is_issue_mark(folded: str) -> bool:
    """Whether a bracket tells which one of several a document is: `(Lần 2)`."""
    return _ISSUE.fullmatch(folded) is not None


# the whole line is the mark: "KHẨN", "[MẬT]", "HỎA TỐC: 14 giờ 00", "Dự thảo lần 3", "DỰ THẢO 2", "DỰ THẢO ngày 12"
_MARKS = pattern(
    lambda: (
        rf"[^\w]*+(?P<mark>{alternation(_mark_fields())})(?!\w)"
        r"(?:[^\w]*+$| *+[:(-]? *+(?:(?:lần|hẹn giờ|trước|ngày|số)\b.{0,30}|\d.{0,20})$)"
    )
)


def starts_with(folded: str, kind: str) -> bool:
    """The line opens with a word of that kind of `data/header_words.tsv`."""
    return _opening(kind).match(folded) is not None


def equals(folded: str, kind: str) -> bool:
    """The line is such a word and nothing else."""
    return folded.strip(" .:*_") in _set(kind)


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(map(fold, words_where("header_words", "kind", kind)))


@cache
def _opening(kind: str) -> regex.Pattern[str]:
    names = sorted(_set(kind), key=len, reverse=True)
    return pattern(r"[-+*_•\"'( ]*+(?:" + "|".join(map(regex.escape, names)) + r")(?!\w)")


def is_labelled(folded: str, kind: str) -> bool:
    """The line opens with such a word as a label: `ĐT: ...`, `Tel/Fax: ...`."""
    match = _opening(kind).match(folded)
    return match is not None and folded[match.end() :].lstrip(" .")[:1] in (":", "/")


def holds(folded: str, kind: str) -> bool:
    """Whether such a word stands anywhere in a text."""
    return _anywhere(kind).search(folded) is not None


@cache
def _anywhere(kind: str) -> regex.Pattern[str]:
    return pattern(rf"(?<!\w)(?:{alternation(_set(kind))})(?!\w)")


def holds_level(folded: str) -> bool:
    """Whether the level of a place stands in a text; in `BẢO HIỂM XÃ HỘI` none does."""
    return _level().search(folded) is not None


@cache
def _level() -> regex.Pattern[str]:
    subjects = alternation(map(fold, words_where("level_words", "kind", "subject")))
    return pattern(rf"(?<!\w)(?:{alternation(_set('unit'))})(?!\w)(?! (?:{subjects})(?!\w))")


def _is_foreign(text: str) -> bool:
    """A line of an English twin: plain ASCII, with a known English word or two words longer than any syllable."""
    if not text.isascii():
        return False
    parts = regex.findall(r"[a-z]+", text)
    return not _set("english").isdisjoint(parts) or sum(len(part) > 7 for part in parts) >= 2


def squeeze(text: str) -> str:
    """Only the letters and digits, folded and without marks: what two printings of one name share."""
    return "".join(filter(str.isalnum, bare(text)))
