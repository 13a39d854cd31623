"""Config: the limits and choices of one parse, frozen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from vnadmin.errors import InvalidConfig

MOST_THREADS = 4  # for the pages of a scan, unless Config names a number: the hybrid engine takes 0.4 GB in each


@dataclass(frozen=True, slots=True)
class Config:
    """Limits within which a document is read; passing one is a `LimitExceeded`, never a hang.

    Attributes:
        max_bytes: size of the input file.
        max_unpacked_bytes: size of what a packed file (.docx, .odt, a zip, a mail, a portfolio) unpacks to in all, what is
            packed within it counted too: the guard against zip bombs.
        max_pages: pages of a PDF.
        max_characters: characters of the canonical text.
        max_nesting: depth of nested tables or elements in .docx and HTML.
        max_pixels: pixels of one page picture.
        ocr: the OCR engine: `hybrid`, `fast`, `auto` for the best that is installed, or `off`: scans raise NoTextLayer.
        tessdata: folder with vie.traineddata, where it is not at one of the usual places.
        ocr_page_seconds: time for one page of a scan; past it the page is given up and the others are read.
        ocr_threads: pages of one scan that are read at the same time, each in a thread; None is one for each
            processor, four at most.
        pages: `all` pages of a scan, or those that `metadata` stands on: the first, then from the end backwards until
            Nơi nhận is found.
        compare_pictures: of every PDF number, date and signer are read on the picture of the page too (some 0.5 s), since the
            letters of its text may not be those that are drawn; a value that differs is a guess, with the issue
            `picture_differs`. Of pages whose text is a layer over a scan this is always done where an engine is installed.
        isolated: `vnadmin.parse` reads each document in a worker process of its own, which bounds time and memory
            whatever the file does; about 0.5 s more. In the caller's process no limit holds inside a native library.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_unpacked_bytes: int = 256 * 1024 * 1024
    max_pages: int = 1000
    max_characters: int = 20_000_000
    max_nesting: int = 60
    max_pixels: int = 120_000_000
    ocr: Literal["auto", "fast", "hybrid", "off"] = "auto"
    tessdata: str | None = None
    ocr_page_seconds: float = 120.0
    ocr_threads: int | None = None
    pages: Literal["all", "metadata"] = "all"
    compare_pictures: bool = False
    isolated: bool = False

    def __post_init__(self) -> None:
        """Refuse what no limit or choice can be, in one error that names everything that is wrong.

        Raises:
            InvalidConfig: a value of another type, below its least, or none of the choices.
        """
        changed = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not f.default}
        wrong = [told for name, value in changed.items() if (told := _wrong(name, value))]
        if wrong:
            raise InvalidConfig(" ".join(wrong))


_CHOICES = {"ocr": ("auto", "fast", "hybrid", "off"), "pages": ("all", "metadata")}
_SWITCHES = ("compare_pictures", "isolated")


def _wrong(name: str, value: object) -> str:
    """What is wrong with a value, "" where nothing is. pydantic would say it too, at three times the cost of `import vnadmin`."""
    if name in _CHOICES:
        asked = "" if value in _CHOICES[name] else f"one of {', '.join(_CHOICES[name])}"
    elif name in _SWITCHES:
        asked = "" if isinstance(value, bool) else "True or False"
    elif name == "tessdata":
        asked = "" if value is None or isinstance(value, str) else "a folder's path as str, or None"
    elif name == "ocr_threads" and value is None:
        asked = ""
    else:
        kinds = (int, float) if name == "ocr_page_seconds" else (int,)
        fits = isinstance(value, kinds) and not isinstance(value, bool) and value > 0
        asked = "" if fits else "a number above 0" if len(kinds) > 1 else "a whole number above 0"
    return f"{name}={value!r} must be {asked}." if asked else ""


DEFAULT = Config()
