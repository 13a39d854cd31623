"""Inserts finished rows through the driver: most rows of a run are evidence, and SQLAlchemy would look at each one.

Values are those that the driver takes, in the order of the table's columns; JSON comes as text (`as_json`), which both
databases take.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from vnadmin.index.catalog_schema import Base

Values = tuple[Any, ...]


@lru_cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns that rows of a table are written with, in order: all but the number that the database gives."""
    return tuple(column.name for column in Base.metadata.tables[table].columns if column.name != "id")


def insert_rows(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    """Insert rows, each with a value for each of `columns_of` the table."""
    if rows:
        copies = connection.dialect.name == "postgresql"
        connection.exec_driver_sql(_copying(table) if copies else _inserting(table), list(rows))


def by_copy(engine: Engine) -> None:
    """Let an engine of PostgreSQL send the rows of `insert_rows` by COPY, which costs half of as many INSERTs.

    Within SQLAlchemy's own calls of the driver, so that its errors, and a connection that is lost, are treated as ever.
    """
    event.listen(engine, "do_executemany", _copy)
    event.listen(engine, "do_execute", lambda cursor, statement, row, context: _copy(cursor, statement, [row], context))


def _copy(cursor: Any, statement: str, rows: Sequence[Values], context: Any) -> bool:
    """Whether it was a COPY."""
    if not statement.startswith("COPY "):
        return False
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return True


def as_json(value: Any) -> str | None:
    """A value for a column of JSON; None is null."""
    return None if value is None else json.dumps(value)


@lru_cache
def _inserting(table: str) -> str:
    marks = ", ".join("?" * len(columns_of(table)))
    return f"INSERT INTO {table} ({_names(table)}) VALUES ({marks})"  # noqa: S608  names of the schema


@lru_cache
def _copying(table: str) -> str:
    return f"COPY {table} ({_names(table)}) FROM STDIN"


def _names(table: str) -> str:
    return ", ".join(f'"{name}"' for name in columns_of(table))  # `end` is a word of SQL
