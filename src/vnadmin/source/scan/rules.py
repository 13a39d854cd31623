"""Finds the ruled lines of a page picture, so that its tables are read cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vnadmin.ocr.image.components import Pieces, pieces
from vnadmin.ocr.image.pixels import shrunk
from vnadmin.ocr.image.prepare import PagePicture, drop_colour, turned

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_DPI = 100.0  # rules are looked for on a picture reduced to this
_SHORTEST = 0.35  # inches; letters are shorter
_LEVEL = 0.5  # degrees: on a page that lies more askew it is the scratches of the scanner's glass that lean
_FEWEST = 2  # rules that lean so far: a table's edges; a scanner's scratch may be alone
_LONG = 150  # pixels: rules that tell how the page leans
_LEANING = 0.03  # of its length, to the side, at most: 1.7 degrees
_UPRIGHT = 0.005  # the same: less is the step of a pixel
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
    found = [
        *_boxes(np.asarray(across, np.uint8), 3),
        *_boxes(np.asarray(down, np.uint8), 2, leaning=abs(skew) < _LEVEL),
    ]
    return tuple((x * points, y * points, (x + w) * points, (y + h) * points) for x, y, w, h in found)


def _boxes(mask: npt.NDArray[np.uint8], thin_side: int, *, leaning: bool = False) -> list[tuple[int, int, int, int]]:
    """Boxes of the pieces of a mask that are thin: `thin_side` is the index of the side that must be.

    On a page that was drawn through the scanner askew the rules that run down lean, and the others do not: a rule that
    leans is told by its ink, and all that run down are set where they stand at half the page's height.
    """
    found = pieces(mask)
    boxes: list[tuple[int, int, int, int]] = []
    for (x, y, w, h), area in zip(found.boxes().tolist(), found.areas.tolist(), strict=True):
        thin, long = (w, h) if thin_side == 2 else (h, w)
        leans = area <= _THICKEST * long and thin <= _LEANING * long
        if thin <= 3 * _THICKEST or leans:
            boxes.append((x, y, w, h))
    thin_ones = [box for box in boxes if box[thin_side] <= 3 * _THICKEST]
    lean = _lean(found, boxes) if leaning and len(boxes) - len(thin_ones) >= _FEWEST else 0.0
    if abs(lean) < _UPRIGHT:
        return thin_ones
    middle = mask.shape[0] / 2
    return [(round(x + w / 2 - lean * (y + h / 2 - middle)) - 1, y, 2, h) for x, y, w, h in boxes]


def _lean(found: Pieces, boxes: Sequence[tuple[int, int, int, int]]) -> float:
    """How far the long ones of some rules lean to the right, for each pixel down."""
    import numpy as np

    long = [box for box in boxes if box[3] >= _LONG]
    whole = found.boxes().tolist()
    leans = []
    for number, box in enumerate(whole):
        if tuple(box) in long:
            rows, columns = np.divmod(found.at[found.of == number], found.width)
            leans.append(float(np.polyfit(rows, columns, 1)[0]))
    return float(np.median(leans)) if leans else 0.0
