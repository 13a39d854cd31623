"""Finds the ruled lines of a page picture, so that its tables are read cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.image.components import pieces
from vnadmin.ocr.image.pixels import shrunk
from vnadmin.ocr.image.prepare import PagePicture, drop_colour, turned

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_DPI = 100.0  # rules are looked for on a picture reduced to this
_SHORTEST = 0.35  # inches; letters are shorter
_THICKEST = 4  # pixels of the reduced picture


def find_rules(picture: PagePicture, skew: float = 0.0) -> tuple[tuple[float, float, float, float], ...]:
    """Thin boxes of the ruled lines, in points from the top left, as if the page lay straight.

    None where rules do not run in two directions. `skew` is the slope of the page's lines in degrees.
    """
    import cv2
    import numpy as np

    scale = min(1.0, _DPI / picture.dpi)
    small, _ = turned(shrunk(drop_colour(picture.pixels), scale), skew)
    black = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
    # A thin rule goes pale as the picture shrinks, and steps by a pixel where it slopes or is broken: joined over one.
    ink = cv2.morphologyEx(black, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    points = picture.width / small.shape[1]
    length = round(_SHORTEST * 72 / points)
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    if not down.any():
        return ()  # most pages: underlines alone
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if not across.any():
        return ()
    found = [*_boxes(np.asarray(across, np.uint8), 3), *_boxes(np.asarray(down, np.uint8), 2)]
    return tuple((x * points, y * points, (x + w) * points, (y + h) * points) for x, y, w, h in found)


def _boxes(mask: npt.NDArray[np.uint8], thin_side: int) -> list[tuple[int, int, int, int]]:
    """Boxes of the pieces of a mask that are thin: `thin_side` is the index of the side that must be."""
    boxes = pieces(mask).boxes()
    return [(x, y, w, h) for x, y, w, h in boxes[boxes[:, thin_side] <= 3 * _THICKEST].tolist()]
