"""Markers: what opens an item (`Điều 1.`, `II/`, `1.1`, `a)`, `(i)`, `-`) and what class it is of.

The one recogniser of them. Who asks names the kinds that it takes, and says why it leaves the others out.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import regex

from vnadmin.gazetteer import rows
from vnadmin.genre.bullet import bullet_rank, bullets
from vnadmin.genre.line_text import LineText
from vnadmin.text.fold import DASHES, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# The 23 letters of điểm in their order (NĐ 78/2025; f, j, w, z are seen in templates).
ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"


class MarkerKind(StrEnum):
    """The class of a marker; items of one class at one depth are one series."""

    HEADING = "heading"  # Phần, Chương, Mục, Tiểu mục, Điều
    UPPER = "upper"  # A.
    ROMAN = "roman"  # I.
    NUMBER = "number"  # 1.
    DOTTED = "dotted"  # 1.1.
    LETTER = "letter"  # a)
    LETTERED = "lettered"  # a.1), a1)
    LOWER_ROMAN = "lower_roman"  # i)
    BULLET = "bullet"
    PROVISION = "provision"  # "Điều 5 Nghị định ...", "Khoản 2 Điều 3": a line that opens with a reference
    STEP = "step"  # Bước 1:


_RANK: Final = {
    MarkerKind.UPPER: 5,
    MarkerKind.ROMAN: 6,
    MarkerKind.NUMBER: 7,
    MarkerKind.DOTTED: 7,
    MarkerKind.LETTER: 8,
    MarkerKind.LETTERED: 8,
    MarkerKind.LOWER_ROMAN: 9,
    MarkerKind.STEP: 9,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of a marker: where it stands, its class, its place in a series and how it is punctuated."""

    start: int
    end: int  # after the marker itself, without `.` or `)`
    content: int  # where the item's text begins
    kind: MarkerKind
    series: str  # items of one series have the same: "điều", "1.", "a)", "-"
    value: tuple[int, ...]  # 1.2.3 is (1, 2, 3); bullets have none
    rank: int
    naked: bool = False  # no punctuation after it: "1.1 Title", "Chương II"


# "Điều 1.", "Chương II", "MỤC 2", "Phần 5a:", "Điều thứ nhất", "Tiểu mục 1", "Điều 12a.", "Điều I.", "Nội dung 1."
_HEADING = (
    r"(?P<word>tiểu mục|phần|chương|mục|điều|khoản|bước|nội dung(?= \d{1,2} ?[.:])) ?+(?P<which>thứ (?P<ordinal>[^\W\d]++(?: [^\W\d]++)?)"
    r"|(?P<hd>\d{1,3})(?P<hs>[a-zđ]?)|(?P<hr>[ivxlc]{1,7}))(?![\w])(?P<hp> ?+(?:[.:/)]|-(?!\d))|)"
)
# "1.1", "1.1.1.", "3.1 -", "2.1)"; never "1.5 lần", "12.000 đồng" (checked by what follows)
_DOTTED = r"(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,4})(?![\d/,])(?P<dp>[.):/]|(?: ?-(?=[ \w])))?"
# "1.", "1)", "1/", "1-", "1 -", "1:", "10."; not "1,5", "24/7", "1.000", "6-15 CV"
_NUMBER = r"(?P<number>\d{1,3})(?P<np>[.):](?!\d)|/(?!\d)| ?-(?![\d]))"
# "I.", "II/", "III -", "IV)", "I:"
_ROMAN = r"(?P<roman>[IVXLC]{1,7})(?P<rp> ?[.)/:]| ?[-–—])"
# "A.", "B/", "C -"
_UPPER = r"(?P<upper>[A-ZĐ])(?P<up>[.)/]| ?[-–—](?= ))"
# "a)", "đ)", "a.", "b/", "a-", "a, Thành lập ...", "i)", "iv)", "a1)", "a.1)", "đ.2."; not "a, b khoản 2"
_LETTER = r"(?P<letter>[a-zđ])(?P<lp>[.)/]|-(?= )|,(?= \p{Lu}))(?![a-zđ\d]\w*[.)])"
_LETTERED = r"(?P<la>[a-zđ])(?P<ls>\.?)(?P<ln>[1-9]\d?)(?P<lnp>[.)])"
_LOWER_ROMAN = r"(?P<lr>[ivx]{1,5})(?P<lrp>[.)])"
# "(1)", "(i)", "(a)", "(II)"
_BRACKETED = r"\((?:(?P<bn>\d{1,2})|(?P<br>[ivx]{1,5})|(?P<bl>[a-zđ]))\)"

