"""Finds where a picture of two pages side by side is parted: an open book, two A4 pages on a sheet of A3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.prepare import to_grey

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

LEAST_WIDE, _MOST_WIDE = 1.2, 2.2  # width over height
_LOOKED_AT = 1000  # pixels across
_MIDDLE = (0.4, 0.6)  # of the width, where the pages meet
_GUTTER = 0.03  # of the width, without text
_RULE = 12  # the height of a picture over the length from which an upright stroke is a fold or the edge of a page
_DARKER = 18  # grey levels from the paper around to ink
_FULL = 0.6  # of a page's width, a line of running text; of a list or a signature lines are shorter
_MANY, _SOME = 8, 3  # lines on the one page that run its whole width, and of any length on the other


@opencv_memory()
def find_fold(pixels: Pixels) -> float | None:
    """Where two pages meet, from 0 to 1 of the width; None where the picture shows one page.

    The lines of a page that lies on its side (a wide table, a form) run over its middle, and so does its title. Two columns
    of a leaflet are read like two pages.
    """
    height, width = pixels.shape[:2]
    if not LEAST_WIDE <= width / height <= _MOST_WIDE:
        return None
    ink = _ink(pixels)
    gutter = _gutter(ink)
    if gutter is None:
        return None
    left, right = _lines(ink[:, : gutter[0]]), _lines(ink[:, gutter[1] :])
    for one, other in ((left, right), (right, left)):
        if sum(share >= _FULL for share in one) >= _MANY and len(other) >= _SOME:
            return float((gutter[0] + gutter[1]) / 2 / ink.shape[1])
    return None


def _ink(pixels: Pixels) -> npt.NDArray[np.bool_]:
    """What is darker than the paper around it, without long upright strokes; a shadow along the fold is no ink."""
    import cv2
    import numpy as np

    scale = min(1.0, _LOOKED_AT / pixels.shape[1])
    grey = cv2.resize(to_grey(pixels), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, _DARKER)
    strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(8, grey.shape[0] // _RULE), 1), np.uint8))
    around = cv2.dilate(strokes, np.ones((3, 3), np.uint8))
    return np.asarray((dark > 0) & (around == 0), np.bool_)


def _gutter(ink: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """The widest stretch of columns in the middle that hold no more than specks."""
    width = ink.shape[1]
    first, last = (round(share * width) for share in _MIDDLE)
    empty = ink[:, first:last].mean(0) < 0.002
    best, start = (0, 0), None
    for at, free in enumerate([*empty, False]):
        if free and start is None:
            start = at
        elif not free and start is not None:
            best = max(best, (start, at), key=lambda stretch: stretch[1] - stretch[0])
            start = None
    return (first + best[0], first + best[1]) if best[1] - best[0] >= _GUTTER * width else None


def _lines(ink: npt.NDArray[np.bool_]) -> list[float]:
    """The lines of a page, each as the share of its width that it runs over."""
    import numpy as np

    rows = ink.sum(1) > 0.02 * ink.shape[1]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    found = []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        across = np.flatnonzero(ink[top:bottom].any(0))
        if 2 < bottom - top < 0.05 * len(ink):
            found.append(float(across[-1] - across[0]) / ink.shape[1])
    return found
