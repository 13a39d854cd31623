"""Facets of a search: what a reader chose, and how many of the documents found have each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Annotated, Final

from fastapi import Depends, Query
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import aliased

from vnadmin.agencies import body_key
from vnadmin.index.catalog.corrections import CONFIRMED, CORRECTED
from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.schema import Document, Review, key
from vnadmin.index.search.facets import LETTERS, SHA256, Value, counted, part_of
from vnadmin.index.search.query import Query as Asked
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.search.search import matching_facets
from vnadmin.index.witness.changes import PUT_RIGHT
from vnadmin_service.archive.catalog_access import NO_NUL

COUNTED: Final = 10_000  # the newest documents found that are counted: a page must not wait for a whole archive
SHOWN: Final = 6  # values of a facet that are shown at once; the others behind `xem thêm`
MOST: Final = 300  # values of a facet behind it
_MOST_NAMES: Final = 20  # of bodies whose other documents are looked for in the whole archive


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
        conditions = [one for facet, value in self.chosen() for one in _holds(facet, value)]
        return select(Document.id).where(*conditions) if conditions else None


Text = Annotated[str, Query(max_length=2000, pattern=NO_NUL)]


async def _filters(
    year: Text = "", type: Text = "", issuer: Text = "", signer: Text = "", place: Text = "", urgency: Text = "",
    secrecy: Text = "", folder: Text = "", status: Text = "",
) -> Filters:  # fmt: skip
    """Out of the address of a page."""
    return Filters(year, type, issuer, signer, place, urgency, secrecy, folder, status)


FiltersOf = Annotated[Filters, Depends(_filters)]
_OPEN = exists().where(Review.sha256 == Document.sha256, IS_OPEN)
_CORRECTED = Document.sha256.in_(CORRECTED)
_CONFIRMED = Document.sha256.in_(CONFIRMED)
NONE: Final = "-"  # chosen: the documents of which no value of a facet is known
_LACKS: Final[Mapping[str, ColumnElement[bool]]] = {
    "year": Document.year.is_(None),
    "type": and_(Document.type_code.is_(None), Document.type_name.is_(None)),
    "issuer": Document.issuing_agency.is_(None),
    "signer": Document.signer_key.is_(None),
    "place": Document.place.is_(None),
}
STATUS: Final[Mapping[str, ColumnElement[bool]]] = {
    "doubtful": _OPEN,
    "clear": not_(_OPEN),
    "corrected": _CORRECTED,
    "confirmed": _CONFIRMED,
    "reconciled": Document.sha256.in_(PUT_RIGHT),
}


def _holds(facet: str, value: str) -> Iterator[ColumnElement[bool]]:
    """The conditions on a document; those by a column with an index come first, and leave few lines to look into."""
    if facet not in LETTERS:
        yield STATUS.get(value, false())
    elif value == NONE:
        yield _LACKS.get(facet, false())
    elif facet == "year":
        yield Document.year == int(value) if value.isdecimal() and len(value) < 6 else false()
    elif facet == "signer":
        yield Document.signer_key == value
    elif facet == "type":
        yield or_(Document.type_code == value, and_(Document.type_code.is_(None), _in_line(facet, key(value) or "")))
    elif facet == "issuer":
        yield _issued_by(value)
    else:
        yield _in_line(facet, value)


def _in_line(facet: str, value: str) -> ColumnElement[bool]:
    line = SEARCH_DOCUMENTS.c.facets.contains(part_of(facet, value), autoescape=True)
    return exists().where(SEARCH_DOCUMENTS.c.document_id == Document.id, line)


def _issued_by(value: str) -> ColumnElement[bool]:
    """A body; of `van phong|tinh a` also what prints the name alone, as long as no other body of the archive has that name."""
    whole, alone = body_key(whole_value(value)), body_key(value.partition("|")[0])
    if whole == alone:
        return Document.issuer_key == whole
    one = aliased(Document)
    other = exists().where(one.issuer_key.startswith(f"{alone} ", autoescape=True), one.issuer_key != whole)
    return or_(Document.issuer_key == whole, and_(Document.issuer_key == alone, not_(other)))


def whole_value(value: str) -> str:
    """A value without the mark where a body's own name ends (`_joined`): a search may have been kept with it or without."""
    return value.replace("|", " ")


def count_facets(connection: Connection, query: Asked, filters: Filters) -> tuple[Mapping[str, list[Value]], bool]:
    """The values of each facet, the most frequent first, and whether only the newest documents were counted."""
    found = matching_facets(connection, query, among=filters.among()).limit(COUNTED).subquery()
    content = func.substr(found.c.facets, 1, SHA256)  # no look at the row in `documents`, which is wide
    lines, number, doubtful, corrected, confirmed, reconciled = connection.execute(
        select(
            func.aggregate_strings(func.substr(found.c.facets, SHA256 + 1), ""),
            func.count(),
            func.count().filter(exists().where(Review.sha256 == content, IS_OPEN)),
            func.count().filter(content.in_(CORRECTED)),
            func.count().filter(content.in_(CONFIRMED)),
            func.count().filter(content.in_(PUT_RIGHT)),
        )
    ).one()
    facets = counted(lines or "")
    facets |= {"issuer": _joined(connection, facets["issuer"])} if "issuer" in facets else {}
    for facet in _LACKS:
        if lacking := number - sum(value.number for value in facets.get(facet, [])):
            facets.setdefault(facet, []).append(Value(NONE, NONE, lacking))
    numbers = {
        "doubtful": doubtful, "clear": number - doubtful, "corrected": corrected, "confirmed": confirmed,
        "reconciled": reconciled,
    }  # fmt: skip
    facets["status"] = [Value(kind, kind, many) for kind, many in numbers.items() if many]
    return facets, number == COUNTED


def _joined(connection: Connection, issuers: Sequence[Value]) -> list[Value]:
    """One entry for a body that some documents print without the one above it, if no other in the archive has its name.

    A value says where its name ends: `van phong|tinh a` (`_issued_by`).
    """
    found = {one.value: one for one in issuers}
    names = {one.value: body_key(one.label.rpartition(" (")[0]) for one in issuers}
    bodies = _named(connection, [name for name in names.values() if name in found][:_MOST_NAMES])
    whose = {name: value for value, name in names.items() if bodies[name] == {value}}
    made = list[Value]()
    for one in issuers:
        name = names[one.value]
        if whose.get(name) == one.value:
            one = one._replace(number=one.number + found[name].number)
        if name and one.value.startswith(f"{name} "):
            one = one._replace(value=f"{name}|{one.value[len(name) + 1 :]}")
        made += [one] if one.value not in whose else []
    return sorted(made, key=lambda one: -one.number)


def _named(connection: Connection, names: Sequence[str]) -> Mapping[str, set[str]]:
    """The bodies of the whole archive that have these names, with others above them."""
    begin = [Document.issuer_key.startswith(f"{name} ", autoescape=True) for name in names]
    known = connection.scalars(select(Document.issuer_key).where(or_(false(), *begin)).distinct()) if names else ()
    found = defaultdict[str, set[str]](set)
    for body in known:
        for name in names:
            found[name] |= {body} if body and body.startswith(f"{name} ") else set()
    return found
