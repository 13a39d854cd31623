"""What an office received in a year, as the documents themselves say: they name it as addressee or recipient; the stamp ĐẾN gives number and day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, or_, select

from vnadmin.agencies import body_key, without_post
from vnadmin.index.catalog.corrections import apply, in_force
from vnadmin.index.catalog.record import part_of, unpack
from vnadmin.index.catalog.schema import Body, Document
from vnadmin.index.search.query import Choice, Query, Value
from vnadmin.index.search.query_bodies import spellings
from vnadmin.index.search.search import matching
from vnadmin.model import AdminDocument, Arrival, Recipient
from vnadmin.text.fold import fold

_AT_ONCE: Final = 500
_LATE: Final = 11  # a document of November or later may be received in the next year


class _Parties(BaseModel):
    """What of a document tells who received it when."""

    model_config = ConfigDict(extra="ignore")
    addressees: list[str] = []
    recipients: list[Recipient] = []
    arrival: Arrival | None = None


class Received(NamedTuple):
    """Number and day of the stamp ĐẾN, where they were read."""

    number: str | None
    day: str | None


def received(connection: Connection, office: str, name: str, year: int) -> dict[int, Received]:
    """Documents of others that name the office, by `documents.id`; the year is that of the stamp, else of issue.

    Args:
        office: the office's `documents.issuer_key`.
        name: its name as it is printed.
    """
    named = Query(
        tuple(Choice(values=(Value(field, one),)) for field in ("addressee", "recipient") for one in spellings(name))
    )
    found = matching(connection, named).order_by(None).subquery()
    others = (
        select(Document.id, Document.sha256, Document.year, Body.record)
        .join(Body, Body.document_id == Document.id)
        .where(
            Document.id.in_(select(found.c.document_id)),
            or_(Document.issuer_key.is_(None), Document.issuer_key != office),
            or_(Document.year == year, Document.issued_on.between(f"{year - 1}-{_LATE}", f"{year - 1}-13")),
        )
    )
    own = {body_key(office), body_key(name)}
    arrived = {}
    for rows in connection.execute(others.execution_options(yield_per=_AT_ONCE)).partitions():
        corrections = in_force(connection, [row.sha256 for row in rows])
        for row in rows:
            said = corrections.get(row.sha256)
            document = apply(unpack(row.record, evidence=False), said) if said else part_of(row.record, _Parties)
            stamp = document.arrival
            day = str(stamp.date) if stamp and stamp.date else None
            if (int(day[:4]) if day else row.year) == year and not own.isdisjoint(_bodies(document)):
                arrived[row.id] = Received(stamp.number if stamp else None, day)
    return arrived


def _bodies(document: AdminDocument | _Parties) -> Iterator[str]:
    """Whom it names as addressee or recipient, an officer as the body that is his."""
    names = [*document.addressees, *(one.name for one in document.recipients)]
    return (body_key(without_post(fold(name).strip(" ;.,"))) for name in names if name)
