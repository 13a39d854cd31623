"""Whether two lines of a header are set alike: weight, size, place on the page."""

from __future__ import annotations

from typing import Final

from vnadmin.layout.page import Line

_POINTS: Final = 1.1  # by which two sizes of one title may differ


def differs(above: Line, line: Line) -> bool:
    """Two sizes of type."""
    sizes = above.style.size, line.style.size
    return sizes[0] is not None and sizes[1] is not None and abs(sizes[0] - sizes[1]) > _POINTS


def same_setting(above: Line, line: Line) -> bool:
    """One weight, one size; and bold, or both in the middle."""
    one, other = above.style, line.style
    if one.bold != other.bold or differs(above, line):
        return False
    return bool(one.bold) or (one.centred is True and other.centred is True)


def set_apart(above: Line, line: Line) -> bool:
    """Plain under bold, or at the margin under centred."""
    one, other = above.style, line.style
    return bool(one.bold and other.bold is False) or bool(
        one.centred and other.centred is False and not (one.bold and other.bold)
    )
