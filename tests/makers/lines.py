"""A source document of given lines, for tests of rooms that ask no source."""

from __future__ import annotations

from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Column, SourceDocument

Row = str | tuple[str, Column]


def document_of(*rows: Row) -> SourceDocument:
    """Each row is a paragraph; it may name its column."""
    builder = DocumentBuilder("text/plain")
    builder.page()
    for row in rows:
        text, column = row if isinstance(row, tuple) else (row, Column.FULL)
        builder.line(text, column=column)
    return builder.build()
