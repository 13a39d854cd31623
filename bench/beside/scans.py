"""Scans: the whole reading of a page beside Tesseract alone on the same picture; first and last pages beside all pages.

Runs in this process, in the development environment, for OCR needs the extra. "Alone" is a bare loop over tesserocr with a
recogniser that is loaded already and the settings of the fast engine, twice: on the page as it was scanned, in grey, and on
the picture that the engine made of it (colour, specks and skew removed). "Inside" is what Tesseract took within the parse:
beside the page also what is cut out of it and read again.
"""

from __future__ import annotations

import gc
import io
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2

import vnadmin
from beside.corpus import Corpus, evenly, one_page
from beside.rounds import processors

FAST = vnadmin.Config(ocr="fast", ocr_threads=1)
FIRST_AND_LAST = vnadmin.Config(ocr="fast", ocr_threads=1, pages="metadata")
LONG = 20  # pages
MODE = 4  # the page segmentation mode of the fast engine


def scans(corpus: Corpus, pages: int, rounds: int) -> dict[str, Any]:
    """Both measurements, or why there are none."""
    try:
        vnadmin.parse(corpus.scans[0], config=FIRST_AND_LAST)
    except (vnadmin.VnadminError, IndexError) as error:
        return {"missing": str(error) or "no scans at hand"}
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {processors()[0]})
    try:
        return {"beside": beside_tesseract(corpus, pages, rounds), "long": long_scan(corpus, rounds)}
    finally:
        os.sched_setaffinity(0, before)


@dataclass
class Heard:
    """What Tesseract was given within a block: whole pages (grey picture, resolution), number of calls, seconds."""

    pages: list[tuple[Any, float]] = field(default_factory=list)
    calls: int = 0
    seconds: float = 0.0


@contextmanager
def listening_to_tesseract() -> Iterator[Heard]:
    """Watch every reading within the block."""
    from vnadmin.ocr.tesseract import Tesseract

    heard = Heard()
    lines = Tesseract.lines

    def listening(self: Tesseract, grey: Any, dpi: float, seconds: float | None = None) -> Any:
        if grey.shape[0] > 10 * dpi / 2.54:  # over 10 cm high: a page, not a cut-out of one
            heard.pages.append((grey.copy(), dpi))
        heard.calls += 1
        start = time.perf_counter()
        try:
            return lines(self, grey, dpi, seconds)
        finally:
            heard.seconds += time.perf_counter() - start

    Tesseract.lines = listening  # type: ignore[method-assign, assignment]
    try:
        yield heard
    finally:
        Tesseract.lines = lines  # type: ignore[method-assign]


def timed(run: Callable[[], object]) -> float:
    """Seconds of one call, the collector off."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        run()
        return time.perf_counter() - start
    finally:
        gc.enable()


def beside_tesseract(corpus: Corpus, pages: int, rounds: int) -> dict[str, Any]:
    """First pages of scans: whole parse, Tesseract on the picture as scanned, Tesseract on the picture as prepared."""
    from tesserocr import OEM, PyTessBaseAPI

    from vnadmin.ocr.image.prepare import to_grey
    from vnadmin.ocr.recognisers import LANGUAGE
    from vnadmin.ocr.tesseract import find_tessdata
    from vnadmin.source.scan.pictures import open_scan

    series: dict[str, list[float]] = {"whole": [], "plain": [], "prepared": [], "inside": []}
    pages_read, calls = [], []
    with PyTessBaseAPI(path=find_tessdata(), lang=LANGUAGE, psm=MODE, oem=OEM.LSTM_ONLY) as api:

        def alone(grey: Any, dpi: float) -> None:
            height, width = grey.shape
            api.SetImageBytes(grey.tobytes(), width, height, 1, width)
            api.SetSourceResolution(round(dpi))
            api.Recognize()
            api.GetUTF8Text()
            api.Clear()

        for path in evenly(corpus.scans, pages):
            data = one_page(path)
            try:
                with open_scan(data, FAST) as scan:
                    picture = scan.picture(1)
                with listening_to_tesseract() as heard:
                    vnadmin.parse(data, config=FAST)
            except vnadmin.VnadminError as error:
                print(f"  left out: {type(error).__name__}", file=sys.stderr)
                continue
            if not heard.pages:
                continue
            pages_read.append(len(heard.pages))
            calls.append(heard.calls)
            given, dpi = heard.pages[0]
            grey = to_grey(picture.pixels)
            times: dict[str, list[float]] = {name: [] for name in series}
            for _ in range(rounds):
                with listening_to_tesseract() as heard:
                    times["whole"].append(timed(lambda data=data: vnadmin.parse(data, config=FAST)))
                times["inside"].append(heard.seconds)
                times["plain"].append(timed(lambda grey=grey, picture=picture: alone(grey, picture.dpi)))
                times["prepared"].append(timed(lambda given=given, dpi=dpi: alone(given, dpi)))
            for name, seconds in times.items():
                series[name].append(min(seconds))
    whole = series["whole"]
    found: dict[str, Any] = {"n": len(whole), "rounds": rounds, "whole": statistics.mean(whole)}
    for name in ("plain", "prepared", "inside"):
        found[name] = statistics.mean(series[name])
        found[f"ratio_{name}"] = sum(whole) / sum(series[name])
        found[f"ratios_{name}"] = sorted(a / b for a, b in zip(whole, series[name], strict=True))
    found["page_readings"], found["calls"] = statistics.mean(pages_read), statistics.mean(calls)
    return found


def long_scan(corpus: Corpus, rounds: int) -> dict[str, Any]:
    """A scan of twenty pages: all of them, and the first and last ones. The real one nearest in length, filled up or cut."""
    data = _of_length(corpus, LONG)
    first_and_last = min(timed(lambda: vnadmin.parse(data, config=FIRST_AND_LAST)) for _ in range(rounds))
    with listening_to_tesseract() as heard:
        document = vnadmin.parse(data, config=FIRST_AND_LAST)
    every = timed(lambda: vnadmin.parse(data, config=FAST))
    return {
        "pages": len(document.source.pages),
        "read": len(heard.pages),
        "all": every,
        "first_and_last": first_and_last,
        "ratio": every / first_and_last,
    }


def _of_length(corpus: Corpus, pages: int) -> bytes:
    """First page, middle pages and last page of a scanned letter, the middle ones those of other scans."""
    pdfs = [pypdfium2.PdfDocument(path) for path in corpus.scans if path.suffix == ".pdf"]
    if not pdfs:
        return _pictures(corpus, pages)
    letter = next((pdf for pdf in pdfs if len(pdf) == 2), pdfs[0])  # a whole document: its last page is signed
    made = pypdfium2.PdfDocument.new()
    made.import_pages(letter, [0])
    while len(made) < pages - 1:
        for pdf in pdfs:
            if len(pdf) > 2 and len(made) < pages - 1:
                made.import_pages(pdf, [1])  # the second of three and more: running text
    made.import_pages(letter, [len(letter) - 1])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _pictures(corpus: Corpus, pages: int) -> bytes:
    import img2pdf

    return bytes(img2pdf.convert([str(corpus.scans[0])] * pages))
