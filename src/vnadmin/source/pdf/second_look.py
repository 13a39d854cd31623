"""Reads on the printed page of a PDF what stands in some boxes of its text: a layer may say what nobody sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.ocr.engine import OcrEngine
from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.scan.pages import chosen_engine

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from vnadmin.ocr.image.pixels import Pixels

Place = tuple[int, tuple[float, float, float, float]]  # a page, and a box on it in points
_DPI = (300.0, 220.0)
_AROUND = 2.5  # points beside a box that belong to its letters
_WHITE = 40  # pixels of margin, which engines want around a line


def read_boxes(data: bytes, places: Sequence[Place], config: Config) -> list[tuple[str, ...]]:
    """What an engine reads in each box, at each of two resolutions: where it reads two things it is not sure of one.

    Raises:
        OcrUnavailable: the engine or its data is missing.
    """
    from vnadmin.source.pdf.open import open_pdf

    engine = chosen_engine(config)
    found: dict[Place, list[str]] = {place: [] for place in places}
    pdf = open_pdf(data)
    try:
        pdf.init_forms()
        for number in sorted({number for number, _ in places}):
            for dpi in _DPI:
                sheet = _draw(pdf, number, dpi)
                for place in found:
                    if place[0] == number:
                        found[place].append(_read(engine, sheet, place[1], dpi, config.ocr_page_seconds))
    finally:
        pdf.close()
    return [tuple(found[place]) for place in places]


def _read(engine: OcrEngine, sheet: Pixels, box: tuple[float, float, float, float], dpi: float, seconds: float) -> str:
    import numpy as np

    scale, around = dpi / 72, round(_AROUND * dpi / 72)
    x0, y0, x1, y1 = (round(edge * scale) for edge in box)
    strip = sheet[max(0, y0 - around) : y1 + around, max(0, x0 - around) : x1 + around]
    if min(strip.shape) < 4:
        return ""
    try:
        with opencv_memory():
            reading = engine.read(PagePicture(np.pad(strip, _WHITE, constant_values=255), dpi), seconds)
    except (PageNotRead, MemoryError):
        return ""
    return " ".join(line.text for line in reading.lines)


def _draw(pdf: PdfDocument, number: int, dpi: float) -> Pixels:
    page = pdf[number - 1]
    try:
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        pixels: Pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        bitmap.close()
        return pixels
    finally:
        page.close()
