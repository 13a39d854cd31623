"""Reads the pages of a scan, here or in worker processes that can be killed; one result a page, come what may."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as PageTimeout
from dataclasses import dataclass, replace
from types import TracebackType

from vnadmin.config import Config
from vnadmin.ocr.engine import OcrEngine, PageNotRead, PageReading, choose_engine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.process.confine import Limits, confine
from vnadmin.source.scan.filled import NO_BLANKS, DigitReader, InkMark, read_filled
from vnadmin.source.scan.filled_known import read_known
from vnadmin.source.scan.pictures import Scan, open_scan
from vnadmin.source.scan.typed import Typed

_WORKERS_FROM = 8  # pages: starting a worker costs about as much as reading one
MakeEngine = Callable[[Config], OcrEngine]
Open = Callable[[bytes, Config], Scan]
NOTHING_TYPED = Typed()
GRACE = 20.0  # seconds over the page's own limit, for starting up, before its worker is killed


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


def chosen_engine(config: Config) -> OcrEngine:
    """The engine that Config asks for."""
    return choose_engine("auto" if config.ocr == "off" else config.ocr, config.tessdata)


class Pages:
    """Reads pages of one file, several calls with one engine; closed at the end of a `with` block.

    Args:
        data: the file.
        config: engine, limits, number of processes.
        many: how many pages are to be read in all; a few are not worth a worker process.
        make_engine: makes the engine, once in each process; importable by name where workers are used.
        opener: opens the file, in each process; so, too.
    """

    def __init__(
        self,
        data: bytes,
        config: Config,
        many: int,
        make_engine: MakeEngine = chosen_engine,
        opener: Open = open_scan,
    ) -> None:
        self._data = data
        self._config = config
        self._open = opener
        self._make_engine = make_engine
        count = config.ocr_processes
        if count is None:
            count = min(os.cpu_count() or 1, many) if many >= _WORKERS_FROM and not _in_a_pool() else 0
        self._count = count
        self._reader: PageReader | None = None
        self._pool: Workers | None = None

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reader is not None:
            self._reader.close()
        if self._pool is not None:
            self._pool.close(wait=kind is None)

    def read(self, numbers: Sequence[int]) -> Iterator[PageResult]:
        """Read these pages (from 1); results come as they are ready.

        Raises:
            OcrUnavailable: the engine or its data is missing.
        """
        if self._count:
            if self._pool is None:
                self._pool = Workers(self._data, self._config, self._count, self._make_engine, self._open)
            yield from self._pool.read(numbers)
            return
        if self._reader is None:
            self._reader = PageReader(self._data, self._config, self._make_engine, self._open)
        for number in numbers:
            yield self._reader.read(number)


def _in_a_pool() -> bool:
    """Whether this process is a worker itself: others like it have the other processors."""
    return multiprocessing.parent_process() is not None


class PageReader:
    """Reads pages of one file with one engine, in this process."""

    def __init__(
        self, data: bytes, config: Config, make_engine: MakeEngine = chosen_engine, opener: Open = open_scan
    ) -> None:
        self._scan: Scan = opener(data, config)
        self._engine: OcrEngine | None = None
        self._make_engine = make_engine
        self._config = config

    def read(self, number: int) -> PageResult:
        """Read a page; only a missing engine raises."""
        if self._engine is None:
            self._engine = self._make_engine(self._config)
        width = height = 0.0
        try:
            width, height = self._scan.size(number)
            picture = self._scan.picture(number)
            reading = self._engine.read(picture, self._config.ocr_page_seconds)
            upright = picture.quarter_turned(reading.turned)
            return self._result(number, upright, reading)
        except PageNotRead as error:
            return PageResult(number, width, height, code=error.code, detail=error.detail)
        except MemoryError:
            return PageResult(number, width, height, code="page_lost", detail="Reading this page took too much memory.")

    def _result(self, number: int, upright: PagePicture, reading: PageReading) -> PageResult:
        from vnadmin.source.scan.rules import find_rules

        marks: tuple[InkMark, ...] = ()
        blanks = self._scan.blanks(number)
        if blanks != NO_BLANKS:
            digits = self._engine if isinstance(self._engine, DigitReader) else None
            if blanks.known:
                reading, marks = read_known(upright, reading, blanks.known, digits)
            else:
                reading, marks = read_filled(upright, reading, digits, blanks.share)
        rules = find_rules(upright, reading.skew) if reading.lines else ()
        typed = self._scan.typed(number)
        return PageResult(number, reading.width, reading.height, reading, marks, rules, typed)

    def close(self) -> None:
        """Let go of the file."""
        self._scan.close()


_reader: PageReader | None = None  # of a worker process


def _start(data: bytes, config: Config, make_engine: MakeEngine, opener: Open) -> None:
    """Runs once in each worker."""
    global _reader
    os.environ["OMP_THREAD_LIMIT"] = "1"  # before Tesseract is loaded: there is a worker for each processor already
    confine(Limits())
    _reader = PageReader(data, config, make_engine, opener)


def _read(number: int) -> PageResult:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return _reader.read(number)


class Workers:
    """Worker processes that hold one file; one that hangs is killed, one that dies is replaced."""

    def __init__(self, data: bytes, config: Config, count: int, make_engine: MakeEngine, opener: Open) -> None:
        from pebble import ProcessPool

        self._seconds = config.ocr_page_seconds + GRACE
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_start,
            initargs=(data, replace(config, ocr_processes=0), make_engine, opener),
            context=multiprocessing.get_context("spawn"),
        )

    def read(self, numbers: Sequence[int]) -> Iterator[PageResult]:
        """Read these pages, in the order in which they are done."""
        from pebble import ProcessExpired

        waiting: dict[Future[PageResult], int] = {
            self._pool.schedule(_read, args=[number], timeout=self._seconds): number for number in numbers
        }
        for future in as_completed(waiting):
            number = waiting[future]
            try:
                yield future.result()
            except PageTimeout:
                yield PageResult(
                    number, 0, 0, code="page_timeout", detail="Reading this page took longer than the time limit."
                )
            except ProcessExpired:
                yield PageResult(
                    number, 0, 0, code="page_lost", detail="The process that read this page died; it may lack memory."
                )

    def close(self, *, wait: bool) -> None:
        """End the workers, at once unless there is work to wait for."""
        if wait:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()
