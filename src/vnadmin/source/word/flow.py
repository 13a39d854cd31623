"""Runs to lines, and paragraphs and cell ends to blocks: what .doc and .rtf share once their codes are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from vnadmin.layout.flow.raw import BLANK, RawLine, normal
from vnadmin.layout.flow.styled import style_of
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.layout.page import Style
from vnadmin.source.numbering import is_symbol_font, typed_sign, without_private
from vnadmin.text.legacy import Encoding, convert, font_encoding, is_capital_font

_SAME_EDGE = 40  # twips; cell edges nearer than this are one
_MOST_CELLS = 1000


class Run(NamedTuple):
    """Characters set alike. `\\n` is a line break within the paragraph."""

    text: str
    font: str | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    size: float | None = None


def paragraph_lines(
    runs: Sequence[Run], marker: str = "", centred: bool | None = None, encoding: Encoding | None = None
) -> list[RawLine]:
    """The lines of one paragraph, converted to Unicode by the font of each run; an empty paragraph is a blank line.

    `encoding` is that of the whole document, for runs whose font does not tell.
    """
    lines: list[RawLine] = []
    opened = False
    for index, line in enumerate(_split(runs)):
        text = _joined(line, encoding)
        if index == 0 and marker:
            text = f"{marker} {text.lstrip()}".rstrip()
        if text.strip():
            style = _style(line, centred)
            lines.append(RawLine(normal(text), style, starts_paragraph=not opened))
            opened = True
        elif not lines or lines[-1].text:
            lines.append(BLANK)
    while len(lines) > 1 and not lines[-1].text:
        lines.pop()
    return lines


def _split(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        first, *others = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines.extend([run._replace(text=other)] for other in others)
    return lines


class _Kind(NamedTuple):
    """What decides how characters become Unicode."""

    encoding: Encoding | None
    capital: bool
    symbol: bool


@lru_cache(maxsize=1024)
def _kind(font: str | None) -> _Kind:
    return _Kind(font_encoding(font), is_capital_font(font), is_symbol_font(font))


def _joined(runs: Sequence[Run], encoding: Encoding | None) -> str:
    """The text of a line: neighbours in fonts of one encoding are converted together, so that no letter is cut."""
    if len(runs) == 1 and runs[0].text.isascii() and not _kind(runs[0].font).capital and not runs[0].caps:
        return runs[0].text
    parts: list[str] = []
    group: list[str] = []
    current: tuple[_Kind, bool] | None = None
    font: str | None = None
    opens = True
    for run in runs:
        if not run.text:
            continue
        key = (_kind(run.font), run.caps)
        if key != current:
            if current is not None:
                parts.append(_converted("".join(group), font, current, opens, encoding))
                opens = opens and not parts[-1].strip()
            group, current, font = [], key, run.font
        group.append(run.text)
    if current is not None:
        parts.append(_converted("".join(group), font, current, opens, encoding))
    return "".join(parts)


def _converted(text: str, font: str | None, key: tuple[_Kind, bool], opens: bool, encoding: Encoding | None) -> str:
    kind, caps = key
    if kind.symbol and len(sign := text.strip()) == 1:
        return text.replace(sign, typed_sign(sign, font, opens))
    if kind.encoding is None:
        text = without_private(text)
    text = convert(text, font, encoding)
    return text.upper() if caps else text


def _style(runs: Sequence[Run], centred: bool | None) -> Style:
    """Bold and italic where the whole line is; the size of most of it."""
    bold = italic = True
    sizes: dict[float, int] = {}
    written = False
    for run in runs:
        weight = len(run.text.strip())
        if weight:
            written = True
            bold, italic = bold and run.bold, italic and run.italic
            if run.size:
                sizes[run.size] = sizes.get(run.size, 0) + weight
    size = max(sizes, key=lambda key: sizes[key]) if sizes else None
    return style_of(written and bold, written and italic, size, centred)


class RowEnd(NamedTuple):
    """What the end of a row tells: cell edges (twips), cells merged to the left or upwards, whether lines are drawn."""

    edges: tuple[int, ...] = ()
    continues: tuple[bool, ...] = ()
    hangs: tuple[bool, ...] = ()
    ruled: bool | None = None


@dataclass(slots=True)
class _Frame:
    """A table that is being read."""

    rows: list[tuple[list[list[Block]], RowEnd]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    content: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class FlowBuilder:
    """Collects blocks from paragraphs, cell ends and row ends, each with its depth of tables (0: none)."""

    deepest: int
    blocks: list[Block] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=list)

    def paragraph(self, lines: Sequence[Block], depth: int) -> None:
        """Place a paragraph's lines."""
        self._to(depth)
        (self._stack[-1].content if self._stack else self.blocks).extend(lines)

    def end_cell(self, depth: int) -> None:
        """Close the cell; what was placed at this depth since the last end is its content."""
        self._to(max(depth, 1))
        frame = self._stack[-1]
        if len(frame.cells) < _MOST_CELLS:
            frame.cells.append(frame.content)
        else:
            frame.cells[-1].extend(frame.content)
        frame.content = []

    def end_row(self, depth: int, end: RowEnd) -> None:
        """Close the row."""
        self._to(max(depth, 1))
        frame = self._stack[-1]
        if any(item.text if isinstance(item, RawLine) else True for item in frame.content):
            frame.cells.append(frame.content)
        frame.content = []
        if frame.cells:
            frame.rows.append((frame.cells, end))
            frame.cells = []

    def close(self) -> list[Block]:
        """All blocks, with tables that were never ended."""
        self._to(0)
        return self.blocks

    def _to(self, depth: int) -> None:
        depth = min(depth, self.deepest)
        while len(self._stack) > depth:
            frame = self._stack.pop()
            outer = self._stack[-1].content if self._stack else self.blocks
            if frame.content or frame.cells:
                frame.cells.append(frame.content)
                frame.rows.append((frame.cells, RowEnd()))
            tables = [_table(rows) for rows in _tables(frame.rows)]
            outer.extend(table if _has_text(table) else BLANK for table in tables)
        while len(self._stack) < depth:
            self._stack.append(_Frame())


