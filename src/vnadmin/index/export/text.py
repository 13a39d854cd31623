"""Exports as text: CSV for spreadsheets, JSON lines for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import BinaryIO

from sqlalchemy import Connection

from vnadmin.export.tables import csv_text
from vnadmin.gazetteer import rows
from vnadmin.index.export.rows import batches, for_people


def write_csv(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """UTF-8 with the mark by which Excel knows it, heads in Vietnamese. JSON lines and Parquet are for programs."""
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")
    heads = [row["vi"] for row in rows("export_columns")]
    csv_text.write_csv(
        text, heads, (list(for_people(row).values()) for batch in batches(connection, ids) for row in batch)
    )
    text.flush()
    text.detach()


def write_json_lines(connection: Connection, ids: Sequence[int], output: BinaryIO) -> None:
    """One object a line; lists are arrays, what is missing is null."""
    for batch in batches(connection, ids):
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in batch)
        output.write("".join(f"{line}\n" for line in lines).encode())
