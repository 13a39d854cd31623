"""Tells a person's name, with rank or degree before it, from other short lines (họ và tên người ký, ô 7b)."""

from __future__ import annotations

from enum import IntEnum
from functools import cache, lru_cache

from vnadmin.gazetteer import words
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern


class NameLikeness(IntEnum):
    """How much a text looks like a person's name."""

    NONE = 0
    SHAPE = 1  # words in Title Case, but no family name that the table knows; a foreign name in capitals
    CAPITALS = 2  # "ĐINH THỊ HỒNG THẮM": a known family name, all in capitals
    FULL = 3  # "Đại tá Nguyễn Văn An": Title Case and a known family name


# One word of a name: "Nguyễn", "NGUYỄN", "K'Brếp", "H'Yim", "Y-Thanh".
_WORD = pattern(r"\p{Lu}(?:\p{Ll}|\p{Lu}|['’](?=\p{L})|-(?=\p{Lu}))*+")
_TITLE = pattern(r"\p{Lu}['’]?(?:\p{Ll}*+)(?:['’-]\p{Lu}\p{Ll}*+)?")
# What a Vietnamese syllable can be, without its marks; "BOLAT" is none.
_SYLLABLE = pattern(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_VOWEL = pattern(r"[aeiouy]")
_HUNG = pattern(r"[.;)](?=\p{Lu}\p{Ll}*+$)")  # "- Lưu: VT.Đoàn Văn An" of cells that were joined
_ONE_WORD = pattern(r"[HK]['’]\p{Lu}\p{Ll}{2,}+")  # "K'Sớt", "H'Rin": the whole name of a Cơ Ho, a Mạ, an Ê Đê
_EDGE = " *_.,:;|-–"
_MOST_WORDS = 6
_MOST_AT_END = 5  # words of a name that ends a line of other words


@cache
def _family_names() -> frozenset[str]:
    return frozenset(word.lower() for word in words("surnames"))


@cache
def _not_persons() -> frozenset[str]:
    # "DANH SÁCH", "BẢNG KÊ": the title of what follows stands where a name might, and Danh is a family name
    listed = (*words("not_persons"), *words("attachment_titles"))
    return frozenset(form for word in listed for form in (word.lower(), fold(word)))


@cache
def _rank_forms() -> tuple[str, ...]:
    return tuple(fold(word) for word in sorted(words("ranks"), key=len, reverse=True))


# "Th.s ", "Bs.CKI ", "KTS.ThS. ": a degree that no table lists is a short word with a stop in it or behind it
_DEGREE = r"(?!(?:tm|kt|tl|tuq|uq|q|p|[tk]|u)[./])[^\W\d_]{1,4}\.(?:[^\W\d_]{1,5}\.?+)?+ *+"
# "Đại tướng", "PGS.TS.", "GS, TS ", "BS.CKII ", "ThS.", "Trung tá:": one or more, each followed by a stop or a blank
_RANKS = pattern(
    lambda: (
        rf"(?:(?:{alternation(form for word in words('ranks') for form in (word.lower(), fold(word)))})"
        rf"(?: ?[.,:]++ *+| ++)|{_DEGREE}(?=[^\W\d_]))++"
    )
)


def _is_family_name(word: str) -> bool:
    return word.lower().replace("ð", "đ").partition("'")[0].partition("-")[0] in _family_names()


_MOST_OF_RANKS = 200  # characters: a line that goes on without an end is asked at each of its words


def without_rank(text: str) -> int:
    """Where the name itself begins in a line that may open with ranks and degrees."""
    match = _RANKS.match(text[:_MOST_OF_RANKS].lower())
    return int(match.end()) if match else 0


def name_likeness(text: str) -> NameLikeness:
    """How much one stretch of text looks like a name; rank and degree may stand before it."""
    text = text.strip(_EDGE)
    last = text.rsplit(None, 1)[-1:]
    if not last or not last[0][0].isupper() or len(text) > 60:  # nearly all prose
        return NameLikeness.NONE
    return _likeness(text)


@lru_cache(maxsize=256)  # the layout asks, and the zones and fields after it
def _likeness(text: str) -> NameLikeness:
    name = text[without_rank(text) :].strip(_EDGE)
    parts = name.split()
    if len(parts) == 1 and _ONE_WORD.fullmatch(name):
        return NameLikeness.SHAPE
    if not 2 <= len(parts) <= _MOST_WORDS or not parts[0][0].isupper():
        return NameLikeness.NONE
    titled = all(part.istitle() and part.isalpha() for part in parts)  # nearly every name
    if not titled and not all(map(_WORD.fullmatch, parts)):
        return NameLikeness.NONE
    if " ".join(parts).lower() in _not_persons():
        return NameLikeness.NONE
    known = _is_family_name(parts[0])
    if titled or all(map(_TITLE.fullmatch, parts)):
        return NameLikeness.FULL if known else NameLikeness.SHAPE
    if known and name == name.upper():
        return NameLikeness.CAPITALS
    return NameLikeness.SHAPE if all(_is_foreign(part) for part in (parts[0], parts[-1])) else NameLikeness.NONE


def _is_foreign(word: str) -> bool:
    """Whether a word in capitals can be read but is no Vietnamese syllable: "BOLAT"; "UBND" cannot be read."""
    plain = bare(word)
    return len(plain) > 3 and _VOWEL.search(plain) is not None and _SYLLABLE.fullmatch(plain) is None


def has_name_shape(text: str) -> bool:
    """Whether a text is two words or more in Title Case or in capitals, whatever they say: cheap, and no proof."""
    parts = text.split()
    return 2 <= len(parts) <= _MOST_WORDS and all(map(_WORD.fullmatch, parts))


def is_two_names(text: str) -> bool:
    """Whether a line holds two names, which columns that were lost set side by side: `Lại Thị Sen Ngô Thị Cúc`."""
    words = text.split()
    return len(words) == _MOST_WORDS and _is_family_name(words[3])


CALLED = r"(?:đồng chí|đ/c|ông|bà|thầy|cô|anh|chị)"  # what a person is called, folded
_CALLED = pattern(rf"(?i:{CALLED})(?: giáo)?[.:]? (?=\p{{Lu}})")


def is_called(text: str) -> bool:
    """Whether a text is a person's whole name behind what he is called, or the last word of it: `Thầy Trần Quốc Bảo`, `Đ/c Hà`."""
    called = _CALLED.match(text)
    if called is None:
        return False
    name = text[called.end() :].strip()
    return name_likeness(name) is NameLikeness.FULL or (name.isalpha() and name[1:].islower())


_FEWEST_OF_TWO, _MOST_OF_TWO = 6, 16  # words, ranks and degrees with them
_MIDDLE = ("Thị", "Văn")  # no name ends with them


def names_side_by_side(text: str) -> list[str]:
    """The two names of which a line is nothing but the one and the other, empty where it may be one or parted in two ways."""
    if not _FEWEST_OF_TWO <= text.count(" ") + 1 <= _MOST_OF_TWO:
        return []
    ways = ways_to_two_names(text)
    told = [way for way in ways if way[1].split()[1] in _MIDDLE] or ways  # no "Sen Lê Văn Tám"
    return [*told[0]] if len(told) == 1 else []


def ways_to_two_names(text: str) -> list[tuple[str, str]]:
    """Each way in which a line can be two names: `Trần Văn An` and `Lê Hưng`."""
    words = text.split()
    inner = (at for at in range(2, len(words) - 1) if words[at - 1] not in _MIDDLE)
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in inner]
    return [way for way in ways if all(name_likeness(name) is NameLikeness.FULL for name in way)]


