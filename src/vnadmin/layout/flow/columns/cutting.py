"""Lines of two columns cut in two: by the gaps between them, and the columns set one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.post_and_authority import is_post
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

_FULL = Column.FULL  # asked of every line: a member of an enum costs more than the question
_LONGEST = 300  # characters; a line of the header or the end is shorter, blanks included
_TAB = " " * 8
_INDENT = 16  # blanks before a line of the right column that has nothing on its left
# Two columns are set apart by three blanks at least: "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI ..."
# A blank that a typist left inside brackets parts none: "- Lưu: VT, KTTH (   b)"
GAP = pattern(r"(?<=[^\s(])(?: {3,}+| *+\t\s*+)(?=\S)")
PIECE = pattern(r"\S++(?: {1,2}\S++)*+")  # what stands between gaps


def holds_gap(text: str) -> bool:
    """Whether blanks or a tab part a line: nearly no line is."""
    return ("   " in text or "\t" in text) and GAP.search(text) is not None


class Parts(NamedTuple):
    """A line cut in two. `at` is where the right part begins, 0 where there is none; `gap` says that blanks cut it."""

    left: str
    right: str
    at: int
    gap: bool


class Cut(NamedTuple):
    """A line of a region with its tabs as blanks, and its parts if it was cut."""

    line: RawLine
    text: str
    parts: Parts | None


class Region(NamedTuple):
    start: int
    end: int
    lines: list[RawLine]


def is_free(line: RawLine) -> bool:
    return line.column is _FULL and line.cell is None and len(line.text) <= _LONGEST


def widened(text: str) -> str:
    return text.replace("\t", _TAB) if "\t" in text else text


def parts_at(text: str, at: int) -> Parts:
    left = text[:at]
    return Parts(left.strip(), text[at:].strip(), at, not left.strip() or left.endswith("   "))


def indented(text: str, edge: int) -> Parts | None:
    """A line with nothing on its left: set in so far that it stands in the right column."""
    indent = len(text) - len(text.lstrip())
    return Parts("", text.strip(), indent, True) if indent >= max(_INDENT, edge * 0.6) else None


def widest_gap(text: str) -> int:
    """The position after the widest run of three blanks or more, 0 if there is none."""
    best, at = 0, 0
    for match in GAP.finditer(text) if "   " in text else ():
        width = match.end() - match.start()
        if width > best:
            best, at = width, match.end()
    return at


def has_left(cuts: Sequence[Cut]) -> bool:
    return any(cut.parts and cut.parts.left for cut in cuts)


def in_order(cuts: Sequence[Cut]) -> list[RawLine]:
    """The lines of a region as two columns. A line in one piece goes where its indent says, else to the left."""
    edge = min((cut.parts.at for cut in cuts if cut.parts and cut.parts.gap and cut.parts.left), default=0)
    left: list[RawLine] = []
    right: list[RawLine] = []
    for line, text, cut in cuts:
        if is_rule(text):
            left.append(line._replace(text="", column=Column.LEFT))
            continue
        parts = cut or (indented(text, edge) if edge else None) or Parts(text.strip(), "", 0, False)
        if parts.left or not parts.right:
            left.append(line._replace(text=parts.left, column=Column.LEFT))
        if parts.right:
            right.append(line._replace(text=_close_set(parts.right), column=Column.RIGHT))
    if right:
        right[0] = right[0]._replace(starts_paragraph=True)
    return left + right


def _close_set(text: str) -> str:
    """`CHÁNH   VĂN PHÒNG`: one post, whose blanks a reader of PDF drew too wide."""
    closed = " ".join(text.split()) if "  " in text and in_capitals(text) else text
    return closed if closed != text and is_post(closed, bare(closed)) else text
