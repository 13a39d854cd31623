"""What an OCR engine gives: words with boxes and confidences, line by line, or a page that it could not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vnadmin.layout.page import Box


class RawWord(NamedTuple):
    """A word in pixels of the picture that was shown, as Tesseract or the vote of two readings gives it; confidence 0..1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    second: bool = False  # the second reading had the last word


class ReadWord(NamedTuple):
    """A word as an engine read it. The box is in points from the top left of the page as it was read (upright)."""

    text: str
    box: Box
    confidence: float  # 0..1, the engine's own, never by itself a reason to be certain; nan where none measured it


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Words that the engine holds to be one printed line, from left to right. A page's two columns may share one."""

    words: tuple[ReadWord, ...]
    reader: str = "tesseract"  # which recogniser had the last word: "tesseract", "asternet" or "both"
    middle: tuple[float, float] | None = None  # a point halfway between top and foot of the line, where one knows it
    height: float | None = None  # of the strip in which the line was found, about 1.3 times the size of its type

    @property
    def text(self) -> str:
        """The words, set apart by one space."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The hull of the words."""
        return Box.around([word.box for word in self.words])


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on one page.

    Attributes:
        width, height: the page in points, upright.
        turned: degrees (0, 90, 180, 270) by which the picture was turned clockwise to stand upright; boxes belong to
            the turned picture.
        skew: degrees by which the lines slope, to be turned counter-clockwise; boxes lie on the words of the picture
            as it is, slope and all.
        dpi: pixels an inch at which the picture was read.
        engine: name of the engine.
        lines: printed lines from top to bottom, junk included.
        seals: round seals in colour, which may stand over a signature's name.
    """

    width: float
    height: float
    turned: int
    skew: float
    dpi: float
    engine: str
    lines: tuple[ReadLine, ...]
    seals: tuple[Box, ...] = ()

    @property
    def words(self) -> Iterator[ReadWord]:
        """All words, line by line."""
        return (word for line in self.lines for word in line.words)


class PageNotRead(Exception):
    """One page could not be read; the others go on. `code` is the code of the Issue that reports it."""

    def __init__(self, code: str, detail: str) -> None:
        self.code = code
        self.detail = detail
        super().__init__(detail)