def _has_text(table: Table) -> bool:
    """Whether anything is written in a table; of inner tables only those are kept that have text."""
    return any(
        not isinstance(block, RawLine) or bool(block.text)
        for row in table.rows
        for cell in row
        for block in cell.content
    )


_Rows: TypeAlias = Sequence[tuple[list[list[Block]], RowEnd]]


def _tables(rows: _Rows) -> Iterator[_Rows]:
    """Rows that follow each other without a paragraph between are one table to Word, though a person sees two: a ruled
    one and, with other columns, the one without lines that holds "Nơi nhận" and the signature.
    """
    first = 0
    for index in range(1, len(rows)):
        above, end = rows[index - 1][1], rows[index][1]
        if above.ruled is not None and end.ruled is not None and above.ruled != end.ruled and above.edges != end.edges:
            yield rows[first:index]
            first = index
    yield rows[first:]


def _table(rows: _Rows) -> Table:
    grid = _grid(rows)
    ruled = [end.ruled for _, end in rows if end.ruled is not None]
    table = Table(bordered=any(ruled) if ruled else None)
    above: dict[int, TableCell] = {}  # by grid column, the cell that one which hangs from it belongs to
    for cells, end in rows:
        placed: list[TableCell] = []
        known = len(end.edges) > len(cells)
        for index, content in enumerate(cells):
            if known:
                column = _nearest(grid, end.edges[index])
                span = max(_nearest(grid, end.edges[index + 1]) - column, 1)
            else:
                column, span = index, 1
            if placed and index < len(end.continues) and end.continues[index]:
                placed[-1].span = column + span - placed[-1].column
                placed[-1].content.extend(content)
            elif index < len(end.hangs) and end.hangs[index] and column in above:
                above[column].height += 1  # Word shows the first cell alone
            else:
                above[column] = TableCell(column, span, list(content))
                placed.append(above[column])
        table.rows.append(placed)
    return table


def _grid(rows: _Rows) -> list[int]:
    """The edges of all rows in order, those that nearly agree made one."""
    edges = sorted({edge for cells, end in rows if len(end.edges) > len(cells) for edge in end.edges})
    grid: list[int] = []
    for edge in edges:
        if not grid or edge - grid[-1] > _SAME_EDGE:
            grid.append(edge)
    return grid


def _nearest(grid: Sequence[int], edge: int) -> int:
    """The number of the grid edge that stands for this edge."""
    at = bisect_left(grid, edge)
    if at < len(grid) and grid[at] == edge:
        return at
    return max(at - 1, 0)
