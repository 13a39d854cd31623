"""Lists: what one member says of all (`số A, số B và C ngày ... của ...`), and what stands before a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from vnadmin.citation.mention.issuer import issuer_end
from vnadmin.citation.mention.left import date_before, issuer_before
from vnadmin.citation.mention.mention import Issuer, Parts, Sighting, Titled
from vnadmin.citation.mention.words import types_folded
from vnadmin.citation.segments import Segment
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern

_SEPARATORS = pattern(r"\s*(?:[,;]?\s*(?:và|hoặc)?\s*|\s*-\s*)(?:các\s+)?")


def goes_on(document: SourceDocument, previous: Sighting, at: int) -> bool:
    """Whether a number goes on a list: "Nghị định số A, số B và C" with only dates or issuers between."""
    issuer = previous.issuer
    end = max(previous.end, issuer.span.end if issuer and issuer.place == "after" else 0)
    if end > at:
        return False
    gap = _SEPARATORS.match(document.folded, end, at)
    return bool(gap) and gap.end() == at and bool(document.folded[end:at].strip(" "))


def share_parts(document: SourceDocument, mentions: Sequence[Titled]) -> list[Parts]:
    """The third stage: what the last member of a list says holds for those before it, then what stands before each."""
    parts = [Parts(one.sighting.date, one.sighting.issuer, one.title) for one in mentions]
    for index in range(len(mentions) - 2, -1, -1):
        if _is_listed(document, mentions[index], mentions[index + 1]):
            alike = _alike(document, mentions[index].sighting, mentions[index + 1].sighting)
            parts[index] = _shared(parts[index], parts[index + 1], alike=alike)
    previous: int | None = None
    for index, mention in enumerate(mentions):
        if mention.sighting.kind == "number":
            before = (mentions[previous].sighting.end, parts[previous].issuer) if previous is not None else (0, None)
            parts[index] = _with_before(document, mention.start, parts[index], *before)
            previous = index
    return parts


def _is_listed(document: SourceDocument, mention: Titled, following: Titled) -> bool:
    """Whether two numbers stand in one list: nothing but a comma, a dash or `và` between them."""
    if (
        mention.sighting.kind != "number"
        or following.sighting.kind != "number"
        or mention.title
        or mention.is_nested != following.is_nested
    ):
        return False
    end = mention.issuer_end
    if following.start < end:
        return False
    pinpoint = following.pinpoint
    opens = pinpoint.start if pinpoint and pinpoint.start >= end else following.start
    gap = _SEPARATORS.match(document.folded, end, opens)
    return bool(gap) and gap.end() == opens


def _shared(own: Parts, following: Parts, *, alike: bool) -> Parts:
    date, issuer, title = own.date, own.issuer, own.title
    if date is None and following.date is not None:
        date = replace(following.date, grade=Grade.LIKELY)
    own_issuer = issuer is not None and issuer.place == "after"
    after = following.issuer is not None and following.issuer.place != "before"
    if alike and not (own_issuer and after):
        title = title or following.title
        if after and following.issuer is not None:
            issuer = Issuer(following.issuer.span, "later")
    return Parts(date, issuer, title)


def _alike(document: SourceDocument, one: Sighting, other: Sighting) -> bool:
    """Same type, so that an issuer or title after the last holds for both."""
    if one.type is None or other.type is None:
        return False
    return document.bare_of(one.type) == document.bare_of(other.type)


def _with_before(document: SourceDocument, start: int, parts: Parts, low: int, held: Issuer | None) -> Parts:
    """With the date and the issuer that stand before a reference; `held` is the issuer of the reference before it."""
    low = low if low <= start else 0
    date, issuer = parts.date, parts.issuer
    holds = held is not None and held.holds
    if date is None:
        date = date_before(document, low, start)
    if issuer is None:
        issuer = issuer_before(document, low, start, after_list=holds)
        if issuer is None and holds and low:
            gap = _SEPARATORS.match(document.folded, low, start)
            issuer = held if gap and gap.end() == start else None
    return Parts(date, issuer, parts.title)


@cache
def _introduces() -> regex.Pattern[str]:
    # "Các Thông tư sau đây của Bộ Tài chính không còn hiệu lực:", "Bãi bỏ các Quyết định của Bộ trưởng sau đây:"
    types = types_folded("act", "letter", "paper")
    return pattern(rf"(?:các|những|toàn\s+bộ)\s+(?P<type>{types})\s+(?:sau\s+đây\s+|sau\s+)?của\s+")


class ListIssuers:
    """The issuer that the introduction of a list names, for the items that name none."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._kind = ""
        self._issuer: Span | None = None

    def read(self, segment: Segment, mentions: Sequence[Titled], parts: list[Parts]) -> list[Parts]:
        """Give the issuer of the introduction to the first mention of an item; then look for an introduction here."""
        folded = self._document.folded
        if not segment.is_item or folded.startswith("điều", segment.start):
            self._issuer = None
        first = mentions[0].sighting.type if mentions else None
        if first and parts[0].issuer is None and self._issuer and self._type(first) == self._kind:
            parts = [replace(parts[0], issuer=Issuer(self._issuer, "before")), *parts[1:]]
        if folded[segment.end - 1 : segment.end] == ":" and segment.end - segment.start <= 500:
            match = _introduces().search(folded, segment.start, segment.end)
            stop = issuer_end(self._document, match.end(), segment.end) if match else None
            if match and stop:
                self._kind, self._issuer = " ".join(match["type"].split()), Span(match.end(), stop)
        return parts

    def _type(self, span: Span) -> str:
        return " ".join(self._document.folded_of(span).split())
