"""Exports all documents of a search: CSV, Excel, Parquet, JSON lines. `EXPORTS` is the list to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, TypeAlias

from sqlalchemy import Connection, Select

from vnadmin.export.target import opened
from vnadmin.index.export.excel import write_excel
from vnadmin.index.export.parquet import write_parquet
from vnadmin.index.export.text import write_csv, write_json_lines
from vnadmin.index.search.query import Query
from vnadmin.index.search.search import Order, found_ids


class ExportFormat(StrEnum):
    """The kinds of files; the value is the file's ending."""

    CSV = "csv"
    EXCEL = "xlsx"
    PARQUET = "parquet"
    JSON_LINES = "jsonl"


Write: TypeAlias = Callable[[Connection, Sequence[int], BinaryIO], None]
EXPORTS: Final[Mapping[ExportFormat, Write]] = MappingProxyType(
    {
        ExportFormat.CSV: write_csv,
        ExportFormat.EXCEL: write_excel,
        ExportFormat.PARQUET: write_parquet,
        ExportFormat.JSON_LINES: write_json_lines,
    }
)


def export(
    connection: Connection,
    query: str | Query,
    output: BinaryIO,
    form: ExportFormat,
    *,
    order: Order = Order.BEST,
    limit: int | None = None,
    among: Select[int] | None = None,
) -> int:
    """Write the documents of a search, in its order; returns how many. `among`: as in `search`.

    Memory holds a batch of rows, not all of them. What is missing stays empty: no format gets a substitute.

    Raises:
        BadQuery: a date that is none.
        MissingExtra: the format needs a package that is not installed.
    """
    ids = found_ids(connection, query, order=order, among=among)[:limit]
    EXPORTS[form](connection, ids, output)
    return len(ids)


def export_file(
    connection: Connection,
    query: str | Query,
    path: Path,
    form: ExportFormat,
    *,
    order: Order = Order.BEST,
    limit: int | None = None,
) -> int:
    """As `export`, to a file that appears when it is complete.

    Raises:
        OutputUnwritable: the path is that of a catalogue, or nothing can be written there.
    """
    with opened(path) as output:
        return export(connection, query, output, form, order=order, limit=limit)
