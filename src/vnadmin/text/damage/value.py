"""Damage inside one value: words that ran together in it, a bracket that nothing closes."""

from __future__ import annotations

from functools import lru_cache

from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_WORD = pattern(r"[^\W\d_]+")
# "chức năng,nhiệm vụ", "Như Điều3", "tháng 01năm"
_TOGETHER = pattern(r"\p{Ll},\p{Ll}|\p{Ll}{2}\d|\d(?:năm|tháng)(?!\w)")
_TOGETHER_WITH_CODE = pattern(r"\p{Lu}{2}\p{Ll}{2}")  # "số 43/2025/TT-BYTngày"
# "ChợMới", "LưuVT", "BYTngày", "ĐẠl HƯNG"
_MIXED = pattern(r"\p{Ll}\p{Lu}\p{L}|\p{Lu}{2}\p{Ll}{2}|\p{Lu}{2}l$")
# "B Ộ NỘI VỤ", "V ề việc", "gi ải pháp": a syllable that a drawn object or a change of font tore
_TORN = pattern(
    r"(?<![\w.&/-])(?:ngh?|[ckgtp]h|gi|qu|tr|nh|[bcdđghklmnpqrstvx]) (?=[ăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]\p{Ll}{0,4}+(?!\w))"
)
_LETTER = pattern(r"(?<![\w.&/-])([bcdđghklmnpqrstvx]) (\p{Ll}{1,6}+)(?!\w)")  # "T HI ĐUA"; "THPT B HẢI HẬU" is whole
# "GIÁM SÁT A N NINH", "T T. UB ND tỉnh"; "viêm gan B C", "khối A B" name two
_SINGLE = pattern(r"(?<![\w.&/-])(?<!\p{Ll} (?=\p{Lu} \p{Lu}))[a-zđA-ZĐ] [a-zđA-ZĐ](?![\w/])")
# A blank behind what may be the first letters of a syllable and no more: what each of the three above holds
_PIECE = pattern(r" (?:(?<=\b[a-zđ] )|(?<=\b[cgknpqt][ghiru] )|(?<=\bngh ))")
_MARKS = frozenset("_|()“”[]")
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))


def has_run_together(text: str, start: int = 0, end: int | None = None, *, initials: bool = False) -> bool:
    """Whether words, or a word and a number, ran together where a blank was lost: `BYTngày`, `Điều3`.

    `initials`: names stand there with letters before them, `DNam`.
    """
    end = len(text) if end is None else end
    if _TOGETHER.search(text, start, end):
        return True
    return not initials and _TOGETHER_WITH_CODE.search(text, start, end) is not None


def is_torn(value: str) -> bool:
    """Whether a syllable of a value was torn behind its first letters: `B Ộ NỘI VỤ`, `V ề việc`."""
    folded = fold(value)
    if not _PIECE.search(folded):  # nearly every value
        return False
    if _TORN.search(folded) or _SINGLE.search(value):
        return True
    return any(is_syllable(one + rest) for one, rest in _LETTER.findall(folded))


def is_damaged(value: str) -> bool:
    """Whether a value has words that ran together (`PHỔTHÔNG`, `LưuVT`), a bracket that nothing closes or a loose mark."""
    marked = not _MARKS.isdisjoint(value)
    if marked and (
        "_" in value or "|" in value or any(value.count(one) != value.count(other) for one, other in _PAIRS)
    ):
        return True
    return is_torn(value) or any(map(_is_damaged_word, _WORD.findall(value)))


def has_damaged_word(text: str, start: int, end: int) -> bool:
    """Whether a word of a slice is two that ran together: `hộiNước`."""
    return any(_is_damaged_word(match[0]) for match in _WORD.finditer(text, start, end))


@lru_cache(maxsize=4096)
def _is_damaged_word(word: str) -> bool:
    """Capitals among small letters, or two syllables in one word, each of them with a vowel of its own."""
    if word.isascii():
        return False
    if _MIXED.search(word):
        return True
    if is_syllable(word):
        return False
    return any(is_syllable(word[:at]) and is_syllable(word[at:]) for at in range(2, len(word) - 1))
