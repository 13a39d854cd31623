"""Exports as Parquet, typed and compressed, for analysis with DuckDB, pandas or Spark (pyarrow)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from vnadmin.errors import MissingExtra
from vnadmin.index.export.rows import ExportRow, columns


def write_parquet(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """One row group for each batch; lists are lists, what is missing is null.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("A Parquet export needs pyarrow.", "pip install 'vnadmin[parquet]'") from error
    kinds = {"text": pa.string(), "integer": pa.int32(), "list": pa.list_(pa.string())}
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns().items()])
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
