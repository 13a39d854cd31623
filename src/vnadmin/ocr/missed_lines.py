"""Finds lines of print that an engine's layout left out: beside a seal, crossed by a pen, alone on their height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.ocr.image.components import ink_of, pieces, shade
from vnadmin.text.syllable import is_syllable

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

_MOST = 16  # lines of a page; more are a picture
_LETTERS, _LONG = 2, 3.0  # of a line: pieces of letter size, and its length (of the usual height); script joins letters
_USUAL = 0.085  # of an inch: the height of capitals of 13 points, where nothing was read to measure
_LEAST, _TALLEST, _WIDEST = 0.45, 1.9, 8.0  # of the usual height: a letter's height and width
_GAP = 2.6  # the same: between letters of one line; words stand 0.4 to 0.8 apart, one of them may be under a seal
_MARGINS = (1.8, 0.9, 0.3)  # the same: paper read on both sides, for letters that a stroke of the pen holds
_BESIDE = 2.0  # the same: what stands nearer to a word that was read goes on its line
_ABOVE, _BELOW = 0.75, 0.5  # the same: for marks over capitals and the feet of letters
_TALL_LINE = 2.2  # the same
_DARK, _FAINT = 0.5, 0.3  # from ink to white: what is lighter, or nowhere darker, is the grey that a seal leaves
_FRAME, _CAPITALS = 12, 28  # pixels: white around a line, and the height of its letters that Tesseract reads best
_PLAIN, _HALF = 0.85, 0.5  # confidence of print that needs no other reading; what a doubtful word counts
_EDGE = 0.02  # of the page: what stands there is a shadow of the paper's edge


class Strip(NamedTuple):
    """A line that was left out: its corner in the page, how often it was enlarged, and its picture in a white frame."""

    x0: int
    y0: int
    scale: float
    pixels: Pixels

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the picture in pixels of the page."""
        left, top, right, foot = ((value - _FRAME) / self.scale for value in (x0, y0, x1, y1))
        return self.x0 + left, self.y0 + top, self.x0 + right, self.y0 + foot


def left_out(grey: Pixels, read: Sequence[tuple[float, float, float, float]], dpi: float) -> list[tuple[Strip, ...]]:
    """The lines of print outside the boxes that were read, from top to bottom, each with room at its ends and without.

    Args:
        grey: the level page, ink dark.
        read: boxes of words that were read, in its pixels.
        dpi: its resolution.
    """
    ink, _ = ink_of(grey)
    usual = _usual_height(read, dpi)
    height, width = ink.shape
    edge = round(_EDGE * width)
    ink[:, :edge] = ink[:, width - edge :] = 0
    for x0, y0, x1, y1 in read:
        ink[max(0, round(y0)) : round(y1) + 1, max(0, round(x0)) : round(x1) + 1] = 0
    found_ink = pieces(ink)
    boxes = found_ink.boxes()
    letters = boxes[
        (boxes[:, 3] >= _LEAST * usual)
        & (boxes[:, 3] <= _TALLEST * usual)
        & (boxes[:, 2] <= _WIDEST * usual)
        & (found_ink.areas >= 0.08 * boxes[:, 2] * boxes[:, 3])
    ]
    lines = _lines(sorted(map(tuple, letters.tolist())), usual)
    lines = [line for line in lines if not any(_goes_on(line, box, usual) for box in read)]
    if len(lines) > _MOST:
        return []
    found = []
    for x0, y0, x1, y1 in sorted(lines, key=lambda line: line[1]):
        top, foot = max(0, round(y0 - _ABOVE * usual)), min(height, round(y1 + _BELOW * usual))
        strips = []
        for margin in _MARGINS:
            left, right = max(0, round(x0 - margin * usual)), min(width, round(x1 + margin * usual))
            alone = _alone(grey[top:foot, left:right], (y0 - top, y1 - top))
            scale = _CAPITALS / (y1 - y0)
            strips.append(Strip(left, top, scale, _framed(alone, scale)))
        found.append(tuple(strips))
    return found


