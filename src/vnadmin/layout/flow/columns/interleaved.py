"""Takes two-column lines apart by their words and blanks, and puts the left column before the right one.

Formats without geometry (text, .docx with tabs, .doc, .rtf, HTML with no-break spaces) print the header and the end
of a document as lines that hold a piece of each column: `Số: 12/UBND-VX      Sơn Dương, ngày 6 tháng 4 năm 2011`.
"""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import may_hold_label
from vnadmin.genre.motto import Motto, may_hold_motto, printed_motto
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.columns.cutting import PIECE, Region, is_free, widened
from vnadmin.layout.flow.columns.end import end_region, three_signatures, two_signatures
from vnadmin.layout.flow.columns.flattened_end import part_lines
from vnadmin.layout.flow.columns.header import header_region
from vnadmin.layout.flow.phrase import mend_cuts
from vnadmin.layout.flow.raw import RawLine

# What a header opens with; "Độc lập - Tự do - Hạnh phúc" stands below, and a line cut anywhere tells no place.
_HEADS = frozenset({Motto.STATE, Motto.PARTY, Motto.OLD, Motto.YOUTH})


def arrange(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with two-column parts cut and set in reading order: all of the left column, then all of the right.

    Lines that already have a column or a cell, and everything outside a header or an end, stay as they are.
    """
    result: list[RawLine] = []
    done = 0
    for index, line in enumerate(lines):
        if index < done or not is_free(line):
            continue
        region = _region(lines, index, done)
        if region:
            result += lines[done : region.start]
            result += part_lines(mend_cuts(region.lines))  # what was cut, and what was joined, inside a column
            done = region.end
    result += lines[done:]
    return result


def _region(lines: Sequence[RawLine], index: int, low: int) -> Region | None:
    """The two-column region that this line opens; cheap tests first, since every line of a document comes here."""
    text = lines[index].text
    motto = printed_motto(widened(text)) if may_hold_motto(text) else None
    if motto and motto.kind in _HEADS:
        return header_region(lines, index, low)
    if may_hold_label(text):
        return end_region(lines, index, low) if line_signs(widened(text)).label_end >= 0 else None
    if ("   " in text or "\t" in text) and in_capitals(text) and any(map(opens_signature, _pieces(text))):
        return two_signatures(lines, index) or three_signatures(lines, index)
    return None


def _pieces(text: str) -> list[str]:
    """What stands between the gaps of a line."""
    return [match[0] for match in PIECE.finditer(widened(text))]
