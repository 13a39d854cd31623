"""Recovers the tables that a text draws with bars and dashes."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.piped import lone_bars, piped_table
from vnadmin.layout.flow.tables.ruled import ruled_table
from vnadmin.layout.flow.tables.table import Block, Table


def drawn_tables(lines: Sequence[RawLine]) -> list[Block]:
    """Lines, and tables in the place of those that draw one. Cells keep their lines as they are."""
    blocks: list[Block] = []
    for block in lone_bars(lines):
        if isinstance(block, Table):
            blocks.append(block)
        else:
            blocks += _drawn(block)
    return blocks


def _drawn(lines: Sequence[RawLine]) -> list[Block]:
    """The same for tables of which a line holds a whole row."""
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        text = lines[index].text
        ruled = ruled_table(lines, index) if "--" in text else None
        found = piped_table(lines, index) if "|" in text and ruled is None else None
        if ruled is not None:
            index, table = ruled
            blocks.append(table)
        elif found is not None:
            index, parts = found
            blocks += parts
        else:
            blocks.append(lines[index])
            index += 1
    return blocks
