"""The search index beside the catalogue's tables, written in the transaction that writes documents.

SQLite: an FTS5 table whose row number is the place in the order newest first; a trigger takes a document that
is gone out of it. PostgreSQL: a `tsvector` with a GIN index, in a table of that order. Both hold the same terms
(`search_terms`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.schema import Document, File
from vnadmin.index.search.entry import Entry
from vnadmin.index.search.facets import folder_of, line_of
from vnadmin.index.search.order import position
from vnadmin.index.search.schema import SEARCH_DOCUMENTS

_LEXEMES: Final = 1_000_000  # bytes of different terms that a tsvector can hold (PostgreSQL: 1 MB)
_AT_ONCE_MOVED: Final = 500
_PLACES: Final = (
    select(File.sha256, File.path)
    .where(File.sha256.in_(bindparam("hashes", expanding=True)), IS_PLACED)
    .order_by(File.path)
)


class Placed(NamedTuple):
    """A document in the index; names are those of the columns."""

    position: int
    document_id: int
    first_due: str | None
    last_due: str | None
    facets: str
    line: str


def placed(document_id: int, row: Mapping[str, Any], sha256: str, entry: Entry, folder: str) -> Placed:
    """An entry at its place in the order, of a document with this row in `documents`."""
    facets = line_of(row, sha256, folder)
    return Placed(position(row["issued_on"], sha256), document_id, entry.first_due, entry.last_due, facets, entry.line)


def folders(connection: Connection, hashes: Sequence[str]) -> dict[str, str]:
    """Where files of these contents are: of several places the first."""
    found: dict[str, str] = {}
    for row in connection.execute(_PLACES, {"hashes": list(hashes)}):
        found.setdefault(row.sha256, folder_of(row.path))
    return found


def replace_folders(connection: Connection, hashes: Sequence[str]) -> None:
    """After files were moved: the folders of documents that are in the index."""
    for start in range(0, len(hashes), _AT_ONCE_MOVED):
        part = list(hashes[start : start + _AT_ONCE_MOVED])
        where = folders(connection, part)
        rows = connection.execute(select(Document).where(Document.sha256.in_(part))).all()
        for row in rows:
            facets = line_of(row._asdict(), row.sha256, where.get(row.sha256, ""))
            connection.execute(
                update(SEARCH_DOCUMENTS).where(SEARCH_DOCUMENTS.c.document_id == row.id).values(facets=facets)
            )


def remove(connection: Connection, document_ids: Sequence[int]) -> None:
    """Take documents out of the index."""
    connection.execute(delete(SEARCH_DOCUMENTS).where(SEARCH_DOCUMENTS.c.document_id.in_(document_ids)))


def add(connection: Connection, entries: Sequence[Placed]) -> None:
    """Put documents into the index that are not in it."""
    if entries:
        _insert(connection, _free(connection, entries))


def _free(connection: Connection, entries: Sequence[Placed]) -> list[Placed]:
    """In order of position; moved on where another document has the same one: it is made of a hash."""
    column = SEARCH_DOCUMENTS.c.position
    taken = set(connection.scalars(select(column).where(column.in_([entry.position for entry in entries]))))
    free = []
    for entry in sorted(entries, key=lambda entry: entry[:2]):
        place = entry.position
        while place in taken:
            place += 1
            taken.update(connection.scalars(select(column).where(column == place)))
        taken.add(place)
        free.append(entry._replace(position=place))
    return sorted(free, key=lambda entry: entry.position)


def _insert(connection: Connection, entries: Sequence[Placed]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO search_documents (position, document_id, first_due, last_due, facets) VALUES (?, ?, ?, ?, ?)",
            [entry[:5] for entry in entries],
        )
        connection.exec_driver_sql(
            "INSERT INTO search_index (rowid, line) VALUES (?, ?)", [(entry.position, entry.line) for entry in entries]
        )
        return
    connection.exec_driver_sql(
        "INSERT INTO search_documents (position, document_id, first_due, last_due, facets, line, terms)"
        " VALUES (%s, %s, %s, %s, %s, %s, array_to_tsvector(string_to_array(%s, ' ')))",
        [(*entry, " ".join(_different(entry.line))) for entry in entries],
    )


def _different(line: str) -> Iterator[str]:
    """The different terms of a line, as many as a tsvector holds; fields come before what is left out of a text."""
    size = 0
    for term in sorted(dict.fromkeys(line.split()), key=lambda term: term[0] in ":="):
        size += len(term.encode())
        if size > _LEXEMES:
            return
        yield term
