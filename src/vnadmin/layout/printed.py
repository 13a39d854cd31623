"""Finds what a browser prints above and below a page: the hour, the page's title, its address and number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.furniture_line import is_page_number, is_printed_address, printed_title
from vnadmin.layout.page import Furniture
from vnadmin.text.fold import bare

_TOP = 3  # written lines at the top of a text, among which the hour of its first page stands
_LONGEST = 160
_NUMBER = 12


def print_marks(lines: Sequence[RawLine]) -> dict[int, Furniture]:
    """The kind of each such line, by its position; none where no page's hour stands at the top of the text.

    `12/3/26, 1:10 PM` has the title behind it, above or below it; readers of PDF put the two in either order.
    """
    printed = [
        (index, text) for index, line in enumerate(lines) if line.cell is None and (text := line.text.strip("*_# "))
    ]
    if not any(_is_hour(bare(text)) for _, text in printed[:_TOP]):
        return {}
    written = [(index, bare(text)) for index, text in printed]
    hours = [at for at, (_, text) in enumerate(written) if _is_hour(text)]
    title = _title(lines, written, hours)
    found = {written[at][0]: Furniture.RUNNING_HEAD for at in hours}
    for at, (index, text) in enumerate(written):
        if is_printed_address(text):
            found[index] = Furniture.SITE
        elif "/" in text and len(text) < _NUMBER and is_page_number(text):
            found[index] = Furniture.PAGE_NUMBER
        elif text == title and (at - 1 in hours or at + 1 in hours):
            found[index] = Furniture.RUNNING_HEAD
    return found


def _is_hour(text: str) -> bool:
    return len(text) <= _LONGEST and printed_title(text) is not None


def _title(lines: Sequence[RawLine], written: Sequence[tuple[int, str]], hours: Sequence[int]) -> str:
    """The page's title: beside every hour, above the first one, or below it where it is no line of a header."""
    first = hours[0]
    if printed_title(written[first][1]):
        return ""  # set aside with its hour
    beside = Counter(written[at + step][1] for at in hours for step in (-1, 1) if 0 <= at + step < len(written))
    often = [text for text, count in beside.items() if count == len(hours)]
    if len(hours) > 1:
        return often[0] if often else ""
    if first:
        return written[first - 1][1]
    index, text = written[1] if len(written) > 1 else (-1, "")
    own = line_signs(lines[index].text.strip("*_# ")) if text else None
    return text if own is not None and own.kind is HeaderKind.OTHER and not own.capitals else ""
