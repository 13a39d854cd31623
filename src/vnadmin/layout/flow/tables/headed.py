"""Tables that a text holds without drawing them, known by their head: cells parted by tabs, or on lines of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.marker import Marker, MarkerKind, read_markers
from vnadmin.genre.opening import opens_part
from vnadmin.genre.table.head import ColumnKind, may_hold_head, names_columns, opens_head, read_head_cell
from vnadmin.genre.table.row import is_limit, is_time, numbers_row, row_number
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_TABS = pattern(r"\t++")
_FIRST = pattern(r"[(\[]?(?:[A-Z]?0?1|[IA])[.)\]]?")  # the number of a table's first row or group
_DASHES: Final = "-–+•"
_HEADINGS: Final = (MarkerKind.HEADING, MarkerKind.ROMAN, MarkerKind.UPPER)
_LINES_A_CELL: Final = 8
_SURPLUS: Final = 12  # lines over the cells of a row after which the next row must begin
_MOST_COLUMNS: Final = 10
_LONGEST_HEAD: Final = 60
_LONGEST_CELL: Final = 1500
_LEAST_LISTED: Final = 3  # columns of a table whose cells stand on lines of their own


def headed_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with tables in the place of lines that are one."""
    if not may_hold_head("\n".join([block.text for block in blocks if isinstance(block, RawLine)])):
        return list(blocks)
    found: list[Block] = []
    taken = 0
    for lines in _runs(blocks):
        index = 0
        while index < len(lines):
            text, read = lines[index].line.text.strip(), None
            if ("\t" in text or " | " in text) and len(text) <= _LONGEST_HEAD * _MOST_COLUMNS:
                read = _parted(lines, index)
            if read is None and len(text) <= _LONGEST_HEAD and opens_head(text):
                read = _listed(lines, index)
            if read is None:
                index += 1
                continue
            found += blocks[taken : lines[index].position]
            found.append(read.table)
            index = read.end
            taken = lines[index - 1].position + 1
    return [*found, *blocks[taken:]]


class _Written(NamedTuple):
    """A line that holds text, and where it stands among the blocks."""

    position: int
    line: RawLine

    @property
    def text(self) -> str:
        return self.line.text.strip()


def _runs(blocks: Sequence[Block]) -> Iterator[list[_Written]]:
    """The lines that hold text, as far as no table and no line that is too long for a cell stands between them."""
    run: list[_Written] = []
    for position, block in enumerate(blocks):
        if not isinstance(block, RawLine) or len(block.text) > _LONGEST_CELL:
            if run:
                yield run
            run = []
        elif block.text.strip() and not is_rule(block.text):
            run.append(_Written(position, block))
    if run:
        yield run


class _Read(NamedTuple):
    """A table, and the index after its last line."""

    table: Table
    end: int


