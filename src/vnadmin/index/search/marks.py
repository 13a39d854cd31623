"""Marks the words of a query where they stand: in a value, or in the part of the text that has most of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vnadmin.index.search.query import Query
from vnadmin.index.search.terms import LETTERS, NUMBERED, folded, has_marks, tokens
from vnadmin.text.fold import strip_marks

WIDTH: Final = 240  # characters of a part of the text
READ: Final = 200_000  # characters of a text that are looked through for a part to show
_MOST: Final = 400  # places of a pattern that are weighed
_WHOLE: Final = 60  # characters around a mark that may be given up to begin and end at a word


class Piece(NamedTuple):
    """A bit of text, and whether it was looked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to mark: with the accents that were typed, or without any. The first alternative that occurs is used."""

    alternatives: tuple[re.Pattern[str], ...]
    marks: bool

    def places(self, exact: str, bare: str) -> Iterator[tuple[int, int]]:
        """(start, end) in a text that is given folded and bare."""
        text = exact if self.marks else bare
        for alternative in self.alternatives:
            found = [match.span() for match, _ in zip(alternative.finditer(text), range(_MOST), strict=False)]
            if found:
                yield from found
                return


def patterns(query: Query, *, accents: bool, fields: Iterable[str] = ()) -> list[Pattern]:
    """What to mark for a query: its words, and its values of these fields.

    accents: the document was found as typed, accents included.
    """
    found: list[Pattern] = []
    for choice in query.choices:
        marked = accents and any(has_marks(item.text) for item in choice.words)
        if choice.words:
            runs = [tokens(item.text, marks=marked) for item in choice.words]
            in_a_row = [_run([word for run in runs for word in run])] if len(runs) > 1 else []
            each = re.compile("|".join(_run(run).pattern for run in sorted(runs, key=len, reverse=True)))
            found.append(Pattern((*in_a_row, each), marked))
        for value in choice.values:
            if value.field in fields:
                marks = accents and has_marks(value.text)
                numbered = LETTERS[value.field] in NUMBERED
                found.append(Pattern((_run(tokens(value.text, marks=marks), zeros=numbered),), marks))
    return found


def _run(words: Sequence[str], *, zeros: bool = False) -> re.Pattern[str]:
    """Words in a row, whatever signs and blanks stand between them."""
    forms = [f"0*{word.lstrip('0')}" if zeros and word.isdigit() else word for word in words]
    # The look behind comes after the first word: a pattern that begins with letters is found many times as fast.
    first, *others = forms
    start = rf"{first}(?<![^\W_]{first})" if first == words[0] else rf"(?<![^\W_]){first}"
    return re.compile(start + "".join(rf"[\W_]{{1,40}}{word}" for word in others) + r"(?![^\W_])")


def mark(text: str, wanted: Sequence[Pattern]) -> tuple[Piece, ...]:
    """The whole of a text, white space made single, with its marks."""
    return tuple(_pieces(text, 0, len(text), _places(text, wanted)))


def best_part(text: str, wanted: Sequence[Pattern]) -> tuple[Piece, ...]:
    """The part of a text that holds most of what was looked for; nothing where nothing is found."""
    places = _places(text[:READ], wanted)
    if not places:
        return ()
    first, last = _densest(text, places)
    room = max(0, WIDTH - (last - first)) // 2
    start, end = _word_start(text, first, room), _word_end(text, last, room)
    pieces = list(_pieces(text, start, end, places))
    if start > 0:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return tuple(pieces)


def _densest(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the first to the last mark of the part with the most different words, then the longest ones."""
    starts = [start for start, _ in places]
    words = [text[start:end].lower() for start, end in places]
    best, most = places[0], (0, 0)
    for index, start in enumerate(starts):
        stop = bisect_left(starts, start + WIDTH)
        weight = (len(set(words[index:stop])), sum(end - begin for begin, end in places[index:stop]))
        if weight > most:
            best, most = (start, places[stop - 1][1]), weight
    return best


def _places(text: str, wanted: Sequence[Pattern]) -> list[tuple[int, int]]:
    """Where the patterns stand, in order and without overlaps. Folding keeps every character in its place."""
    if not wanted:
        return []
    exact = folded(text)
    bare = exact if all(pattern.marks for pattern in wanted) else strip_marks(exact)
    if len(exact) != len(text):  # a value that is not NFC: nothing is marked rather than the wrong thing
        return []
    found: list[tuple[int, int]] = []
    for place in sorted({place for pattern in wanted for place in pattern.places(exact, bare)}):
        if not found or place[0] >= found[-1][1]:
            found.append(place)
    return found


def _word_start(text: str, first: int, room: int) -> int:
    start = max(0, first - room)
    if start == 0:
        return 0
    blank = re.search(r"\s", text[start : min(first, start + _WHOLE)])
    return start + blank.end() if blank else start


def _word_end(text: str, last: int, room: int) -> int:
    end = min(len(text), last + room)
    if end == len(text):
        return end
    blank = max(text.rfind(sign, max(last, end - _WHOLE), end) for sign in " \n\t")
    return blank if blank > 0 else end


def _pieces(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text from `start` to `end`, cut at the marks; white space runs become one space."""
    at = start
    for first, last in places:
        if first < start or last > end:
            continue
        if first > at:
            yield Piece(_single(text[at:first]), False)
        yield Piece(_single(text[first:last]), True)
        at = last
    if at < end:
        yield Piece(_single(text[at:end]), False)


def _single(text: str) -> str:
    return re.sub(r"\s+", " ", text)
