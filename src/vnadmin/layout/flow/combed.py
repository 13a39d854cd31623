"""Joins the lines of a text that was wrapped once more at a smaller width: a full line and a short rest, all down the page.

A mail does so to the text of a PDF: `KT. BỘ TRƯỞNG BỘ CÔNG AN               KT. BỘ` / `TRƯỞNG BỘ Y TẾ`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.wrapping import ends_sentence
from vnadmin.layout.page import Column

_NARROWEST, _WIDEST = 50, 110  # characters of the longest line
_REST = 0.6  # of the width; what did not fit is shorter
_FEWEST = 5  # rests inside a sentence
_SHARE = (
    0.4  # of the full lines; in a text that was wrapped once few are followed by a short line that ends no sentence
)


def join_combed(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines as they were before they were wrapped again; a text that was not stays as it is."""
    texts = [line.text.rstrip() if line.cell is None and line.column is Column.FULL else "" for line in lines]
    width = max(map(len, texts), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return list(lines)
    full = [
        index
        for index, (text, below) in enumerate(pairwise(texts))
        if text and below and not below[0].isspace() and len(text) + 1 + len(below.split(None, 1)[0]) > width
    ]
    rests = {index + 1 for index in full if len(texts[index + 1]) < _REST * width and not _opens(texts[index + 1])}
    inside = sum(not ends_sentence(texts[index]) for index in rests)
    if inside < _FEWEST or inside < _SHARE * len(full):
        return list(lines)
    joined: list[RawLine] = []
    for index, line in enumerate(lines):
        if index in rests:
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text.rstrip()} {line.text}")
        else:
            joined.append(line)
    return joined


def _opens(text: str) -> bool:
    """Whether a line opens a part of its own: `Số: 12/UBND-VX`, `b) 02 ảnh`, `- Như trên;`."""
    kind = line_signs(text).kind
    inside = kind is HeaderKind.LETTER_SUBJECT and text[0].islower()  # "... của tỉnh" / "về việc kiểm tra"
    return bullet_end(text) > 0 or (kind is not HeaderKind.OTHER and not inside)
