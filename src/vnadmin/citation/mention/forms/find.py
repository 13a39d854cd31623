"""The first stage of mentions: every place of a segment that names an instrument."""

from __future__ import annotations

from bisect import bisect_right

from vnadmin.citation.mention.forms.anaphora import find_anaphora
from vnadmin.citation.mention.forms.dated import find_dated
from vnadmin.citation.mention.forms.hints import Hints, among
from vnadmin.citation.mention.forms.named import find_named
from vnadmin.citation.mention.forms.numbered import find_numbered
from vnadmin.citation.mention.forms.standards import find_standards
from vnadmin.citation.mention.forms.tokens import find_numbers
from vnadmin.citation.mention.mention import Sighting
from vnadmin.citation.scope import Segment
from vnadmin.layout.page import SourceDocument

_CUT = len("pháp ")  # the start of a segment may stand inside `pháp lệnh`


def find_sightings(document: SourceDocument, segment: Segment, hints: Hints) -> list[Sighting]:
    """All of a segment, in order of their place."""
    start, end = segment.start, segment.end
    if not hints.within(start, end):
        return []
    numbers = list(find_numbers(document.text, start, end, among(hints.numbers, start, end)))
    found: list[Sighting] = []
    if laws := among(hints.laws, start - _CUT, end):
        named = list(find_named(document, segment, laws, numbers))
        found = [law for law, _ in named]
        taken = {token.start for _, token in named if token}
        numbers = [token for token in numbers if token.start not in taken]
    if numbers:
        found.extend(find_numbered(document, segment, numbers))
    if among(hints.standards, start, end):
        found.extend(find_standards(document, start, end))
    starts = {sighting.start for sighting in found}
    if dated := among(hints.dated, start, end):
        found.extend(find_dated(document, start, end, dated, starts))
        starts.update(sighting.start for sighting in found)
    if anaphora := among(hints.anaphora, start, end):
        inside = sorted((sighting.start, sighting.end) for sighting in found)
        for sighting in find_anaphora(document, start, end, anaphora, starts):
            index = bisect_right(inside, (sighting.start, end)) - 1
            if index < 0 or inside[index][1] <= sighting.start:
                found.append(sighting)
    found.sort(key=lambda sighting: (sighting.start, -sighting.end))
    return found
