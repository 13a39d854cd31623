"""Finds the dashes before items that no engine read: short strokes halfway up, alone on the left of a line."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from vnadmin.genre.bullet import bullets
from vnadmin.layout.page import Box
from vnadmin.ocr.image.components import ink_of, pieces
from vnadmin.ocr.image.prepare import PagePicture, drop_colour
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.mending.listed import MENDED

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

_ROOM = 1.9  # of the size of type: how far left of a line its dash stands at most
_NEAR = 0.08  # the same: and at least
_LEAST, _MOST = 0.22, 0.75  # the same: how long a dash is
_THICK = 0.16  # the same: and how thick
_HALFWAY = (0.3, 0.72)  # of a line's height, from its top


def with_dashes(picture: PagePicture, reading: PageReading) -> PageReading:
    """The reading with the dashes that stand before its lines.

    Args:
        picture: the page, upright.
        reading: what an engine read on it.
    """
    sizes = [word.box.y1 - word.box.y0 for line in reading.lines for word in line.words]
    if not sizes:
        return reading
    usual = median(sizes)
    grey = drop_colour(picture.pixels)
    lines = tuple(_with_dash(line, grey, picture.dpi / 72, usual) for line in reading.lines)
    return replace(reading, lines=lines)


def _with_dash(line: ReadLine, grey: Pixels, scale: float, usual: float) -> ReadLine:
    first = line.words[0]
    size = min(first.box.y1 - first.box.y0, 1.4 * usual)
    if first.text[0] in bullets() or not first.text[0].isalnum() or size < 0.6 * usual:
        return line
    top, foot = first.box.y0, first.box.y1
    part = _cut(grey, Box(first.box.x0 - _ROOM * size, top, first.box.x0 - 0.02 * size, foot), scale)
    if part is None:
        return line
    box = _dash(part, size * scale)
    if box is None:
        return line
    x0 = first.box.x0 - _ROOM * size + box[0] / scale
    dash = Box(x0, top + box[1] / scale, x0 + box[2] / scale, top + (box[1] + box[3]) / scale)
    return replace(line, words=(ReadWord("-", dash, MENDED), *line.words))


def _cut(grey: Pixels, box: Box, scale: float) -> Pixels | None:
    import numpy as np

    x0, y0, x1, y1 = (max(0, round(value * scale)) for value in box)
    part = np.ascontiguousarray(grey[y0:y1, x0:x1])
    return part if part.shape[0] >= 6 and part.shape[1] >= 6 else None


def _dash(part: Pixels, size: float) -> tuple[int, int, int, int] | None:
    """Place and size of the one piece of ink on a strip if it is a dash."""
    if int(part.max()) - int(part.min()) < 60:
        return None
    found = pieces(ink_of(part)[0])
    boxes = [
        (x, y, w, h)
        for (x, y, w, h), area in zip(found.boxes().tolist(), found.areas.tolist(), strict=True)
        if area > 2
        and w * h > 0.004 * size * size
        and x + w < part.shape[1]  # the rest are specks and the first letter
    ]
    if len(boxes) != 1:
        return None
    x, y, w, h = boxes[0]
    middle = (y + h / 2) / part.shape[0]
    is_dash = _LEAST * size <= w <= _MOST * size and h <= max(_THICK * size, 2.0) and w >= 1.8 * h
    alone = x > 0 and part.shape[1] - x - w >= _NEAR * size
    return (x, y, w, h) if is_dash and alone and _HALFWAY[0] <= middle <= _HALFWAY[1] else None
