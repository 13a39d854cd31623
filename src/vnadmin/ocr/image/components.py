"""Connected pieces of ink: how large each is and which pixels are its own, at the cost of the ink and not of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

    Indices: TypeAlias = npt.NDArray[np.intp]


class Pieces(NamedTuple):
    """The pieces of a picture, numbered from 0.

    cv2.connectedComponentsWithStats gives the same, but counts the paper pixel by pixel, too: four times as long.
    """

    width: int  # of the picture
    at: Indices  # the pixels of ink, as places in the flattened picture, row by row
    of: Indices  # the piece of each
    areas: Indices  # pixels of each piece

    def boxes(self) -> Indices:
        """x, y, width and height of each piece."""
        import numpy as np

        rows, columns = np.divmod(self.at, self.width)
        out = np.empty((len(self.areas), 4), np.intp)
        for side, places in enumerate((columns, rows)):
            low = np.full(len(self.areas), np.iinfo(np.intp).max)
            high = np.zeros(len(self.areas), np.intp)
            np.minimum.at(low, self.of, places)
            np.maximum.at(high, self.of, places)
            out[:, side], out[:, side + 2] = low, high - low + 1
        return out

    def quantiles(self, values: npt.NDArray[np.generic], share: float) -> npt.NDArray[np.float64]:
        """Of each piece the value below which this share of its pixels' values lies; `values` as `at`."""
        import numpy as np

        order = np.lexsort((values, self.of))
        ends = np.cumsum(self.areas)
        place = ends - self.areas + share * (self.areas - 1)
        low = place.astype(np.intp)
        high = np.minimum(low + 1, ends - 1)
        below, above = (values[order[index]].astype(np.float64) for index in (low, high))
        return below + (above - below) * (place - low)

    def within(self, ink: Pixels, chosen: npt.NDArray[np.bool_]) -> Pixels:
        """The picture of the chosen pieces alone; `ink` is the picture of all."""
        out = ink.copy()
        out.reshape(-1)[self.at[~chosen[self.of]]] = 0
        return out


def pieces(ink: Pixels) -> Pieces:
    """The pieces of a picture of 0 and 1; pixels that touch at a corner belong together."""
    import cv2
    import numpy as np

    _, labels = cv2.connectedComponents(ink, connectivity=8)
    at = np.flatnonzero(ink.view(np.bool_))  # of truth values: five times as fast as of numbers
    of = np.asarray(labels, np.int32).reshape(-1)[at].astype(np.intp) - 1
    return Pieces(ink.shape[1], at, of, np.bincount(of))


def ink_of(grey: Pixels) -> tuple[Pixels, float]:
    """Where there is ink, as 0 and 1, by the threshold that parts dark from light best; and that threshold."""
    import cv2
    import numpy as np

    threshold, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(ink, np.uint8), float(threshold)


def shade(pixels: Pixels, share: float) -> float:
    """The grey below which this share of the pixels is: np.percentile, which sorts, takes ten times as long."""
    import numpy as np

    up_to = np.cumsum(np.bincount(pixels.reshape(-1), minlength=256))
    place = share * (int(up_to[-1]) - 1)
    low = int(place)
    below, above = np.searchsorted(up_to, (low, min(low + 1, int(up_to[-1]) - 1)), "right")
    return float(below + (above - below) * (place - low))
