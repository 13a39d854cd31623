"""Reads the picture of one line with AsterNet: letters with their place along the line and their probability."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.ocr.ctc import figures_along
from vnadmin.ocr.models import ASTERNET, ASTERNET_LETTERS, model_bytes, session

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

_HEIGHT = 32  # the network's input height
_WIDEST = 20  # width / height of a strip: it fails on strips wider than 1024 pixels


class Letter(NamedTuple):
    """One letter; `x0` and `x1` are pixels of the line's picture."""

    text: str
    x0: float
    x1: float
    chance: float


@dataclass(frozen=True, slots=True)
class Strip:
    """What the network read: letters from left to right, blanks between words included."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The line, set as one string."""
        return "".join(letter.text for letter in self.letters)

    @property
    def confidence(self) -> float:
        """Geometric mean of the letters' probabilities."""
        if not self.letters:
            return 0.0
        return math.exp(sum(math.log(max(each.chance, 1e-6)) for each in self.letters) / len(self.letters))


class AsterNet:
    """The network and its alphabet."""

    def __init__(self) -> None:
        self._letters: list[str] = json.loads(model_bytes(ASTERNET_LETTERS))["chars"]
        self._session = session(ASTERNET)

    def read(self, grey: Pixels) -> Strip:
        """Read a grey picture of one line."""
        letters: list[Letter] = []
        start = 0
        for piece in split_wide(grey):
            if letters and letters[-1].text != " ":
                letters.append(Letter(" ", start, start, 1.0))
            letters += self._read(piece, start)
            start += piece.shape[1]
        while letters and letters[-1].text == " ":
            letters.pop()
        while letters and letters[0].text == " ":
            letters.pop(0)
        return Strip(tuple(letters))

    def digits(self, grey: Pixels) -> list[tuple[str, float]]:
        """The likeliest readings of a short picture as figures alone, with their probability, likeliest first.

        The network was trained on handwriting too: held to figures it reads two thirds of the days that clerks fill
        in. The probability says how well the ink fits, not that it is right.
        """
        chances = self._chances(grey)[:, [0, *(self._letters.index(str(figure)) for figure in range(10))]]
        return figures_along(chances.tolist())

    def _chances(self, piece: Pixels) -> npt.NDArray[np.float32]:
        """Logarithms of the probability of each letter at each step along the picture."""
        import cv2
        import numpy as np

        height, width = piece.shape
        columns = max(32, (int(width * _HEIGHT / height) + 3) // 4 * 4)
        small = cv2.resize(piece, (columns, _HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        chances = self._session.run(None, {"images": np.repeat(small[None, None], 3, 1)})[0]
        return np.asarray(chances[:, 0] if chances.shape[1] == 1 else chances[0], np.float32)

    def _read(self, piece: Pixels, start: int) -> list[Letter]:
        chances = self._chances(piece)
        width = piece.shape[1]
        best = chances.argmax(1)
        log = chances.max(1)
        scale = width / len(best)
        letters: list[Letter] = []
        previous = 0
        for step, code in enumerate(best.tolist()):
            if code and code != previous:
                letters.append(
                    Letter(
                        self._letters[code],
                        start + (step - 0.5) * scale,
                        start + (step + 1.5) * scale,
                        math.exp(float(log[step])),
                    )
                )
            previous = code
        while letters and letters[0].text == " ":
            letters.pop(0)
        return letters


@lru_cache(maxsize=1)
def asternet() -> AsterNet:
    """The network of this process, loaded once (0.2 s); it keeps nothing of what it reads, and threads may share it."""
    return AsterNet()


def split_wide(grey: Pixels) -> list[Pixels]:
    """Pieces of a line no wider than the network takes, cut where there is least ink."""
    import numpy as np

    height, width = grey.shape
    if width <= _WIDEST * height * 1.2:
        return [grey]
    dark = (int(grey.min()) + int(np.median(grey))) // 2
    ink = (grey < dark).sum(0)
    smooth = np.convolve(ink, np.ones(max(3, int(height * 0.22))), "same")
    count = math.ceil(width / (_WIDEST * height))
    cuts = [0]
    for k in range(1, count):
        middle, reach = int(k * width / count), int(height * 2)
        first, last = max(cuts[-1] + height, middle - reach), min(width - height // 2, middle + reach)
        if last > first:
            cuts.append(first + int(np.argmin(smooth[first:last])))
    return [grey[:, a:b] for a, b in zip(cuts, [*cuts[1:], width], strict=True)]
