"""Reads the mentions of a document, segment after segment, through all their stages."""

from __future__ import annotations

from vnadmin.citation.mention.forms.find import find_sightings
from vnadmin.citation.mention.forms.hints import Hints
from vnadmin.citation.mention.lists import add_introduced, share_parts
from vnadmin.citation.mention.mention import Mention, Parts, Relation, Titled
from vnadmin.citation.mention.titled import read_titled
from vnadmin.citation.relation.reader import RelationReader
from vnadmin.citation.scope import Segment
from vnadmin.layout.page import SourceDocument


class MentionReader:
    """Reads segments in order: the introduction of a list holds for the items under it."""

    def __init__(self, document: SourceDocument, hints: Hints) -> None:
        self._document, self._hints = document, hints
        self._relations = RelationReader(document)

    def read(self, segment: Segment) -> list[Mention]:
        """All mentions of one segment in order of their place."""
        sightings = find_sightings(self._document, segment, self._hints)
        titled = read_titled(self._document, segment, sightings) if sightings else []
        relations = self._relations.read(segment, titled)
        if not titled:  # most paragraphs
            return []
        parts = add_introduced(self._document, segment, titled, share_parts(self._document, segment, titled))
        return list(map(_mention, titled, parts, relations))


def _mention(one: Titled, parts: Parts, relation: Relation) -> Mention:
    number = one.sighting.number.value if one.sighting.number else None
    date = parts.date.value if parts.date else None
    return Mention(one.sighting, one.pinpoint, one.is_nested, one.alias, parts, relation, number, date)
