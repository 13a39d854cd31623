"""Phrases: a list of words and phrases, found in folded text by their first word (one pass, however long the list)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import regex

from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern

_FEW: Final = 4
_TOKEN: Final = pattern(r"\w++|[:()]")


def word_at(folded: str, position: int, end: int) -> str:
    """The word that begins at `position`, empty where none does."""
    stop = folded.find(" ", position, end)
    if stop >= 0 and (word := folded[position:stop]).isalnum():  # mostly
        return word
    token = _TOKEN.match(folded, position, end)
    return token[0] if token else ""


class Hit(NamedTuple):
    """A phrase where it stands."""

    start: int
    end: int
    phrase: str


class Phrases:
    """A set of folded phrases; of several that begin at one word, the longest stands."""

    __slots__ = ("_by_first", "_lasts", "firsts")

    def __init__(self, phrases: Iterable[str]) -> None:
        grouped: dict[str, list[str]] = {}
        for phrase in phrases:
            first = _TOKEN.search(phrase)
            if first is not None:
                grouped.setdefault(first[0], []).append(phrase)
        self._by_first = {word: tuple(sorted(group, key=len, reverse=True)) for word, group in grouped.items()}
        lasts = {phrase.split()[-1] for group in grouped.values() for phrase in group}
        self._lasts = tuple(lasts) if len(lasts) <= _FEW else ("",)
        self.firsts = frozenset(self._by_first)
        """The words by which its phrases begin."""

    def all_at(self, folded: str, position: int, end: int, word: str) -> list[str]:
        """Each phrase that begins exactly at `position`, longest first; `word` stands there."""
        return [
            phrase
            for phrase in self._by_first.get(word, ())
            if folded.startswith(phrase, position, end) and _ends(phrase, folded, position + len(phrase))
        ]

    def at(self, folded: str, position: int, end: int, word: str | None = None) -> str:
        """The longest phrase that begins exactly at `position` and ends with a word, empty where none does; `word` stands there."""
        phrases = self._by_first.get(word_at(folded, position, end) if word is None else word)
        return _longest(phrases, folded, position, end) if phrases else ""

    def find(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """The phrases of a stretch of text in order; they do not overlap."""
        for last in self._lasts:
            if folded.find(last, start, end) >= 0:
                return self.among(scanner(self.firsts).finditer(folded, start, end), folded, end)
        return iter(())  # nearly everywhere, where a list has few last words: "phải", "trách nhiệm"

    def among(self, words: Iterable[regex.Match[str]], folded: str, end: int) -> Iterator[Hit]:
        """The phrases that begin by one of these words and end before `end`; they do not overlap."""
        free = 0
        for word in words:
            at, first = word.start(), word[0]
            phrase = _longest(self._by_first.get(first, ()), folded, at, end) if at >= free else ""
            if phrase and not (at and folded[at - 1] != " " and _is_inner(folded[at - 1]) and _is_inner(first[0])):
                free = at + len(phrase)
                yield Hit(at, free, phrase)


class Hits:
    """Phrases that were found in a text, asked for by stretches of it."""

    __slots__ = ("_hits", "_starts")

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = tuple(hits)
        self._starts = [hit.start for hit in self._hits]

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """Those that lie between two positions, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if last > first and self._hits[last - 1].end > end:
            last -= 1
        return self._hits[first:last]


@cache
def scanner(firsts: frozenset[str]) -> regex.Pattern[str]:
    """Finds first words, without a look-behind, so that the search passes from one first letter to the next."""
    return pattern(rf"(?:{alternation(firsts)})(?:\b|(?<=[:()]))")


def _longest(phrases: tuple[str, ...], folded: str, position: int, end: int) -> str:
    """The first of these phrases, which stand longest first, that stands at `position` and ends with a word; empty if none."""
    if folded.startswith(phrases, position, end):  # hardly anywhere
        for phrase in phrases:
            if folded.startswith(phrase, position, end) and _ends(phrase, folded, position + len(phrase)):
                return phrase
    return ""


def _ends(phrase: str, folded: str, stop: int) -> bool:
    """Whether a phrase is not cut out of a longer word."""
    after = folded[stop : stop + 1]
    return after == " " or not (_is_inner(after) and phrase[-1].isalnum())


def _is_inner(char: str) -> bool:
    return char.isalnum() or char == "_"
