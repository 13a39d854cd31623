"""Writes what was read: a batch of documents with all their rows, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from vnadmin.index.catalog_corrections import apply, in_force, parsed_value, write_effective
from vnadmin.index.catalog_reviews import Doubt, confirmed, disagreements, doubts_of, enqueue
from vnadmin.index.catalog_rows import Row, Rows, unpack_record
from vnadmin.index.catalog_schema import Base, Body, Document
from vnadmin.index.search_index import refresh

CHILDREN: Final = ("fields", "parties", "citations", "tasks", "assignees", "issues")


def write_documents(connection: Connection, batch: Mapping[str, Rows]) -> None:
    """Insert or replace the documents of these contents; a document that is replaced keeps its `id`."""
    if not batch:
        return
    known: dict[str, int] = {
        row.sha256: row.id
        for row in connection.execute(select(Document.sha256, Document.id).where(Document.sha256.in_(list(batch))))
    }
    _replace(connection, {sha256: batch[sha256] for sha256 in known}, known)
    new = [{**rows.document, "sha256": sha256} for sha256, rows in batch.items() if sha256 not in known]
    if new:
        inserted = connection.execute(insert(Document).returning(Document.sha256, Document.id), new)
        known |= {row.sha256: row.id for row in inserted}
    _insert_children(connection, batch, known)
    corrections = in_force(connection, list(batch))
    for sha256, values in corrections.items():
        document = unpack_record(batch[sha256].record, batch[sha256].text)
        write_effective(connection, known[sha256], apply(document, values))
    enqueue(connection, {sha256: _doubts(rows, corrections.get(sha256, {})) for sha256, rows in batch.items()})
    refresh(connection, sorted(known.values()))


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
    for name in (*CHILDREN, "bodies"):
        table = Base.metadata.tables[name]
        connection.execute(delete(table).where(table.c.document_id.in_(ids)))


def _insert_children(connection: Connection, batch: Mapping[str, Rows], known: Mapping[str, int]) -> None:
    connection.execute(
        insert(Body),
        [{"document_id": known[h], "text": rows.text, "record": rows.record} for h, rows in batch.items()],
    )
    for name in CHILDREN:
        rows: list[Row] = [
            {"document_id": known[sha256], **row} for sha256, item in batch.items() for row in item.children[name]
        ]
        if rows:
            connection.execute(insert(Base.metadata.tables[name]), rows)


def _doubts(rows: Rows, corrections: Mapping[str, Any]) -> list[Doubt]:
    fields: Sequence[Row] = rows.children["fields"]
    open_ = [d for d in doubts_of(fields, rows.children["issues"]) if not confirmed(corrections, d.pointer)]
    if not corrections:
        return open_
    document = unpack_record(rows.record, rows.text)
    parsed = {pointer: parsed_value(document, pointer) for pointer in corrections}
    return [*disagreements(parsed, corrections), *open_]
