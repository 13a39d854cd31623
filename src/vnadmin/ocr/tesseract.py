"""The fast engine: Tesseract with the Vietnamese data, on a page without colour, specks and skew."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vnadmin.errors import OcrUnavailable
from vnadmin.ocr.figures import FigureNet
from vnadmin.ocr.image.prepare import (
    PagePicture,
    drop_colour_but_text,
    estimate_skew,
    find_seals,
    points,
    reduced_to,
    turned,
    without_specks,
)
from vnadmin.ocr.reading import PageNotRead, PageReading, RawWord, ReadLine, ReadWord
from vnadmin.ocr.recognisers import LANGUAGE, RECOGNISERS
from vnadmin.ocr.reread import Bounds, second_look

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

    from vnadmin.ocr.image.pixels import Pixels

# On six pages of 300 dpi Tesseract reads .963 of the words at 300, .967 at 250 for a tenth less time, .966 at 200.
_PAGE_DPI = 250.0
_TURN_BELOW = 0.62  # mean confidence below which a page may stand on its head: upright scans read at 0.75 to 0.96
_TURN_WORDS = 8  # fewer words say nothing about how a page stands

_BORDER = 20  # pixels of paper around a cut
_STRIPS = (48.0, 72.0)  # pixels: the heights at which a strip of one line is read
_BULLETS = {"~": "-", "¬": "-"}  # what a faint dash before an item is read as; neither sign is ever meant

# Where Debian, Fedora, Homebrew (Apple silicon, Intel) and the Windows installer put the data.
_USUAL_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/usr/local/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


def find_tessdata(tessdata: str | None = None) -> str:
    """The folder that holds vie.traineddata.

    Raises:
        OcrUnavailable: it is at none of the known places.
    """
    if tessdata is not None:
        if (Path(tessdata) / f"{LANGUAGE}.traineddata").is_file():
            return tessdata
        raise OcrUnavailable(f"There is no {LANGUAGE}.traineddata in the folder of Config.tessdata.")
    own = _own_folder(os.environ.get("TESSDATA_PREFIX"))
    if own is not None:
        return own
    for place in _USUAL_PLACES:
        if (Path(place) / f"{LANGUAGE}.traineddata").is_file():
            return place
    raise OcrUnavailable(
        f"Tesseract has no Vietnamese data ({LANGUAGE}.traineddata).",
        "Debian, Ubuntu: apt install tesseract-ocr-vie. Fedora: dnf install tesseract-langpack-vie. "
        "macOS: brew install tesseract-lang. Elsewhere: put vie.traineddata of tessdata_fast into a folder and name it "
        "in Config.tessdata or TESSDATA_PREFIX.",
    )


@lru_cache(maxsize=4)
def _own_folder(prefix: str | None) -> str | None:
    """The folder that Tesseract itself knows of by TESSDATA_PREFIX, if the data is there; asked once, for it loads the data.

    Not asked by tesserocr.get_languages: without the variable that walks the whole working directory.
    """
    from tesserocr import OEM, PyTessBaseAPI

    try:
        with PyTessBaseAPI(lang=LANGUAGE, oem=OEM.LSTM_ONLY) as api:
            folder = str(api.GetDatapath())
    except RuntimeError:
        return None
    return None if folder.startswith(".") else folder  # the working directory is no place for data


class Tesseract:
    """Reads with one of Tesseract's page segmentation modes; any number of these share the recognisers."""

    def __init__(self, tessdata: str, mode: int) -> None:
        self._tessdata = tessdata
        self._mode = mode
        with RECOGNISERS.lent(tessdata, mode):  # data that cannot be loaded is told of now, not page by page
            pass

    def lines(self, grey: Pixels, dpi: float, seconds: float | None = None) -> list[list[RawWord]]:
        """Read a grey picture: the words of each line.

        Raises:
            PageNotRead: out of time, or Tesseract gave up.
        """
        height, width = grey.shape
        try:
            with RECOGNISERS.lent(self._tessdata, self._mode) as api:
                api.SetImageBytes(grey.tobytes(), width, height, 1, width)
                api.SetSourceResolution(round(dpi))
                done = api.Recognize(0 if seconds is None else max(1, int(seconds * 1000)))
                return list(_collected(api)) if done else []
        except RuntimeError as error:
            raise PageNotRead("page_broken", "Tesseract failed on this page.") from error


def _collected(api: PyTessBaseAPI) -> Iterator[list[RawWord]]:
    """The words of each line of what was just read."""
    from tesserocr import RIL, iterate_level

    iterator = api.GetIterator()
    if iterator is None:
        return
    line: list[RawWord] = []
    for item in iterate_level(iterator, RIL.WORD):
        if item.IsAtBeginningOf(RIL.TEXTLINE) and line:
            yield line
            line = []
        try:
            text = item.GetUTF8Text(RIL.WORD)
        except (RuntimeError, UnicodeDecodeError):  # no word here; bytes that are no UTF-8
            continue
        box = item.BoundingBox(RIL.WORD)
        text = printed(text.strip()) if text else ""
        if text and box is not None:
            x0, y0, x1, y1 = map(float, box)
            line.append(RawWord(text, x0, y0, x1, y1, float(item.Confidence(RIL.WORD)) / 100))
    if line:
        yield line


