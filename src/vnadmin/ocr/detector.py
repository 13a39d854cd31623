"""Finds the printed lines of a page with the PP-OCR line detector, as quadrangles; cuts a line out, straight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.ocr.models import DETECTORS, session

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    from vnadmin.ocr.image.pixels import Pixels

    Quad: TypeAlias = npt.NDArray[np.float32]  # four corners: top left, top right, bottom right, bottom left

LONG_SIDE = 1280  # pixels; 1600 finds no more lines and costs 50 % more
_INK = 0.3  # probability from which a pixel belongs to a line
_LINE = 0.5  # mean probability from which a region is a line
_GROW = 1.8  # the network marks the core of a line; 1.6 cuts tone marks off capitals
_MEAN = (0.485, 0.456, 0.406)
_DEVIATION = (0.229, 0.224, 0.225)


class LineDetector:
    """The network and what turns its map of probabilities into lines."""

    def __init__(self) -> None:
        self._session = session(*DETECTORS)
        self._input: str = self._session.get_inputs()[0].name

    def find(self, pixels: Pixels) -> list[Quad]:
        """The lines of a page in rows from top to bottom, those of one row from left to right."""
        import cv2
        import numpy as np

        height, width = pixels.shape[:2]
        scale = min(1.0, LONG_SIDE / max(height, width))
        rows, columns = (max(32, round(side * scale / 32) * 32) for side in (height, width))
        small = cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        if small.ndim == 2:
            small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
        values = small[..., ::-1].astype(np.float32) / 255
        values = (values - np.array(_MEAN, np.float32)) / np.array(_DEVIATION, np.float32)
        chances = self._session.run(None, {self._input: values.transpose(2, 0, 1)[None]})[0][0, 0]
        return _in_rows(_lines(chances, width / columns, height / rows))


def _lines(chances: npt.NDArray[np.float32], across: float, down: float) -> list[Quad]:
    import cv2
    import numpy as np
    import pyclipper

    quads: list[Quad] = []
    outlines, _ = cv2.findContours((chances > _INK).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        core = cv2.minAreaRect(outline)
        long, short = max(core[1]), min(core[1])
        if short < 3:
            continue
        x, y, w, h = cv2.boundingRect(outline)
        inside = np.zeros((h, w), np.uint8)
        cv2.drawContours(inside, [outline - np.array([x, y], outline.dtype)], -1, 1, -1)
        if cv2.mean(chances[y : y + h, x : x + w], inside)[0] < _LINE:
            continue
        offset = pyclipper.PyclipperOffset()
        offset.AddPath(cv2.boxPoints(core).tolist(), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
        grown = offset.Execute(long * short * _GROW / (2 * (long + short)))
        if not grown:
            continue
        hull = cv2.minAreaRect(np.array(grown[0], np.float32).reshape(-1, 1, 2))
        if min(hull[1]) >= 5:
            corners = np.asarray(cv2.boxPoints(hull), np.float32)
            quads.append(_ordered(corners * np.array([across, down], np.float32)))
    return quads


def _ordered(corners: npt.NDArray[np.float32]) -> Quad:
    """Corners from the top left, clockwise."""
    import numpy as np

    by_x = corners[np.argsort(corners[:, 0])]
    left = by_x[:2][np.argsort(by_x[:2, 1])]
    right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _in_rows(quads: list[Quad]) -> list[Quad]:
    quads.sort(key=lambda quad: (float(quad[:, 1].mean()), float(quad[0][0])))
    out: list[Quad] = []
    row: list[Quad] = []
    for quad in quads:
        if row and float(quad[:, 1].mean() - row[0][:, 1].mean()) >= 0.5 * line_height(row[0]):
            out += sorted(row, key=lambda each: float(each[:, 0].min()))
            row = []
        row.append(quad)
    return out + sorted(row, key=lambda each: float(each[:, 0].min()))


def line_height(quad: Quad) -> float:
    """Length of a line's left edge in pixels."""
    return float(((quad[3] - quad[0]) ** 2).sum() ** 0.5)


def line_width(quad: Quad) -> float:
    """Length of a line's upper edge in pixels."""
    return float(((quad[1] - quad[0]) ** 2).sum() ** 0.5)


def cut(pixels: Pixels, quad: Quad) -> Pixels | None:
    """The picture of one line, made straight; None where it has no size."""
    import cv2
    import numpy as np

    width = int(max(line_width(quad), float(np.linalg.norm(quad[3] - quad[2]))))
    height = int(max(line_height(quad), float(np.linalg.norm(quad[1] - quad[2]))))
    if width < 4 or height < 4:
        return None
    to = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, to)
    out = cv2.warpPerspective(pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.asarray(out, dtype=np.uint8)


class Placing:
    """Where pixels of a line's picture stand on the page."""

    def __init__(self, quad: Quad, width: int, height: int) -> None:
        self._origin = quad[0]
        self._across = (quad[1] - quad[0]) / max(width, 1)
        self._down = (quad[3] - quad[0]) / max(height, 1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The upright box on the page of a word of the line: its own size about its own middle."""
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        x = float(self._origin[0] + mx * self._across[0] + my * self._down[0])
        y = float(self._origin[1] + mx * self._across[1] + my * self._down[1])
        w = (x1 - x0) / 2 * float((self._across**2).sum() ** 0.5)
        h = (y1 - y0) / 2 * float((self._down**2).sum() ** 0.5)
        return x - w, y - h, x + w, y + h
