"""Takes the streaks of a scanner off a page: thin lines from its top to its foot that cut words and columns apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.prepare import PagePicture, to_grey

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

_INK = 128  # grey below which a pixel is ink
_WHOLE = 0.9  # share of a column's pixels that are ink: no rule of a table or frame is as long as the page
_PAGE = 400.0  # points: in a lower picture an "11" is as long as the page
_EDGE = 0.3  # the same of the columns beside them
_APART = 6  # columns between two runs of one streak
_WIDEST = 12.0  # of an inch: 2 mm; what is wider is the shadow of an edge


@opencv_memory()
def without_streaks(picture: PagePicture) -> PagePicture:
    """The picture with streaks made paper, but for print that goes on at both sides of one; itself where it has none."""
    import numpy as np

    if picture.height < _PAGE:
        return picture
    grey = to_grey(picture.pixels)
    streaks = list(_streaks((grey < _INK).mean(0), picture.dpi / _WIDEST))
    if not streaks:
        return picture
    pixels = picture.pixels.copy()
    paper = np.uint8(np.median(grey))
    for start, end in streaks:
        crossed = (grey[:, start - 1] < _INK) & (grey[:, end] < _INK)
        pixels[:, start:end][~crossed] = paper
    return PagePicture(pixels, picture.dpi, picture.upright)


def _streaks(ink: npt.NDArray[np.float64], widest: float) -> Iterator[tuple[int, int]]:
    """Runs of columns that are ink from top to foot, with the half-grey ones at their edges and between two of them."""
    import numpy as np

    whole = np.flatnonzero(ink > _WHOLE)
    parted = np.flatnonzero(np.diff(whole) > _APART) + 1
    for run in np.split(whole, parted) if len(whole) else ():
        start, end = int(run[0]), int(run[-1]) + 1
        while start > 0 and ink[start - 1] > _EDGE:
            start -= 1
        while end < len(ink) and ink[end] > _EDGE:
            end += 1
        if start > 0 and end < len(ink) and end - start <= widest:
            yield start, end
