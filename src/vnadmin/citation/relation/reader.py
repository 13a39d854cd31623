"""Relations: what the document does with each instrument that it names, from the words around and the headings above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vnadmin.citation.mention.main_clause import clause_starts
from vnadmin.citation.mention.mention import Relation, Titled
from vnadmin.citation.mention.words import trigger_words
from vnadmin.citation.relation import patterns
from vnadmin.citation.relation.patterns import HOLE
from vnadmin.citation.relation.rules import Context, relation_of
from vnadmin.citation.scope import Place, Scope, Segment
from vnadmin.genre.landmarks import heads_grounds
from vnadmin.layout.page import SourceDocument, Span

STRENGTH: Final = ("amends", "repeals", "proposal", "basis", "replies_to", "implements", "issued_with", "cites")
"""From the strongest: the relation of an instrument is that of its strongest mention."""

_REACH = 900  # how far back the words that govern a mention may stand
_NEIGHBOURS = 40  # mentions of one sentence that are made holes
_STOP = ". "  # between sentences of words that single blanks part
_BY = (" bởi ", " tại ", " theo ", " bằng ")  # what changed an instrument stands behind one of these
_LONGEST_HEADING = 500
_LIST_WORDS = 12  # among the last words of an introduction stands what it lists


class RelationReader:
    """Reads the segments of a document in order; a heading or an introduction holds for what stands under it."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._mentions: dict[int, Sequence[Titled]] = {}  # end of a segment -> what it names
        self._governors: dict[Scope, Relation | None] = {}
        self._opened = False  # whether the first paragraph of the body was read

    def read(self, segment: Segment, mentions: Sequence[Titled]) -> list[Relation]:
        """The relation of each mention of the segment."""
        first = segment.is_opening and segment.place is Place.BODY and not self._opened
        self._opened = self._opened or segment.place is Place.BODY
        if not mentions:
            return []
        self._mentions[segment.end] = mentions
        governor = self._governor(segment.scope)
        if governor and governor.name == "basis" and self._gives_grounds(segment, mentions[0]):
            segment = segment._replace(place=Place.PREAMBLE)
        clauses = clause_starts(self._document, segment.words, min(segment.end, mentions[-1].start))
        holes = [Span(mention.start, mention.end) for mention in mentions]
        return [
            relation_of(self._context(segment, mention, holes, index, clauses, governor, first=first))
            for index, mention in enumerate(mentions)
        ]

    def _gives_grounds(self, segment: Segment, mention: Titled) -> bool:
        """A line under `I. Căn cứ pháp lý`: an instrument or `Căn cứ` opens it, and not what a provision says."""
        folded = self._document.folded
        opens = mention.pinpoint.start if mention.pinpoint else mention.start
        named = not folded[segment.words : opens].strip(' ,;-"(') or patterns.BASIS_FIRST.match(folded, segment.words)
        states = patterns.STATES.match(folded, mention.issuer_end, segment.end)
        return bool(named) and not (states and (mention.pinpoint or states["colon"]))

    def _governor(self, scope: Scope | None) -> Relation | None:
        """What the nearest heading or introduction that says so does with the instruments under it."""
        if scope is None:
            return None
        if scope not in self._governors:
            self._governors[scope] = self._says(scope) or self._governor(scope.parent)
        return self._governors[scope]

    def _says(self, scope: Scope) -> Relation | None:
        """What one heading or introduction does with the instruments under it; `cites` where new wording follows it."""
        document = self._document
        last = document.text[scope.end - 1 : scope.end]
        if scope.end - scope.start > _LONGEST_HEADING or last in (".", ";", "/", ","):
            return None
        holes = [Span(mention.start, mention.end) for mention in self._mentions.get(scope.end, ())]
        words = self._words(scope.start, scope.end, holes).rstrip(" :").rpartition(_STOP)[2]
        if heads_grounds(words):
            return Relation("basis", "relation.heading")
        if patterns.REPEALS_FIRST.match(words) and patterns.LISTED.search(words):
            return Relation("repeals", "relation.heading")
        if patterns.LISTED_FIRST.match(words) and any(map(words.__contains__, trigger_words("repealed"))):
            return Relation("repeals", "relation.heading")
        if patterns.AMENDS_FIRST.match(words):
            return Relation("cites", "relation.new-wording")
        if last == ":" and " của " in words and patterns.PROPOSERS.search(words):
            return Relation("proposal", "relation.heading")
        ends = " ".join(words.split()[-_LIST_WORDS:])
        if not patterns.LISTED.search(ends) or (last != ":" and not words.endswith(("sau", "đây"))):
            return None
        clauses = clause_starts(document, scope.start, scope.end)
        clause = self._words(clauses[-1], scope.end, ()).rstrip(" :") if clauses else words
        context = Context(
            Place.BODY, scope.is_opening, False, False, words[:60], f"{words} ", f"{clause} ", "", "", "văn bản"
        )
        name = relation_of(context).name
        if name == "issued_with" or (name == "amends" and not patterns.ACTS.search(ends)):
            name = "cites"  # "hướng dẫn bổ sung một số điểm sau:" is the document's own content
        return Relation(name, "relation.heading")

    def _words(self, start: int, end: int, holes: Sequence[Span]) -> str:
        """Folded words of a stretch with a hole for each mention in it."""
        folded = self._document.folded
        parts: list[str] = []
        at = start
        for opens, closes in holes:
            if opens >= end:
                break
            if closes <= at or opens < at:
                continue
            parts += folded[at:opens], HOLE
            at = min(closes, end)
        parts.append(folded[at:end])
        return " ".join("".join(parts).split())

    def _left(self, holes: Sequence[Span], index: int, start: int, stop: int) -> tuple[str, bool]:
        """The sentence before a mention, without its pinpoint, and whether it is the first that is asked for."""
        opens = holes[index].start
        before = [hole for hole in holes[max(0, index - _NEIGHBOURS) : index] if hole.end <= opens]
        _, stopped, left = self._words(min(max(start, opens - _REACH), stop), stop, before).rpartition(_STOP)
        return (f"{left} " if left else ""), not stopped

    def _right(self, segment: Segment, holes: Sequence[Span], index: int) -> str:
        """The rest of the sentence after a mention."""
        end = holes[index].end
        after = [hole for hole in holes[index + 1 : index + 1 + _NEIGHBOURS] if hole.start >= end]
        return " " + self._words(end, min(segment.end, end + 700), after).partition(_STOP)[0]

    def _context(
        self,
        segment: Segment,
        mention: Titled,
        holes: Sequence[Span],
        index: int,
        clauses: Sequence[int],
        governor: Relation | None,
        *,
        first: bool,
    ) -> Context:
        folded, pinpoint, kind = self._document.folded, mention.pinpoint, mention.sighting.type
        start = min(segment.words, mention.start)
        stop = max(start, pinpoint.start) if pinpoint else mention.start
        left, is_first = self._left(holes, index, start, stop)
        opens = max((at for at in clauses if at <= stop), default=start)
        clause = self._left(holes, index, opens, stop)[0] if opens > start else left
        historic = any(map(left.__contains__, _BY)) and bool(patterns.HISTORY.search(left))
        return Context(
            place=segment.place,
            is_opening=segment.is_opening,
            is_first=first and is_first,
            is_article=segment.is_item and folded.startswith("điều", segment.start),
            opening=folded[start : start + 60].lstrip(' (-"'),
            left=left,
            clause=clause if len(clause) < len(left) else left,
            link=folded[pinpoint.start : mention.start] if pinpoint else "",
            right=self._right(segment, holes, index) if segment.place is Place.BODY else "",
            kind=" ".join(self._document.folded_of(kind).split()) if kind else "",
            is_inner=mention.is_nested or historic,
            governor=governor,
        )
