"""Recovers the tables that a text draws with bars and dashes."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.layout.flow.piped import lone_bars, piped_table
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.ruled import ruled_table
from vnadmin.layout.flow.tables import Block


def drawn_tables(lines: Sequence[RawLine]) -> list[Block]:
    """Lines, and tables in the place of those that draw one. Cells keep their lines as they are."""
    barred = lone_bars(lines)
    if barred is not None:
        return barred
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        text = lines[index].text
        found = None
        if "--" in text:
            found = ruled_table(lines, index)
        if found is None and "|" in text:
            found = piped_table(lines, index)
        if found is None:
            blocks.append(lines[index])
            index += 1
        else:
            index, table = found
            blocks.append(table)
    return blocks
