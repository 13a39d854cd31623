"""Which documents of the catalogue a document cites, which cite it, and which are copies of the same dispatch."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from vnadmin.index.catalog.schema import Citation, Document
from vnadmin.model import PartialDate
from vnadmin_service.review.panel import relation_name

SHOWN: Final = 100  # of the documents that cite one
_CANDIDATES: Final = 5  # documents that one citation may mean
_NAMED: Final = (
    Document.id, Document.sha256, Document.type_name, Document.number, Document.issued_on, Document.issuing_agency,
    Document.subject,
)  # fmt: skip


class Linked(NamedTuple):
    """A document at the other end of a link. `sure`: number and full date are those of the citation."""

    sha256: str
    name: str
    issued_on: str | None
    issuer: str | None
    subject: str | None
    sure: bool
    relation: str = ""


class Cited(NamedTuple):
    """A citation and the documents that it may mean; none where the archive does not have it."""

    pointer: str
    text: str
    relation: str
    relation_shown: str  # what it is called
    documents: tuple[Linked, ...]


def cites(connection: Connection, document_id: int) -> list[Cited]:
    """What a document cites, in its order."""
    rows = connection.execute(
        select(Citation.pointer, Citation.type, Citation.number.label("cited"), Citation.title, Citation.relation,
               Citation.issued_on.label("cited_on"), *_NAMED)
        .outerjoin(Document, and_(_same(), Document.id != Citation.document_id))
        .where(Citation.document_id == document_id)
        .order_by(Citation.pointer, Document.issued_on.desc(), Document.id)
    )  # fmt: skip
    found: dict[str, Cited] = {}
    for row in rows:
        text = " ".join(filter(None, (row.type, row.cited or row.title)))
        cited = found.setdefault(
            row.pointer, Cited(row.pointer, text, row.relation, relation_name(row.relation, row.type), ())
        )
        if row.sha256 is not None and len(cited.documents) < _CANDIDATES:
            linked = _linked(row, _sure(row.issued_on, row.cited_on), "")
            found[row.pointer] = cited._replace(documents=(*cited.documents, linked))
    return sorted(found.values(), key=lambda cited: _in_order(cited.pointer))


def cited_by(connection: Connection, document_id: int) -> tuple[list[Linked], int]:
    """The newest documents that cite one, and how many do."""
    cited = select(Document.number_key, Document.issued_on).where(Document.id == document_id).subquery("one")
    same = and_(
        Citation.number_key == cited.c.number_key,
        _dates_agree(Citation.issued_on, cited.c.issued_on),
        Citation.document_id != document_id,
    )
    ids = select(Citation.document_id).join(cited, same).distinct()
    total = connection.scalar(select(func.count()).select_from(ids.subquery())) or 0
    edges = (
        select(
            Citation.document_id,
            func.min(Citation.relation).label("relation"),
            func.max(Citation.issued_on).label("cited_on"),
            func.max(cited.c.issued_on).label("own"),
        )
        .join(cited, same)
        .group_by(Citation.document_id)
        .subquery("edges")
    )
    rows = connection.execute(
        select(*_NAMED, edges.c.relation, edges.c.cited_on, edges.c.own)
        .join(edges, edges.c.document_id == Document.id)
        .order_by(Document.issued_on.is_(None), Document.issued_on.desc(), Document.id)
        .limit(SHOWN)
    )
    return [_linked(row, _sure(row.own, row.cited_on), row.relation) for row in rows], total


def copies(connection: Connection, document_id: int) -> list[Linked]:
    """Other files of the same dispatch: its number, date and issuer."""
    own = select(Document.dispatch_key).where(Document.id == document_id).scalar_subquery()
    rows = connection.execute(
        select(*_NAMED)
        .where(Document.dispatch_key == own, Document.id != document_id)
        .order_by(Document.id)
        .limit(SHOWN)
    )
    return [_linked(row, True, "") for row in rows]


def name_of(type_name: str | None, number: str | None) -> str:
    """A document in a few words: `Quyết định 318/QĐ-UBND`."""
    return " ".join(filter(None, (type_name, number)))


def _linked(row: Row[*tuple[Any, ...]], sure: bool, relation: str) -> Linked:
    name = name_of(row.type_name, row.number)
    return Linked(row.sha256, name, row.issued_on, row.issuing_agency, row.subject, sure, relation)


def _same() -> ColumnElement[bool]:
    return and_(Citation.number_key == Document.number_key, _dates_agree(Citation.issued_on, Document.issued_on))


def _dates_agree(one: ColumnElement[Any] | Any, other: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Equal, or one is a part of the other (`2021-09`), or one is missing."""
    return or_(one.is_(None), other.is_(None), one == other, one.like(other + "%"), other.like(one + "%"))


def _sure(date: str | None, cited: str | None) -> bool:
    return date is not None and date == cited and PartialDate(date).day is not None


def _in_order(pointer: str) -> list[tuple[int, str]]:
    """Reference 10 after reference 9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in pointer.split("/")]
