"""The search index beside the catalogue's tables: `refresh` is called in the transaction that writes documents.

SQLite: an FTS5 table whose row number is the place in the order newest first; a trigger takes a document that
is gone out of it. PostgreSQL: a `tsvector` with a GIN index, in a table of that order. Both hold the same terms
(`search_terms`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, select, text

from vnadmin.index.catalog_schema import Assignee, Body, Citation, Document, Party, Task
from vnadmin.index.search_order import position
from vnadmin.index.search_schema import SEARCH_DOCUMENTS
from vnadmin.index.search_terms import HEAD, LETTERS, TITLE, index_line

AT_ONCE: Final = 100  # documents whose texts are in memory at once
_LEXEMES: Final = 1_000_000  # bytes of different terms that a tsvector can hold (PostgreSQL: 1 MB)
_DOCUMENT = (
    Document.id, Document.sha256, Document.issued_on, Document.type_code, Document.type_name, Document.number,
    Document.subject, Document.issuing_agency, Document.parent_agency, Document.signer, Body.text,
)  # fmt: skip
_PARTY_FIELDS: Final = {"addressee": "addressee", "recipient": "recipient", "signatory": "signer"}


class _Entry(NamedTuple):
    """A document in the index; names are those of the columns."""

    position: int
    document_id: int
    first_due: str | None
    last_due: str | None
    line: str


def refresh(connection: Connection, document_ids: Sequence[int]) -> None:
    """Bring the search index up to date for these rows of `documents` (new, re-read, corrected, or gone)."""
    for start in range(0, len(document_ids), AT_ONCE):
        ids = list(document_ids[start : start + AT_ONCE])
        connection.execute(delete(SEARCH_DOCUMENTS).where(SEARCH_DOCUMENTS.c.document_id.in_(ids)))
        values, due = _values(connection, ids), _due(connection, ids)
        found = connection.execute(
            select(*_DOCUMENT).join(Body, Body.document_id == Document.id).where(Document.id.in_(ids))
        )
        entries = [
            _Entry(
                position(row.issued_on, row.sha256),
                row.id,
                *due.get(row.id, (None, None)),
                index_line(row.text, _header(row) + values[row.id]),
            )
            for row in found
        ]
        if entries:
            _insert(connection, _free(connection, entries))


def rebuild(connection: Connection) -> None:
    """Index all documents again: after a change of what the index holds."""
    connection.execute(delete(SEARCH_DOCUMENTS))
    last = 0
    while ids := connection.scalars(
        select(Document.id).where(Document.id > last).order_by(Document.id).limit(AT_ONCE)
    ).all():
        refresh(connection, ids)
        last = ids[-1]


def _header(row: Row[*tuple[Any, ...]]) -> list[tuple[str, str]]:
    """The values of the columns of `documents`, and the title that is made of them."""
    named = {
        "number": [row.number],
        "type": [row.type_code, row.type_name],
        "subject": [row.subject],
        "issuer": [row.issuing_agency, row.parent_agency],
    }
    values = [(LETTERS[field], value) for field, texts in named.items() for value in texts if value]
    # `Quyết định phê duyệt …`, as people say it: the type and the subject in one breath.
    title = [" ".join(filter(None, (row.type_name, row.subject))), row.number]
    head = [*title, row.issuing_agency, row.signer]
    return values + [(letter, value) for letter, texts in ((TITLE, title), (HEAD, head)) for value in texts if value]


def _values(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The values of the other tables, by document."""
    found: defaultdict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    for party in connection.execute(
        select(Party.document_id, Party.role, Party.name)
        .where(Party.document_id.in_(ids), Party.name.is_not(None))
        .order_by(Party.document_id, Party.role, Party.ordinal)
    ):
        found[party.document_id][(LETTERS[_PARTY_FIELDS[party.role]], party.name)] = None
    for cited in connection.execute(
        select(Citation.document_id, Citation.type, Citation.number, Citation.title)
        .where(Citation.document_id.in_(ids))
        .order_by(Citation.document_id, Citation.pointer)
    ):
        named = " ".join(filter(None, (cited.type, cited.number, cited.title)))
        for value in filter(None, (cited.number, named)):
            found[cited.document_id][(LETTERS["cites"], value)] = None
    for told in connection.execute(
        select(Assignee.document_id, Assignee.name)
        .where(Assignee.document_id.in_(ids))
        .order_by(Assignee.document_id, Assignee.pointer, Assignee.ordinal)
    ):
        found[told.document_id][(LETTERS["assignee"], told.name)] = None
    return defaultdict(list, {document: list(values) for document, values in found.items()})


def _due(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """The first and the last deadline of each document's tasks."""
    found = connection.execute(
        select(Task.document_id, func.min(Task.deadline), func.max(Task.deadline))
        .where(Task.document_id.in_(ids))
        .group_by(Task.document_id)
    )
    return {document: (first, last) for document, first, last in found}


def _free(connection: Connection, entries: Sequence[_Entry]) -> list[_Entry]:
    """In order of position; moved on where another document has the same one: it is made of a hash."""
    column = SEARCH_DOCUMENTS.c.position
    taken = set(connection.scalars(select(column).where(column.in_([entry.position for entry in entries]))))
    placed = []
    for entry in sorted(entries, key=lambda entry: entry[:2]):
        place = entry.position
        while place in taken:
            place += 1
            taken.update(connection.scalars(select(column).where(column == place)))
        taken.add(place)
        placed.append(entry._replace(position=place))
    return sorted(placed, key=lambda entry: entry.position)


def _insert(connection: Connection, entries: Sequence[_Entry]) -> None:
    rows = [entry._asdict() for entry in entries]
    if connection.dialect.name == "sqlite":
        connection.execute(
            insert(SEARCH_DOCUMENTS),
            [{name: value for name, value in row.items() if name != "line"} for row in rows],
        )
        connection.execute(text("INSERT INTO search_index (rowid, line) VALUES (:position, :line)"), rows)
        return
    connection.execute(
        text(
            "INSERT INTO search_documents (position, document_id, first_due, last_due, line, terms) VALUES"
            " (:position, :document_id, :first_due, :last_due, :line, array_to_tsvector(:terms))"
        ),
        [{**row, "terms": list(_different(row["line"]))} for row in rows],
    )


def _different(line: str) -> Iterator[str]:
    """The different terms of a line, as many as a tsvector holds; fields come before what is left out of a text."""
    size = 0
    for term in sorted(dict.fromkeys(line.split()), key=lambda term: term[0] in ":="):
        size += len(term.encode())
        if size > _LEXEMES:
            return
        yield term
