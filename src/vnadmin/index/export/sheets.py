"""What hangs on documents as rows of its own: tasks, references, recipients; the columns stand in `data/export_sheets.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, and_, or_, select

from vnadmin.gazetteer import rows
from vnadmin.index.catalog.corrections import documents_in_force
from vnadmin.index.catalog.schema import Citation, Document, Task
from vnadmin.index.catalog.task_marks import MARKS
from vnadmin.index.export.rows import ExportRow, person_name, words
from vnadmin.index.search.tasks import given_in, in_order, nearest, upwards

SHEETS: Final[Mapping[str, str]] = MappingProxyType(
    {"tasks": "Nhiệm vụ", "references": "Văn bản viện dẫn", "recipients": "Nơi nhận"}
)


def sheet_columns(sheet: str) -> list[tuple[str, str, str]]:
    """Column, name for people and kind, in order."""
    return [(row["column"], row["vi"], row["kind"]) for row in rows("export_sheets") if row["sheet"] == sheet]


def sheet_rows(connection: Connection, sheet: str, documents: Sequence[ExportRow]) -> Iterator[ExportRow]:
    """The rows of these documents, in their order; each says of which document it is."""
    make = {"tasks": _tasks, "references": _references, "recipients": _recipients}[sheet]
    wanted = [row["sha256"] for row in documents]
    known = connection.execute(select(Document.sha256, Document.id).where(Document.sha256.in_(wanted)))
    ids = {row.sha256: row.id for row in known}
    found: defaultdict[int, list[ExportRow]] = defaultdict(list)
    for document_id, row in make(connection, list(ids.values())):
        found[document_id].append(row)
    names = ("type_name", "number", "issued_on", "issuing_agency", "sha256")
    for document in documents:
        own = {f"document_{name}": document[name] for name in names}
        for row in found[ids[str(document["sha256"])]]:
            yield {**own, **row}


def _tasks(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, ExportRow]]:
    """An item is given to whom it names, else to whom the item above it names; and so is its deadline."""
    given = given_in(connection, ids)
    listed = connection.execute(
        select(Task.document_id, Task.pointer, Task.marker, Task.text, Task.deadline, Task.deadline_text)
        .where(Task.document_id.in_(ids))
    ).all()  # fmt: skip
    done = {
        (row.document_id, row.pointer): row
        for row in connection.execute(
            select(Document.id.label("document_id"), MARKS.c.pointer, MARKS.c.person, MARKS.c.made_at, MARKS.c.no_task)
            .join(Task, Task.document_id == Document.id)
            .join(
                MARKS,
                and_(MARKS.c.sha256 == Document.sha256, MARKS.c.pointer == Task.pointer, MARKS.c.text == Task.text),
            )
            .where(Document.id.in_(ids), or_(MARKS.c.done, MARKS.c.no_task))
        )
    }
    at = {(row.document_id, row.pointer): row for row in listed}
    for row in sorted(listed, key=lambda row: (row.document_id, in_order(row.pointer))):
        places = [(row.document_id, place) for place in upwards(row.pointer)]
        if places[0] in done and done[places[0]].no_task:
            continue
        told = nearest(given[row.document_id], row.pointer)
        due = next((at[place] for place in places if place in at and at[place].deadline_text), row)
        yield (
            row.document_id,
            {
                "marker": row.marker,
                "text": row.text,
                "lead": [one.name for one in told if one.role == "lead"],
                "partners": [one.name for one in told if one.role == "partner"],
                "deadline_text": due.deadline_text,
                "deadline": due.deadline,
                "done_by": person_name(done[places[0]].person) if places[0] in done else None,
                "done_on": done[places[0]].made_at[:10] if places[0] in done else None,
                "pointer": row.pointer,
            },
        )


def _references(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, ExportRow]]:
    listed = connection.execute(select(Citation.__table__).where(Citation.document_id.in_(ids))).all()
    for row in sorted(listed, key=lambda row: (row.document_id, in_order(row.pointer))):
        yield (
            row.document_id,
            {
                "type": row.type,
                "number": row.number,
                "issued_on": row.issued_on,
                "issuer": row.issuer,
                "title": row.title,
                "relation": _word("relation", row.relation),
                "pointer": row.pointer,
            },
        )


def _recipients(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, ExportRow]]:
    for document_id, _, document in documents_in_force(connection, ids):
        for i, name in enumerate(document.addressees):
            yield document_id, _named("addressee", i, name, None)
        for i, recipient in enumerate(document.recipients):
            yield document_id, _named("recipient", i, recipient.name, recipient.purpose)


def _named(role: str, ordinal: int, name: str | None, purpose: str | None) -> ExportRow:
    return {"role": _word("role", role), "name": name, "purpose": purpose, "pointer": f"/{role}s/{ordinal}"}


def _word(kind: str, value: str) -> str:
    """A value of the model as people write it."""
    return words(kind).get(value, value)
