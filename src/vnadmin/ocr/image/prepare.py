"""Prepares a page picture: colour dropped, specks removed, skew and quarter turns found; maps boxes back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from vnadmin.layout.page import Box
from vnadmin.ocr.image.components import ink_of, pieces, shade
from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.pixels import brightest, brightest_and_ink
from vnadmin.ocr.image.rings import ring_share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

    Numbers: TypeAlias = npt.NDArray[np.float32]

MAX_DPI = 300.0  # measured: 300 reads no better than 200 and costs 40 % more; above 300 only time is spent
A4_LONG_SIDE = 11.69  # inches
_SPECKLED = 4e-5  # specks for each pixel of a page from which on it is speckled
_MAX_SKEW = 6.0  # degrees; more is a page laid on the glass by chance, which quarter turns and the detector handle
MIN_SKEW = 0.15

_REDUCED = 900  # long side, in pixels, of the picture on which skew and quarter turns are looked for
_SEAL_DPI = 60.0  # seals are looked for on a picture reduced to this
_RED = 40  # how much red stands out of green and blue in the ink of a seal
_SAMPLED = 4  # pixels: the step at which red is looked for before seals are
_RING = 0.55  # share of a ring that shows: a signature, a letter's edge or worn rubber break it
_LOST_CONTRAST = 0.5  # a line whose decoloured contrast falls below this share of its grey contrast is coloured text


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: 8-bit pixels, grey (height, width) or RGB (height, width, 3), and how many of them make an inch.

    `upright`: it is known how the page stands, so that engines need not try quarter turns: a line or two tell too little.
    """

    pixels: Pixels
    dpi: float
    upright: bool = False

    @property
    def width(self) -> float:
        """Width in points."""
        return float(self.pixels.shape[1]) * 72 / self.dpi

    @property
    def height(self) -> float:
        """Height in points."""
        return float(self.pixels.shape[0]) * 72 / self.dpi

    def quarter_turned(self, degrees: int) -> PagePicture:
        """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
        import numpy as np

        turned = np.rot90(self.pixels, -degrees // 90 % 4)
        return PagePicture(np.ascontiguousarray(turned), self.dpi)


@dataclass(frozen=True, slots=True)
class Turn:
    """A rotation by a small angle about the middle of a picture; maps boxes of the turned picture back onto it."""

    degrees: float
    width: int
    height: int

    def back(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box, in pixels of the picture before the turn, of a word that stands at these pixels after it.

        A skewed word's upright hull would grow by its slope; the box keeps the word's size and moves its middle.
        """
        if not self.degrees:
            return x0, y0, x1, y1
        angle = math.radians(self.degrees)
        cx, cy = self.width / 2, self.height / 2
        mx, my = (x0 + x1) / 2 - cx, (y0 + y1) / 2 - cy
        # cv2.getRotationMatrix2D turns counter-clockwise for a positive angle; this is its inverse.
        x = cx + mx * math.cos(angle) - my * math.sin(angle)
        y = cy + mx * math.sin(angle) + my * math.cos(angle)
        w, h = (x1 - x0) / 2, (y1 - y0) / 2
        return x - w, y - h, x + w, y + h


def points(dpi: float, x0: float, y0: float, x1: float, y1: float) -> Box:
    """A box in pixels as a box in points."""
    scale = 72 / dpi
    return Box(x0 * scale, y0 * scale, x1 * scale, y1 * scale)


def likely_dpi(width: int, height: int, stated: float | None = None) -> float:
    """Pixels an inch of a picture without a page: what the file states where that makes a sheet, else as if it were A4.

    Phones and screen shots state 72 or nothing (seen: 710 x 1035 pixels of a whole page).
    """
    if stated and 5 <= min(width, height) / stated <= 13 and 6 <= max(width, height) / stated <= 20:
        return stated
    return max(width, height) / A4_LONG_SIDE


@opencv_memory()
def reduced_to(picture: PagePicture, dpi: float = MAX_DPI) -> PagePicture:
    """The picture at no more than `dpi`."""
    if picture.dpi <= dpi * 1.02:
        return picture
    import cv2

    least = 1 / min(picture.pixels.shape[:2])  # a picture of one line at 2,000 dpi stays a line
    scale = max(dpi / picture.dpi, least)
    small = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return replace(picture, pixels=_pixels(small), dpi=max(dpi, picture.dpi * least))


