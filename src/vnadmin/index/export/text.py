"""Exports as text: CSV for spreadsheets, JSON lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO, Final

from vnadmin.index.export.rows import ExportRow, columns

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run when it opens the file


def write_csv(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """UTF-8 with the mark by which Excel knows it; lists joined by `; `.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front: documents come from outside.
    JSON lines and Parquet have every text as it is.
    """
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns())
    for batch in batches:
        writer.writerows([_cell(value) for value in row.values()] for row in batch)
    text.flush()
    text.detach()


def flat(value: str | int | list[str] | None) -> str | int | None:
    """A value as one cell."""
    return "; ".join(value) if isinstance(value, list) else value


def _cell(value: str | int | list[str] | None) -> str | int | None:
    plain = flat(value)
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(_FORMULA) else plain


def write_json_lines(batches: Iterable[list[ExportRow]], output: BinaryIO) -> None:
    """One object a line; lists are arrays, what is missing is null."""
    for batch in batches:
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in batch)
        output.write("".join(f"{line}\n" for line in lines).encode())
