"""Hints: where in a document a citation may stand, found once, so that paragraphs without one cost nothing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from vnadmin.citation.again import again_places
from vnadmin.citation.dated import dated_places
from vnadmin.citation.forms import hint_places
from vnadmin.citation.laws import law_places
from vnadmin.citation.words import find_all
from vnadmin.layout.page import SourceDocument

STANDARD_CODES = ("CVN", "QCĐP", "TCXD")
"""A part of every code of a standard: TCVN, QCVN, QCĐP, TCXDVN."""


@dataclass(frozen=True, slots=True)
class Hints:
    """Sorted positions; `within` tells whether a stretch of text is worth reading, the others what for."""

    places: tuple[int, ...]
    numbers: tuple[int, ...]
    laws: tuple[int, ...]
    dated: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """Whether a hint stands between two positions."""
        return _within(self.places, start, end)

    def number_within(self, start: int, end: int) -> bool:
        """Whether a number may stand there."""
        return _within(self.numbers, start, end)

    def law_within(self, start: int, end: int) -> bool:
        """Whether the name of a law may stand there; `pháp lệnh` may be cut by the start."""
        return _within(self.laws, start - 5, end)

    def dated_within(self, start: int, end: int) -> bool:
        """Whether an instrument may be cited there by its date alone."""
        return _within(self.dated, start, end)


def _within(places: tuple[int, ...], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def find_hints(document: SourceDocument) -> Hints:
    """All hints of a document."""
    text, folded, end = document.text, document.folded, len(document.text)
    numbers, laws, dated = hint_places(text), law_places(folded, 0, end), dated_places(folded)
    places = [*numbers, *laws, *dated, *again_places(document)]
    for code in STANDARD_CODES:
        places += find_all(text, code, 0, end)
    return Hints(tuple(sorted(places)), tuple(numbers), tuple(laws), tuple(dated))
