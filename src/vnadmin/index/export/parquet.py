"""Exports as Parquet, typed and compressed, for analysis with DuckDB, pandas or Spark (pyarrow)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from sqlalchemy import Connection

from vnadmin.errors import MissingExtra
from vnadmin.index.export.rows import batches, columns


def write_parquet(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """One row group for each batch; lists are lists, what is missing is null.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("A Parquet export needs pyarrow.", "pip install 'vnadmin[parquet]'") from error
    # a date may be known in part (`2021-09`): a text, which sorts as dates do
    kinds = {"text": pa.string(), "date": pa.string(), "integer": pa.int32(), "list": pa.list_(pa.string())}
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns().items()])
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in batches(connection, ids):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
