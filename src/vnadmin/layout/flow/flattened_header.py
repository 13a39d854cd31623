"""Puts a header whose lines were joined back into two columns."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.flattened.header import LEFT, RIGHT, HeaderPart, Piece, header_pieces, holds_header
from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.genre.line_text import line_text
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.fold import fold

_LONGEST = 600  # characters of a whole header
_ABOVE = 4  # lines over the motto
_BELOW = 12  # lines under it
_AGENCY = 100  # characters of an agency's line
_COLUMNS = {**dict.fromkeys(LEFT, Column.LEFT), **dict.fromkeys(RIGHT, Column.RIGHT)}
_FOREIGN = frozenset({HeaderKind.ADDRESS, HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED})


def part_headers(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with each header that holds several of its parts in one line as two columns, the left one first."""
    result: list[RawLine] = []
    done = 0
    for index, line in enumerate(lines):
        if index >= done and "NAM" in line.text and _is_free(line) and holds_header(line.text):
            start = _start(lines, index, done)
            end, header = _header(lines, start, index)
            result += [*lines[done:start], *header]
            done = end
    result += lines[done:]
    return result


def _is_free(line: RawLine) -> bool:
    return line.column is Column.FULL and line.cell is None and len(line.text) <= _LONGEST


def _start(lines: Sequence[RawLine], index: int, low: int) -> int:
    """The position of the first line of agencies over the motto."""
    start = position = index
    taken = 0
    while position > low and taken < _ABOVE:
        position -= 1
        line = lines[position]
        text = line.text.strip()
        if not text or is_rule(text):
            continue
        if not _is_free(line) or not _is_agency(text):
            break
        start = position
        taken += 1
    return start


def _is_agency(text: str) -> bool:
    """A line in capitals that may name an agency; no type and no mark."""
    kind = header_kind(line_text(text))
    folded = fold(text)
    return (
        len(text) <= _AGENCY
        and in_capitals(text)
        and kind is HeaderKind.OTHER
        and match_type(folded, 0, len(folded)) is None
    )


def _header(lines: Sequence[RawLine], start: int, index: int) -> tuple[int, list[RawLine]]:
    """The position after the header, and its lines."""
    columns: dict[Column, list[RawLine]] = {Column.LEFT: [], Column.RIGHT: [], Column.FULL: []}
    seen: set[HeaderPart] = set()
    end = index + 1
    for position in range(start, min(len(lines), index + _BELOW)):
        line = lines[position]
        text = line.text.strip()
        if not text or is_rule(text):
            continue
        pieces = _pieces(text, seen, position == end) if _is_free(line) else []
        if not pieces or columns[Column.FULL]:
            break
        end = position + 1
        for piece in pieces:
            seen.add(piece.part)
            if piece.part is not HeaderPart.RULE:
                column = _COLUMNS.get(piece.part, Column.FULL)
                columns[column].append(line._replace(text=piece.text, column=column, rebuilt=not piece.sure))
    return end, [*columns[Column.LEFT], *columns[Column.RIGHT], BLANK, *columns[Column.FULL]]


def _pieces(text: str, seen: set[HeaderPart], follows: bool) -> list[Piece]:
    """The parts of the header on one line; none where the header has ended."""
    kind = header_kind(line_text(text))
    if kind in _FOREIGN:
        return []
    pieces = header_pieces(text)
    new = {piece.part for piece in pieces} - seen - {HeaderPart.RULE, HeaderPart.REST, HeaderPart.AGENCY}
    if new:
        return pieces
    if HeaderPart.NUMBER not in seen and _is_agency(text):
        return [Piece(text, HeaderPart.AGENCY)]
    if HeaderPart.SUBJECT in seen and len(text) < _AGENCY and not in_capitals(text) and (follows or text[0].islower()):
        return [Piece(text, HeaderPart.SUBJECT, False)]
    return []
