"""The one writer of CSV: what a document or a file's name holds runs in no spreadsheet and breaks out of no cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from vnadmin.text.printable import printable_lines

# What a spreadsheet takes for the beginning of a formula; in full width, too, where it is set to an East Asian language.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Value = str | int | list[str] | None


def write_csv(output: TextIO, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """The head and the rows (RFC 4180); lists are joined by `; `, what is missing is empty.

    Every cell is quoted, for many a spreadsheet takes `;` for the end of one. A text that would be a formula gets an
    apostrophe in front; controls and what turns a line around are written as escapes.
    """
    writer = csv.writer(output, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Value) -> str | int | None:
    plain = flat(value)
    if not isinstance(plain, str):
        return plain
    return ("'" if plain.startswith(_FORMULA) else "") + printable_lines(plain)


def flat(value: Value) -> str | int | None:
    """A value as one cell."""
    return "; ".join(value) if isinstance(value, list) else value
