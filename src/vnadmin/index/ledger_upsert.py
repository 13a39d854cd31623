"""Insert-or-update, which SQLite and PostgreSQL write alike and SQLAlchemy keeps in two places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from vnadmin.index.catalog_schema import Base


def upsert(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same columns; of those whose key exists update the columns named."""
    if not rows:
        return
    table = model.__table__
    keys = [column.name for column in table.primary_key]
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(model)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys and name != "found_at"}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), list(rows))
