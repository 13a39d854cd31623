"""Finds round seals in plain ink: rings on pages in black and white, and red ones too pale to stand out as red.

Takes seals off the print that they lie on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vnadmin.ocr.image.components import shade
from vnadmin.ocr.image.pixels import shrunk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

_DPI = 75.0  # rings are looked for on a picture reduced to this
# From paper to black: what is darker is ink; the next where one shows no ring. The last shows the teeth of a frame like a stamp's.
_DARK = (0.25, 0.2, 0.12)
_LEAST, _LARGEST = 13, 22  # millimetres: the radius of a seal
_APART = 15  # millimetres between the middles of two
_MOST = 30  # rings that are looked at
# Measured on 179 pages with 71 seals: rings of seals show on 0.65 of their length and more, rings through lines of print
# on 0.57 at most; outside a seal there is paper, outside a ring through print there is as much ink as on it.
_SHOWN = 0.62
_CLEARER = 0.37  # by which the ring shows more than a ring a little outside it
_OUTSIDE = (1.3, 2.2)  # millimetres: there; a seal's frame may be two lines
_AROUND = 120  # points of a ring that are looked at
_RED = 40  # how much red stands out of green and blue in the ink of a stamp
_INK, _PALE = 50, 105  # of coloured ink: its spread over the channels, and the brightest of them, at least
_BEYOND = 1.03  # of a seal's radius: red ink there is a stamp's that sets a name or a post
_OWN = 0.55  # of a seal's radius above and below its middle: what it says there is its own


def find_rings(
    grey: Pixels, dpi: float, print_boxes: Sequence[tuple[float, float, float, float]] = ()
) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes, in pixels, of rings as large as a seal's, clearest first, whatever signature or name crosses them.

    Args:
        grey: the page.
        dpi: its resolution.
        print_boxes: boxes of words that were surely read. No ring is looked for in their ink, which is most of a page's
            and costs most of the time; how clear a ring shows is measured with it.
    """
    small = shrunk(grey, min(1.0, _DPI / dpi))
    scale = small.shape[1] / grey.shape[1]
    paper = shade(small, 0.5)
    mm = dpi * scale / 25.4
    clear = [tuple(max(0, int(side * scale)) for side in box) for box in print_boxes]
    found = next(filter(None, (_rings(small < (1 - dark) * paper, mm, clear) for dark in _DARK)), [])
    return tuple(((x - r) / scale, (y - r) / scale, (x + r) / scale, (y + r) / scale) for x, y, r in found)


def _rings(
    dark: npt.NDArray[np.bool_], mm: float, print_boxes: Sequence[tuple[int, ...]]
) -> list[tuple[float, float, float]]:
    """Middle and radius of the rings of dark pixels, so many of which make a millimetre; clearest first."""
    import cv2
    import numpy as np

    ink = np.asarray(dark * 255, np.uint8)
    searched = ink.copy()
    for x0, y0, x1, y1 in print_boxes:
        searched[y0 : y1 + 1, x0 : x1 + 1] = 0
    found = cv2.HoughCircles(
        cv2.GaussianBlur(searched, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        1,
        minDist=_APART * mm,
        param1=80,
        param2=16,
        minRadius=round(_LEAST * mm),
        maxRadius=round(_LARGEST * mm),
    )
    if found is None:
        return []
    near = np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8)), np.uint8)
    rings = []
    for x, y, radius in found.reshape(-1, 3)[:_MOST].astype(float).tolist():
        for r in (radius - 1, radius, radius + 1):
            shown = ring_share(near, x, y, r, _AROUND)
            clearer = shown - min(ring_share(near, x, y, r + out * mm, _AROUND) for out in _OUTSIDE)
            if shown >= _SHOWN and clearer >= _CLEARER:
                rings.append((clearer, x, y, r))
    best: list[tuple[float, float, float]] = []
    for _, x, y, r in sorted(rings, reverse=True):
        if all(math.hypot(x - other[0], y - other[1]) >= _APART * mm for other in best):
            best.append((x, y, r))
    return best


def ring_share(ink: Pixels, x: float, y: float, radius: float, around: int = 90) -> float:
    """The share of a circle on which there is ink, of so many points of it."""
    import numpy as np

    turns = np.linspace(0, 2 * math.pi, around, endpoint=False)
    columns = np.round(x + radius * np.cos(turns)).astype(int)
    rows = np.round(y + radius * np.sin(turns)).astype(int)
    height, width = ink.shape
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    return float((ink[rows[inside], columns[inside]] > 0).sum()) / around


def without_seal(pixels: Pixels, seal: Sequence[float], half: float, *, plainer: bool) -> Pixels:
    """The grey of a picture without the ring and the colour of a seal; red ink outside the seal stays, as stamped names.

    Args:
        pixels: the picture, grey or in colour.
        seal: the seal's box, in its pixels.
        half: half the width of the ring's line.
        plainer: what a seal in plain ink says in its middle goes too, and pale ink of any colour.
    """
    import cv2
    import numpy as np

    rows, columns = np.ogrid[: pixels.shape[0], : pixels.shape[1]]
    down, across = rows - (seal[1] + seal[3]) / 2, columns - (seal[0] + seal[2]) / 2
    away = np.hypot(across, down)
    radius = (seal[2] - seal[0]) / 2
    if pixels.ndim == 2:
        gone = np.abs(away - radius) < half
        if plainer:
            gone |= (away < radius) & (np.abs(down) < _OWN * radius)
        return np.where(gone, np.uint8(255), pixels)
    red, green, blue = cv2.split(pixels)
    bright = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    low = cv2.min(cv2.min(red, green), blue)
    stamped = (cv2.subtract(red, cv2.max(green, blue)) > _RED) & (away > _BEYOND * radius)
    if plainer:
        bright = np.where((cv2.subtract(bright, low) > _INK) & (bright > _PALE), np.uint8(255), bright)
    return np.where(stamped, np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8), bright)
