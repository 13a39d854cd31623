"""Introductions: what the words before a list say of its members: `Căn cứ các Nghị định của Chính phủ: số A, số B`."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

import regex

from vnadmin.citation.mention.dates import CitedDate, read_date
from vnadmin.citation.mention.issuer import read_issuer, read_issuing_clause
from vnadmin.citation.mention.left import issuer_before
from vnadmin.citation.mention.words import types_folded
from vnadmin.citation.scope import Scope, Segment
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern


class Introduction(NamedTuple):
    """Type, issuer and date that hold for the members of a list; `end` is after them."""

    end: int
    type: Span
    issuer: Span | None
    date: CitedDate | None

    def holds_for(self, document: SourceDocument, kind: Span) -> bool:
        """Whether an instrument of some type may be a member: of the same type, or any where `văn bản` is said."""
        name = document.bare_of(self.type).split()
        return name == ["van", "ban"] or name == document.bare_of(kind).split()


# "các Thông tư sau đây của Bộ Tài chính", "toàn bộ Quyết định", "một số Nghị quyết", "02 Thông tư"
_INTRODUCES = pattern(
    lambda: (
        r"(?<!\w)(?:(?:các|những|toàn\s+bộ(?:\s+các)?|một\s+số|\d{1,2})\s+"
        rf"(?P<type>{types_folded('act', 'letter', 'paper', 'law')})|(?P<type>văn\s+bản)(?=\s+quy\s+phạm))(?!\w)"
        r"(?:\s+quy\s+phạm\s+pháp\s+luật)?(?:\s+(?:sau\s+đây|dưới\s+đây|sau))?"
    )
)


_COLON = pattern(r"\s*(?:,?\s*(?:sau\s+đây|dưới\s+đây|sau|gồm(?:\s+có)?|cụ\s+thể|như\s+sau|số)\s*)?:")


class Inline:
    """The introductions within a segment that a colon closes; looked for once, not anew before each of a thousand numbers."""

    def __init__(self, document: SourceDocument, segment: Segment) -> None:
        self._document, self._start, self._end = document, segment.start, segment.end
        self._colon = document.folded.find(":", segment.start, segment.end)
        self._closed: list[tuple[int, Introduction]] | None = None  # each with the end of its colon

    def before(self, at: int) -> Introduction | None:
        """The last one that is closed before a position."""
        if not 0 <= self._colon < at:
            return None
        if self._closed is None:
            self._closed = self._read()
        index = bisect_right(self._closed, at, key=itemgetter(0))
        return self._closed[index - 1][1] if index else None

    def _read(self) -> list[tuple[int, Introduction]]:
        found: list[tuple[int, Introduction]] = []
        for match in _INTRODUCES.finditer(self._document.folded, self._start, self._end):
            one = _introduction(self._document, match, self._start, self._end)
            colon = _COLON.match(self._document.folded, one.end, self._end)
            if colon:
                found.append((colon.end(), one))
        return found


def read_over(document: SourceDocument, scope: Scope | None) -> Introduction | None:
    """That of the nearest heading or introduction that has one, with the issuer and date of those over it.

    `Bãi bỏ các Quyết định sau đây:` under `Điều 1. Bãi bỏ một số văn bản do Ủy ban nhân dân tỉnh ban hành`.
    """
    nearest: Introduction | None = None
    while scope is not None:
        match = _INTRODUCES.search(document.folded, scope.start, scope.end)
        found = _introduction(document, match, scope.start, scope.end) if match else None
        if nearest is None:
            nearest = found
        elif found is not None:
            nearest = nearest._replace(issuer=nearest.issuer or found.issuer, date=nearest.date or found.date)
        scope = scope.parent
    return nearest


def _introduction(document: SourceDocument, match: regex.Match[str], start: int, end: int) -> Introduction:
    at, issuer, date = match.end(), None, None
    for _ in range(2):
        if date is None and (date := read_date(document.folded, at, end)):
            at = date.end
        found = read_issuer(document, at, end) or read_issuing_clause(document, at, end)
        if issuer is None and found:
            issuer, at = found
    if issuer is None and (named := issuer_before(document, start, match.start())):
        issuer = named.span  # "Thủ tướng Chính phủ đã ban hành các Chỉ thị: số A, số B"
    return Introduction(at, Span(*match.span("type")), issuer, date)
