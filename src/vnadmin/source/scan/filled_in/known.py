"""Reads figures where it is known that they fill a blank: drawn into the line of number or date of a born-digital page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vnadmin.layout.page import Box
from vnadmin.layout.placed.pictures import Gap
from vnadmin.ocr.image.prepare import PagePicture, to_grey
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.filled_in.handwriting import ENOUGH, LineInk, Reading
from vnadmin.source.scan.filled_in.slots import DigitReader, FigureReader, InkMark
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

_ROOMS = (2.0, 3.0, 4.0)  # points of paper around the figures: a reader of figures answers each cut a little otherwise
_LIKELY = 0.89  # most that a confidence can be: two readers that agree are likely right, never certain
_DOUBTED = 0.6  # the same where only one reader gave it, or they do not agree
_AGREED = 0.5  # of each reader, to count
# Of one that the other does not agree with: clear type ("37") was read as "3" with 0.51 and as "376" with 0.65.
_SURE, _AHEAD = 0.9, 0.3
_FIGURES = pattern(r"\d{1,7}")
_LIMITS = {"number": 999_999, "day": 31, "month": 12, "year": 2100}


def read_known(
    picture: PagePicture, reading: PageReading, known: Sequence[Gap], reader: FigureReader | None
) -> tuple[PageReading, tuple[InkMark, ...]]:
    """The reading with the figures alone, a line for each blank that could be read, and marks of those set by hand.

    Args:
        picture: the printed line with its figures.
        reading: what an engine read on it.
        known: the blanks.
        reader: reads figures; without it there is only the line's reading.
    """
    grey = to_grey(picture.pixels)
    lines: list[ReadLine] = []
    marks: list[InkMark] = []
    for blank in known:
        alone = _alone(grey, picture.dpi, blank, reader) if reader is not None else {}
        beside = _in_line(reading, blank)
        text, confidence, agreed = _chosen(alone, beside)
        if not text:
            continue
        lines.append(ReadLine((ReadWord(text, blank.box, confidence),), "both" if agreed else "tesseract"))
        score = _ink(picture, reading, known, blank, Reading(confidence, odd=False))
        if score >= ENOUGH and not (agreed and confidence >= _LIKELY):
            marks.append(InkMark(len(lines) - 1, 0, -1, blank.box, round(score, 2)))
    return replace(reading, lines=tuple(lines)), tuple(marks)


def _is_value(text: str, kind: str) -> bool:
    return bool(_FIGURES.fullmatch(text)) and 0 < int(text) <= _LIMITS[kind] and (kind != "year" or int(text) > 1945)


def _alone(grey: Pixels, dpi: float, blank: Gap, reader: FigureReader) -> dict[str, float]:
    """Mean probability of each value that a reader of figures saw in the blank.

    One of figures alone is shown them with little paper, one of figures by hand a strip two line heights tall.
    """
    found: dict[str, float] = {}
    scale = dpi / 72
    left, top, right, foot = _inked(grey, *(max(0, round(side * scale)) for side in blank.box))
    for step in _ROOMS:
        room = round(step * scale)
        above = room if isinstance(reader, DigitReader) else (foot - top) // 2
        part = grey[max(0, top - above) : foot + above, max(0, left - room) : right + room]
        if min(part.shape) < 4:
            continue
        for text, chance in reader.digits(part.copy()) if isinstance(reader, DigitReader) else reader.by_hand(part):
            if _is_value(text, blank.kind):
                found[text] = found.get(text, 0.0) + chance / len(_ROOMS)
    return found


def _inked(grey: Pixels, x0: int, y0: int, x1: int, y1: int) -> tuple[int, int, int, int]:
    """The part of a box that holds ink: a stamped picture has paper of its own around its figures."""
    import cv2
    import numpy as np

    part = grey[y0:y1, x0:x1]
    if min(part.shape) < 2:
        return x0, y0, x1, y1
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if not rows.size:
        return x0, y0, x1, y1
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _in_line(reading: PageReading, blank: Gap) -> tuple[str, float]:
    """The value that the engine read in the blank as part of the line, which may run into the print beside it."""
    box = blank.box
    texts: list[str] = []
    least = 1.0
    for word in reading.words:
        inside = min(word.box.x1, box.x1) - max(word.box.x0, box.x0)
        if inside < 0.3 * min(word.box.x1 - word.box.x0, box.x1 - box.x0):
            continue
        match = _FIGURES.match(word.text)
        if match is not None:
            texts.append(match[0])
            least = min(least, _AGREED if math.isnan(word.confidence) else word.confidence)
    text = "".join(texts)
    return (text, least) if _is_value(text, blank.kind) else ("", 0.0)


def _chosen(alone: dict[str, float], beside: tuple[str, float]) -> tuple[str, float, bool]:
    """The value to take, its confidence, and whether both readers gave it; no value where neither is sure enough."""
    best = max(alone, key=lambda text: alone[text], default="")
    chance = alone.get(best, 0.0)
    text, confidence = beside
    if best and text and int(best) == int(text):
        if min(chance, confidence) >= _AGREED:
            return text, min(_LIKELY, (chance + confidence) / 2), True
        return text, _DOUBTED, False
    if chance >= max(_SURE, confidence + _AHEAD):
        return best, _DOUBTED, False
    if confidence >= max(_SURE, chance + _AHEAD):
        return text, _DOUBTED, False
    return "", 0.0, False


def _ink(picture: PagePicture, reading: PageReading, known: Sequence[Gap], blank: Gap, read: Reading) -> float:
    """How far the figures differ from the print of their line; see `LineInk.score`."""
    printed = [word for word in reading.words if not any(_meets(word.box, other.box) for other in known)]
    if not printed:
        return 0.0
    line = ReadLine((*printed, ReadWord("0", blank.box, 1.0)))
    ink = LineInk(picture, line, reading.skew)
    if ink.strip is None:
        return 0.0
    return ink.score(blank.box.x0, blank.box.x1, read, [(word.box.x0, word.box.x1) for word in printed])


def _meets(box: Box, other: Box) -> bool:
    return box.x0 < other.x1 and other.x0 < box.x1
