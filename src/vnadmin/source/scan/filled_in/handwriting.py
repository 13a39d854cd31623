"""Tells what was filled in by hand, by stamp or in a second print from the printed line that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.layout.page import Box
from vnadmin.ocr.detector import Placing, cut
from vnadmin.ocr.image.components import ink_of, pieces
from vnadmin.ocr.image.prepare import PagePicture, points, to_grey
from vnadmin.ocr.reading import ReadLine

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

# How far a stretch may differ from its line before it counts as filled in; each step of a measure is one point.
# Measured on 30 numbers and days that were filled in and 25 that were printed: 2.4 and more against 1.7 and less.
ENOUGH = 1.9
_HEIGHT_STEP = 0.12  # of the printed letters' height: written figures are 1.12 to 1.9 times as tall
_FOOT_STEP = 0.12  # of the line's height: written figures stand below or above the baseline
_STROKE_STEP = 0.25  # of the printed stroke's width
_COLOURED = 0.1  # share of coloured ink from which a blue pen or a red stamp is sure
_UNSURE = 0.9  # confidence of a reading below which it may be no type
_POOR = 0.6  # below it the reading alone is reason enough
_SPREAD = 50  # max - min of R, G, B of coloured ink
_LEAST_PRINTED = 4  # letters needed to compare with
_LEAST_HEIGHT = 6.0  # pixels of a line; lower ones show nothing


class Reading(NamedTuple):
    """What an engine made of a stretch: how sure it was, and whether the reading can be none of type ("0H", "/Q")."""

    confidence: float
    odd: bool


class _Glyph(NamedTuple):
    """A connected stroke: pixels of the line's strip."""

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


class LineInk:
    """The ink of one printed line, level, with room above and below. Distances along it are points of the page."""

    def __init__(self, picture: PagePicture, line: ReadLine, skew: float) -> None:
        import numpy as np

        self._picture = picture
        self._scale = picture.dpi / 72
        self.height = self._scale * median(word.box.y1 - word.box.y0 for word in line.words)
        box = line.box
        slope = float(np.tan(np.radians(skew)))
        self._left = box.x0 * self._scale - self.height
        right = box.x1 * self._scale + self.height
        middle = self._scale * median(
            (word.box.y0 + word.box.y1) / 2 - slope * (word.box.x0 + word.box.x1) / 2 for word in line.words
        )
        up, down = middle - 1.1 * self.height, middle + 1.1 * self.height
        corners = ((self._left, up), (right, up), (right, down), (self._left, down))
        quad = np.array([[x, y + slope * x] for x, y in corners], np.float32)
        self.strip = cut(picture.pixels, quad) if self.height >= _LEAST_HEIGHT else None
        if self.strip is not None:
            self._place = Placing(quad, self.strip.shape[1], self.strip.shape[0])
            self._grey = to_grey(self.strip)
            self._glyphs = _glyphs(self.strip, self._grey, self.height)

    @property
    def size(self) -> float:
        """The line's height in points."""
        return self.height / self._scale

    def score(self, x0: float, x1: float, reading: Reading | None, printed: Sequence[tuple[float, float]]) -> float:
        """How far what stands from `x0` to `x1` differs from print; `ENOUGH` and more was filled in.

        Args:
            x0, x1: the stretch.
            reading: what was read there, None for nothing.
            printed: stretches of the line that were surely printed.
        """
        inside = self._between(x0, x1)
        if reading is None:
            if not any(each.height >= 0.45 * self.height for each in inside):
                return 0.0  # a blank that was left blank
            score = 1.5  # ink that no engine takes for type
        else:
            score = (1.0 if reading.confidence < _UNSURE else 0.0) + (1.5 if reading.odd else 0.0)
            score += 1.0 if reading.confidence < _POOR else 0.0
        whole = [each for each in inside if each.height >= 0.4 * self.height]
        letters = [
            each
            for a, b in printed
            for each in self._between(a, b)
            if 0.4 * self.height <= each.height <= 1.15 * self.height and each.width <= 2 * self.height
        ]
        if not whole or len(letters) < _LEAST_PRINTED:
            # Figures that run into a rule, a stamp or one another: nothing to measure.
            return score + (1.0 if reading is None or reading.confidence < _UNSURE else 0.0)
        if mean(each.coloured for each in whole) > _COLOURED + mean(each.coloured for each in letters):
            return score + 2.0
        size = sorted(each.height for each in letters)[len(letters) * 3 // 4]
        tall = max(each.height for each in whole) / size
        foot = (max(each.foot for each in whole) - median(each.foot for each in letters)) / self.height
        stroke = median(each.stroke for each in whole) / max(median(each.stroke for each in letters), 0.1)
        return score + abs(tall - 1) / _HEIGHT_STEP + abs(foot) / _FOOT_STEP + abs(stroke - 1) / _STROKE_STEP

    def box(self, x0: float, x1: float) -> Box:
        """The box on the page of the ink from `x0` to `x1`."""
        inside = self._between(x0, x1)
        if not inside:
            return points(
                self._picture.dpi, *self._place.box(self._to(x0), 0.6 * self.height, self._to(x1), 1.6 * self.height)
            )
        left, right = min(each.x for each in inside), max(each.x + each.width for each in inside)
        top, foot = min(each.y for each in inside), max(each.foot for each in inside)
        return points(self._picture.dpi, *self._place.box(left, top, right, foot))

    def crop(self, x0: float, x1: float, room: float) -> Pixels | None:
        """The grey picture from `x0` to `x1`, with so many line heights of room above and below; None if too narrow."""
        import numpy as np

        if self.strip is None:
            return None
        middle = self.strip.shape[0] / 2
        reach = (0.5 + room) * self.height
        rows = slice(max(0, round(middle - reach)), round(middle + reach))
        columns = slice(max(0, round(self._to(x0))), max(0, round(self._to(x1))))
        part = self._grey[rows, columns]
        return np.ascontiguousarray(part) if part.shape[1] >= 4 and part.shape[0] >= 4 else None

    def _to(self, x: float) -> float:
        return x * self._scale - self._left

    def _between(self, x0: float, x1: float) -> list[_Glyph]:
        a, b = self._to(x0) - 2, self._to(x1) + 2
        return [each for each in self._glyphs if a <= each.middle <= b]


def _glyphs(strip: Pixels, grey: Pixels, height: float) -> list[_Glyph]:
    """The strokes of a strip that are as large as letters."""
    import cv2
    import numpy as np

    ink, _ = ink_of(grey)
    found = pieces(ink)
    depth = np.asarray(cv2.distanceTransform(ink, cv2.DIST_L2, 3), np.float32).reshape(-1)
    strokes = 2 * found.quantiles(depth[found.at], 0.9)
    coloured = np.zeros(len(found.areas))
    if strip.ndim == 3:
        wide = strip.reshape(-1, 3)[found.at].astype(np.int16)
        coloured = np.bincount(found.of, wide.max(1) - wide.min(1) > _SPREAD) / found.areas
    x, y, w, h = found.boxes().T
    whole = (h >= 0.25 * height) & (found.areas >= 6) & (w <= 3 * height) & (y > 0) & (y + h < strip.shape[0])
    columns = (column[whole].tolist() for column in (x, y, w, h, strokes, coloured))
    return [_Glyph(*values) for values in zip(*columns, strict=True)]