def to_grey(pixels: Pixels) -> Pixels:
    """Plain grey."""
    if pixels.ndim == 2:
        return pixels
    import cv2

    return _pixels(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def drop_colour(pixels: Pixels) -> Pixels:
    """The brightest channel: a red seal and a blue pen go pale, black toner stays dark even under the ink."""
    return pixels if pixels.ndim == 2 else brightest(pixels)


def drop_colour_but_text(pixels: Pixels, dpi: float, seals: Sequence[tuple[float, float, float, float]] = ()) -> Pixels:
    """As `drop_colour`, but coloured ink shaped like a printed line, and coloured paper, keep their grey.

    A rubber stamp sets name, post or urgency in red or blue (seen: "PHÓ GIÁM ĐỐC", "HỎA TỐC"); a screen shot shows
    selected lines white on blue. Lines are also best looked for on this picture: on the coloured one the detector
    cuts off the letters under a seal ("PHÓ CHỦ TỊCH" -> "CHỦ TỊCH"). The letters within `seals` go, too.
    """
    if pixels.ndim == 2:
        return pixels
    import cv2
    import numpy as np

    plain, ink = brightest_and_ink(pixels)
    if cv2.countNonZero(ink) < 40:
        return plain
    mm = dpi / 25.4
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(2.5 * mm))), np.uint8))
    found = pieces(_pixels(joined))
    out = plain
    grey: Pixels | None = None
    for (x, y, w, h), area in zip(found.boxes().tolist(), found.areas.tolist(), strict=True):
        part = slice(max(0, y - 2), y + h + 2), slice(max(0, x - 2), x + w + 2)
        # 1.5 to 9 mm tall, several letters wide: a line of type. A seal is 30 mm of both, a pen stroke taller.
        line = 1.5 * mm <= h <= 9 * mm and w >= 4 * h and w >= 10 * mm and _mostly_coloured(ink[part], plain[part])
        paper = h >= 3 * mm and w >= 10 * mm and area > 0.6 * w * h and int(ink[part].sum()) > 0.6 * w * h
        if (line or paper) and not in_seal(x + w / 2, y + h / 2, seals):
            if grey is None:
                grey = to_grey(pixels)
                out = plain.copy()
            out[part] = grey[part]
    return out


def find_seals(pixels: Pixels, dpi: float) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes, in pixels, of round red seals: rings 26 to 46 mm across, whatever signature or name crosses them."""
    if pixels.ndim == 2:
        return ()
    import cv2
    import numpy as np

    scale = max(min(1.0, _SEAL_DPI / dpi), 1 / min(pixels.shape[:2]))
    mm = dpi * scale / 25.4
    least = 40 * mm  # pixels of red in the reduced picture
    if _red_sample(pixels) < least / 2 / (scale * _SAMPLED) ** 2:
        return ()
    # Not `shrunk`, here and in `estimate_skew`: a pixel more of a seal's ring and a hundredth of a degree change what is
    # read, now for better and now for worse.
    red, green, blue = cv2.split(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    _, red = cv2.threshold(cv2.subtract(red, cv2.max(green, blue)), _RED, 255, cv2.THRESH_BINARY)
    if cv2.countNonZero(red) < least:
        return ()
    rings = cv2.HoughCircles(
        cv2.GaussianBlur(red, (5, 5), 0),
        cv2.HOUGH_GRADIENT,
        1,
        minDist=24 * mm,
        param1=80,
        param2=14,
        minRadius=round(13 * mm),
        maxRadius=round(23 * mm),
    )
    if rings is None:
        return ()
    near = _pixels(cv2.dilate(red, np.ones((3, 3), np.uint8)))
    found = []
    for x, y, radius in rings.reshape(-1, 3)[:12].astype(float):
        if ring_share(near, x, y, radius) >= _RING:
            box = (x - radius, y - radius, x + radius, y + radius)
            found.append(tuple(float(value / scale) for value in box))
    return tuple((a, b, c, d) for a, b, c, d in found)


def _red_sample(colour: Pixels) -> int:
    """How many of one pixel in so many each way are somewhat red: most pages have no seal, and no need to be reduced."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(np.ascontiguousarray(colour[::_SAMPLED, ::_SAMPLED]))
    return int(
        cv2.countNonZero(cv2.threshold(cv2.subtract(red, cv2.max(green, blue)), _RED / 2, 1, cv2.THRESH_BINARY)[1])
    )


def without_specks(grey: Pixels, dpi: float) -> Pixels:
    """White where tiny specks stood (below 0.13 mm across) and dark in pin-holes of strokes, on speckled pages only.

    Works on connected components, so that the dots and hooks of Vietnamese letters survive: a median filter of 3 x 3
    kills them (three times as many wrong diacritics, measured).
    """
    import cv2
    import numpy as np

    ink, threshold = ink_of(grey)
    found = pieces(ink)
    small = found.areas <= max(1, round(2 * (dpi / 200) ** 2))
    if int(small.sum()) < _SPECKLED * grey.size:
        return grey
    out = grey.copy()
    specks = found.at[small[found.of]]
    around = np.asarray(cv2.medianBlur(grey, 5), np.uint8).reshape(-1)[specks]
    out.reshape(-1)[specks] = np.maximum(around, grey.reshape(-1)[specks])
    near = cv2.medianBlur(grey, 3)
    hole = (grey > 250) & (near <= threshold)
    out[hole] = near[hole]
    return out


