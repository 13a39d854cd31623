"""Relations: what the document does with each instrument that it names, read from the words around the mention."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnadmin.citation.mention.mention import Relation, Titled
from vnadmin.citation.mention.words import trigger_words
from vnadmin.citation.relation.clause import HOLE, clause_patterns
from vnadmin.citation.segments import Place, Segment, after_marker
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

STRENGTH = ("amends", "repeals", "proposal", "basis", "replies_to", "implements", "issued_with", "cites")
"""From the strongest: the relation of an instrument is that of its strongest mention."""

_REACH = 900  # how far back the words that govern a mention may stand
_NEIGHBOURS = 40  # mentions of one sentence that are made holes
_SENTENCE = pattern(r"[.]\s+(?=\S)")
_BY = (" bởi ", " tại ", " theo ", " bằng ")  # what changed an instrument stands behind one of these
_AS_FOLLOWS = pattern(r"như\s+sau\s*:")


def _found(kind: str, pattern: regex.Pattern[str], words: str) -> regex.Match[str] | None:
    """What `pattern.search` gives; the words of `triggers(kind)`, one of which it needs, are looked for first."""
    return pattern.search(words) if _may_find(kind, words) else None


def _may_find(kind: str, words: str) -> bool:
    return any(map(words.__contains__, trigger_words(kind)))


class RelationReader:
    """Reads the segments of a document in order; an introduction `... sau đây:` holds for the items under it."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._intro = ""

    def read(self, segment: Segment, mentions: Sequence[Titled]) -> list[Relation]:
        """The relation of each mention of the segment."""
        folded = self._document.folded
        if not segment.is_item or folded.startswith("điều", segment.start):
            self._intro = ""
        start = after_marker(self._document, segment) if mentions else segment.start
        relations = [self._relation(segment, mentions, index, start) for index in range(len(mentions))]
        if folded[segment.end - 1 : segment.end] == ":" and segment.end - segment.start < 500:
            self._intro = self._words(segment.start, segment.end, mentions)
        return relations

    def _words(self, start: int, end: int, mentions: Sequence[Titled]) -> str:
        """Folded words of a stretch with a hole for each mention in it."""
        parts: list[str] = []
        at = start
        for mention in mentions:
            if mention.start >= end:
                break
            if mention.end <= at or mention.start < at:
                continue
            parts.append(self._document.folded[at : mention.start])
            parts.append(HOLE)
            at = min(mention.end, end)
        parts.append(self._document.folded[at:end])
        return " ".join("".join(parts).split())

    def _left(self, mentions: Sequence[Titled], index: int, start: int) -> str:
        """The sentence before a mention, without its pinpoint."""
        mention = mentions[index]
        start = min(max(start, mention.start - _REACH), mention.start)
        stop = max(start, mention.pinpoint.start) if mention.pinpoint else mention.start
        before = [m for m in mentions[max(0, index - _NEIGHBOURS) : index] if m.end <= mention.start]
        left = self._words(start, stop, before)
        if mention.pinpoint:
            issued = clause_patterns().issued_with.search(self._document.folded, mention.pinpoint.end, mention.start)
            left += f" {issued[0]}" if issued else ""
        for match in list(_SENTENCE.finditer(left))[-1:]:
            left = left[match.end() :]
        return f"{left.strip()} " if left.strip() else ""

    def _right(self, segment: Segment, mentions: Sequence[Titled], index: int) -> str:
        """The rest of the sentence after a mention."""
        mention = mentions[index]
        after = [m for m in mentions[index + 1 : index + 1 + _NEIGHBOURS] if m.start >= mention.end]
        right = " " + self._words(mention.end, min(segment.end, mention.end + 700), after)
        match = _SENTENCE.search(right)
        return right[: match.start()] if match else right

    def _relation(self, segment: Segment, mentions: Sequence[Titled], index: int, start: int) -> Relation:
        """`start` is where the words of the segment begin, after its marker."""
        patterns, mention = clause_patterns(), mentions[index]
        left = self._left(mentions, index, start)
        opening = self._document.folded[start : start + 60]
        historic = any(map(left.__contains__, _BY)) and bool(patterns.history.search(left))
        if mention.is_nested or historic:
            return self._inside(segment, left, opening)
        if segment.place is Place.TITLE:
            return self._title(left)
        if segment.place is Place.PREAMBLE:
            return self._preamble(mention, left, opening)
        quoted = list(_AS_FOLLOWS.finditer(left))
        if quoted:  # what stands after `như sau:` is the new wording, not what the document does
            left = left[quoted[-1].end() :].lstrip()
            return self._doing(mention, left, left)
        main = list(patterns.main_clause.finditer(left))
        clause = left[main[-1].start() :] if main else left
        return (
            self._ending(segment, mentions, index, left)
            or self._opening(segment, mention, left, clause)
            or self._listed(segment, mention, left)
            or self._doing(mention, left, clause)
        )

    def _inside(self, segment: Segment, left: str, opening: str) -> Relation:
        """In another's title or history: `basis` in a line of the preamble that gives grounds, else `cites`."""
        patterns = clause_patterns()
        first = patterns.basis_first if segment.place is Place.PREAMBLE else patterns.basis
        grounds = bool(first.match(opening)) and (segment.place is Place.PREAMBLE or segment.is_opening)
        if segment.place is Place.PREAMBLE and not patterns.implement_first.match(opening):
            grounds = grounds or not patterns.enacts.search(left)
        if grounds and not patterns.proposal.search(left) and "đề nghị" not in left:
            return Relation("basis", "relation.inside.basis")
        return Relation("cites", "relation.inside.cites")

    def _title(self, left: str) -> Relation:
        patterns = clause_patterns()
        own = not _found("draft", patterns.draft, left)
        if own and patterns.amends_anywhere.search(left):
            return Relation("amends", "relation.title.amends")
        if own and _found("repeal", patterns.repeals, left):
            return Relation("repeals", "relation.title.repeals")
        if _found("reply", patterns.reply, left):
            return Relation("replies_to", "relation.title.replies")
        if own and patterns.implement_title.search(left):
            return Relation("implements", "relation.title.implements")
        return Relation("cites", "relation.title.cites")

    def _preamble(self, mention: Titled, left: str, opening: str) -> Relation:
        patterns = clause_patterns()
        if _found("amend", patterns.enacts_amending, left):
            return Relation("amends", "relation.preamble.amends")
        if patterns.enacts_repealing.search(left):
            return Relation("repeals", "relation.preamble.repeals")
        checked = self._type(mention).startswith(("báo cáo thẩm", "báo cáo kết quả thẩm"))
        if _found("proposal", patterns.proposal, left) and not checked:
            return Relation("proposal", "relation.preamble.proposal")
        if patterns.implement_first.match(opening):
            return Relation("implements", "relation.preamble.implements")
        return Relation("basis", "relation.preamble.basis")

    def _ending(self, segment: Segment, mentions: Sequence[Titled], index: int, left: str) -> Relation | None:
        """`amends` and `repeals`: only where the document itself does it."""
        patterns = clause_patterns()
        own = not _found("draft", patterns.draft, left)
        if own and (patterns.amends_first.match(left) or _found("amend", patterns.enacts_amending, left)):
            return Relation("amends", "relation.body.amends")
        match = _found("repeal", patterns.repeals, left) if own else None
        if match:
            before = left[: match.start()]
            itself = bool(patterns.itself.search(before)) or not before.strip(' -"“')
            if itself and not regex.search(r"\s(?:theo|trừ)\s", match["tail"]):
                return Relation("repeals", "relation.body.repeals")
        if patterns.repealed.match(self._right(segment, mentions, index)) and not patterns.until.search(left):
            return Relation("repeals", "relation.body.repealed")
        return None

    def _opening(self, segment: Segment, mention: Titled, left: str, clause: str) -> Relation | None:
        """`proposal` anywhere; `basis` and `replies_to` in the opening passage of a letter."""
        patterns = clause_patterns()
        if _found("proposal", patterns.proposal, left):
            return Relation("proposal", "relation.body.proposal")
        if self._type(mention).startswith("tờ trình") and patterns.opinion.search(left):
            return Relation("proposal", "relation.body.opinion")
        if segment.is_opening and patterns.basis.search(clause):
            return Relation("basis", "relation.opening.basis")
        reply = _found("reply", patterns.reply, clause)
        if reply and len(reply["tail"].replace(HOLE, "")) < 60 and (segment.is_opening or reply.start() == 0):
            return Relation("replies_to", "relation.opening.replies")
        return None

    def _listed(self, segment: Segment, mention: Titled, left: str) -> Relation | None:
        """What the introduction of a list says: `Bãi bỏ các văn bản sau đây:`, `Thực hiện các văn bản sau:`."""
        patterns = clause_patterns()
        if not self._intro or left.replace(HOLE, "").strip(' ,;-"“'):
            return None
        if _found("draft", patterns.draft, self._intro):
            return None
        if _found("repeal", patterns.repeals, self._intro) or patterns.repealed.match(" " + self._intro):
            return Relation("repeals", "relation.list.repeals")
        direct = mention.start <= after_marker(self._document, segment) + 4
        if direct and self._carries_out(self._intro, self._type(mention)):
            return Relation("implements", "relation.list.implements")
        return None

    def _doing(self, mention: Titled, left: str, clause: str) -> Relation:
        patterns = clause_patterns()
        if self._carries_out(clause, self._type(mention)):
            return Relation("implements", "relation.body.implements")
        if patterns.issued_with.search(left):
            return Relation("issued_with", "relation.body.issued-with")
        return Relation("cites", "relation.body.cites")

    def _carries_out(self, clause: str, kind: str) -> bool:
        patterns = clause_patterns()
        matches = list(patterns.implement.finditer(clause)) if _may_find("implement", clause) else []
        if not matches:
            return bool(patterns.guides_first.match(clause))
        tail = clause[matches[-1].end() :]
        if patterns.other_verb.search(tail) or tail.lstrip().startswith(("tại ", "bởi ")):
            return False
        if patterns.according.search(tail):
            return bool(patterns.carried_out.match(kind)) and len(tail) < 110
        return True

    def _type(self, mention: Titled) -> str:
        return " ".join(self._document.folded_of(mention.sighting.type).split()) if mention.sighting.type else ""