# Names of manuals and forms: "Nguyễn Văn A", "Trần Thị B".
_SAMPLE = pattern(r"(?:van|thi) \p{L}\.?$")


def is_sample_name(text: str) -> bool:
    """Whether a name is one of a sample."""
    return _SAMPLE.search(bare(text.strip(_EDGE))) is not None


def name_at_end(text: str, folded: str) -> int | None:
    """Where a name of known family begins that ends the text, or None: "...; Nguyễn Văn An" of two columns on one line.

    The longest stretch of Title Case words that opens with a family name is taken, ranks before it included.
    """
    stripped = text.rstrip(" *_")
    starts: list[int] = []
    position = len(stripped)
    while position > 0 and len(starts) < _MOST_AT_END + 3:
        blank = stripped.rfind(" ", 0, position)
        word = stripped[blank + 1 : position]
        if not word:
            position = blank
            if blank < 0:
                break
            continue
        if not _TITLE.fullmatch(word):
            hung = _HUNG.search(word)
            starts += [blank + 1 + hung.end()] if hung else []
            break
        starts.append(blank + 1)
        if blank < 0:
            break
        position = blank
    best: int | None = None
    for count, start in enumerate(starts, 1):
        if 2 <= count <= _MOST_AT_END and _is_family_name(stripped[start:].split(" ", 1)[0]):
            best = start
    if best is None or name_likeness(stripped[best:]) is not NameLikeness.FULL:
        return None
    return _with_rank(folded, best)


def capital_name_at_end(text: str) -> int | None:
    """Where a name in capitals begins that ends a filing entry, or None: `- Lưu: VT, HS. NGUYỄN HIỆU` of two columns on one line.

    Behind a comma it may be one more unit: `- Lưu: VT, HỒ SƠ`, `- Lưu: VT, ĐÀO TẠO`.
    """
    words = text.rstrip(" *_").split(" ")
    for count in range(min(_MOST_AT_END, len(words) - 1), 1, -1):
        tail = " ".join(words[-count:])
        if name_likeness(tail) is NameLikeness.CAPITALS and all(word.isalpha() for word in words[-count:]):
            return len(" ".join(words[:-count])) + 1 if words[-count - 1].endswith(".") else None
    return None


# "Dược sĩ", "Thiếu tá QNCN": words of a title that no table lists
_UNLISTED_TITLE = pattern(r"\p{Lu}(?:[\p{L}.]++(?: |$)){1,5}+")
_LONGEST_TITLE = 30


def is_titled_name(text: str, folded: str) -> bool:
    """Whether a line is a name of known family and short words of a title before it, as under a post: `Dược sĩ Trần Văn An`."""
    start = name_at_end(text, folded) or 0
    return 0 < start <= _LONGEST_TITLE and _UNLISTED_TITLE.fullmatch(text[:start]) is not None


def _with_rank(folded: str, start: int) -> int:
    """The start moved back over a rank that stands before the name."""
    head = folded[:start].rstrip(" :")
    for mark in _rank_forms():
        if head.endswith((mark, f"{mark}.")):
            at = head.rindex(mark)
            if not at or head[at - 1] == " " or (head[-1] == "." and not head[at - 1].isalpha()):
                return at  # not the end of an office: "Lưu: VT, HSKS. Lục Thị Vân"
    return start
