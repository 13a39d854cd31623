"""Exports as Parquet, typed and compressed, for analysis with DuckDB, pandas or Spark (pyarrow)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from sqlalchemy import Connection

from vnadmin.export.tables import files
from vnadmin.index.export.rows import batches, columns


def write_parquet(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """One row group for each batch; lists are lists, what is missing is null.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    files.write_parquet(columns(), batches(connection, ids), output)
