"""How the lines of a document stand beside one another, for pages that show it without pictures."""

from __future__ import annotations

from typing import NamedTuple


class SheetLine(NamedTuple):
    """A line: its slice of the text, and how it is set as far as the format says."""

    start: int
    end: int
    bold: bool = False
    italic: bool = False
    centred: bool = False


class Band(NamedTuple):
    """A strip across the page: one column of lines, the two of a header or signature, or the cells of a table's row."""

    columns: tuple[tuple[SheetLine, ...], ...]
    is_row: bool = False