def _goes_on(line: tuple[int, int, int, int], box: tuple[float, float, float, float], usual: float) -> bool:
    """Whether a word that was read stands right beside, so that its line is known: figures by hand are no line."""
    x0, y0, x1, y1 = box
    across = min(line[3], y1) - max(line[1], y0)
    return across >= 0.5 * min(line[3] - line[1], y1 - y0) and x0 - line[2] < _BESIDE * usual > line[0] - x1


def _framed(alone: Pixels, scale: float) -> Pixels:
    import cv2
    import numpy as np

    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    sized = cv2.resize(alone, None, fx=scale, fy=scale, interpolation=way)
    return np.asarray(
        cv2.copyMakeBorder(sized, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=[255.0]), np.uint8
    )


def _alone(part: Pixels, band: tuple[int, int]) -> Pixels:
    """The line without the grey that seals leave, and without what reaches into it from above and below."""
    import cv2
    import numpy as np

    dark = shade(part[band[0] : band[1]], 0.03)
    ink = (part <= dark + _DARK * (255 - dark)).astype(np.uint8)
    found = pieces(ink)
    _, tops, _, tall = found.boxes().T
    feet = tops + tall
    quarter = (band[1] - band[0]) / 4
    reaches = ((tops == 0) | (feet == part.shape[0])) & ((feet <= band[0] + quarter) | (tops >= band[1] - quarter))
    faint = found.quantiles(part.reshape(-1)[found.at], 0.2) > dark + _FAINT * (255 - dark)
    kept = found.within(ink, ~(reaches | faint))
    near = cv2.dilate(kept, np.ones((3, 3), np.uint8))  # the soft edges of the letters
    return np.where(near > 0, part, 255).astype(np.uint8)


def _usual_height(read: Sequence[tuple[float, float, float, float]], dpi: float) -> float:
    """The height of a capital: words with a tall letter and a mark are a little taller."""
    heights = sorted(y1 - y0 for _, y0, _, y1 in read)
    return 0.85 * heights[len(heights) // 2] if len(heights) >= 20 else _USUAL * dpi * 1.25


def _lines(letters: Sequence[tuple[int, int, int, int]], usual: float) -> list[tuple[int, int, int, int]]:
    """Boxes around letters (x, y, width, height; by x) that stand beside each other."""
    lines: list[list[int]] = []  # x0, y0, x1, y1 and how many
    last: list[tuple[int, int]] = []  # top and foot of the last letter of each
    for x, y, w, h in letters:
        best, best_gap = -1, _GAP * usual
        for index, line in enumerate(lines):
            top, foot = last[index]
            across = min(foot, y + h) - max(top, y)
            gap = x - line[2]
            if across >= 0.5 * min(h, foot - top) and gap < best_gap:
                best, best_gap = index, gap
        if best < 0:
            lines.append([x, y, x + w, y + h, 1])
            last.append((y, y + h))
            continue
        line = lines[best]
        line[:] = [line[0], min(line[1], y), max(line[2], x + w), max(line[3], y + h), line[4] + 1]
        last[best] = (y, y + h)
    return [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1, count in lines
        if count >= _LETTERS and y1 - y0 <= _TALL_LINE * usual and x1 - x0 >= _LONG * usual
    ]


def is_convincing(words: Sequence[tuple[str, float]]) -> bool:
    """Whether words with confidences read like print, so that no other reading of the line is needed."""
    return bool(words) and all(sure >= _PLAIN and (is_syllable(_core(text)) or len(text) < 2) for text, sure in words)


def weight(words: Sequence[tuple[str, float]]) -> float:
    """How much of a line words with confidences can be: letters of sure syllables, against those that are none."""
    total = 0.0
    for text, sure in words:
        core = _core(text)
        total += len(core) * (sure if is_syllable(core) or core.isdigit() else min(sure, _HALF) - _HALF)
    return total


def _core(text: str) -> str:
    return text.strip(".,;:/()[]-–\"'“”‘’* ")
