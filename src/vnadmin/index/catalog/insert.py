"""Inserts finished rows through the driver: most rows of a run are evidence, and SQLAlchemy would look at each one.

Values are those that the driver takes, in the order of the table's columns; JSON comes as text (`as_json`), which both
databases take.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Executable, event

from vnadmin.index.catalog.schema import Base

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


def send_rows(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement for rows of its parameters, all with the same names; values are those that the driver takes.

    Args:
        statement: one of a few that live as long as the program; what SQLAlchemy makes of it is kept.
    """
    if not rows:
        return
    text, order, fixed = _compiled(statement, connection.dialect)
    if order is None:
        connection.exec_driver_sql(text, [{**fixed, **row} for row in rows])
    else:
        connection.exec_driver_sql(text, [tuple([row[n] if n in row else fixed[n] for n in order]) for row in rows])


@lru_cache(maxsize=64)
def _compiled(statement: Executable, dialect: Dialect) -> tuple[str, list[str] | None, dict[str, Any]]:
    """The SQL, the order of its parameters where they have no names, and those that every row has."""
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    return str(compiled), compiled.positiontup, compiled.construct_params(_check=False)


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
