"""Reads the pages of a scan, here or in worker processes that can be killed; one result a page, come what may."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as PageTimeout
from dataclasses import dataclass, replace

from vnadmin.config import Config
from vnadmin.source.filled import DigitReader, InkMark, read_filled
from vnadmin.source.ocr import OcrEngine, PageNotRead, PageReading, choose_engine
from vnadmin.source.page_picture import PagePicture
from vnadmin.source.scan_pictures import Scan, open_scan
from vnadmin.source.scan_typed import Typed

_WORKERS_FROM = 8  # pages: starting a worker costs about as much as reading one
NOTHING_TYPED = Typed()
_GRACE = 20.0  # seconds over the page's own limit, for starting up, before its worker is killed


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


def read_pages(
    data: bytes, config: Config, numbers: Sequence[int], engine: OcrEngine | None = None
) -> Iterator[PageResult]:
    """Read these pages (from 1); results come as they are ready.

    Args:
        data: the file.
        config: engine, limits, number of processes.
        numbers: the pages.
        engine: an engine to read with, in this process; None lets Config choose.

    Raises:
        OcrUnavailable: the engine or its data is missing.
    """
    count = config.ocr_processes
    if count is None:
        count = min(os.cpu_count() or 1, len(numbers)) if len(numbers) >= _WORKERS_FROM else 0
    if engine is not None or count == 0:
        reader = PageReader(data, config, engine)
        try:
            for number in numbers:
                yield reader.read(number)
        finally:
            reader.close()
    else:
        yield from _in_workers(data, config, numbers, count)


class PageReader:
    """Reads pages of one file with one engine, in this process."""

    def __init__(self, data: bytes, config: Config, engine: OcrEngine | None = None) -> None:
        self._scan: Scan = open_scan(data, config)
        self._engine = engine
        self._config = config

    def read(self, number: int) -> PageResult:
        """Read a page; only a missing engine raises."""
        if self._engine is None:
            self._engine = choose_engine(self._config.ocr, self._config.tessdata)
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
        from vnadmin.source.scan_rules import find_rules

        marks: tuple[InkMark, ...] = ()
        if number == 1:
            digits = self._engine if isinstance(self._engine, DigitReader) else None
            reading, marks = read_filled(upright, reading, digits)
        rules = find_rules(upright, reading.skew) if reading.lines else ()
        typed = self._scan.typed(number)
        return PageResult(number, reading.width, reading.height, reading, marks, rules, typed)

    def close(self) -> None:
        """Let go of the file."""
        self._scan.close()


_reader: PageReader | None = None  # of a worker process


def _start(data: bytes, config: Config) -> None:
    """Runs once in each worker."""
    global _reader
    os.environ["OMP_THREAD_LIMIT"] = "1"
    _reader = PageReader(data, config)


def _read(number: int) -> PageResult:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return _reader.read(number)


def _in_workers(data: bytes, config: Config, numbers: Sequence[int], count: int) -> Iterator[PageResult]:
    from pebble import ProcessExpired, ProcessPool

    here = replace(config, ocr_processes=0)
    pool = ProcessPool(
        max_workers=count,
        initializer=_start,
        initargs=(data, here),
        context=multiprocessing.get_context("spawn"),
    )
    done = False
    try:
        waiting: dict[Future[PageResult], int] = {
            pool.schedule(_read, args=[number], timeout=config.ocr_page_seconds + _GRACE): number for number in numbers
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
        done = True
    finally:
        if done:
            pool.close()
        else:
            pool.stop()
        pool.join()
