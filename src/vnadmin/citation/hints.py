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
    """Sorted positions; `within` tells whether a stretch of text is worth reading."""

    places: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """Whether a hint stands between two positions."""
        index = bisect_left(self.places, start)
        return index < len(self.places) and self.places[index] < end


def find_hints(document: SourceDocument) -> Hints:
    """All hints of a document."""
    text, folded, end = document.text, document.folded, len(document.text)
    places = [*hint_places(text), *law_places(folded, 0, end), *dated_places(folded), *again_places(document)]
    for code in STANDARD_CODES:
        places += find_all(text, code, 0, end)
    return Hints(tuple(sorted(places)))
