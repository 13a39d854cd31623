"""Parts items of Nơi nhận from words of the signature that a reader of PDF set before them: `PHÓ CHỦ TỊCH- Như Điều 3;`."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.bullet import bullet_end, bullets
from vnadmin.genre.closing_line import LONGEST, Role, may_hold_label
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.page import Column

_BELOW = 40  # lines of a list under its label
_GAP = "   "  # blanks between two columns at least
_SIGNS = frozenset({Role.AUTHORITY, Role.POST, Role.MARK})


def part_swapped(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each whose right column came before an item of the left one with both in their order.

    Such a reader sorts the words of lines by their height, and those of two columns differ by a hair.
    """
    if not any(_GAP in line.text for line in lines):
        return list(lines)
    result: list[RawLine] = []
    below = 0  # lines of the list that may still come
    for line in lines:
        if below and _GAP in line.text and len(line.text) < 2 * LONGEST and line.column is Column.FULL:
            result += _parted(line) or [line]
        else:
            result.append(line)
        below = (
            _BELOW if may_hold_label(line.text) and line_signs(line.text.strip()).label_end >= 0 else max(below - 1, 0)
        )
    return result


def _parted(line: RawLine) -> list[RawLine]:
    """`- Như trên;    PHÓ CHỦ TỊCH - Sở Nội vụ;` as two lines, the item without one beside it before the post."""
    for at in (at for at, sign in enumerate(line.text) if sign in bullets()):
        before, item = line.text[:at].rstrip(), line.text[at:].strip()
        left, gap, right = before.rpartition(_GAP)
        if not gap or not bullet_end(item) or line_signs(right.strip()).role not in _SIGNS:
            continue
        if opens_signature(item[bullet_end(item) :]):
            continue  # "PHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG"
        if left.strip():
            return [line._replace(text=before, rebuilt=True), line._replace(text=item, rebuilt=True)]
        return [line._replace(text=f"{item}{_GAP * 4}{right.strip()}", rebuilt=True)]
    return []
