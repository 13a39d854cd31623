"""Sets a made page as converters and scripts hand on the tables of a Word file or a web page."""

from __future__ import annotations

from itertools import zip_longest

from tests.makers.every_format import Columns, Page


def tables_behind(page: Page, index: int) -> bytes:
    """As a script with python-docx writes it: the paragraphs, then the tables, a cell or a row at a time."""
    paragraphs = [part for part in page if isinstance(part, str)]
    pairs = [part for part in page if isinstance(part, Columns)]
    by_cell = ["\n".join(filter(None, side)) for pair in pairs for side in (pair.left, pair.right)]
    between = ("\t", " | ")[index // 2 % 2]
    by_row = [between.join(row) for pair in pairs for row in zip_longest(pair.left, pair.right, fillvalue="")]
    return "\n".join([*paragraphs, *((by_cell, by_row)[index % 2])]).encode()


def markdown_table(page: Page, index: int) -> bytes:
    """A pipe table for two columns, as converters of Word and HTML write it: a row for all or for each line, a head without words."""
    parts: list[str] = []
    for part in page:
        if isinstance(part, str):
            parts.append(f"**{part}**" if part.isupper() and index % 2 else part)
            continue
        join = ("<br>", "  ", "<br><br>", " ")[index % 4]
        sides = [
            [f"**{line}**" if line.isupper() and index % 3 else line for line in side if line]
            for side in (part.left, part.right)
        ]
        rows = (
            [" | ".join(row) for row in zip_longest(*sides, fillvalue="")]
            if index % 5 == 4
            else [" | ".join(map(join.join, sides))]
        )
        head = [] if index % 3 == 2 else ["|  |  |"]
        table = [*head, *(f"| {row} |" for row in rows)]
        parts.append("\n".join([table[0], "| --- | --- |", *table[1:]]))
    return ("\n\n".join(parts) + "\n").encode()
