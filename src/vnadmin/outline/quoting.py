"""Quoted passages: which lines of a body stand inside “ ” that runs over several lines (a quoted amendment)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.marker import MarkerKind, read_markers
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_OPEN: Final = ("“", "„", "«", "‘‘")  # "‘‘Điều 7. Hồ sơ ...’’", typed as two single marks
_CLOSE: Final = ("”", "»", "’’")
_ALL: Final = (*_OPEN, *_CLOSE, '"')
_MARKS: Final = pattern("|".join(_ALL))
OPENING: Final = ("“", '"', "‘‘")
"""Marks with which a line of a quoted amendment opens."""
# A quoted amendment of one clause or article; beyond this the opening mark is held to be left unclosed.
_MAX_LINES: Final = 400
_WEAK_LINES: Final = 3
_SLIP_LINES: Final = 40


def quoted_lines(document: SourceDocument, lines: Sequence[Line]) -> frozenset[int]:
    """Positions in `lines` of those that begin inside a quotation opened on an earlier line.

    Only an opening mark at the head of a line or right after a colon (`như sau: “a) ...`) opens a passage of several
    paragraphs; any other that its line does not close may run on for a line or two (a wrapped line), no further. A mark
    that is never closed opens nothing, but for one under an amending item: there the new wording ends where the next
    such item begins. A closing mark without an opening one, where no article begins since the last passage, says that
    the passage ends there: its first closing mark is a slip.
    """
    text = document.text
    inside: set[int] = set()
    stack: list[tuple[int, bool]] = []  # (position of the opening line, whether it opens a passage)
    closed: int | None = None  # where the last passage ended
    for position in _marked(text, lines):
        line = lines[position]
        if line.cell is not None:
            continue
        for passage, opens in _open_marks(document, line.start, line.end):
            if opens:
                stack.append((position, passage))
                continue
            while stack and not stack[-1][1] and position - stack[-1][0] > _WEAK_LINES:
                stack.pop()
            if stack:
                first, strong = stack.pop()
                if strong and position - first <= _MAX_LINES:
                    inside.update(range(first + 1, position + 1))
                    closed = position
            elif closed is not None:
                since = range(closed + 1, position + 1)
                if len(since) <= _SLIP_LINES and not any(_heads_article(document, lines[at]) for at in since):
                    inside.update(since)
    for first, strong in stack:
        if strong and any(_amends(document, line) for line in lines[max(0, first - 1) : first + 1]):
            later = range(first + 1, min(first + _MAX_LINES, len(lines)))
            stop = next((at for at in later if at not in inside and _amends(document, lines[at])), first + 1)
            inside.update(range(first + 1, stop))
    return frozenset(inside)


@cache
def amending_words() -> tuple[str, ...]:
    """Words that open an amending item: `3. Sửa đổi khoản 2 Điều 7 như sau:`."""
    return tuple(fold(word) for word in words_where("outline_marks", "kind", "amend"))


def _amends(document: SourceDocument, line: Line) -> bool:
    """Whether a line opens an amending item."""
    marker = next(iter(read_markers(document.text, document.folded, line.start, line.end)), None)
    return marker is not None and document.folded.startswith(amending_words(), marker.content, line.end)


def _heads_article(document: SourceDocument, line: Line) -> bool:
    """Whether a line opens an article or an amending item."""
    marker = next(iter(read_markers(document.text, document.folded, line.start, line.end)), None)
    return (marker is not None and marker.kind is MarkerKind.HEADING) or _amends(document, line)


def _marked(text: str, lines: Sequence[Line]) -> Iterator[int]:
    """Positions of the lines that hold a quotation mark: hardly one does."""
    places = [at for mark in _ALL for at in find_all(text, mark, lines[0].start, lines[-1].end)] if lines else []
    last = -1
    starts = [line.start for line in lines] if places else []
    for at in sorted(places):
        position = bisect_right(starts, at) - 1
        if position != last:
            yield position
            last = position


def _open_marks(document: SourceDocument, start: int, end: int) -> list[tuple[bool, bool]]:
    """What the quotation marks of one line leave open or close: pairs (opens a passage, opens)."""
    text = document.text
    left: list[tuple[bool, bool]] = []
    pending: list[tuple[bool, bool]] = []
    contents = {marker.content for marker in read_markers(text, document.folded, start, end)}
    for found in _MARKS.finditer(text, start, end):
        position, char = found.start(), found[0]
        if char in _OPEN:
            opens = True
        elif char in _CLOSE:
            opens = False
        else:
            before = text[position - 1] if position > start else " "
            opens = not (pending and pending[-1][1]) and before in " (:" and position + 1 < end
        if opens:
            heads = position in contents or _opens_line(text, start, position)
            pending.append((position + 1 < end and heads, True))
        elif pending:
            pending.pop()
        else:
            left.append((False, False))
    return left + pending


def _opens_line(text: str, start: int, position: int) -> bool:
    """Whether an opening mark stands at the head of its line, or right after a colon; after its marker it does, too (`1. “3. Thương nhân ...`)."""
    while position > start and text[position - 1] in " *_-":
        position -= 1
    return position == start or text[position - 1] == ":"
