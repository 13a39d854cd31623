"""Every row of a catalogue as lines of text in a fixed order: two catalogues of one archive give the same lines.

Left out is what belongs to a run and not to the archive: row numbers, times, tries and durations, the order of changes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from vnadmin.index.catalog.schema import Base, Document, KeyPass, Revision, RevisionCounter, Run
from vnadmin.index.witness.schema import ArchiveRun

OWN: Final = frozenset(
    {"id", "document_id", "found_at", "seen_run", "tried_at", "tried_run", "tries", "interrupted", "seconds", "made_at"}
    | {"closed_at", "answer", "undone_at", "run", "ended_run"}
)
_OF_RUNS: Final = tuple(table.__table__ for table in (Run, ArchiveRun, KeyPass, Revision, RevisionCounter))


def dump(connection: Connection, *, leave_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """Lines `table {row as JSON}`, sorted within each table.

    Args:
        leave_out: more columns that may differ, such as `modified` after a copy.
    """
    for table in Base.metadata.sorted_tables:
        if table not in _OF_RUNS:
            yield from sorted(_lines(connection, table, OWN | leave_out))


def _lines(connection: Connection, table: Table, without: frozenset[str]) -> Iterator[str]:
    columns = [column for column in table.columns if column.name not in without]
    statement = select(*columns).execution_options(yield_per=1000)
    if "document_id" in table.columns:
        statement = statement.add_columns(Document.sha256.label("document")).join(
            Document, Document.id == table.c.document_id
        )
    for row in connection.execute(statement):
        yield f"{table.name} " + json.dumps(
            {name: _plain(value) for name, value in row._mapping.items()}, ensure_ascii=False, sort_keys=True
        )


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
