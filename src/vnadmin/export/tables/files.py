"""Tables as files: CSV for spreadsheets, an Excel workbook with a sheet for each table, Parquet for analysis."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, Final

from vnadmin.errors import MissingExtra
from vnadmin.export.tables.clerk_book import ClerkBook
from vnadmin.export.tables.csv_text import write_csv
from vnadmin.export.tables.excel_cells import new_book
from vnadmin.export.tables.rows import columns
from vnadmin.gazetteer import rows
from vnadmin.model import Row, Table

_SHEETS: Final[Mapping[Table, str]] = {
    "documents": "Văn bản", "directives": "Nội dung", "assignments": "Phân công", "recipients": "Nơi nhận",
    "references": "Viện dẫn",
}  # fmt: skip
_TITLES: Final[Mapping[Table, str]] = {
    "documents": "DANH SÁCH VĂN BẢN", "directives": "NỘI DUNG GIAO VIỆC", "assignments": "BẢNG PHÂN CÔNG NHIỆM VỤ",
    "recipients": "NƠI NHẬN", "references": "VĂN BẢN ĐƯỢC VIỆN DẪN",
}  # fmt: skip


def csv_bytes(table: Table, found: Sequence[Row]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, heads in Vietnamese."""
    text = io.StringIO(newline="")
    write_csv(
        text,
        [_shown(table, name) for name in columns(table)],
        ([row[name] for name in columns(table)] for row in found),
    )
    return text.getvalue().encode("utf-8-sig")


def excel_bytes(tables: Mapping[Table, Sequence[Row]]) -> bytes:
    """A sheet for each table with a fixed head and a filter, technical columns on one more; dates are dates, no cell is a formula.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    output = io.BytesIO()
    described = {
        _SHEETS[table]: [(name, _shown(table, name), kind) for name, kind in columns(table).items()] for table in tables
    }
    book = ClerkBook(new_book(output), described, {_SHEETS[table]: (_TITLES[table],) for table in tables})
    for table, found in tables.items():
        for row in found:
            book.add(_SHEETS[table], row)
    book.close()
    return output.getvalue()


def parquet_bytes(table: Table, found: Sequence[Row]) -> bytes:
    """Typed and compressed: lists are lists, what is missing is null.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    output = io.BytesIO()
    write_parquet(columns(table), [found], output)
    return output.getvalue()


def write_parquet(kinds: Mapping[str, str], batches: Iterable[Sequence[Row]], output: BinaryIO) -> None:
    """One row group for each batch; `kinds` are those of the columns.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("A Parquet export needs pyarrow.", "pip install 'vnadmin[parquet]'") from error
    # a date may be known in part (`2021-09`): a text, which sorts as dates do
    types = {"text": pa.string(), "date": pa.string(), "integer": pa.int32(), "list": pa.list_(pa.string())}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_pylist(list(batch), schema=schema))


def _shown(table: Table, name: str) -> str:
    """The column's name for people."""
    if table == "documents":
        own = {"file": "Tệp", "type": "Loại văn bản", "sha256": "SHA-256", "issues": "Điểm cần lưu ý"}
        return own.get(name) or next(row["vi"] for row in rows("field_names") if row["field"] == name)
    return next(r["vi"] for r in rows("table_columns") if r["table"] == table and r["column"] == name)
