"""Takes blank lines out of a text that was spaced: so many between every two lines, where they part no paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.wrapping import ends_sentence

_FEWEST = 5  # lines that go on over a blank one, for a text to be taken as spaced
_SHARE = 0.2  # of all lines that stand under a blank one; in a text of paragraphs there are hardly any
_MOST = 0.9  # of all gaps


def close_up(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines without the blank ones of their spacing; where more stood together, one stays.

    Every line end of such a text was doubled on its way (`\\r\\r\\n`, a line as a paragraph of its own): what stands under
    a blank line goes on in small letters (`... đã trình Chính` / blank / `phủ xem xét`), or two blank lines stand
    under every one.
    """
    spacing = _spacing(lines)
    if not spacing:
        return list(lines)
    closed: list[RawLine] = []
    blanks = 0
    for line in lines:
        if line.text:
            closed.append(line)
            blanks = 0
            continue
        blanks += 1
        if blanks == 2 * spacing + 1 - (spacing == 1):
            closed.append(line)
    return closed


def _spacing(lines: Sequence[RawLine]) -> int:
    """How many blank lines stand between two lines of one paragraph."""
    found: list[int] = []
    cut = blanks = 0
    previous = ""
    for line in lines:
        text = line.text.strip()
        if not text:
            blanks += 1
            continue
        if previous:
            found.append(blanks)
            cut += blanks > 0 and text[0].islower() and not in_capitals(previous) and not ends_sentence(previous)
        previous, blanks = text, 0
    count, gaps = len(found), Counter(found)
    if count < _FEWEST:
        return 0
    common = gaps.most_common(1)[0][0]
    if common > 1 and sum(number for gap, number in gaps.items() if gap >= common) >= count * _MOST:
        return common
    return int(cut >= _FEWEST and cut >= (count - gaps[0]) * _SHARE)
