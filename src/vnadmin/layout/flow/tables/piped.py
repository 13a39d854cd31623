"""Tables drawn in text by bars: rows on one line, rows whose cells hold line ends, bars on lines of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vnadmin.genre.closing_line import Role, role
from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.genre.landmarks import opens_address
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.table import Block, Table, TableCell
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "| :---: | :--- |", "---|---"
_SEPARATOR = pattern(r"\s*+\|?(?:\s*+:?-{2,}+:?\s*+\|)++(?:\s*+:?-{2,}+:?\s*+)?")
_PIPE = pattern(r"(?<!\\)\|")
_INNER_TAB = pattern(r" *+\t[ \t]*+")  # "KIỂM   \t\t\tTOÁN": a line end of the page's source, in a cell of one line
_BREAK = pattern(r"(?<=\S\S) {2,}(?=[^\s*_(-]{2}|[*_(-])")
# What of a header or an end says that its line is one of two columns.
_HEADER = frozenset(
    {HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.LETTER_SUBJECT, HeaderKind.ADDRESS}
)
_END = frozenset({Role.AUTHORITY, Role.POST, Role.LABEL, Role.FILING})
_MOST_COLUMNS = 12
_LONGEST_LABEL = 12  # characters of "Kính gửi:"
_LONG_CELL = 1500  # characters; what is longer is no cell but the text between two tables
_LAID_OUT = 3  # columns of a header or an end at most: the two and a gap
# Stands in one of two columns: "**CỘNG", "Độc lập", "*Nơi nhận:*", "**KT. CHỦ TỊCH**"
_SIDE_WORDS = r"[*_ ]*+(?:CỘNG|Độc [lL]ập|Nơi(?: nhận)?+\b|(?:TM|KT|TL|TUQ)\s?\.)"
_SIDE = pattern(_SIDE_WORDS)
_PLACED = pattern(rf"{_SIDE_WORDS}|[*_ ]*+(?:Số ?:|Kính)")  # "Số: 12", "**Kính gửi:**"
_SHORT_TEXT = 300  # characters; what is shorter hardly stands alone between two tables
# Cells of a row that heads a group, `I | CÔNG TÁC TUYÊN TRUYỀN`: the format drew one merged cell for the others
_GROUP_CELLS = (1, 2)
_GROUPED = 4  # columns of a table with such rows at least
_GROUP_COST = 0.5


def piped_table(lines: Sequence[RawLine], index: int) -> tuple[int, list[Block]] | None:
    """What is drawn with bars from this line on, and the position after it: a table, or the parts of a line."""
    text = lines[index].text
    parts = _cells(text)
    alone = sum(map(bool, parts)) == 1  # "VĂN PHÒNG |", whose other cell stands on other lines
    laid_out = any(part and _is_laid_out(part) for part in parts)
    framed = text.lstrip().startswith("|") or _is_row(text)
    end = 0 if laid_out and not framed else _table_end(lines, index)
    if end:
        return end, [_table(lines[index:end])]
    if laid_out and not framed and len(parts) == 2 and (end := _bare_end(lines, index, 2)):
        # "UBND XÃ HẢI MINH | CỘNG HÒA ..." / "Số: 12/UBND | Độc lập ...": a script joined the cells of each row
        return end, [line._replace(text="\t".join(_cells(line.text)).rstrip()) for line in lines[index:end]]
    if len(parts) > 1 and (alone or laid_out):
        return index + 1, [lines[index]._replace(text=part) for part in parts if part]
    end = _bare_end(lines, index, len(parts))
    return (end, [_table(lines[index:end], framed=False)]) if end else None


def _cells(text: str) -> list[str]:
    text = _INNER_TAB.sub(" ", text.strip())
    texts = _PIPE.split(text) if "\\|" in text else text.split("|")
    return [text.strip() for text in texts]


def _is_laid_out(text: str) -> bool:
    """Whether a part stands in a header or an end, whose cells hold line ends: `Số: 13/CT-KTNN | CỘNG HÒA XÃ HỘI ...`"""
    line = line_signs(text)
    return header_kind(line) in _HEADER or role(line) in _END


def _bare_end(lines: Sequence[RawLine], index: int, count: int) -> int:
    """The position after rows of as many cells each, which nothing frames: `STT | Mã TTHC | Tên thủ tục`; 0 if none."""
    end = index
    while end < len(lines) and "|" in lines[end].text and len(_cells(lines[end].text)) == count:
        end += 1
    return end if end - index >= (2 if count > 2 else 3) else 0


def _table_end(lines: Sequence[RawLine], index: int) -> int:
    """The position after a pipe table that begins here; 0 if none does."""
    text = lines[index].text
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    framed = text.lstrip().startswith("|")
    if _is_row(text) and _is_row(following):
        end = index + 2
        while end < len(lines) and _is_row(lines[end].text):
            end += 1
        return end
    if _is_framed_row(text) and not following.lstrip().startswith("|"):
        return index + 1
    if not _SEPARATOR.fullmatch(following) and not (framed and following.lstrip().startswith("|")):
        return 0
    end = index + 1
    while end < len(lines) and "|" in lines[end].text and (not framed or lines[end].text.lstrip().startswith("|")):
        end += 1
    return end


def _is_row(text: str) -> bool:
    """`ỦY BAN NHÂN DÂN | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |`: how readers of web pages write a row of a table."""
    text = text.strip()
    return text.endswith("|") and not text.startswith("|") and " | " in text


def _is_framed_row(text: str) -> bool:
    """`| Nơi nhận: - Như trên; | KT. GIÁM ĐỐC |`: a row that is a table of its own, as readers of web pages write it."""
    cells = _cells(text)
    return len(cells) > 3 and not cells[0] and not cells[-1] and len(list(filter(None, cells))) > 1


def _table(lines: Sequence[RawLine], framed: bool = True) -> Table:
    table = Table()
    for line in lines:
        if "--" in line.text and _SEPARATOR.fullmatch(line.text):
            continue
        texts = _cells(line.text)
        if framed and texts and not texts[0]:
            texts = texts[1:]
        if framed and texts and not texts[-1]:
            texts = texts[:-1]
        table.rows.append(
            [
                TableCell(column, 1, [line._replace(text=part) for part in _parted(text)])
                for column, text in enumerate(texts)
            ]
        )
    return table


def _parted(text: str) -> list[str]:
    """The lines of a cell of a header or an end, whose line ends a converter made two blanks: `**BỘ Y TẾ**  Số: 12/BYT`."""
    parts = _BREAK.split(text) if "  " in text else []
    return parts if any(_is_laid_out(part.strip("*_ ") or "*") for part in parts) else [text]


# --- bars on lines of their own ----------------------------------------------------------------------------------


class _Reading(NamedTuple):
    """The cheapest way to read a text from one bar on: whether a row of so many cells begins there, and what follows it."""

    cost: float
    columns: int = 0
    goes_on: bool = False  # the next row of the same table follows


def lone_bars(lines: Sequence[RawLine]) -> list[Table | list[RawLine]]:
    """Tables that were written cell by cell, with bars on lines of their own, and the lines between them.

    `| A | B |` of cells that hold line ends comes as `|`, the lines of A, `|`, the lines of B, `|`; nothing tells a
    cell from the text between two tables but how many bars a row has. The cheapest reading of all is taken: few
    tables, no text as a cell, no cell left outside.
    """
    bars = [index for index, line in enumerate(lines) if line.text.strip() == "|"]
    if len(bars) < 2 or len(bars) * 2 < sum("|" in line.text for line in lines):
        return [list(lines)]
    bars.insert(0, -1)  # the first bar of a text may have been stripped off
    between = (list(lines[start + 1 : end]) for start, end in zip(bars, [*bars[1:], len(lines)], strict=True))
    parts = [part for whole in between for part in _before_label(whole)]
    readings = _cheapest(parts)
    blocks: list[Table | list[RawLine]] = []
    at = 0
    while at < len(parts):
        reading = readings[at][0]
        width = reading.columns
        table = Table()
        while reading.columns:
            table.rows.append([TableCell(column, 1, [*parts[at + column]]) for column in range(reading.columns)])
            at += reading.columns
            if not reading.goes_on:
                break
            at += 1
            reading = readings[at][width]
        if table.rows:
            blocks.append(table)
        blocks.append(parts[at])
        at += 1
    return blocks


def _before_label(part: list[RawLine]) -> list[list[RawLine]]:
    """`TỜ TRÌNH`, its title, `Kính gửi:` and a bar: the label alone is the cell beside the list of bodies."""
    texts = [(index, line.text) for index, line in enumerate(part) if line.text.strip()]
    for size in (1, 2):  # "Kính" / "gửi:"
        if size < len(texts) and opens_address(bare(" ".join(text for _, text in texts[-size:]))):
            at = texts[-size][0]
            return [part[:at], part[at:]] if len(texts[-1][1].strip()) < _LONGEST_LABEL else [part]
    return [part]


def _cheapest(parts: Sequence[Sequence[RawLine]]) -> list[list[_Reading]]:
    """For each bar the cheapest reading from it on (at 0), and the cheapest that goes on with a row of N cells (at N).

    `parts` are the lines that follow each bar.
    """
    none = _Reading(float("inf"))
    count = len(parts)
    lengths = [sum(len(line.text) for line in part) for part in parts]
    places = [any(_PLACED.match(line.text) for line in part) for part in parts]
    outside = [_outside_cost(part, length) for part, length in zip(parts, lengths, strict=True)]
    outside[-1] = 0.0
    readings = [[_Reading(0.0)]]  # from the last bar to the first
    for at in range(count - 1, -1, -1):
        row = [_Reading(readings[-1][0].cost + (2.0 + outside[at] if at else 0.0))]
        cells = 0.0
        placed = 0
        for columns in range(1, _MOST_COLUMNS + 1):
            if at + columns >= count:  # no bar closes the row
                row.append(none)
                continue
            cells += _cell_cost(lengths[at + columns - 1])
            if columns > 2 and placed and lengths[at + columns - 1] and not places[at + columns - 1]:
                cells += 1.0  # what stands right of "TM. ỦY BAN NHÂN DÂN" is the heading of what follows
            placed += places[at + columns - 1]
            wide = 2.0 * placed if columns > _LAID_OUT else 0.0
            length = lengths[at + columns]
            following = readings[-1 - columns]
            reading = _Reading(cells + wide + outside[at + columns] + following[0].cost, columns)
            if not length and len(following) > columns and cells + wide + following[columns].cost < reading.cost:
                reading = _Reading(cells + wide + following[columns].cost, columns, True)
            grouped = _group_row(columns, lengths[at : at + 3], readings)
            row.append(min(reading, grouped, key=lambda found: found.cost))
            begun = reading.cost + 1.0 + 0.1 * columns + (0.5 if columns == 1 else 0.0)
            if begun < row[0].cost:
                row[0] = reading._replace(cost=begun)
        readings.append(row)
    readings.reverse()
    return readings


def _group_row(width: int, lengths: Sequence[int], readings: Sequence[Sequence[_Reading]]) -> _Reading:
    """The cheapest row of a group with which a table of so many columns goes on, and further rows follow."""
    best = _Reading(float("inf"))
    for count in _GROUP_CELLS if width >= _GROUPED else ():
        if count >= len(lengths) or lengths[count] or not lengths[count - 1]:
            continue
        following = readings[-1 - count]
        if len(following) > width and (cost := _GROUP_COST + following[width].cost) < best.cost:
            best = _Reading(cost + sum(map(_cell_cost, lengths[:count])), count, True)
    return best


def _cell_cost(length: int) -> float:
    return min(length / _LONG_CELL, 1.0) if length else 0.1


def _outside_cost(part: Sequence[RawLine], length: int) -> float:
    """What it costs to leave a part between two tables outside both."""
    if any(_SIDE.match(line.text) for line in part):
        return 3.0
    return 0.5 if not length else 1.0 if length < _SHORT_TEXT else 0.0
