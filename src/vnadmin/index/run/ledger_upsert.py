"""Insert-or-update, which SQLite and PostgreSQL write alike and SQLAlchemy keeps in two places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from vnadmin.index.catalog.insert import send_rows
from vnadmin.index.catalog.schema import Base


def upsert(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same columns; of those whose key exists update the columns named."""
    if rows:
        send_rows(connection, _statement(connection.dialect.name, model, tuple(rows[0])), rows)


@lru_cache(maxsize=16)
def _statement(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Executable:
    table = model.__table__
    keys = [column.name for column in table.primary_key]
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Any = insert(model).values({name: bindparam(name) for name in columns})
    changed = {name: statement.excluded[name] for name in columns if name not in keys and name != "found_at"}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)  # type: ignore[no-any-return]
