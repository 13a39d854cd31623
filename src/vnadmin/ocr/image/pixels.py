"""Passes over all pixels of a page: in bands or by exact halves, so that they cost little beside the reading of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.image.memory import opencv_memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    Pixels: TypeAlias = npt.NDArray[np.uint8]

# Rows at a time: what is made of a band on the way stays in the processor's cache, where whole pages of 4 to 9 million
# pixels each cost a memory page fault for every 4 kB (ten times as long, measured).
_BAND = 128
_INK_SPREAD = 60  # max - min of R, G, B from which a pixel is coloured ink: seals and pens, not yellowed paper
_INK_DARK = 170  # its darkest channel, at most


def shrunk(pixels: Pixels, scale: float) -> Pixels:
    """The picture at about a scale of at most 1 (1 % more at most), each pixel the mean of those it stands for.

    Halved as often as that goes: OpenCV takes the mean of two by two thirty times as fast as of any other part.
    """
    import cv2
    import numpy as np

    while scale <= 0.505 and min(pixels.shape[:2]) > 1:  # a picture of one line stays one
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        pixels = np.asarray(
            cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )
        scale *= 2
    if scale < 0.99 and min(pixels.shape[:2]) > 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return pixels


def brightest(colour: Pixels) -> Pixels:
    """The brightest channel of each pixel."""
    import cv2
    import numpy as np

    out = np.empty(colour.shape[:2], np.uint8)
    for rows, red, green, blue in _bands(colour):
        cv2.max(cv2.max(red, green), blue, dst=out[rows])
    return out


def brightest_and_ink(colour: Pixels) -> tuple[Pixels, Pixels]:
    """The brightest channel of each pixel, and 1 where there is coloured ink, 0 elsewhere."""
    import cv2
    import numpy as np

    bright = np.empty(colour.shape[:2], np.uint8)
    ink = np.empty(colour.shape[:2], np.uint8)
    for rows, red, green, blue in _bands(colour):
        high = cv2.max(cv2.max(red, green), blue, dst=bright[rows])
        low = cv2.min(cv2.min(red, green), blue)
        _, spread = cv2.threshold(cv2.subtract(high, low), _INK_SPREAD, 1, cv2.THRESH_BINARY)
        _, dark = cv2.threshold(low, _INK_DARK - 1, 1, cv2.THRESH_BINARY_INV)
        cv2.bitwise_and(spread, dark, dst=ink[rows])
    return bright, ink


@opencv_memory()
def without_idle_colour(shown: Pixels) -> Pixels:
    """A copy of a picture, in grey where its colours are nothing but greys: a grey page is read faster."""
    import cv2
    import numpy as np

    if shown.ndim == 2:
        return shown.copy()
    grey = np.empty(shown.shape[:2], np.uint8)
    for rows, red, green, blue in _bands(shown):
        if cv2.norm(red, green, cv2.NORM_INF) or cv2.norm(red, blue, cv2.NORM_INF):
            return np.array(shown)
        grey[rows] = red
    return grey


def _bands(colour: Pixels) -> Iterator[tuple[slice, Pixels, Pixels, Pixels]]:
    """Red, green and blue of some rows at a time, from the top."""
    import cv2
    import numpy as np

    for top in range(0, colour.shape[0], _BAND):
        rows = slice(top, top + _BAND)
        red, green, blue = (np.asarray(channel, np.uint8) for channel in cv2.split(colour[rows]))
        yield rows, red, green, blue
