"""Cuts a document into bands across the page: what stands side by side is shown side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.model.sheet import Band, SheetLine


def bands_of(document: SourceDocument) -> tuple[Band, ...]:
    """The lines in order, header and signature in two columns, tables by rows; at the end what is set aside."""
    own = sorted(document.lines, key=lambda line: line.start)
    found = [band for kind, run in groupby(own, _kind) for band in _bands(kind, list(run))]
    if document.furniture:
        found.append(Band((tuple(map(_shown, document.furniture)),)))
    return tuple(found)


def _kind(line: Line) -> tuple[str, int]:
    if line.cell is not None:
        return "table", line.cell.table
    return ("full", 0) if line.column is Column.FULL else ("columns", 0)


def _bands(kind: tuple[str, int], lines: list[Line]) -> Iterator[Band]:
    if kind[0] == "full":
        yield Band((tuple(map(_shown, lines)),))
        return
    if kind[0] == "columns":
        yield from _side_by_side(lines)
        return
    for _, run in groupby(lines, lambda line: line.cell.row if line.cell else 0):
        cells = groupby(run, lambda line: line.cell.column if line.cell else 0)
        yield Band(tuple(tuple(map(_shown, cell)) for _, cell in cells), is_row=True)


def _side_by_side(lines: list[Line]) -> Iterator[Band]:
    """The left column, written first, beside the right one that follows it."""
    left: list[SheetLine] = []
    right: list[SheetLine] = []
    for line in lines:
        if line.column is Column.LEFT and right:
            yield Band((tuple(left), tuple(right)))
            left, right = [], []
        (left if line.column is Column.LEFT else right).append(_shown(line))
    yield Band((tuple(left), tuple(right)))


def _shown(line: Line) -> SheetLine:
    style = line.style
    return SheetLine(line.start, line.end, bool(style.bold), bool(style.italic), bool(style.centred))
