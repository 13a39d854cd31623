"""OCR engines that fail in the ways in which the real ones do; made by name, so that worker processes can make them."""

from __future__ import annotations

import os
import signal

import pytest

from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable
from vnadmin.layout.page import Box
from vnadmin.ocr import engine as ocr
from vnadmin.ocr.engine import EngineName, OcrEngine, choose_engine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead, PageReading, ReadLine, ReadWord
from vnadmin.source.scan import pages
from vnadmin.source.scan.pages import MakeEngine


def real_engine(name: EngineName) -> OcrEngine:
    """The engine itself, or a skip that says what this machine lacks."""
    try:
        return choose_engine(name)
    except OcrUnavailable as error:
        pytest.skip(f"OCR engine {name!r}: {error}")


def read_by(monkeypatch: pytest.MonkeyPatch, make_engine: MakeEngine) -> None:
    """Have pictures read by this engine, whatever is installed; in modules that are not compiled, so of both builds."""
    monkeypatch.setattr(ocr, "installed_engines", lambda: ("fast",))
    monkeypatch.setattr(pages, "choose_engine", lambda choice, tessdata: make_engine(Config(tessdata=tessdata)))


def line(text: str, x: float, y: float, size: float = 13.0, confidence: float = 0.96) -> ReadLine:
    """A line of words set in type of this size, its top at `y` points."""
    words = []
    for part in text.split():
        width = 0.5 * size * len(part)
        words.append(ReadWord(part, Box(x, y, x + width, y + 0.9 * size), confidence))
        x += width + 0.25 * size
    return ReadLine(tuple(words))


class Fake:
    """Reads every page as one line that gives the number of pages read so far."""

    name = "fake"

    def __init__(self) -> None:
        self.pages = 0

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        self.pages += 1
        return self.reading(picture, line(f"Trang thứ {self.pages} được đọc", 85, 300))

    def reading(self, picture: PagePicture, *lines: ReadLine) -> PageReading:
        """A reading of these lines."""
        return PageReading(picture.width, picture.height, 0, 0.0, picture.dpi, self.name, lines)


def _is_marked(picture: PagePicture) -> bool:
    """Whether this is the page that the tests make trouble on: it has a black corner."""
    return int(picture.pixels[:8, :8].max()) < 100


class Broken(Fake):
    """Gives up on the marked page."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        if _is_marked(picture):
            raise PageNotRead("page_broken", "Tesseract failed on this page.")
        return super().read(picture, seconds)


class Killed(Fake):
    """Its process is killed on the marked page, as the kernel does when memory runs out."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        if _is_marked(picture):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(picture, seconds)


class Hanging(Fake):
    """Never comes back from the marked page."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        if _is_marked(picture):
            while True:  # uses the processor: ended by its time, however busy the machine is
                pass
        return super().read(picture, seconds)


class Greedy(Fake):
    """Asks for more memory than there is on the marked page."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        if _is_marked(picture):
            raise MemoryError
        return super().read(picture, seconds)


class GreedyOpenCV(Fake):
    """The same of OpenCV, which has an error of its own."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        if _is_marked(picture):
            import cv2
            import numpy as np

            cv2.resize(np.zeros((8, 8), np.uint8), (1 << 30, 1 << 30))  # an exabyte
        return super().read(picture, seconds)


class Blank(Fake):
    """Finds nothing."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        return self.reading(picture)


def make_fake(config: Config) -> Fake:
    """Makes `Fake`."""
    return Fake()


def make_broken(config: Config) -> Fake:
    """Makes `Broken`."""
    return Broken()


def make_killed(config: Config) -> Fake:
    """Makes `Killed`."""
    return Killed()


def make_hanging(config: Config) -> Fake:
    """Makes `Hanging`."""
    return Hanging()


def make_greedy(config: Config) -> Fake:
    """Makes `Greedy`."""
    return Greedy()


def make_greedy_opencv(config: Config) -> Fake:
    """Makes `GreedyOpenCV`."""
    return GreedyOpenCV()


def make_blank(config: Config) -> Fake:
    """Makes `Blank`."""
    return Blank()