@dataclass(slots=True)
class _Rows:
    """Rows of cells as they are read; a cell is the lines in it."""

    width: int
    rows: list[list[list[RawLine]]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the last row has not all of its cells."""
        return bool(self.rows) and len(self.rows[-1]) < self.width

    def add(self, texts: Sequence[str], line: RawLine) -> None:
        """A row of its own."""
        self.rows.append([[line._replace(text=text)] for text in texts])

    def go_on(self, texts: Sequence[str], line: RawLine) -> None:
        """The last cell of the row goes on with the first text, further cells follow."""
        row = self.rows[-1]
        first, *rest = [line._replace(text=text) for text in texts]
        row[-1].append(first)
        row += [[text] for text in rest]

    def table(self) -> Table:
        """The table of these rows."""
        return Table(
            [[TableCell(column, 1, [*cell]) for column, cell in enumerate(row)] for row in self.rows], bordered=True
        )


# --- cells parted by tabs or bars ---


def _parted(lines: Sequence[_Written], start: int) -> _Read | None:
    """`STT<tab>Nội dung<tab>Thực hiện` and the rows under it; a line without tabs between rows heads a group."""
    head = lines[start].line
    wide = "\t\t" in head.text.strip()
    texts = _cells(head.text, wide)
    if not 2 <= len(texts) <= _MOST_COLUMNS or not names_columns(map(fold, filter(None, texts))):
        return None
    rows = _Rows(len(texts))
    rows.add(texts, head)
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index].line
        texts = _cells(line.text, wide)
        close = lines[index].position == lines[index - 1].position + 1  # no blank line stands between
        if 1 < len(texts) <= rows.width:
            if rows.open and not _begins_row(texts[0]) and len(rows.rows[-1]) + len(texts) - 1 <= rows.width:
                rows.go_on(texts, line)
            else:
                rows.add(texts, line)
        elif len(texts) == 1 and _is_row(lines, index + 1, rows.width, wide):
            if rows.open and not _begins_row(texts[0]) and close:
                rows.go_on(texts, line)
            else:
                rows.add(texts, line)
        elif len(texts) == 1 and close and texts[0][:1].islower():
            rows.go_on(texts, line)
        else:
            break
        end = index + 1
    return _Read(rows.table(), end) if len(rows.rows) > 1 else None


def _cells(text: str, wide: bool) -> list[str]:
    """The cells of a line; `wide`: several tabs stand between two."""
    text = text.rstrip()
    if "\t" in text:
        parts = _TABS.split(text.strip()) if wide else text.split("\t")
    else:
        parts = text.split(" | ")
    return [part.strip() for part in parts]


def _is_row(lines: Sequence[_Written], index: int, width: int, wide: bool) -> bool:
    """Whether a line is a row of the table, and not the head of another one."""
    cells = _cells(lines[index].line.text, wide) if index < len(lines) else []
    return 1 < len(cells) <= width and not names_columns(map(fold, filter(None, cells)))


def _begins_row(text: str) -> bool:
    return numbers_row(text) or is_time(text)


# --- cells on lines of their own ---


def _listed(lines: Sequence[_Written], start: int) -> _Read | None:
    """`STT`, `Nhiệm vụ`, `Đơn vị chủ trì` under each other, and then the cells of each row from its number on."""
    length, timed = _head_length([line.text for line in lines[start : start + _MOST_COLUMNS + 2]])
    if not names_columns(fold(line.text) for line in lines[start : start + length]):
        return None
    first = start + length
    readings = [_read_rows(lines, start, length, first, timed)]
    last = _kind(lines[first - 1].line)  # it may be the last of the head, or stand over the first rows
    if last in (None, ColumnKind.OTHER, ColumnKind.PERIOD):
        readings.insert(0, _read_rows(lines, start, length - 1, first, timed))
    found = [reading for reading in readings if reading is not None]
    best = next((reading for reading in found if reading.sure), found[0] if found else None)
    return None if best is None else best.read


class _Reading(NamedTuple):
    """What the lines are with a head of so many; sure where most rows have as many cells as it."""

    read: _Read
    sure: bool


def _read_rows(lines: Sequence[_Written], start: int, width: int, position: int, timed: bool) -> _Reading | None:
    if width < _LEAST_LISTED:
        return None
    head = [line for _, line in lines[start : start + width]]
    deadline = next((c for c, line in enumerate(head) if c and _kind(line) is ColumnKind.DEADLINE), None)
    read: list[list[list[RawLine]]] = [[[line]] for _, line in lines[start + width : position]]
    while position < len(lines):
        length = _row_length(lines, position, width, timed)
        if not length:
            if not _row_length(lines, position + 1, width, timed):
                break
            length = 1  # it stands over the rows that follow
        cells = _cells_of([line for _, line in lines[position : position + length]])
        if deadline == width - 1 and width <= len(cells) <= width + 1 and _is_limit(cells[-2]):
            length -= len(cells.pop())  # below the time limit, in the last column, stands a line over the next rows
        read.append(cells)
        position += length
    rows_of_work = [cells for cells in read if len(cells) > 2]
    if not rows_of_work:
        return None
    judged = rows_of_work[:-1] or rows_of_work  # where the last one ends is told by how many cells there should be
    sure = sum(len(cells) == width for cells in judged) * 2 >= len(judged)
    rows = _Rows(width)
    rows.rows.append([[line] for line in head])
    for cells in read:
        if len(cells) == 1 or not sure:  # lines of a page, not of cells: which is whose is not known
            rows.rows.append([[line for cell in cells for line in cell]])
        else:
            rows.rows.append(_place(cells, width, deadline))
    if sure and position < len(lines) and not _stands_apart(lines[position].text):
        first, second, *others = rows.rows[-1]  # its second cell may go on below
        rows.rows[-1] = [first, second, *([] for _ in range(width - 2)), [line for cell in others for line in cell]]
    return _Reading(_Read(rows.table(), position), sure)


def _stands_apart(text: str) -> bool:
    """Whether a line below a table can be no part of its last cell: a heading, an item, the head of the next table."""
    return in_capitals(text) or _opens_part(text) or bool(_markers(text)) or read_head_cell(fold(text)) is not None


def _is_limit(cell: Sequence[RawLine]) -> bool:
    return is_limit(cell[0].text.strip())


def _kind(line: RawLine) -> ColumnKind | None:
    cell = read_head_cell(fold(line.text))
    return cell.kind if cell else None


def _head_length(texts: Sequence[str]) -> tuple[int, bool]:
    """How many lines stand above the first row, and whether rows begin with a time; 0 where no row follows them."""
    for index, text in enumerate(texts):
        if index and (_FIRST.fullmatch(text) or is_time(text)):
            return index, is_time(text)
        if len(text) > _LONGEST_HEAD and not any(map(is_time, texts[index + 1 : index + 2])):
            break
    return 0, False


def _row_length(lines: Sequence[_Written], start: int, width: int, timed: bool) -> int:
    """How many lines the row that begins here has; 0 where none begins."""
    if start >= len(lines) or not _begins(lines, start, start, timed):
        return 0
    filled = 1
    for position in range(start + 1, min(len(lines), start + width * _LINES_A_CELL)):
        text = lines[position].text
        if _begins(lines, position, start, timed):
            return position - start - (timed and filled > width)  # the last line stands over the next row
        goes_on = filled > 1 and _goes_on(lines[position - 1].text, text)
        if not goes_on and (filled == width or _opens_part(text)):
            reach = _SURPLUS if filled == width and not timed else 2
            ahead = range(position + 1, min(len(lines), position + reach))
            if not any(_begins(lines, later, start, timed) for later in ahead):
                return position - start
        filled += not goes_on
    return min(len(lines) - start, width)


def _begins(lines: Sequence[_Written], position: int, before: int, timed: bool) -> bool:
    """Whether a row begins on a line: with a time, or with the number after that of the row `before`."""
    text = lines[position].text
    if timed:
        return is_time(text)
    if not numbers_row(text):
        return False
    number, last = row_number(text), row_number(lines[before].text)
    if position == before or number is None or last is None:
        return True
    return number[-1] in (last[-1] + 1, 1) or len(number) != len(last)


def _opens_part(text: str) -> bool:
    """Whether a line is none of a table: `III. TỔ CHỨC THỰC HIỆN`, `Nơi nhận:`."""
    if opens_part(text):
        return True
    return any(marker.kind in _HEADINGS and marker.content < len(text) for marker in _markers(text))


def _markers(text: str) -> tuple[Marker, ...]:
    return read_markers(text, fold(text), 0, len(text))


def _goes_on(above: str, text: str) -> bool:
    """Whether a line belongs to the cell above: it begins in small letters, or goes on with a list of dashes there."""
    above = above.strip()
    return text[0].islower() or text[0] in ",;)" or (text[0] in _DASHES and (above[0] in _DASHES or above[-1] == ":"))


def _cells_of(lines: Sequence[RawLine]) -> list[list[RawLine]]:
    """The cells of a row, a line that goes on with the one above in its cell."""
    cells: list[list[RawLine]] = []
    for line in lines:
        if len(cells) > 1 and _goes_on(cells[-1][-1].text, line.text.strip()):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _place(cells: list[list[RawLine]], width: int, deadline: int | None) -> list[list[RawLine]]:
    """The cells of a row in their columns. Of too many lines the second cell takes the rest. Where cells are empty, only
    the first three and the time limit are sure: what else there is stands in a column that the head does not name.
    """
    surplus = len(cells) - width
    if surplus > 0:
        return [cells[0], [line for cell in cells[1 : surplus + 2] for line in cell], *cells[surplus + 2 :]]
    if surplus == 0:
        return cells
    placed: list[list[RawLine]] = [*cells[:3], *([] for _ in range(width + 1 - len(cells[:3])))]
    for cell in cells[3:]:
        limit = deadline is not None and not placed[deadline] and _is_limit(cell)
        placed[deadline if limit and deadline is not None else width] += cell
    if deadline is not None and deadline > 2 and placed[2] and _is_limit(placed[2]):
        placed[deadline], placed[2] = placed[2], placed[deadline]
    return placed