@dataclass(frozen=True, slots=True)
class PageSkew:
    """How the lines of a page run: the skew of upright text, and whether they run up or down the page instead."""

    degrees: float  # turn counter-clockwise by this to mend
    sideways: bool
    blank: bool


def estimate_skew(grey: Pixels) -> PageSkew:
    """Looks for the angle at which the rows of ink are sharpest, on a reduced black and white picture.

    Sideways: ink gathers into columns far more sharply than into rows, which upright text never does.
    """
    import cv2
    import numpy as np

    height, width = grey.shape
    scale = max(min(1.0, _REDUCED / max(height, width)), 1 / min(height, width))  # a line of pixels stays one
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    black = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    found = pieces(_pixels(black))
    # Rules, seals and pictures have sharp edges of their own; single dots have none.
    longest, tallest = small.shape[1] * 0.12, small.shape[0] * 0.06
    _, _, widths, heights = found.boxes().T
    letters = (widths <= longest) & (heights <= max(tallest, longest)) & (found.areas >= 3)
    ys, xs = np.divmod(found.at[letters[found.of]], small.shape[1])
    if len(ys) < 300:
        return PageSkew(0.0, False, blank=len(ys) < 60)
    down = ys.astype(np.float32)
    across = xs.astype(np.float32) - small.shape[1] / 2

    @cache
    def score(angle: float) -> float:
        return sharpness(angle, down, across)

    def sharpness(angle: float, along: Numbers, over: Numbers) -> float:
        place = along - over * np.float32(math.tan(math.radians(angle)))
        step = np.diff(np.bincount((place - place.min()).astype(np.intp)).astype(np.float32))
        return float((step * step).sum())

    best = _search(score, _MAX_SKEW)
    centred = down - small.shape[0] / 2
    columns = max(sharpness(a, across, centred) for a in (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0))
    return PageSkew(best, sideways=columns > 2.0 * score(best), blank=False)


def turned(pixels: Pixels, degrees: float) -> tuple[Pixels, Turn]:
    """The picture turned counter-clockwise by a small angle, and the way back; a skew under 0.15 degrees are left."""
    height, width = pixels.shape[:2]
    if abs(degrees) < MIN_SKEW:
        return pixels, Turn(0.0, width, height)
    import cv2

    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    out = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return _pixels(out), Turn(degrees, width, height)


def contrast(pixels: Pixels) -> float:
    """Distance between the ink and the paper of a small picture of one line."""
    return shade(pixels, 0.8) - shade(pixels, 0.04)


def in_seal(x: float, y: float, seals: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a point lies on a seal. A name stamped beside or under it has its middle outside."""
    for x0, y0, x1, y1 in seals:
        across, down = (x - (x0 + x1) / 2) / ((x1 - x0) / 2), (y - (y0 + y1) / 2) / ((y1 - y0) / 2)
        if across * across + down * down <= 1:
            return True
    return False


def coloured_share(line: Pixels) -> float:
    """The share of coloured ink in the ink of a line: 0.85 and more in red type, 0.4 and less in black under a seal."""
    import numpy as np

    if line.ndim == 2:
        return 0.0
    grey = to_grey(line)
    ink = grey < shade(grey, 0.8) - 60
    if not ink.any():
        return 0.0
    wide = line.astype(np.int16)
    return float((wide.max(2) - wide.min(2) > 40)[ink].mean())


def coloured_text(plain: Pixels, grey: Callable[[], Pixels | None]) -> Pixels | None:
    """The line with its colour, where dropping that took away its text; not asked for where plain ink is dark enough."""
    least = contrast(plain)
    whole = grey() if least < _LOST_CONTRAST * 255 else None
    return whole if whole is not None and least < _LOST_CONTRAST * contrast(whole) else None


def dark_paper(grey: Pixels) -> bool:
    """Whether a line is set light on dark (a selected line of a screen shot)."""
    low, middle, high = (shade(grey, share) for share in (0.05, 0.5, 0.95))
    return middle - low < high - middle and middle < 140


def _search(score: Callable[[float], float], limit: float) -> float:
    """The angle with the best score: half degrees first, then tenths, then fiftieths about the best."""
    best = max((i * 0.5 for i in range(-int(limit * 2), int(limit * 2) + 1)), key=score)
    for step in (0.1, 0.02):
        middle = best
        best = max((middle + i * step for i in range(-5, 6)), key=score)
    return best


def _mostly_coloured(ink: Pixels, plain: Pixels) -> bool:
    """Whether a stretch holds more coloured ink than black toner."""
    return int(ink.sum()) > 2 * int((plain < 110).sum())


def _pixels(array: object) -> Pixels:
    import numpy as np

    return np.asarray(array, dtype=np.uint8)
