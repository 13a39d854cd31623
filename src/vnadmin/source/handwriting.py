"""Finds what was filled in by hand, by stamp or in a second print: numbers and days unlike their printed line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import regex

from vnadmin.layout.page import Box
from vnadmin.source.ocr import PageReading, ReadLine, ReadWord
from vnadmin.source.ocr_detector import Placing, cut
from vnadmin.source.page_picture import PagePicture, points, to_grey

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vnadmin.source.page_picture import Pixels

HEADER_SHARE = 0.5  # of the first page: number and day are filled in above its middle

# How far a value may differ from its line before it counts as filled in; each step of a measure is one point.
# Measured on 30 numbers and days that were filled in and 25 that were printed: 2.4 and more against 1.7 and less.
_ENOUGH = 1.9
_HEIGHT_STEP = 0.12  # of the printed letters' height: written digits are 1.12 to 1.9 times as tall
_FOOT_STEP = 0.12  # of the line's height: written digits stand below or above the baseline
_STROKE_STEP = 0.25  # of the printed stroke's width
_COLOURED = 0.1  # share of coloured ink from which a blue pen or a red stamp is sure
_UNSURE = 0.9  # confidence of a reading below which the word may be no type
_SPREAD = 50  # max - min of R, G, B of coloured ink
_LEAST_REFERENCE = 4  # printed letters needed to compare with
# A header's lines; the fast engine joins number and date to one line across the page.
_MOST_WORDS = 14
_WIDEST = 0.85  # of the page's width

# "07", "751" of "751/TB", "2#", "0H": what may have been filled in ends before the printed symbol.
_FILLED = regex.compile(r"[^/\-]*+(?=[/\-]\p{L}{2})|[^/\-]++$|.++")
_ODD_DIGITS = regex.compile(r"\d\p{L}|\p{L}\d|[^\p{L}\d.,;:()/\-]")  # "0H", "/Q", "1%": no printed day reads so


class InkMark(NamedTuple):
    """A stretch of a line that was filled in.

    `word` is the index of the word it is or begins, or -1 where nothing was read; `after` is the index of the word
    before it (-1 at the start of the line).
    """

    line: int
    word: int
    after: int
    box: Box
    score: float


class _Glyph(NamedTuple):
    """A connected stroke: pixels of the line's picture."""

    x: int
    y: int
    width: int
    height: int
    stroke: float
    coloured: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def foot(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where something may have been filled in: pixels of the line's picture."""

    word: int
    after: int
    x0: float
    x1: float
    confidence: float
    odd: bool


def find_handwriting(picture: PagePicture, reading: PageReading, share: float = HEADER_SHARE) -> tuple[InkMark, ...]:
    """What was filled in on the upper part of a page.

    Args:
        picture: the page, upright (turned as the reading says).
        reading: what an engine read on it.
        share: the part of the page, from the top, that is looked at.
    """
    marks: list[InkMark] = []
    for index, line in enumerate(reading.lines):
        box = line.box
        if (box.y0 + box.y1) / 2 <= share * reading.height and _may_be_filled(line, reading.width):
            marks += _on_line(picture, reading, index, line)
    return tuple(marks)


def _may_be_filled(line: ReadLine, width: float) -> bool:
    """Whether a line looks like one with a number or a date: a short line that holds digits or is badly read."""
    short = len(line.words) <= _MOST_WORDS and line.box.x1 - line.box.x0 <= _WIDEST * width
    return short and any(_is_candidate(word) for word in line.words)


def _is_candidate(word: ReadWord) -> bool:
    return word.confidence < _UNSURE or any(map(str.isdigit, word.text)) or "/" in word.text


def _on_line(picture: PagePicture, reading: PageReading, index: int, line: ReadLine) -> Iterator[InkMark]:
    import numpy as np

    scale = picture.dpi / 72
    tops = [word.box.y0 * scale for word in line.words]
    feet = [word.box.y1 * scale for word in line.words]
    height = float(np.median(feet) - np.median(tops))
    if height < 6:
        return
    # The line's own strip, straight: with room above and below, for written digits are taller.
    slope = float(np.tan(np.radians(reading.skew)))
    boxes = list(zip(tops, feet, line.words, strict=True))
    left, right = line.box.x0 * scale - height, line.box.x1 * scale + height
    middle = float(np.median([(t + f) / 2 - slope * _centre(w, scale) for t, f, w in boxes]))
    up, down = middle - 1.1 * height, middle + 1.1 * height
    quad = np.array([[x, y + slope * x] for x, y in ((left, up), (right, up), (right, down), (left, down))], np.float32)
    strip = cut(picture.pixels, quad)
    if strip is None:
        return
    place = Placing(quad, strip.shape[1], strip.shape[0])
    glyphs = _glyphs(strip, height)
    stretches = list(_stretches(line, scale, left, height, glyphs))
    printed = [each for each in glyphs if _is_printed(each, line, stretches, scale, left, height)]
    if len(printed) < _LEAST_REFERENCE:
        printed = [each for each in glyphs if 0.4 * height <= each.height <= 1.1 * height]
    for stretch in stretches:
        inside = [each for each in glyphs if stretch.x0 - 2 <= each.middle <= stretch.x1 + 2]
        score = _score(stretch, inside, printed, height)
        if score >= _ENOUGH:
            top = min((each.y for each in inside), default=round(0.6 * height))
            foot = max((each.foot for each in inside), default=round(1.6 * height))
            box = points(picture.dpi, *place.box(stretch.x0, top, stretch.x1, foot))
            yield InkMark(index, stretch.word, stretch.after, box, round(score, 2))


def _centre(word: ReadWord, scale: float) -> float:
    return (word.box.x0 + word.box.x1) / 2 * scale


def _stretches(
    line: ReadLine, scale: float, left: float, height: float, glyphs: Sequence[_Glyph]
) -> Iterator[_Stretch]:
    """Words with digits or badly read (of "751/TB-SYT" the digits), and gaps that hold ink but no word."""
    end = None
    for place, word in enumerate(line.words):
        x0, x1 = word.box.x0 * scale - left, word.box.x1 * scale - left
        if end is not None and x0 - end > 0.7 * height:
            ink = [each for each in glyphs if end <= each.x and each.x + each.width <= x0]
            if any(each.height >= 0.45 * height for each in ink):
                yield _Stretch(-1, place - 1, end, x0, 0.0, False)
        end = x1
        if not _is_candidate(word):
            continue
        match = _FILLED.match(word.text)
        filled = match.group() if match else word.text
        label = filled.rfind(":", 0, -1) + 1  # "Số:153/TB-VPCP"
        filled = filled[label:]
        if filled.strip(":.,") and (any(map(str.isdigit, filled)) or word.confidence < _UNSURE):
            start = x0 + label / len(word.text) * (x1 - x0)
            share = len(filled) / len(word.text)
            odd = _ODD_DIGITS.search(filled.strip(":.,;")) is not None
            yield _Stretch(place, place - 1, start, start + share * (x1 - x0), word.confidence, odd)


def _is_printed(
    glyph: _Glyph, line: ReadLine, stretches: Sequence[_Stretch], scale: float, left: float, height: float
) -> bool:
    """Whether a stroke belongs to a word that was surely printed, and is a letter of full size."""
    if not 0.4 * height <= glyph.height <= 1.15 * height or glyph.width > 2 * height:
        return False
    if any(each.x0 - 2 <= glyph.middle <= each.x1 + 2 for each in stretches):
        return False
    return any(word.box.x0 * scale - left - 2 <= glyph.middle <= word.box.x1 * scale - left + 2 for word in line.words)


def _score(stretch: _Stretch, inside: Sequence[_Glyph], printed: Sequence[_Glyph], height: float) -> float:
    """How far a stretch differs from the printed letters of its line."""
    import numpy as np

    score = 0.0
    if stretch.word >= 0:
        score += 1.0 if stretch.confidence < _UNSURE else 0.0
        score += 1.5 if stretch.odd else 0.0
    else:
        score += 1.5  # ink that no engine takes for type
    whole = [each for each in inside if each.height >= 0.4 * height]
    if not whole or not printed:
        # Digits that run into a rule, a stamp or one another: nothing to measure.
        return score + (1.0 if stretch.confidence < _UNSURE else 0.0)
    colour = float(np.mean([each.coloured for each in whole]))
    if colour > _COLOURED + float(np.mean([each.coloured for each in printed])):
        return score + 2.0
    tall = max(each.height for each in whole) / float(np.percentile([each.height for each in printed], 75))
    foot = (max(each.foot for each in whole) - float(np.median([each.foot for each in printed]))) / height
    stroke = float(np.median([each.stroke for each in whole])) / float(np.median([each.stroke for each in printed]))
    return score + abs(tall - 1) / _HEIGHT_STEP + abs(foot) / _FOOT_STEP + abs(stroke - 1) / _STROKE_STEP


def _glyphs(strip: Pixels, height: float) -> list[_Glyph]:
    """The strokes of a strip that are as large as letters."""
    import cv2
    import numpy as np

    grey = to_grey(strip)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = (grey < threshold).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    spread: npt.NDArray[np.int16] | None = None
    if strip.ndim == 3:
        wide = strip.astype(np.int16)
        spread = wide.max(2) - wide.min(2)
    out: list[_Glyph] = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        if h < 0.25 * height or area < 6 or w > 3 * height or y <= 0 or y + h >= strip.shape[0]:
            continue
        window = (slice(y, y + h), slice(x, x + w))
        mask = labels[window] == label
        stroke = float(np.percentile(depth[window][mask], 90)) * 2
        coloured = 0.0 if spread is None else float((spread[window][mask] > _SPREAD).mean())
        out.append(_Glyph(x, y, w, h, stroke, coloured))
    return out
