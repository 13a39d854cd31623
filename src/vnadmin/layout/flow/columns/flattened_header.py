"""Puts a header whose lines were joined back into two columns."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.flattened.header import (
    LEFT,
    RIGHT,
    HeaderPart,
    Piece,
    agency_pieces,
    glued_rule,
    header_pieces,
    holds_header,
    may_hold_parts,
    printed_number,
)
from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.fold import fold

_LONGEST = 600  # characters of a whole header
_ABOVE = 4  # lines over the motto
_BELOW = 12  # lines under it
_AGENCY = 100  # characters of an agency's line
_COLUMNS = {HeaderPart.STRAY: Column.RIGHT, **dict.fromkeys(LEFT, Column.LEFT), **dict.fromkeys(RIGHT, Column.RIGHT)}
_LEFT, _FULL = Column.LEFT, Column.FULL  # asked of every line: a member of an enum costs more than the question
_ORDER = {Column.LEFT: 0, Column.RIGHT: 1, Column.FULL: 2}
_LABELLED = frozenset({HeaderPart.NUMBER, HeaderPart.SUBJECT})
_FOREIGN = frozenset({HeaderKind.ADDRESS, HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED})


def part_headers(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with each header that holds several of its parts in one line as two columns, the left one first."""
    headers = _headers(lines)
    result: list[RawLine] = []
    done = 0
    for index, line in enumerate(lines):
        if index < done:
            continue
        if index in headers:
            end, header = _header(lines, index, headers[index])
            result += [*lines[done:index], *header]
            done = end
        elif (
            line.cell is None
            and not _names_an_act(lines, index)
            and (line.column is _LEFT or may_hold_parts(line.text, line.column is _FULL))
            and (parts := _joined(line))
        ):
            result += [*lines[done:index], *parts]
            done = index + 1
    result += lines[done:]
    return result


def _names_an_act(lines: Sequence[RawLine], index: int) -> bool:
    """Whether a number is that of an act which a title names: `CỦA BỘ TÀI CHÍNH SỐ 176/1998/TT-BTC` over `NGÀY 25 THÁNG 12`."""
    below = lines[index + 1].text.lstrip() if index + 1 < len(lines) and "SỐ" in lines[index].text else ""
    return below.startswith("NGÀY ")


