"""Phrases: a list of words and phrases, found in folded text by their first word (one pass, however long the list)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import regex

from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

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

    def all_at(self, folded: str, position: int, end: int, word: str | None = None) -> Iterator[Hit]:
        """Each phrase that begins exactly at `position` and ends with a word, longest first; `word` stands there."""
        for phrase in self._by_first.get(word_at(folded, position, end) if word is None else word, ()):
            stop = position + len(phrase)
            if folded.startswith(phrase, position, end) and not _inside_word(folded, stop, phrase):
                yield Hit(position, stop, phrase)

    def at(self, folded: str, position: int, end: int, word: str | None = None) -> Hit | None:
        """The longest phrase that begins exactly at `position`."""
        phrases = self._by_first.get(word_at(folded, position, end) if word is None else word, ())
        if folded.startswith(phrases, position, end):  # hardly anywhere
            for phrase in phrases:
                stop = position + len(phrase)
                if folded.startswith(phrase, position, end) and not _inside_word(folded, stop, phrase):
                    return Hit(position, stop, phrase)
        return None

    def opens(self, word: str) -> bool:
        """Whether any phrase begins by this word."""
        return word in self._by_first

    def _scan(self) -> regex.Pattern[str]:
        """Finds the first words, without a look-behind, so that the search passes from one first letter to the next."""
        if self._scanner is None:  # most lists are asked at one place
            marks = "".join(word for word in ":()" if word in self._by_first)
            firsts = alternation(word for word in self._by_first if word not in marks)
            self._scanner = pattern(rf"(?:{firsts})(?!\w)" + (f"|[{marks}]" if marks else ""))
        return self._scanner

    def find(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """The phrases of a stretch of text in order; they do not overlap."""
        found = self._scan().finditer(folded, start, end)
        return self._each(folded, start, end, ((token.start(), token[0]) for token in found))

    def find_rare(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """What `find` gives, for a short list: its phrases are looked for at the speed of `str.find`."""
        # phrases of which no other is the beginning: where none of these stands, no phrase does
        roots = [
            (root, first)
            for first, group in self._by_first.items()
            for root in group
            if not any(root != other and root.startswith(other) for other in group)
        ]
        places = sorted((at, first) for root, first in roots for at in find_all(folded, root, start, end))
        return self._each(folded, start, end, places)

    def _each(self, folded: str, start: int, end: int, places: Iterable[tuple[int, str]]) -> Iterator[Hit]:
        """The longest phrase at each of the places where a first word may begin."""
        free = start
        for at, first in places:
            if at < free or (at and _in_word(folded[at - 1]) and _in_word(folded[at])):
                continue
            hit = self.at(folded, at, end, first)
            if hit is not None:
                free = hit.end
                yield hit


class PhraseHits:
    """The phrases of a short list in a stretch of text, found at once and then asked for sentence by sentence."""

    __slots__ = ("_hits", "_starts")

    def __init__(self, phrases: Phrases, folded: str, start: int, end: int) -> None:
        self._hits = tuple(phrases.find_rare(folded, start, end))
        self._starts = [hit.start for hit in self._hits]

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """Those that lie between two positions, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if last > first and self._hits[last - 1].end > end:  # they do not overlap
            last -= 1
        return self._hits[first:last]


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _inside_word(folded: str, stop: int, phrase: str) -> bool:
    """Whether a phrase that ends with a letter is cut out of a longer word."""
    return stop < len(folded) and phrase[-1].isalnum() and _in_word(folded[stop])
