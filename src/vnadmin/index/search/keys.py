"""Makes keys of bodies and lines of facets anew where another rule wrote them: today's search compares them with its own."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, inspect, select, update

from vnadmin.gazetteer import resource
from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.catalog.schema import Document, KeyPass
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.search.facets import line_of
from vnadmin.index.search.index import folders
from vnadmin.index.search.schema import SEARCH_DOCUMENTS

# one more when `body_key`, `whole_name` or `line_of` gives another text; tests/index/search/test_keys.py holds what each made
RULE: Final = 2
TABLES: Final = ("agencies", "agency_words", "header_words", "level_words")  # a row more may make other keys
AT_ONCE: Final = 500  # documents of one transaction
_SET_KEY: Final = (
    update(Document.__table__).where(Document.id == bindparam("_id")).values(issuer_key=bindparam("_key"))  # type: ignore[arg-type]
)
_SET_LINE: Final = (
    update(SEARCH_DOCUMENTS).where(SEARCH_DOCUMENTS.c.document_id == bindparam("_id")).values(facets=bindparam("_line"))
)


def renew_keys(writer: Writer) -> None:
    """Bring keys and lines to the rule of now, some documents a transaction: what was ended goes on where it was.

    Raises:
        CatalogFull, CatalogReadOnly, CatalogUnavailable: it cannot be written.
    """
    while writer.transact(_renew_some):
        pass


def are_current(connection: Connection) -> bool:
    """Whether all keys are of the rule of now; after an upgrade, only once a run has been over them, which also makes the table."""
    done = select(KeyPass.rule).where(KeyPass.rule == rule(), KeyPass.last.is_(None))
    return inspect(connection).has_table(KeyPass.__tablename__) and connection.scalar(done) is not None


@cache
def rule() -> str:
    """The rule of now: of the code, and of the tables that it reads."""
    return f"{RULE}-{zlib.crc32(''.join(resource(f'{name}.tsv') for name in TABLES).encode()):08x}"


def _renew_some(connection: Connection) -> bool:
    """Whether there were documents left; each transaction says how far the pass came."""
    came = connection.execute(select(KeyPass.last).where(KeyPass.rule == rule())).one_or_none()
    if came is None:
        connection.execute(delete(KeyPass))
        connection.execute(insert(KeyPass).values(rule=rule(), last=0))
    last = 0 if came is None else came.last
    if last is None:
        return False
    rows = connection.execute(
        select(Document.__table__)
        .where(Document.id > last)
        .order_by(Document.id)
        .limit(AT_ONCE)
        .with_for_update()  # a correction of the service, which holds no run's lock, waits
    ).all()
    if rows:
        _renew(connection, rows)
    connection.execute(update(KeyPass).values(last=rows[-1].id if rows else None))
    return bool(rows)


def _renew(connection: Connection, rows: Sequence[Any]) -> None:
    where = folders(connection, [row.sha256 for row in rows])
    keys, lines = [], []
    for row in rows:
        key = issuer_key(row.issuing_agency, row.parent_agency)
        line = line_of({**row._mapping, "issuer_key": key}, row.sha256, where.get(row.sha256, ""))
        keys.append({"_id": row.id, "_key": key})
        lines.append({"_id": row.id, "_line": line})
    connection.execute(_SET_KEY, keys)
    connection.execute(_SET_LINE, lines)
