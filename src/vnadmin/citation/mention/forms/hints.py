"""Hints: where in a document a citation may stand, found once, so that paragraphs without one cost nothing."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from vnadmin.citation.mention.forms.anaphora import anaphora_places
from vnadmin.citation.mention.forms.dated import dated_places
from vnadmin.citation.mention.forms.laws import law_places
from vnadmin.citation.mention.forms.standards import STANDARD_CODES
from vnadmin.citation.mention.forms.tokens import hint_places
from vnadmin.layout.page import SourceDocument
from vnadmin.text.places import find_all


class Hints(NamedTuple):
    """Sorted positions of each kind; `places` are all of them."""

    places: tuple[int, ...]
    numbers: tuple[int, ...]
    laws: tuple[int, ...]
    dated: tuple[int, ...]
    anaphora: tuple[int, ...]
    standards: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """Whether a stretch of text is worth reading: a hint stands between two positions."""
        places = self.places
        index = bisect_left(places, start)
        return index < len(places) and places[index] < end


def among(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places between two positions."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


def find_hints(document: SourceDocument) -> Hints:
    """All hints of a document."""
    text, folded, end = document.text, document.folded, len(document.text)
    numbers, laws, dated = hint_places(text), law_places(document), dated_places(folded)
    anaphora = anaphora_places(document)
    standards = sorted(at for code in STANDARD_CODES for at in find_all(text, code, 0, end))
    places = tuple(sorted([*numbers, *laws, *dated, *anaphora, *standards]))
    return Hints(places, tuple(numbers), tuple(laws), tuple(dated), tuple(anaphora), tuple(standards))
