"""Reads figures by hand with a small network of our own (bench/figures trains it; docs/decisions/0043)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.ctc import figures_along
from vnadmin.ocr.models import Model, model_bytes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

FIGURES = Model("vnadmin", "data/figures.onnx", "b0e10ef735dad008dc94c1377b998e5efbc221f7be12e98f28d8340824313240")
HEIGHT = 32  # the network's input: two line heights
_WIDEST = 192  # pixels at that height; a blank is no wider
_EDGES = (2, 6)  # columns of paper before and after
_FAINTEST = 25.0  # from paper to ink, of 255: less is noise


class FigureNet:
    """The network: a strip of a line, with some of the print beside the blank, to the figures alone.

    OpenCV runs it, so that it needs no package beyond those of the fast engine. Not shared between threads.
    """

    def __init__(self) -> None:
        import cv2
        import numpy as np

        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(model_bytes(FIGURES), np.uint8))

    def read(self, grey: Pixels) -> list[tuple[str, float]]:
        """The likeliest figures on a strip two line heights tall, with their probability, likeliest first."""
        self._net.setInput(_ink(grey)[None], "strip")
        return figures_along(self._net.forward()[0].tolist())


def _ink(grey: Pixels) -> npt.NDArray[np.float32]:
    """Ink 1 and paper 0 at the network's height."""
    import cv2
    import numpy as np

    wide = min(_WIDEST, max(8, round(grey.shape[1] * HEIGHT / grey.shape[0])))
    small = cv2.resize(grey, (wide, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper, black = float(np.percentile(small, 85)), float(np.percentile(small, 1))
    ink = np.clip((paper - small) / max(paper - black, _FAINTEST), 0, 1.2).astype(np.float32)
    return np.pad(ink, ((0, 0), _EDGES))
