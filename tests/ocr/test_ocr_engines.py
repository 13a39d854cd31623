"""The engines themselves, on a bundled page drawn as a picture: text, boxes, quarter turns, a time limit."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.makers.ocr_fakes import real_engine
from vnadmin.ocr.engine import OcrEngine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead


@pytest.fixture(scope="module", params=["fast", "hybrid"])
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    """Each engine that is installed."""
    return real_engine(request.param)


def picture(page: Image.Image, quarter: int = 0) -> PagePicture:
    """The page, turned clockwise."""
    return PagePicture(np.asarray(page), 150).quarter_turned(quarter)


def test_page_is_read(engine: OcrEngine, page: Image.Image) -> None:
    """The motto is read with its marks, its box lies in the upper right quarter."""
    reading = engine.read(picture(page))
    assert reading.turned == 0
    motto = [line for line in reading.lines if "Độc lập - Tự do - Hạnh phúc" in line.text]
    assert len(motto) == 1
    word = next(word for word in motto[0].words if word.text == "phúc")
    assert word.box.x0 > reading.width / 2
    assert word.box.y1 < reading.height / 4
    assert 8 < word.box.y1 - word.box.y0 < 20
    assert 0.5 < word.confidence <= 1


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_quarter_turns_are_mended(engine: OcrEngine, page: Image.Image, quarter: int) -> None:
    """A page scanned sideways or on its head reads as the upright one does."""
    reading = engine.read(picture(page, quarter))
    assert reading.turned == (360 - quarter) % 360
    assert any("Độc lập - Tự do - Hạnh phúc" in line.text for line in reading.lines)
    assert (reading.width, reading.height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))


def test_grey_page_is_read(engine: OcrEngine, page: Image.Image) -> None:
    """A page without colour."""
    reading = engine.read(PagePicture(np.asarray(page.convert("L")), 150))
    assert any("Hạnh phúc" in line.text for line in reading.lines)


def test_blank_page_gives_no_lines(engine: OcrEngine) -> None:
    """White paper."""
    assert engine.read(PagePicture(np.full((1754, 1240), 255, np.uint8), 150)).lines == ()


def test_time_limit(engine: OcrEngine, page: Image.Image) -> None:
    """A page that takes longer than its time is given up."""
    with pytest.raises(PageNotRead) as caught:
        engine.read(picture(page), seconds=0.02)
    assert caught.value.code == "page_timeout"


def test_words_do_not_leave_the_page(engine: OcrEngine, page: Image.Image) -> None:
    """Boxes in points, left before right and top before bottom."""
    reading = engine.read(picture(page))
    for word in reading.words:
        assert -5 <= word.box.x0 < word.box.x1 <= reading.width + 5
        assert -5 <= word.box.y0 < word.box.y1 <= reading.height + 5
