"""What a machine misread by a mark or a stroke alone: formulas of the genre (`PHO CHỦ TỊCH`, `VĂN PHONG`) and markers of items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise

from vnadmin.gazetteer import columns, provinces, words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.marker import ALPHABET, Marker, MarkerKind
from vnadmin.genre.motto import STATE_WORDS
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

LONGEST = 60  # characters of a line that is a formula
_LONGEST_END = 12
_K = ALPHABET.index("k") + 1
# "KT. CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "**PHÓ GIÁM ĐỐC**"
_SIGN = pattern(r"[*_ ]*+(?:(?:KT|TM|TL|TUQ|K/T|T/M|T/L)[ .]++)?+")

# What every paper prints in the same words; the figures of a date are left out. Each begins with a word, which is found in a
# fraction of the time that the search for one of several takes.
_PRINTED = tuple(
    map(
        pattern,
        (
            r"cong +hoa +xa +hoi +chu +nghia +viet +nam",
            r"tu +do *+[-–—]? *+hanh +phuc(?!\w)",
            r"noi(?<!\wnoi) +nhan(?= *+:)",
            r"kinh(?<!\wkinh) +gui(?!\w)",
            r"ngay(?<!\wngay) +\d{1,2} +thang +\d{1,2} +nam(?= +\d{4})",
        ),
    )
)
_RIGHT = frozenset(
    fold(words)
    for words in (
        STATE_WORDS,
        "tự do hạnh phúc",
        "nơi nhận",
        "kính gửi",
        "ngày tháng năm",
    )
)
_WORD = pattern(r"[^\W\d_]++")


def misread_formulas(folded: str, bare_text: str) -> frozenset[str]:
    """The formulas of the genre that a text spells with other marks, by their first word: `CONG HÒA XÃ HOI ...`, `ngày 22 thang 5`."""
    misread = set()
    for match in chain.from_iterable(formula.finditer(bare_text) for formula in _PRINTED):
        if " ".join(_WORD.findall(folded, *match.span())) not in _RIGHT:
            misread.add(match[0].split()[0])
    return frozenset(misread)


# "nâm 2026", "thang 10", "ngay 5"
_MISREAD_TIME = pattern(r"(?<!\w)(?:n[aâ]m (?:19|20)\d\d|th[aâ]ng \d{1,2}(?!\d)|ngay \d)")


def holds_misread_time(text: str) -> bool:
    """Whether the word of a year, a month or a day before its figure lost a mark."""
    return _MISREAD_TIME.search(text) is not None


_LISTED = (("positions", ("post",)), ("header_words", ("name", "head", "unit")), ("issuer_words", ("full",)))


@cache
def _listed_names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Posts, bodies, types and provinces of two words and more by their first two without marks, the longest first."""
    names = [
        *(word for table, kinds in _LISTED for kind in kinds for word in words_where(table, "kind", kind)),
        *(name for table in ("agencies", "document_types") for name in columns(table)["name"]),
        *provinces(),
        *(f"{unit} {name}" for name in provinces() for unit in ("tỉnh", "thành phố")),
    ]
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in sorted({_parted(_WORD.findall(fold(name))) for name in names}, key=len, reverse=True):
        pair = tuple(bare(name).split()[:2])
        if len(pair) > 1 and name != f"{fold(STATE_WORDS)} ":
            found[pair] = (*found.get(pair, ()), name)
    return found


def _parted(words: Iterable[str]) -> str:
    """Words with a blank behind each."""
    return " ".join([*words, ""])


def misread_names(folded: str, bare_text: str) -> set[str]:
    """The listed names that a line in capitals spells with other marks: `GIÁM ĐÓC`, `KÉ HOẠCH`, `THÀNH PHÓ`."""
    found: set[str] = set()
    words, plain, after = _WORD.findall(folded), _WORD.findall(bare_text), 0
    for at, pair in enumerate(pairwise(plain)):
        names = _listed_names().get(pair, ()) if at >= after else ()
        there = _parted(words[at:]) if names else ""
        if there.startswith(names):  # in `QUYẾT ĐỊNH CHÍNH SÁCH` no `ĐÍNH CHÍNH` stands
            after = at + next(name for name in names if there.startswith(name)).count(" ")
        elif names:
            letters = _parted(plain[at:])
            found |= {there[: len(name)] for name in names if letters.startswith(bare(name))} - _alike()
    return set(map(str.rstrip, found))


@cache
def _alike() -> frozenset[str]:
    """What is spelled as a listed name but for its marks, and is another word: `HỘI TRƯỜNG` beside `HỘI TRƯỞNG`."""
    return frozenset(f"{fold(word)} " for word in words_where("header_words", "kind", "alike"))


@cache
def _formulas() -> dict[str, tuple[str, ...]]:
    """Posts, whole names and the words that open names, of two words at least: their letters to their spellings."""
    found: dict[str, tuple[str, ...]] = {}
    for table, kinds in (("positions", ("post",)), ("header_words", ("name", "head"))):
        for kind in kinds:
            listed = words_where(table, "kind", kind)
            for word in (*listed, *(f"phó {post}" for post in listed if kind == "post")):
                known = found.get(bare(word), ())
                if " " in word and fold(word) not in map(fold, known):
                    found[bare(word)] = (*known, word)
    return found


def mended_end(above: str, text: str) -> str:
    """The last line of a formula that a narrow column cut: `VĂN PHÒNG CHÍNH` / `PHÙ`."""
    if len(text) > _LONGEST_END or not above:
        return text
    whole = mended_formula(f"{above} {text}")
    return whole[len(above) + 1 :] if whole.startswith(f"{above} ") else text


def mended_formula(text: str) -> str:
    """A line in capitals with the marks of the formula that its letters are, and as it is where it is none.

    The length is kept. One word at least stands there as it should: `VÂN PHONG` is a bay, and no `VĂN PHÒNG`.
    """
    if len(text) > LONGEST or text.isascii() or not in_capitals(text):
        return text
    sign = _SIGN.match(text)
    start = sign.end() if sign else 0
    rest = text[start:].rstrip("*_ ")
    spellings = _formulas().get(bare(rest), ())
    if len(spellings) != 1 or len(spellings[0]) != len(rest) or fold(rest) == fold(spellings[0]):
        return text
    alike = any(fold(one) == fold(other) for one, other in zip(rest.split(), spellings[0].split(), strict=True))
    return text[:start] + spellings[0].upper() + text[start + len(rest) :] if alike else text


def marker_meant(before: Marker, read: Marker) -> Marker:
    """A marker as the one before it tells: `1) Thông báo` after `k) Cấp` is the l."""
    if (read.series, read.value) == ("1)", (1,)) and (before.series, before.value) == ("a)", (_K,)):
        return replace(read, kind=before.kind, series=before.series, value=(_K + 1,), rank=before.rank)
    return read


def is_misread_one(marker: Marker, following: Marker) -> bool:
    """Whether a Roman one is a 1, as what follows tells: `I. Tổ chức tuyên truyền ...;` before `2. Rà soát ...`."""
    roman = marker.kind is MarkerKind.ROMAN and marker.value == (1,)
    return roman and following.kind is MarkerKind.NUMBER and following.value == (2,)