_FOLDED = pattern(f"{_HEADING}|{_DOTTED}|{_NUMBER}")
_PRINTED = pattern(f"{_ROMAN}|{_UPPER}|{_LETTERED}|{_LOWER_ROMAN}|{_LETTER}|{_BRACKETED}")
_WORD = pattern(r"[^\W\d_]*+")
# A sign that was pasted between a marker and its text: "1. @Sở Y tế", "2. → Giao", "a) ✔ Rà soát"
_PASTED = pattern(r"[^\w\s“\"'(*\[….,;:/)\]}%]{1,3}+ ?(?=\p{Lu})")
_ROMAN_SHAPE = pattern(r"(?=.)(?:c{0,3})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
_ROMAN_VALUE: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# Two letters with which a line may open: those of a heading's word, of a roman numeral.
OPENING: Final = r"(?:[pP][hH][ầẦ]|[cC][hH][ưƯ]|[mM][ụỤ]|[tT][iI][ểỂ]|[đĐÐ][iI]|[kK][hH]|[bB][ướƯ]|[nN][ộỘ]|[IVXLC]{2,7} ?[.)/:–—-]|[ivx]{2,5}[.)])"
_MAY_OPEN = pattern(OPENING)
_HOLLOW_RANK: Final = 12  # of "o"
_OPENERS: Final = frozenset("pcmtđkbn")


@cache
def _headings() -> dict[str, int]:
    return {row["word"]: int(row["rank"]) for row in rows("outline_marks") if row["kind"] == "heading"}


def heading_words() -> tuple[str, ...]:
    """What opens a heading, a reference or a step, in small letters: `điều`, `chương`, `bước`."""
    return (*_headings(), "bước")


@cache
def _ordinals() -> dict[str, int]:
    return {row["word"]: int(row["rank"]) for row in rows("outline_marks") if row["kind"] == "ordinal"}


def roman(text: str) -> int:
    """The value of a roman numeral in lower case, 0 where it is none."""
    if not _ROMAN_SHAPE.fullmatch(text):
        return 0
    values = [_ROMAN_VALUE[char] for char in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def read_markers(text: str, folded: str, start: int, end: int) -> tuple[Marker, ...]:
    """The readings of the marker that opens a line, best first: `i)` may be a letter or a roman numeral."""
    if start >= end:
        return ()
    char = text[start]
    if char in bullets():
        return _bullet(text, start, end)
    if char == "o" and text.startswith("o ", start) and text[start + 2 : start + 3].isupper():
        return _bullet(text, start, end)  # Word's second level, in Courier New
    if char.isdigit() or folded[start] in _OPENERS:
        match = _FOLDED.match(folded, start, end)
        if match:
            found = _from_folded(match, text, end)
            return (found,) if found else ()
    if char == "(" or (char.isascii() and char.isalpha()) or char in "đĐ":
        match = _PRINTED.match(text, start, end)
        if match:
            return _from_printed(match, text, start, end)
    return ()


def marker_of(line: LineText, accepted: Container[MarkerKind]) -> Marker | None:
    """The best reading of an accepted kind of the marker that opens a line."""
    readings = read_markers(line.text, line.folded, 0, len(line.text))
    return next((reading for reading in readings if reading.kind in accepted), None)


_REACH: Final = 120  # characters of a line that tell whether it opens with a marker
_HEADED: Final = 48  # of the marker itself


def marker_of_text(text: str, accepted: Container[MarkerKind]) -> Marker | None:
    """The same of a text as printed, whose folds are not at hand."""
    if text[:1].isalpha() and text[1:2].isalpha() and not _MAY_OPEN.match(text):  # nearly every line
        return None
    head = text[:_REACH]
    if head[:1].isdigit() or head[1:2].isalpha():  # a number, a heading's word
        folded = fold(head[:_HEADED]) + head[_HEADED:]
    else:
        folded = head
    return marker_of(LineText(head, folded, ""), accepted)


def is_label(text: str) -> bool:
    """Whether a text is nothing but a letter or a roman numeral that labels items: "II", "đ"."""
    return (len(text) == 1 and text in ALPHABET) or (text.isupper() and text.isascii() and roman(text.lower()) > 0)


def read_label(label: str) -> tuple[Marker, ...]:
    """The readings of a marker that stands without its punctuation and its text: `1.1`, `đ`, `IV`, `Điều 5`, `-`."""
    label = " ".join(label.split())
    if label in bullets():
        return (Marker(0, 1, 1, MarkerKind.BULLET, label, (), bullet_rank(label)),)
    closed = f"{label})"
    return read_markers(closed, fold(closed), 0, len(closed))


# What may stand before its text without a blank in running text: "b)Điểm b", "1.Phạm vi", "-Đối với". "P.Chủ tịch" and
# "V.Nam" are abbreviations, and no heading is set so.
_GLUED: Final = frozenset({MarkerKind.LETTER, MarkerKind.NUMBER, MarkerKind.DOTTED, MarkerKind.BULLET})
_MAY_BE_GLUED = pattern(r"[“\"]?(?:[^\w\s]|[a-zđ\d][\d.]{0,8}[.)/:-])[^\W\d_]")


def glued_marker(token: str) -> int:
    """Where a marker ends in a token that lacks the blank after it; 0 if it is no such token."""
    if not _MAY_BE_GLUED.match(token):  # nearly every word
        return 0
    quoted = token[:1] in ("“", '"')
    marker = marker_of_text(token[quoted:], _GLUED)
    if marker is None or marker.naked or marker.content + quoted >= len(token):
        return 0
    following = token[marker.content + quoted :]
    return marker.content + quoted if following[0].isupper() and not following[1:2].isupper() else 0


def _content(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _item(text: str, position: int, end: int) -> int:
    """Where the text of an item begins, behind a sign that was pasted before it."""
    content = _content(text, position, end)
    pasted = _PASTED.match(text, content, end)
    return pasted.end() if pasted else content


def _bullet(text: str, start: int, end: int) -> tuple[Marker, ...]:
    """A bullet: one bullet character before text; rules (`-----`, `* * *`) and `-o0o-` are none."""
    position = start + 1
    char = text[start]
    content = _content(text, position, end)
    if content >= end:
        return ()
    following = text[content]
    if following in bullets() or following in "_=~.":
        return ()
    if content == position and char in f"-{DASHES}+*" and not following.isalpha() and following not in '(“"':
        return ()  # "-5°C", "+84 ..."
    if end - content < 6 and not any(c.isalpha() and c.lower() != "o" for c in text[content:end]):
        return ()  # "- 0 -", "-o0o-"
    return (
        Marker(
            start,
            position,
            content,
            MarkerKind.BULLET,
            "-" if char in DASHES else char,
            (),
            bullet_rank(char) or _HOLLOW_RANK,
        ),
    )


def _from_folded(match: regex.Match[str], text: str, end: int) -> Marker | None:
    start = match.start()
    if match["word"]:
        return _heading(match, text, end)
    if match["dotted"]:
        parts = tuple(int(part) for part in match["dotted"].split("."))
        content = _content(text, match.end(), end)
        naked = match["dp"] is None
        # "1.5 lần", "2.3 tỷ": a naked decimal goes on in lower case
        if content < end and naked and not (text[content].isupper() or text[content] in '“"('):
            return None
        if content < end and (content == match.end() and text[content].isdigit()):
            return None
        return Marker(
            start,
            match.end("dotted"),
            content,
            MarkerKind.DOTTED,
            f"{len(parts)}",
            parts,
            _RANK[MarkerKind.DOTTED],
            naked,
        )
    content = _item(text, match.end(), end)
    punctuation = match["np"].strip()
    if content < end:
        following = text[content]
        if punctuation in "/-" and content == match.end() and not _opens_word(text, content, end):
            return None  # "10/BC-UBND", "1-2"
        if not (following.isalpha() or following in "“\"'(*[…." or (following.isdigit() and content > match.end())):
            return None
    return Marker(
        start,
        match.end("number"),
        content,
        MarkerKind.NUMBER,
        f"1{punctuation}",
        (int(match["number"]),),
        _RANK[MarkerKind.NUMBER],
    )


def _opens_word(text: str, content: int, end: int) -> bool:
    """`1/Text`, `1-Các`: a capital and then a small letter."""
    return text[content].isupper() and content + 1 < end and text[content + 1].islower()


def _heading(match: regex.Match[str], text: str, end: int) -> Marker | None:
    word = match["word"]
    which: tuple[int, ...]
    if match["ordinal"]:
        names = match["ordinal"].split()
        ordinals = _ordinals()
        which = tuple(ordinals[name] for name in names if name in ordinals)
        if not which:
            return None
        which = (10 + which[1],) if len(which) == 2 and which[0] == 10 else which[:1]
        stop = (
            match.end("ordinal") if len(names) == 1 or names[1] in ordinals else match.start("ordinal") + len(names[0])
        )
    elif match["hd"]:
        which = (int(match["hd"]), *((ord(match["hs"]),) if match["hs"] else ()))
        stop = match.end("which")
    else:
        value = roman(match["hr"])
        if not value:
            return None
        which = (value,)
        stop = match.end("which")
    punctuated = bool(match["hp"])
    if word == "bước":  # "Bước 1: Nộp hồ sơ"
        content = _content(text, match.end(), end)
        kind, rank = MarkerKind.STEP, _RANK[MarkerKind.STEP]
        return Marker(match.start(), stop, content, kind, word, which, rank, not punctuated)
    content = _content(text, max(stop, match.end() if punctuated else stop), end)
    if punctuated and text.startswith(printed := text[match.start() : match.end()], content, end):
        content = _content(text, content + len(printed), end)  # "Điều 1: Điều 1: ...", of a list that counts by itself
    kind, rank = MarkerKind.HEADING, _headings()[word]
    # "Mục 2 QUẢN LÝ THUẾ", "Điều thứ nhất" is a title; "Điều 5 Nghị định", "Khoản 2 Điều 30" is a reference
    titled = punctuated or content >= end or (word != "điều" and text[content:end][:40].isupper())
    if match["ordinal"] is None and (word == "khoản" or not titled):
        kind, rank = MarkerKind.PROVISION, 0
    return Marker(match.start(), stop, content, kind, word, which, rank, not punctuated)


def _from_printed(match: regex.Match[str], text: str, start: int, end: int) -> tuple[Marker, ...]:
    content = _item(text, match.end(), end)
    glued = content == match.end()
    if content < end and not (text[content].isalnum() or text[content] in "“\"'(*[…."):
        return ()
    if match["roman"] or match["upper"]:
        name = "roman" if match["roman"] else "upper"
        mark = match["rp" if match["roman"] else "up"].strip()
        if glued and content < end and not _starts_title(text, content, end, mark):
            return ()  # "C-OHSAS", "V-League", "Đ/c Hà", "P.12", "B.C.H"
        label = match[name].lower()
        found: list[Marker] = []
        if match["roman"] and (value := roman(label)):
            found.append(_marker(start, match.end(name), content, MarkerKind.ROMAN, "I", value))
        if len(label) == 1 and label in ALPHABET:
            reading = _marker(start, match.end(name), content, MarkerKind.UPPER, "A", ALPHABET.index(label) + 1)
            found.insert(1 if label in "ivx" else 0, reading)
        return tuple(found)
    if match["la"]:
        pair = (ALPHABET.find(match["la"]) + 1, int(match["ln"]))
        return (Marker(start, match.end("ln"), content, MarkerKind.LETTERED, "a1", pair, _RANK[MarkerKind.LETTERED]),)
    if match["bn"]:
        return (_marker(start + 1, match.end() - 1, content, MarkerKind.NUMBER, "(1)", int(match["bn"])),)
    bracketed = match["bl"] or match["br"]
    label = bracketed or match["letter"] or match["lr"]
    first = start + 1 if bracketed else start
    if glued and content < end and not bracketed and not _starts_title(text, content, end, text[match.end() - 1]):
        return ()  # "a/b", "c.v"
    mark = "(" if bracketed else (match["lp"] or match["lrp"])
    readings: list[Marker] = []
    if value := roman(label) if set(label) <= set("ivx") else 0:
        readings.append(_marker(first, first + len(label), content, MarkerKind.LOWER_ROMAN, f"i{mark}", value))
    if len(label) == 1:
        place = (ALPHABET.index(label) + 1,) if label in ALPHABET else ()
        readings.append(
            Marker(first, first + 1, content, MarkerKind.LETTER, f"a{mark}", place, _RANK[MarkerKind.LETTER])
        )
    return tuple(readings)


def _starts_title(text: str, content: int, end: int, mark: str) -> bool:
    """Whether text set right after its marker can be an item: `a)Có`, `I.Mục đích`."""
    word = _WORD.match(text, content, end) if mark in "-–—" else None
    if word and not is_syllable(word[0]):
        return False
    if mark == ")":
        return text[content].isalpha() or text[content] in '“"('
    return _opens_word(text, content, end) or (
        text[content : content + 2].isupper() and text[content + 1 : content + 2].isalpha()
    )


def _marker(start: int, end: int, content: int, kind: MarkerKind, series: str, value: int) -> Marker:
    return Marker(start, end, content, kind, series, (value,), _RANK[kind])
