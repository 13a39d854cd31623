"""What an OCR engine is; chooses the one asked for."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Literal, Protocol

from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable

if TYPE_CHECKING:
    from vnadmin.ocr.image.prepare import PagePicture
    from vnadmin.ocr.reading import PageReading

EngineName = Literal["fast", "hybrid"]
EngineChoice = Literal["auto", "fast", "hybrid"]


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
