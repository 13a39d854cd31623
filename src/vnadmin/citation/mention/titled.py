"""The second stage of mentions: pinpoints, titles, what stands inside a title, and declared aliases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vnadmin.citation.mention.forms.anaphora import read_alias
from vnadmin.citation.mention.issuer_behind import issuer_behind
from vnadmin.citation.mention.mention import Sighting, Titled
from vnadmin.citation.mention.title import TitleReader
from vnadmin.citation.provision.chains import find_chains, leads_to
from vnadmin.citation.scope import Segment
from vnadmin.layout.page import SourceDocument, Span


def read_titled(document: SourceDocument, segment: Segment, sightings: Sequence[Sighting]) -> list[Titled]:
    """The second stage, from left to right: what stands inside a title is nested in its instrument."""
    pinpoints = _pinpoints(document, segment, sightings)
    reader = TitleReader(document, segment, sightings, pinpoints)
    found: list[Titled] = []
    open_ends: list[int] = []  # of titles that were read from the text; no title in them goes further
    outer: list[Span] = []
    declared = -1
    for sighting, pinpoint in zip(sightings, pinpoints, strict=True):
        if sighting.kind == "anaphora" and sighting.start < declared:
            continue  # the words that declare an alias are no mention of their own
        title = sighting.name
        if sighting.title_start is not None:
            open_ends = [end for end in open_ends if end > sighting.start]
            title = reader.read(sighting, sighting.title_start, min([segment.end, *open_ends]))
            if title:
                open_ends.append(title.end)
            if title and sighting.number and sighting.issuer is None:
                behind = issuer_behind(document, title, sighting.number.value)
                if behind:
                    title, sighting = behind[0], sighting._replace(issuer=behind[1])
        outer = [span for span in outer if span.end > sighting.start]
        nested = sighting.is_inner or any(span.start <= sighting.start for span in outer)
        if title:
            outer.append(title)
        one = Titled(sighting, pinpoint, title, nested)
        alias = read_alias(document, one.end, segment.end) if sighting.kind != "anaphora" else None
        if alias:
            one, declared = one._replace(alias=alias[0]), alias[1]
        found.append(one)
    return found


def _pinpoints(document: SourceDocument, segment: Segment, sightings: Sequence[Sighting]) -> list[Span | None]:
    """The pinpoint that leads to each instrument: `điểm a khoản 2 Điều 5 của [Nghị định]`."""
    chains = find_chains(document, segment.start, segment.end)
    ends = [chain.end for chain in chains]
    indices = (bisect_right(ends, sighting.start) - 1 for sighting in sightings)
    return [
        chains[index] if index >= 0 and leads_to(document, chains[index], sighting.start) else None
        for sighting, index in zip(sightings, indices, strict=True)
    ]
