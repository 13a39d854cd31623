"""Blanks and line ends, lost: `chào đónrất nhiều`, `KT. BỘ TRƯỞNGTHỨ TRƯỞNG(Đã ký)`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache

from vnadmin.text.fold import CAPITALS, SMALL
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_FEWEST = 3  # places of one kind of damage; fewer are misprints
_SHARE = 1000  # characters of a text to one such place at most
_SHORTEST_PAIR = 4  # letters of two syllables in one word
_SHORTEST_RUN = 5  # letters of a word that counts as a place of damage: "củaBộ"
_LEAST_RUN = 8  # letters that no syllable has: "cụthểnhư"
_WORD = pattern(r"[^\W\d_]+")
_RUN = pattern(rf" [^ ]{{{_SHORTEST_RUN},}}")
# "VIỆT NAM|Độc lập", "TRƯỞNG|Phan", not "GDTrH", "TƯỚNG|(Đã ký)|Hồ", "Hạnh phúc|-----", "KHCN|V/v", "PHỦ|KT. THỦ TƯỚNG":
# the first character behind the line end
_DROPPED_END = pattern(
    rf"[{CAPITALS}(-](?:(?<=[{CAPITALS}]{{3}})(?:(?=[{SMALL}]++(?![{CAPITALS}]))|(?<=V)(?=/v(?!\w)))|(?<=[{CAPITALS}]{{2}}\()(?=[Đđ]ã)"
    rf"|(?<=ký\)[{CAPITALS}])|(?<=[^\W\d_]-)(?=----)|(?<=[^\W\d_][KT])(?=(?:(?<=K)T|(?<=T)(?:[ML]|UQ))\. ?[{CAPITALS}]{{2}}))"
)
_LONG_CAPITALS = pattern(rf"[{CAPITALS}](?<!\w.)[{CAPITALS}]{{3,13}}(?!\w)")


def is_all_over(text: str, places: int) -> bool:
    """Whether so many places of damage are the text's own: a few are misprints."""
    return places >= _FEWEST and places * _SHARE >= len(text)


def has_glued_words(text: str) -> bool:
    """Whether words ran together all over a text, where its line ends were dropped or a reader of PDF took no blank."""
    wide = {run for run in _RUN.findall(" " + text.replace("\n", " ")) if not run.isascii()}
    words = {run for run in _WORD.findall(" ".join(wide)) if len(run) >= _SHORTEST_RUN and not run.isascii()}
    return is_all_over(text, sum(len(word) >= _LEAST_RUN or _parted(word) != word for word in words))


def with_blanks(text: str) -> str:
    """Such a text with a blank in each word that is two syllables in one way only: `chào đónrất nhiều`, `lĩnh vựcĐường`."""
    return str(_WORD.sub(lambda match: _parted(match[0]), text))


@lru_cache(maxsize=8192)
def _parted(word: str) -> str:
    if len(word) < _SHORTEST_PAIR or word.isascii() or is_syllable(word):
        return word
    return _cut_once(word, _are_words)


def _are_words(before: str, after: str) -> bool:
    """Whether two parts of a word may be syllables each; a capital may open the second, and only small letters follow it."""
    return before[1:] == before[1:].lower() and after[1:].islower() and _are_syllables(before, after)


def _are_syllables(before: str, after: str) -> bool:
    return is_syllable(before) and is_syllable(after)


def _cut_once(word: str, are_parts: Callable[[str, str], bool]) -> str:
    """A word with a blank at the one place where it is two parts; as it is where there are more, or none."""
    cuts = [at for at in range(1, len(word)) if are_parts(word[:at], word[at:])]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else word


def with_line_ends(text: str) -> str:
    """A line of capitals with a blank wherever a line end was dropped: `KT. BỘ TRƯỞNGTHỨ TRƯỞNG(Đã ký)Nguyễn Đức Chi`.

    Only what is sure is parted: capitals and then a capitalised word, a bracket, a word that is two syllables in one way only.
    """
    if text != text.upper() or "." in text or "--" in text:  # a small letter or a mark stands behind what was dropped
        text = _DROPPED_END.sub(r" \g<0>", text)
    return str(_LONG_CAPITALS.sub(lambda match: _two_syllables(match[0]), text))


def has_dropped_ends(text: str) -> bool:
    """Whether any line of a text may be one that `with_line_ends` parts."""
    if _DROPPED_END.search(text):
        return True
    return any(map(operator.ne, words := [*set(_LONG_CAPITALS.findall(text))], map(_two_syllables, words)))


@lru_cache(maxsize=1024)
def _two_syllables(word: str) -> str:
    return word if is_syllable(word) or word.isascii() else _cut_once(word, _are_syllables)
