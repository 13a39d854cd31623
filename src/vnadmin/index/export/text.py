"""Exports as text: CSV for spreadsheets, JSON lines for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from vnadmin.export.tables import csv_text
from vnadmin.index.export.rows import ExportRow, columns


def write_csv(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """UTF-8 with the mark by which Excel knows it. JSON lines and Parquet have every text as it is."""
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")
    csv_text.write_csv(text, list(columns()), (list(row.values()) for batch in batches for row in batch))
    text.flush()
    text.detach()


def write_json_lines(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """One object a line; lists are arrays, what is missing is null."""
    for batch in batches:
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in batch)
        output.write("".join(f"{line}\n" for line in lines).encode())
