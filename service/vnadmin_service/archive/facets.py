"""Facets of a search: what a reader chose, and how many of the documents found have each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, not_, select

from vnadmin.index.catalog.schema import Correction, Document, Review
from vnadmin.index.search.facets import LETTERS, Value, counted, part_of
from vnadmin.index.search.query import Query
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.search.search import matching

COUNTED: Final = 10_000  # the newest documents found that are counted: a page must not wait for a whole archive
SHOWN: Final = 6  # values of a facet that are shown at once; the others behind `thêm`
MOST: Final = 300  # values of a facet behind it


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose from the facets; empty is no choice. Values are keys of `vnadmin.index.search.facets`."""

    year: str = ""
    type: str = ""
    issuer: str = ""
    signer: str = ""
    place: str = ""
    urgency: str = ""
    secrecy: str = ""
    folder: str = ""
    status: str = ""

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Facet and value of each choice."""
        return ((field.name, value) for field in fields(self) if (value := getattr(self, field.name)))

    def without(self, facet: str) -> Filters:
        """With one choice taken back."""
        return replace(self, **{facet: ""})

    def among(self) -> Select[int] | None:
        """Selects the documents that fit the choices; None where all do."""
        conditions = [_holds(facet, value) for facet, value in self.chosen()]
        if not conditions:
            return None
        return (
            select(Document.id).join(SEARCH_DOCUMENTS, SEARCH_DOCUMENTS.c.document_id == Document.id).where(*conditions)
        )


_OPEN = exists().where(Review.sha256 == Document.sha256, Review.state == "open")
_CORRECTED = exists().where(Correction.sha256 == Document.sha256)
STATUS: Final[Mapping[str, ColumnElement[bool]]] = {"doubtful": _OPEN, "clear": not_(_OPEN), "corrected": _CORRECTED}


def _holds(facet: str, value: str) -> ColumnElement[bool]:
    if facet in LETTERS:
        return SEARCH_DOCUMENTS.c.facets.contains(part_of(facet, value), autoescape=True)
    return STATUS.get(value, false())


def count_facets(connection: Connection, query: Query, filters: Filters) -> tuple[Mapping[str, list[Value]], bool]:
    """The values of each facet, the most frequent first, and whether only the newest documents were counted."""
    found = matching(connection, query, among=filters.among()).limit(COUNTED).cte("found")
    of_found = select(SEARCH_DOCUMENTS.c.facets).join(found, found.c.document_id == SEARCH_DOCUMENTS.c.document_id)
    lines = connection.scalars(of_found).all()
    facets = counted(line for line in lines if line)
    among_found = select(func.count()).select_from(Document).join(found, found.c.document_id == Document.id)
    doubtful = connection.scalar(among_found.where(_OPEN)) or 0
    corrected = connection.scalar(among_found.where(_CORRECTED)) or 0
    numbers = {"doubtful": doubtful, "clear": len(lines) - doubtful, "corrected": corrected}
    facets["status"] = [Value(kind, kind, number) for kind, number in numbers.items() if number]
    return facets, len(lines) == COUNTED
