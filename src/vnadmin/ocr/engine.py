"""What an OCR engine is and what it gives: words with boxes and confidences; chooses the engine asked for."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable
from vnadmin.layout.page import Box

if TYPE_CHECKING:
    from vnadmin.ocr.image.prepare import PagePicture

EngineName = Literal["fast", "hybrid"]
EngineChoice = Literal["auto", "fast", "hybrid"]


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


class OcrEngine(Protocol):
    """Reads page pictures, one at a time. Building one loads its models; it is not shared between threads."""

    @property
    def name(self) -> str:
        """`fast` or `hybrid`, or the name of an engine made elsewhere."""
        ...

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """Read one page, quarter turns mended.

        Raises:
            PageNotRead: `page_timeout` after about so many seconds; `page_broken` when the engine fails on this page.
        """
        ...


_HYBRID_PACKAGES = ("tesserocr", "cv2", "onnxruntime", "pyclipper", "asterocr")
_FAST_PACKAGES = ("tesserocr", "cv2")


def missing_packages(engine: EngineName) -> tuple[str, ...]:
    """Import names of the packages that an engine lacks; nothing is imported to find out."""
    wanted = _HYBRID_PACKAGES if engine == "hybrid" else _FAST_PACKAGES
    return tuple(name for name in wanted if importlib.util.find_spec(name) is None)


def installed_engines() -> tuple[EngineName, ...]:
    """The engines whose packages are installed, best first."""
    engines: tuple[EngineName, ...] = ("hybrid", "fast")
    return tuple(name for name in engines if not missing_packages(name))


def may_read(config: Config) -> bool:
    """Whether pictures may be read: asked for, or not switched off and an engine is there."""
    return config.ocr != "off" and (config.ocr != "auto" or bool(installed_engines()))


def choose_engine(choice: EngineChoice = "auto", tessdata: str | None = None) -> OcrEngine:
    """The engine of this name, ready to read; `auto` takes the best whose packages are installed.

    Args:
        choice: what Config asks for.
        tessdata: folder with vie.traineddata, where it is not at one of the usual places.

    Raises:
        OcrUnavailable: a package, the Vietnamese data or a model is missing; the message says what to install.
    """
    name: EngineName
    if choice == "auto":
        installed = installed_engines()
        if not installed:
            raise OcrUnavailable(f"Packages are missing: {', '.join(missing_packages('fast'))}.")
        name = installed[0]
    else:
        name = choice
    missing = missing_packages(name)
    if missing:
        extra = "ocr" if name == "fast" else "ocr-hybrid"
        raise OcrUnavailable(
            f"The OCR engine {name!r} needs packages that are not installed: {', '.join(missing)}.",
            f"pip install 'vnadmin[{extra}]'",
        )
    if name == "hybrid":
        from vnadmin.ocr.hybrid import HybridEngine

        return HybridEngine(tessdata)
    from vnadmin.ocr.tesseract import TesseractEngine

    return TesseractEngine(tessdata)
