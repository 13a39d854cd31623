"""Revisions: each document's last change, numbered in the order in which changes can be seen.

Whoever follows a catalogue asks for all that is above the last number that he has. So a number must never appear below one
that was seen before. A sequence of the database would not do: of two writers the one with the lower number may commit later.
Here every writer takes the row of the counter first and keeps it until it commits, so that numbers are committed in order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from vnadmin.index.catalog.schema import Revision, RevisionCounter


class Change(NamedTuple):
    """A document that was read, corrected or taken away. `gone`: the catalogue has it no more."""

    number: int
    sha256: str
    changed_at: str
    gone: bool


class Head(NamedTuple):
    """How far a catalogue is. `epoch` names the catalogue: numbers of another one mean nothing in it."""

    epoch: str
    number: int


def touch(connection: Connection, hashes: Collection[str], *, gone: bool = False) -> None:
    """Number these documents anew. The first write of a transaction that changes documents: others wait here, and not midway."""
    names = list(dict.fromkeys(hashes))
    if not names:
        return
    taken = update(RevisionCounter).values(number=RevisionCounter.number + len(names)).returning(RevisionCounter.number)
    last = connection.execute(taken).scalar_one()
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.execute(delete(Revision).where(Revision.sha256.in_(names)))
    rows = [
        {"sha256": sha256, "number": number, "changed_at": at, "gone": gone}
        for number, sha256 in enumerate(names, last - len(names) + 1)
    ]
    connection.execute(insert(Revision), rows)


def hold(connection: Connection) -> None:
    """Keep other writers of documents waiting until the transaction ends: what is read now still holds when it is written."""
    connection.execute(update(RevisionCounter).values(number=RevisionCounter.number))


def head(connection: Connection) -> Head:
    """The catalogue's name and the number of its last change."""
    return Head(*connection.execute(select(RevisionCounter.epoch, RevisionCounter.number)).one())


def changes_after(connection: Connection, number: int, limit: int) -> list[Change]:
    """Documents changed since, each once, in the order of their last change."""
    rows = connection.execute(
        select(Revision.number, Revision.sha256, Revision.changed_at, Revision.gone)
        .where(Revision.number > number)
        .order_by(Revision.number)
        .limit(limit)
    )
    return [Change(*row) for row in rows]


def revision_of(connection: Connection, sha256: str) -> Change | None:
    """The last change of a document."""
    columns = (Revision.number, Revision.sha256, Revision.changed_at, Revision.gone)
    row = connection.execute(select(*columns).where(Revision.sha256 == sha256)).first()
    return Change(*row) if row else None


def revisions_of(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    """The numbers of the last changes of documents."""
    rows = connection.execute(select(Revision.sha256, Revision.number).where(Revision.sha256.in_(hashes)))
    return {row.sha256: row.number for row in rows}
