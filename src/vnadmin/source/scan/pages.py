"""Reads the pages of a scan side by side: drawn one after the other here, read in threads; one result a page."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import NamedTuple

from vnadmin.config import MOST_THREADS, Config
from vnadmin.layout.page import Box
from vnadmin.ocr.engine import OcrEngine, choose_engine
from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.prepare import PagePicture, points, to_grey
from vnadmin.ocr.image.streaks import without_streaks
from vnadmin.ocr.reading import PageNotRead, PageReading
from vnadmin.source.scan.beneath import StripReader, read_beneath
from vnadmin.source.scan.dashes import with_dashes
from vnadmin.source.scan.filled_in.known import read_known
from vnadmin.source.scan.filled_in.slots import NO_BLANKS, Blanks, DigitReader, HandReader, InkMark, read_filled
from vnadmin.source.scan.filled_in.stamped_day import read_stamped_day
from vnadmin.source.scan.pictures import Scan, open_scan
from vnadmin.source.scan.typed import Typed

MakeEngine = Callable[[Config], OcrEngine]
Open = Callable[[bytes, Config], Scan]
NOTHING_TYPED = Typed()
_SURE = 0.9  # confidence of words that are print: a seal's ring is not looked for in their ink


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one page.

    `code` is None and `reading` given when it was read; else `code` is that of the Issue to report.
    """

    number: int
    width: float
    height: float
    reading: PageReading | None = None
    marks: tuple[InkMark, ...] = ()
    rules: tuple[tuple[float, float, float, float], ...] = ()
    typed: Typed = NOTHING_TYPED
    code: str | None = None
    detail: str = ""


class _Drawn(NamedTuple):
    """A page that is ready to be read."""

    number: int
    width: float
    height: float
    picture: PagePicture
    blanks: Blanks
    typed: Typed


def chosen_engine(config: Config) -> OcrEngine:
    """The engine that Config asks for."""
    return choose_engine("auto" if config.ocr == "off" else config.ocr, config.tessdata)


class Pages:
    """Reads pages of one file, several calls with the same engines; used in a `with` block.

    The engines' libraries let go of Python's lock while they read, so threads are as good as processes and cost no
    start. PDFium must not be called by two threads at once: whoever asks for the pages draws them.

    Args:
        data: the file.
        config: engine, limits, number of threads.
        many: how many pages are to be read in all.
        make_engine: makes an engine, once for each thread.
        opener: opens the file.

    Raises:
        DamagedInput, EncryptedInput, LimitExceeded: the file cannot be opened.
    """

    def __init__(
        self,
        data: bytes,
        config: Config,
        many: int,
        make_engine: MakeEngine = chosen_engine,
        opener: Open = open_scan,
    ) -> None:
        self._config = config
        self._make_engine = make_engine
        self._count = max(1, min(config.ocr_threads or min(os.cpu_count() or 1, MOST_THREADS), many))
        self._idle: deque[OcrEngine] = deque()
        self._scan = opener(data, config)
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="vnadmin-page")

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._scan.close()

    def read(self, numbers: Sequence[int]) -> Iterator[PageResult]:
        """Read these pages (from 1); results come as they are ready. Of pictures one more is held than is read.

        Raises:
            OcrUnavailable: the engine or its data is missing.
            MemoryError: there is no room for a thread.
        """
        reading: list[Future[PageResult]] = []
        for number in numbers:
            drawn = self._draw(number)
            if isinstance(drawn, PageResult):
                yield drawn
                continue
            try:
                reading.append(self._threads.submit(self._read, drawn))
            except RuntimeError as error:
                raise MemoryError("No thread can be started.") from error
            if len(reading) > self._count:
                yield from _finished(reading)
        while reading:
            yield from _finished(reading)

    def _draw(self, number: int) -> _Drawn | PageResult:
        """The picture of a page and what else the file says of it, or why there is none."""
        width = height = 0.0
        try:
            width, height = self._scan.size(number)
            picture = without_streaks(self._scan.picture(number))
            return _Drawn(number, width, height, picture, self._scan.blanks(number), self._scan.typed(number))
        except (PageNotRead, MemoryError) as error:
            return _not_read(number, width, height, error)

    def _read(self, page: _Drawn) -> PageResult:
        """Read a page with an engine that is idle, or a new one; only a missing engine raises."""
        try:
            engine = self._idle.pop()
        except IndexError:
            engine = self._make_engine(self._config)
        try:
            with opencv_memory():
                return _result(page, engine, self._config.ocr_page_seconds)
        except (PageNotRead, MemoryError) as error:
            return _not_read(page.number, page.width, page.height, error)
        finally:
            self._idle.append(engine)


def _finished(reading: list[Future[PageResult]]) -> list[PageResult]:
    """Wait for a page, and take out those that are done, in their order."""
    done = wait(reading, return_when=FIRST_COMPLETED).done
    results = [future.result() for future in reading if future in done]
    reading[:] = [future for future in reading if future not in done]
    return results


def _not_read(number: int, width: float, height: float, error: PageNotRead | MemoryError) -> PageResult:
    if isinstance(error, PageNotRead):
        return PageResult(number, width, height, code=error.code, detail=error.detail)
    return PageResult(number, width, height, code="page_lost", detail="Reading this page took too much memory.")


def _plain_seals(picture: PagePicture, reading: PageReading) -> tuple[Box, ...]:
    """Seals in plain ink, where no red one was found."""
    from vnadmin.ocr.image.rings import find_rings

    scale = picture.dpi / 72
    sure = [
        (word.box.x0 * scale, word.box.y0 * scale, word.box.x1 * scale, word.box.y1 * scale)
        for word in reading.words
        if word.confidence >= _SURE and sum(map(str.isalpha, word.text)) > 1
    ]
    return tuple(points(picture.dpi, *box) for box in find_rings(to_grey(picture.pixels), picture.dpi, sure))


def _result(page: _Drawn, engine: OcrEngine, seconds: float) -> PageResult:
    from vnadmin.source.scan.rules import find_rules

    reading = engine.read(page.picture, seconds)
    upright = page.picture.quarter_turned(reading.turned)
    if reading.lines and not reading.seals:
        reading = replace(reading, seals=_plain_seals(upright, reading))
    if reading.lines and reading.seals and isinstance(engine, StripReader):
        reading = read_beneath(upright, reading, engine)
    reading = with_dashes(upright, reading)
    marks: tuple[InkMark, ...] = ()
    if page.blanks != NO_BLANKS:
        figures = engine if isinstance(engine, DigitReader | HandReader) else None
        if page.blanks.known:
            reading, marks = read_known(upright, reading, page.blanks.known, figures)
        else:
            reading, marks = read_filled(upright, reading, figures, page.blanks.share)
            if isinstance(engine, HandReader):
                reading = read_stamped_day(upright, reading, engine)
    rules = find_rules(upright, reading.skew) if reading.lines else ()
    return PageResult(page.number, reading.width, reading.height, reading, marks, rules, page.typed)
