"""Facets of a search: how many of the documents found are of which year, type, issuer, signer and state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    select,
    union_all,
)

from vnadmin.index.catalog.schema import Correction, Document, Review
from vnadmin.index.search.query import Query
from vnadmin.index.search.search import matching

COUNTED: Final = 10_000  # the newest documents found that are counted: a page must not wait for a whole archive
SHOWN: Final = 8  # values of a facet


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose from the facets; empty is no choice. Issuer and signer are keys of the catalogue."""

    year: str = ""
    type: str = ""
    issuer: str = ""
    signer: str = ""
    status: str = ""

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Facet and value of each choice."""
        return ((field.name, value) for field in fields(self) if (value := getattr(self, field.name)))

    def without(self, facet: str) -> Filters:
        """With one choice taken back."""
        return replace(self, **{facet: ""})

    def among(self) -> Select[int] | None:
        """Selects the documents that fit the choices; None where all do."""
        conditions = [_FACETS[facet].holds(value) for facet, value in self.chosen()]
        return select(Document.id).where(*conditions) if conditions else None


class Value(NamedTuple):
    """One value of a facet; of a status the label is left to the page's words."""

    value: str
    label: str
    number: int


class _Column(NamedTuple):
    """A facet by a column: what it is told apart by, and how it is named."""

    key: ColumnElement[Any]
    label: ColumnElement[Any]

    def holds(self, value: str) -> ColumnElement[bool]:
        if isinstance(self.key.type, Integer):
            return self.key == int(value) if value.isdecimal() and len(value) < 6 else false()
        return self.key == value


_OPEN = exists().where(Review.sha256 == Document.sha256, Review.state == "open")
_CORRECTED = exists().where(Correction.sha256 == Document.sha256)


class _Status(NamedTuple):
    """The facet of what people still have to do, or did."""

    kinds: Mapping[str, ColumnElement[bool]]

    def holds(self, value: str) -> ColumnElement[bool]:
        return self.kinds.get(value, false())


STATUS: Final = _Status({"doubtful": _OPEN, "clear": not_(_OPEN), "corrected": _CORRECTED})
_COLUMNS: Final = {
    "year": _Column(Document.__table__.c.year, Document.__table__.c.year),
    "type": _Column(func.coalesce(Document.type_code, Document.type_name), Document.__table__.c.type_name),
    "issuer": _Column(Document.__table__.c.issuer_key, Document.__table__.c.issuing_agency),
    "signer": _Column(Document.__table__.c.signer_key, Document.__table__.c.signer),
}
_FACETS: Final[Mapping[str, _Column | _Status]] = {**_COLUMNS, "status": STATUS}


def count_facets(connection: Connection, query: Query, filters: Filters) -> tuple[Mapping[str, list[Value]], bool]:
    """The most frequent values of each facet (years: the newest), and whether only the newest documents were counted."""
    found = matching(connection, query, among=filters.among()).limit(COUNTED).cte("found")
    number = func.count().label("number")
    parts: list[Any] = [select(literal("").label("facet"), literal("").label("value"), literal("").label("label"),
                                       select(func.count()).select_from(found).scalar_subquery().label("number"))]  # fmt: skip
    for name, (key, label) in _COLUMNS.items():
        part = (
            select(literal(name), cast(key, Text), func.min(cast(label, Text)), number)
            .select_from(Document)
            .join(found, found.c.document_id == Document.id)
            .where(key.is_not(None))
            .group_by(key)
            .order_by(key.desc() if name == "year" else number.desc(), key)
            .limit(SHOWN)
        )
        parts.append(select(part.subquery()))
    for kind, condition in STATUS.kinds.items():
        parts.append(
            select(literal("status"), literal(kind), literal(""), number)
            .select_from(Document)
            .join(found, found.c.document_id == Document.id)
            .where(condition)
        )
    counted: dict[str, list[Value]] = defaultdict(list)
    total = 0
    for facet, value, text, count in connection.execute(union_all(*parts)):
        if not facet:
            total = count
        elif count:
            counted[facet].append(Value(value, text or value, count))
    return counted, total == COUNTED