def printed(word: str) -> str:
    """A word without signs that Vietnamese print has not: "1539/QÐĐ-HV" is 1539/QĐ-HV, "nguŸên" is nguyên, "Trun§" Trung."""
    if "Ð" in word:  # the one letter read as two, or as the Icelandic one
        word = word.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ").replace("ÐÐ", "Đ").replace("Ð", "Đ")
    if "Ÿ" in word and any(map(str.islower, word)):
        word = word.replace("Ÿ", "y")
    if word.endswith("n§"):
        word = f"{word[:-1]}g"
    return _BULLETS.get(word, word)


class TesseractEngine:
    """The fast mode: automatic layout with one column of lines of varying size (psm 4)."""

    name = "fast"

    def __init__(self, tessdata: str | None = None) -> None:
        folder = find_tessdata(tessdata)
        self._tesseract = Tesseract(folder, mode=4)
        self._line = Tesseract(folder, mode=7)
        self._block = Tesseract(folder, mode=6)
        self._by_hand = FigureNet()

    def by_hand(self, grey: Pixels) -> list[tuple[str, float]]:
        """See `HandReader`."""
        return self._by_hand.read(grey)

    def readings(self, grey: Pixels) -> Iterator[list[RawWord]]:
        """See `beneath.StripReader`: the line as it is, and enlarged."""
        import cv2
        import numpy as np

        for tall in _STRIPS:
            scale = tall / grey.shape[0]
            way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
            strip = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way), np.uint8)
            framed = _framed(strip)
            for words in self._line.lines(framed, _PAGE_DPI):
                yield [_unframed(word, scale) for word in words]

    def block(self, grey: Pixels, dpi: float) -> list[list[RawWord]]:
        """See `beneath.BlockReader`."""
        return [[_unframed(word) for word in words] for words in self._block.lines(_framed(grey), dpi)]

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        clock = Clock(seconds)
        picture = reduced_to(picture, _PAGE_DPI)
        seals = find_seals(picture.pixels, picture.dpi)
        plain = drop_colour_but_text(picture.pixels, picture.dpi, seals)
        page_skew = estimate_skew(plain)
        if page_skew.blank:
            return PageReading(picture.width, picture.height, 0, 0.0, picture.dpi, self.name, ())
        if picture.upright:
            page_skew = replace(page_skew, sideways=False)
        first, second = (90, 270) if page_skew.sideways else (0, 180)
        grey = PagePicture(without_specks(plain, picture.dpi), picture.dpi)
        reading = self._read(
            grey, first, None if page_skew.sideways else page_skew.degrees, clock, () if first else seals
        )
        if _doubtful(reading) and not picture.upright:
            other = self._read(grey, second, None if page_skew.sideways else page_skew.degrees, clock)
            if mean_confidence(other) > mean_confidence(reading):
                reading = other
        if reading.turned:
            seals = find_seals(picture.quarter_turned(reading.turned).pixels, picture.dpi)
        return replace(reading, seals=tuple(points(picture.dpi, *box) for box in seals))

    def _read(
        self, grey: PagePicture, quarter: int, skew: float | None, clock: Clock, seals: Sequence[Bounds] = ()
    ) -> PageReading:
        upright = grey.quarter_turned(quarter)
        if skew is None:
            skew = estimate_skew(upright.pixels).degrees
        straight, turn = turned(upright.pixels, skew)
        lines = []
        read = self._tesseract.lines(straight, upright.dpi, clock.left())
        readers = (self._line.lines, self._block.lines)
        for words in second_look(read, straight, upright.dpi, readers, seals, clock.left):
            placed = tuple(
                ReadWord(w.text, points(upright.dpi, *turn.back(w.x0, w.y0, w.x1, w.y1)), w.confidence) for w in words
            )
            if placed:
                lines.append(ReadLine(placed))
        clock.left()
        return PageReading(upright.width, upright.height, quarter, turn.degrees, upright.dpi, self.name, tuple(lines))


def _framed(grey: Pixels) -> Pixels:
    import cv2
    import numpy as np

    return np.asarray(
        cv2.copyMakeBorder(grey, _BORDER, _BORDER, _BORDER, _BORDER, cv2.BORDER_CONSTANT, value=[255.0]), np.uint8
    )


def _unframed(word: RawWord, scale: float = 1.0) -> RawWord:
    """A word of a framed cut that was shown at this scale, in pixels of the cut."""
    x0, y0, x1, y1 = ((value - _BORDER) / scale for value in word[1:5])
    return RawWord(word.text, x0, y0, x1, y1, word.confidence)


class Clock:
    """The time that is left for a page."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds left, or None without a limit.

        Raises:
            PageNotRead: none are.
        """
        if self._end is None:
            return None
        left = self._end - time.monotonic()
        if left <= 0:
            raise PageNotRead("page_timeout", "Reading this page took longer than the time limit.")
        return left


def mean_confidence(reading: PageReading) -> float:
    """Mean confidence of the words that hold letters or digits, by length; 0 where there is none."""
    total = weight = 0.0
    for word in reading.words:
        letters = sum(map(str.isalnum, word.text))
        total += word.confidence * letters
        weight += letters
    return total / weight if weight else 0.0


def _doubtful(reading: PageReading) -> bool:
    """Whether a page read so badly that it may stand on its head."""
    return sum(1 for _ in reading.words) >= _TURN_WORDS and mean_confidence(reading) < _TURN_BELOW
