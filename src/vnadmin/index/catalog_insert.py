"""Inserts finished rows through the driver: most rows of a run are evidence, and SQLAlchemy would look at each one.

Values are those that the driver takes, in the order of the table's columns; JSON comes as text (`as_json`), which both
databases take.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from vnadmin.index.catalog_schema import Base

Values = tuple[Any, ...]


@lru_cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns that rows of a table are written with, in order: all but the number that the database gives."""
    return tuple(column.name for column in Base.metadata.tables[table].columns if column.name != "id")


def insert_rows(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    """Insert rows, each with a value for each of `columns_of` the table."""
    if rows:
        connection.exec_driver_sql(_statement(connection.dialect.paramstyle, table), list(rows))


def as_json(value: Any) -> str | None:
    """A value for a column of JSON; None is null."""
    return None if value is None else json.dumps(value)


@lru_cache
def _statement(paramstyle: str, table: str) -> str:
    columns = columns_of(table)
    marks = ["?" if paramstyle == "qmark" else "%s"] * len(columns)
    names = ", ".join(f'"{name}"' for name in columns)  # `end` is a word of SQL
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(marks)})"  # noqa: S608  names of the schema
