"""Phrases: a list of words and phrases, found in folded text by their first word (one pass, however long the list)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import regex

from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern

_TOKEN: Final = pattern(r"\w++|[:()]")


def word_at(folded: str, position: int, end: int) -> str:
    """The word that begins at `position`, empty where none does."""
    token = _TOKEN.match(folded, position, end)
    return token[0] if token else ""


class Hit(NamedTuple):
    """A phrase where it stands."""

    start: int
    end: int
    phrase: str


class Phrases:
    """A set of folded phrases; of several that begin at one word, the longest stands."""

    __slots__ = ("_by_first", "_scanner")

    def __init__(self, phrases: Iterable[str]) -> None:
        grouped: dict[str, list[str]] = {}
        for phrase in phrases:
            first = _TOKEN.search(phrase)
            if first is not None:
                grouped.setdefault(first[0], []).append(phrase)
        self._by_first = {word: tuple(sorted(group, key=len, reverse=True)) for word, group in grouped.items()}
        self._scanner: regex.Pattern[str] | None = None

    @property
    def firsts(self) -> frozenset[str]:
        """The words by which its phrases begin."""
        return frozenset(self._by_first)

    def all_at(self, folded: str, position: int, end: int, word: str | None = None) -> list[Hit]:
        """Each phrase that begins exactly at `position` and ends with a word, longest first; `word` stands there."""
        phrases = self._by_first.get(word_at(folded, position, end) if word is None else word)
        if phrases is None or not folded.startswith(phrases, position, end):  # hardly anywhere
            return []
        return [
            Hit(position, position + len(phrase), phrase)
            for phrase in phrases
            if folded.startswith(phrase, position, end) and _is_whole(folded, position + len(phrase), phrase)
        ]

    def at(self, folded: str, position: int, end: int, word: str | None = None) -> Hit | None:
        """The longest phrase that begins exactly at `position`."""
        phrases = self._by_first.get(word_at(folded, position, end) if word is None else word)
        if phrases is not None and folded.startswith(phrases, position, end):
            for phrase in phrases:
                if folded.startswith(phrase, position, end) and _is_whole(folded, position + len(phrase), phrase):
                    return Hit(position, position + len(phrase), phrase)
        return None

    def opens(self, word: str) -> bool:
        """Whether any phrase begins by this word."""
        return word in self._by_first

    def _scan(self) -> regex.Pattern[str]:
        """Finds the first words, without a look-behind, so that the search passes from one first letter to the next."""
        if self._scanner is None:  # most lists are asked at one place
            marks = "".join(word for word in ":()" if word in self._by_first)
            firsts = alternation(word for word in self._by_first if word not in marks)
            self._scanner = pattern(rf"(?:{firsts})\b" + (f"|[{marks}]" if marks else ""))
        return self._scanner

    def find(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """The phrases of a stretch of text in order; they do not overlap."""
        free = start
        for token in self._scan().finditer(folded, start, end):
            at, first = token.start(), token[0]
            if at < free or (at and _in_word(folded[at - 1]) and _in_word(first[0])):
                continue
            hit = self.at(folded, at, end, first)
            if hit is not None:
                free = hit.end
                yield hit


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _is_whole(folded: str, stop: int, phrase: str) -> bool:
    """Whether a phrase that ends with a letter is not cut out of a longer word."""
    return not _in_word(folded[stop : stop + 1]) or not phrase[-1].isalnum()
