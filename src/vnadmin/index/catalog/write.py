"""Writes what was read: a batch of documents with all their rows, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from vnadmin.index.catalog.corrections import (
    documents_in_force,
    in_force,
    overruled,
    parsed_value,
    refresh,
)
from vnadmin.index.catalog.doubts import Doubt, disagreements
from vnadmin.index.catalog.insert import columns_of, insert_rows
from vnadmin.index.catalog.record import unpack
from vnadmin.index.catalog.reviews import confirmed, enqueue
from vnadmin.index.catalog.rows import TABLES, Rows, child_rows, document_row, parties_of
from vnadmin.index.catalog.schema import Base, Document
from vnadmin.index.catalog.task_marks import carry
from vnadmin.index.follow.revisions import touch
from vnadmin.index.search.entry import entry_of
from vnadmin.index.search.index import add, folders, placed, remove
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.witness.changes import changes_of

AT_ONCE: Final = 100  # documents that are in memory at once
_IDS: Final = select(Document.sha256, Document.id).where(Document.sha256.in_(bindparam("hashes", expanding=True)))


def write_documents(connection: Connection, batch: Mapping[str, Rows]) -> None:
    """Insert or replace the documents of these contents; a document that is replaced keeps its `id`."""
    if not batch:
        return
    touch(connection, list(batch))
    known = _ids(connection, list(batch))
    _replace(connection, {sha256: batch[sha256] for sha256 in known}, known)
    new = [sha256 for sha256 in batch if sha256 not in known]
    names = columns_of("documents")
    insert_rows(
        connection, "documents", [tuple(({**batch[h].document, "sha256": h})[name] for name in names) for h in new]
    )
    known |= _ids(connection, new)
    _insert_children(connection, batch, known)
    corrections = in_force(connection, list(batch))
    overlaid = corrections.keys() | changes_of(connection, list(batch)).keys()
    for sha256 in overlaid:
        refresh(connection, sha256, unpack(batch[sha256].record))
    carry(connection, list(batch))
    seen = overruled(connection, corrections)
    enqueue(connection, {h: _doubts(rows, corrections.get(h, {}), seen.get(h, {})) for h, rows in batch.items()})
    plain = {sha256: rows for sha256, rows in batch.items() if sha256 not in overlaid}
    where = folders(connection, list(plain))
    add(connection, [placed(known[h], rows.document, h, rows.entry, where.get(h, "")) for h, rows in plain.items()])


def _ids(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    if not hashes:
        return {}
    found = connection.execute(_IDS, {"hashes": list(hashes)})
    return {row.sha256: row.id for row in found}


def _replace(connection: Connection, batch: Mapping[str, Rows], known: Mapping[str, int]) -> None:
    """Bring the rows in `documents` up to date and take away all that hangs on them."""
    if not batch:
        return
    columns = [c.name for c in Document.__table__.columns if c.name not in ("id", "sha256")]
    connection.execute(
        update(Document.__table__)  # type: ignore[arg-type]
        .where(Document.id == bindparam("_id"))
        .values({name: bindparam(f"_{name}") for name in columns}),
        [
            {"_id": known[sha256], **{f"_{name}": rows.document[name] for name in columns}}
            for sha256, rows in batch.items()
        ],
    )
    ids = [known[sha256] for sha256 in batch]
    remove(connection, ids)
    for name in (*TABLES, "bodies"):
        table = Base.metadata.tables[name]
        connection.execute(delete(table).where(table.c.document_id.in_(ids)))


def _insert_children(connection: Connection, batch: Mapping[str, Rows], known: Mapping[str, int]) -> None:
    insert_rows(connection, "bodies", [(known[h], rows.record) for h, rows in batch.items()])
    for name in TABLES:
        insert_rows(connection, name, [(known[h], *row) for h, rows in batch.items() for row in rows.children[name]])


def _doubts(rows: Rows, corrections: Mapping[str, Any], seen: Mapping[str, Any]) -> Sequence[Doubt]:
    if not corrections:
        return rows.doubts
    document = unpack(rows.record)
    parsed = {pointer: parsed_value(document, pointer) for pointer in corrections}
    undecided = [doubt for doubt in rows.doubts if not confirmed(corrections, doubt.pointer)]
    return [*disagreements(parsed, corrections, seen), *undecided]


def rebuild(connection: Connection) -> None:
    """Index all documents again for the search: after a change of what the index holds, in a migration."""
    connection.execute(delete(SEARCH_DOCUMENTS))
    last = 0
    while ids := connection.scalars(
        select(Document.id).where(Document.id > last).order_by(Document.id).limit(AT_ONCE)
    ).all():
        documents = list(documents_in_force(connection, ids, reconciled=False))
        where = folders(connection, [sha256 for _, sha256, _ in documents])
        entries = []
        for document_id, sha256, document in documents:
            row = document_row(document)
            entry = entry_of(row, document.text, parties_of(document), **child_rows(document))
            entries.append(placed(document_id, row, sha256, entry, where.get(sha256, "")))
        add(connection, entries)
        last = ids[-1]