def part_names(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each of the left column that holds two agencies as two: `UBND TỈNH HẢI MINH SỞ NỘI VỤ` beside the motto."""
    return [own for line in lines for own in (_two_names(line) if line.column is _LEFT else ()) or (line,)]


def _two_names(line: RawLine) -> list[RawLine]:
    text = line.text
    if (
        line.cell is not None
        or bullet_end(text)
        or not _is_agency(text)
        or printed_number(text)
        or may_hold_parts(text, alone=True)
    ):
        return []
    names = list(agency_pieces(text))
    return [line._replace(text=name.text, rebuilt=True) for name in names] if len(names) > 1 else []


def _headers(lines: Sequence[RawLine]) -> dict[int, int]:
    """The first line of each header whose motto stands among other parts, and the line of the motto."""
    headers: dict[int, int] = {}
    low = 0
    for index, line in enumerate(lines):
        if "NAM" in line.text and _is_free(line) and holds_header(line.text):
            headers[_start(lines, index, low)] = index
            low = index + 1
    return headers


def _joined(line: RawLine) -> list[RawLine]:
    """The parts of a line of one column that holds several: `CHÍNH PHỦ ------- Số: 13/NQ-CP`; none for any other."""
    text = line.text
    if line.cell is not None or len(text) > _LONGEST:
        return []
    column = line.column
    if column is _LEFT and (names := _two_names(line)):
        return names
    if not may_hold_parts(text, column is _FULL):
        return []
    if column is _FULL and "ạnh" in text and _joins_columns(text):
        pieces = sorted(header_pieces(text), key=lambda piece: _ORDER[_COLUMNS.get(piece.part, _FULL)])
        return [
            line._replace(
                text=piece.text, column=_COLUMNS.get(piece.part, _FULL), rebuilt=line.rebuilt or not piece.sure
            )
            for piece in pieces
            if piece.part is not HeaderPart.RULE
        ]
    wanted = RIGHT if column is Column.RIGHT else LEFT if column is _LEFT else LEFT | RIGHT
    pieces = [piece for piece in header_pieces(text) if piece.part is not HeaderPart.RULE]
    parts = {piece.part for piece in pieces}
    if not pieces or [piece.text for piece in pieces] == [text] or not parts <= wanted:
        return []
    if column is Column.FULL and not (parts <= LEFT and HeaderPart.NUMBER in parts) and not glued_rule(text):
        return []
    return [line._replace(text=piece.text, rebuilt=line.rebuilt or not piece.sure) for piece in pieces]


def _joins_columns(text: str) -> bool:
    """Whether the second line of the motto, the number and the date stand on one line: `Độc lập ... Số: 5/QĐ-UBND Hạ Sơn, ngày`"""
    return {piece.part for piece in header_pieces(text)} >= {
        HeaderPart.LIBERTY,
        HeaderPart.NUMBER,
        HeaderPart.PLACE_DATE,
    }


def _is_free(line: RawLine) -> bool:
    return line.column is Column.FULL and line.cell is None and len(line.text) <= _LONGEST


def _start(lines: Sequence[RawLine], index: int, low: int) -> int:
    """The position of the first line of agencies over the motto."""
    start = position = index
    taken = 0
    while position > low and taken < _ABOVE:
        position -= 1
        line = lines[position]
        text = _unlisted(line.text)
        if not text or is_rule(text):
            continue
        parts = {piece.part for piece in header_pieces(text)} if _is_free(line) else set()
        if not parts & _LABELLED and not (parts and _is_agency(text)):
            break
        start = position
        taken += 1
    return start


def _is_agency(text: str) -> bool:
    """A line in capitals that may name an agency; no type and no mark."""
    if len(text) > _AGENCY or not in_capitals(text):
        return False
    line = line_signs(text)
    return header_kind(line) is HeaderKind.OTHER and match_type(line.folded, 0, len(text)) is None


def _header(lines: Sequence[RawLine], start: int, index: int) -> tuple[int, list[RawLine]]:
    """The position after the header, and its lines."""
    columns: dict[Column, list[RawLine]] = {Column.LEFT: [], Column.RIGHT: [], Column.FULL: []}
    seen: set[HeaderPart] = set()
    last: HeaderPart | None = None
    ended = False
    end = index + 1
    for position in range(start, min(len(lines), index + _BELOW)):
        line = lines[position]
        text = _unlisted(line.text)
        if not text or is_rule(text):
            continue
        pieces = _pieces(text, seen, last, position == end or text != line.text.strip()) if _is_free(line) else []
        if not pieces or ended:
            break
        end = position + 1
        for piece in pieces:
            seen.add(piece.part)
            last = piece.part
            if piece.part is HeaderPart.RULE:
                continue
            ended = ended or piece.part is HeaderPart.REST
            column = _COLUMNS.get(piece.part, Column.FULL)
            columns[column].append(
                line._replace(text=piece.text, column=column, rebuilt=line.rebuilt or not piece.sure)
            )
    return end, [*columns[Column.LEFT], *columns[Column.RIGHT], BLANK, *columns[Column.FULL]]


def _unlisted(text: str) -> str:
    """The text without the bullet that a converter set before it: `- Số:          /UBND-NV`."""
    return text.strip()[bullet_end(text.strip()) :].strip()


def _pieces(text: str, seen: set[HeaderPart], last: HeaderPart | None, near: bool) -> list[Piece]:
    """The parts of the header on one line; none where the header has ended."""
    folded = fold(text)
    named = match_type(folded, 0, len(folded))
    if line_signs(text).kind in _FOREIGN or (named and in_capitals(text[: named.end])):
        return []
    pieces = header_pieces(text)
    new = {piece.part for piece in pieces} & (RIGHT | _LABELLED) - seen
    if new:
        return pieces
    if HeaderPart.NUMBER not in seen and _is_agency(text):
        return list(agency_pieces(text))
    if last is HeaderPart.SUBJECT and len(text) < _AGENCY and not in_capitals(text) and (near or text[0].islower()):
        return [Piece(text, HeaderPart.SUBJECT, False)]
    return []
