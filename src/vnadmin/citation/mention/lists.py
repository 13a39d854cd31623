"""Lists: what one member says of all (`số A, số B và C ngày ... của ...`), and what stands before a reference."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from vnadmin.citation.mention.issuer import issuer_end
from vnadmin.citation.mention.left import date_before, issuer_before
from vnadmin.citation.mention.mention import Mention, Segment
from vnadmin.citation.mention.words import types_folded
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern

_SEPARATORS = pattern(r"\s*(?:[,;]?\s*(?:và|hoặc)?\s*|\s*-\s*)(?:các\s+)?")


def goes_on(document: SourceDocument, previous: Mention, at: int) -> bool:
    """Whether a number goes on a list: "Nghị định số A, số B và C" with only dates or issuers between."""
    if at < previous.core_end:
        return False
    end = max(previous.core_end, previous.issuer.end if previous.issuer and not previous.issuer_before else 0)
    if end > at:
        return False
    gap = _SEPARATORS.match(document.folded, end, at)
    return bool(gap) and gap.end() == at and bool(document.folded[end:at].strip(" "))


def share_parts(document: SourceDocument, mentions: list[Mention]) -> None:
    """What the last member of a list says holds for the members before it; then what stands before a reference."""
    for index in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[index], mentions[index + 1]
        if (
            mention.kind != "number"
            or following.kind != "number"
            or mention.title
            or mention.nested != following.nested
        ):
            continue
        end = max(mention.core_end, mention.issuer.end if mention.issuer and not mention.issuer_before else 0)
        if following.start < end:
            continue
        opens = following.pinpoint.start if following.pinpoint and following.pinpoint.start >= end else following.start
        gap = _SEPARATORS.match(document.folded, end, opens)
        if not gap or gap.end() != opens:
            continue
        if mention.date is None and following.date is not None:
            mention.date, mention.date_span, mention.date_grade = following.date, following.date_span, Grade.LIKELY
        alike = _alike(document, mention, following)
        own_issuer = mention.issuer is not None and not mention.issuer_before
        after = following.issuer is not None and (not following.issuer_before or following.issuer_shared)
        if following.title and alike and not (own_issuer and after):
            mention.title = following.title
        if not own_issuer and after and alike:
            mention.issuer = following.issuer
            mention.issuer_before = mention.issuer_shared = True
    previous: Mention | None = None
    for mention in mentions:
        if mention.kind == "number":
            _read_before(document, mention, previous)
            previous = mention


def _alike(document: SourceDocument, one: Mention, other: Mention) -> bool:
    """Same type, so that an issuer or title after the last holds for both."""
    if one.type is None or other.type is None:
        return False
    return document.bare[one.type.start : one.type.end] == document.bare[other.type.start : other.type.end]


def _read_before(document: SourceDocument, mention: Mention, previous: Mention | None) -> None:
    low = previous.core_end if previous and previous.core_end <= mention.start else 0
    if mention.date is None:
        dated = date_before(document, low, mention.start)
        if dated:
            mention.date, mention.date_span = dated
            mention.date_grade = Grade.LIKELY
    if mention.issuer is None:
        named = issuer_before(document, low, mention.start, after_list=bool(previous and previous.issuer_holds))
        if named:
            mention.issuer, mention.issuer_before = named[0], True
            mention.issuer_holds = named[1]
        elif previous and previous.issuer_holds and previous.core_end <= mention.start:
            gap = _SEPARATORS.match(document.folded, previous.core_end, mention.start)
            if gap and gap.end() == mention.start:
                mention.issuer, mention.issuer_before = previous.issuer, True
                mention.issuer_holds = True


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

    def read(self, segment: Segment, mentions: Sequence[Mention]) -> None:
        """Give the issuer of the introduction to the first mention of an item; then look for an introduction here."""
        folded = self._document.folded
        if not segment.is_item or folded.startswith("điều", segment.start):
            self._issuer = None
        first = mentions[0] if mentions else None
        if first and first.type and first.issuer is None and self._issuer and self._type(first.type) == self._kind:
            first.issuer, first.issuer_before = self._issuer, True
        if folded[segment.end - 1 : segment.end] != ":" or segment.end - segment.start > 500:
            return
        match = _introduces().search(folded, segment.start, segment.end)
        stop = issuer_end(self._document, match.end(), segment.end) if match else None
        if match and stop:
            self._kind, self._issuer = " ".join(match["type"].split()), Span(match.end(), stop)

    def _type(self, span: Span) -> str:
        return " ".join(self._document.folded_of(span).split())
