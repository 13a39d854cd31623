"""Rows of the catalogue as entries of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from vnadmin.index.catalog.corrections import is_confirmation
from vnadmin.index.catalog.schema import Correction, Document, Revision
from vnadmin_service.archive_api.models import Entry, Said

_OF_ROW: Final = [name for name in Entry.model_fields if name != "revision"]
_SAID: Final[list[Any]] = list(Correction.__table__.columns)


def entries_of(connection: Connection, hashes: Sequence[str]) -> dict[str, Entry]:
    """The entries of documents, by content."""
    columns = [getattr(Document, name) for name in _OF_ROW]
    rows = connection.execute(
        select(*columns, func.coalesce(Revision.number, 0).label("revision"))
        .outerjoin(Revision, Revision.sha256 == Document.sha256)
        .where(Document.sha256.in_(hashes))
    )
    return {row.sha256: Entry(**row._mapping) for row in rows}


def said_of(connection: Connection, sha256: str) -> list[Said]:
    """All that people said about a document, the newest first."""
    rows = connection.execute(select(*_SAID).where(Correction.sha256 == sha256).order_by(Correction.id.desc())).all()
    return said_in(connection, rows)


def said_after(connection: Connection, number: int, limit: int) -> list[Said]:
    """What people said behind a row of the history, in the order in which it was written."""
    statement = select(*_SAID).where(Correction.id > number).order_by(Correction.id).limit(limit)
    return said_in(connection, connection.execute(statement).all())


def said_in(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Said]:
    """Rows of the history; which of them are in force is told by what was said of the same value since."""
    hashes = list({row.sha256 for row in rows})
    last = select(func.max(Correction.id)).where(Correction.sha256.in_(hashes))
    newest = set(connection.scalars(last.group_by(Correction.sha256, Correction.pointer)))
    return [
        Said(
            id=row.id,
            sha256=row.sha256,
            pointer=row.pointer,
            action="set" if row.action == "set" else "undo",
            value=row.value,
            read=row.parsed,
            confirmed=row.action == "set" and is_confirmation(row.value, row.parsed),
            in_force=row.action == "set" and row.id in newest,
            person=row.person,
            made_at=row.made_at,
            note=row.note,
        )
        for row in rows
    ]
