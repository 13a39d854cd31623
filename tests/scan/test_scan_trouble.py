"""Trouble with one page of a scan ends in one issue; the other pages are read."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import NoReturn

import numpy as np
import pytest
from PIL import Image

from tests.makers import ocr_fakes
from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded, jpeg_stream, pdf_of
from vnadmin.config import Config
from vnadmin.errors import OcrFailed, OcrUnavailable, ParseTimeout, WorkerLost
from vnadmin.ocr import engine as ocr
from vnadmin.ocr import models as ocr_models
from vnadmin.ocr import tesseract as ocr_tesseract
from vnadmin.ocr.image.memory import opencv_memory
from vnadmin.ocr.image.pixels import without_idle_colour
from vnadmin.ocr.image.prepare import PagePicture, reduced_to
from vnadmin.ocr.image.spread import find_fold
from vnadmin.ocr.image.streaks import without_streaks
from vnadmin.ocr.tesseract import Tesseract, find_tessdata
from vnadmin.process.pool import Limits, Workers, result
from vnadmin.source.pdf import second_look
from vnadmin.source.pictures import draw_pages
from vnadmin.source.scan import pages as ocr_pages
from vnadmin.source.scan.pages import PageResult, Pages
from vnadmin.source.scan.reader import read_scan

HERE = Config(ocr_threads=1)
SIDE_BY_SIDE = Config(ocr_threads=2)
MakeFake = Callable[[Config], Fake]


@pytest.fixture(scope="module")
def three_pages(page: Image.Image) -> bytes:
    """A scan of three pages; the corner of the second is black, by which the fakes know it."""
    small = page.resize((310, 438)).convert("L")
    marked = small.copy()
    marked.paste(0, (0, 0, 16, 16))
    return pdf_of([jpeg_stream(small), jpeg_stream(marked), jpeg_stream(small)], small.size)


@pytest.mark.parametrize("config", [HERE, SIDE_BY_SIDE])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (ocr_fakes.make_broken, "page_broken"),
        (ocr_fakes.make_greedy, "page_lost"),
        (ocr_fakes.make_greedy_opencv, "page_lost"),
    ],
)
def test_one_bad_page(three_pages: bytes, make: MakeFake, code: str, config: Config) -> None:
    """An engine that gives up and a lack of memory cost one page."""
    document = read_scan(three_pages, config, make_engine=make)
    assert [(page.number, page.method) for page in document.pages] == [(1, "ocr"), (2, "none"), (3, "ocr")]
    assert [issue.code for issue in document.issues] == [code]
    assert "Page 2" in document.issues[0].message
    assert {document_line.page for document_line in document.lines} == {1, 3}


def test_other_errors_of_opencv_are_no_lack_of_memory() -> None:
    """A fault stays one; a lack that the standard library found is told in OpenCV's error by its text alone."""
    cv2 = pytest.importorskip("cv2")
    with pytest.raises(MemoryError), opencv_memory():
        raise _opencv_error(cv2, -2, "std::bad_alloc")
    with pytest.raises(cv2.error), opencv_memory():
        raise _opencv_error(cv2, -215, "Assertion failed")


def _no_memory(*_: object, **__: object) -> NoReturn:
    import cv2

    raise _opencv_error(cv2, cv2.Error.StsNoMem, "Failed to allocate 8294400 bytes")


def test_pictures_that_are_made_tell_opencvs_lack_of_memory_as_pythons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for them: the pages that a person looks at, and each step before a page is read."""
    cv2 = pytest.importorskip("cv2")
    colour, wide = np.full((900, 620, 3), 255, np.uint8), np.full((620, 900, 3), 255, np.uint8)
    data = encoded(Image.fromarray(colour), "PNG")
    for name in ("split", "resize", "cvtColor", "adaptiveThreshold"):
        monkeypatch.setattr(cv2, name, _no_memory)
    for make in (
        lambda: without_idle_colour(colour),
        lambda: reduced_to(PagePicture(colour, 600.0)),
        lambda: without_streaks(PagePicture(colour, 72.0)),
        lambda: find_fold(wide),
        lambda: draw_pages(data, "image/png", (1,), 72),
    ):
        with pytest.raises(MemoryError):
            make()


def test_a_picture_for_which_there_is_no_memory_is_a_page_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a damaged one, and not the whole document's end."""
    cv2 = pytest.importorskip("cv2")
    data = encoded(Image.new("RGB", (620, 900), "white"), "PNG")
    monkeypatch.setattr(cv2, "split", _no_memory)
    (page,) = Pages(data, HERE, 1, ocr_fakes.make_fake).read((1,))
    assert page.code == "page_lost"


def test_a_second_look_without_memory_sees_nothing(three_pages: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """It adds nothing to the text of the layer, which was read."""
    pytest.importorskip("cv2")
    monkeypatch.setattr(second_look, "chosen_engine", ocr_fakes.make_greedy_opencv)
    monkeypatch.setattr(ocr_fakes, "_is_marked", lambda _: True)
    assert second_look.read_boxes(three_pages, [(1, (20.0, 20.0, 60.0, 40.0))], HERE) == [("", "")]


def _opencv_error(cv2: ModuleType, code: int, text: str) -> Exception:
    error: Exception = cv2.error(text)
    error.code = code  # type: ignore[attr-defined]
    return error


def read_in_worker(data: bytes, make: MakeFake) -> int:
    """The lines of a scan."""
    return len(read_scan(data, HERE, make_engine=make).lines)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (ocr_fakes.make_hanging, ParseTimeout),
        pytest.param(
            ocr_fakes.make_killed,
            WorkerLost,
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL"),
        ),
    ],
)
def test_an_engine_that_hangs_or_crashes_costs_the_document(
    three_pages: bytes, make: MakeFake, error: type[Exception]
) -> None:
    """In a worker; the next scan is read."""
    with Workers(1, limits=Limits(seconds=900.0, cpu_seconds=15.0)) as workers:
        with pytest.raises(error):
            result(workers.run(read_in_worker, three_pages, make))
        assert workers.run(read_in_worker, three_pages, ocr_fakes.make_broken).result() == 2


def test_each_page_is_reported_as_it_is_done(three_pages: bytes) -> None:
    """A long document shows progress, pages that failed included."""
    seen: list[PageResult] = []
    read_scan(three_pages, HERE, make_engine=ocr_fakes.make_broken, progress=seen.append)
    assert [(result.number, result.code) for result in seen] == [(1, None), (2, "page_broken"), (3, None)]


def test_pages_are_read_side_by_side_and_come_in_order(three_pages: bytes) -> None:
    """Two engines at work at the same time: each waits for the other before it answers."""
    together = threading.Barrier(2, timeout=900)

    class Waiting(Fake):
        def read(self, picture: object, seconds: float | None = None) -> ocr.PageReading:
            if picture.pixels.min() > 100:  # type: ignore[attr-defined]  not the marked page
                together.wait()
            return super().read(picture, seconds)  # type: ignore[arg-type]

    document = read_scan(three_pages, SIDE_BY_SIDE, make_engine=lambda config: Waiting())
    assert [each.page for each in document.lines] == [1, 2, 3]


@pytest.mark.parametrize(
    ("pages", "threads", "expected"), [(1, None, 1), (2, None, 2), (9, None, 4), (9, 7, 7), (3, 7, 3)]
)
def test_how_many_pages_are_read_at_once(
    three_pages: bytes, monkeypatch: pytest.MonkeyPatch, pages: int, threads: int | None, expected: int
) -> None:
    """One for each of eight processors, four at most, unless Config says otherwise; no more than there are pages."""
    monkeypatch.setattr(ocr_pages.os, "cpu_count", lambda: 8)
    with ocr_pages.Pages(three_pages, Config(ocr_threads=threads), pages, ocr_fakes.make_fake) as reading:
        assert reading._threads._max_workers == expected


def test_no_room_for_a_thread(three_pages: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lack of memory, as whoever reads in a worker knows it."""

    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(ocr_pages.ThreadPoolExecutor, "submit", refused)
    with pytest.raises(MemoryError):
        read_scan(three_pages, HERE, make_engine=ocr_fakes.make_fake)


def test_blank_scan(page: Image.Image) -> None:
    """Nothing on any page: an error, never empty text."""
    white = Image.new("L", (620, 877), 255)
    with pytest.raises(OcrFailed, match="blank"):
        read_scan(encoded(white, "PNG"), HERE, make_engine=ocr_fakes.make_blank)


def test_blank_page_among_others(three_pages: bytes) -> None:
    """A blank page is an issue of its own, for information."""

    class SecondBlank(Fake):
        def read(self, picture: object, seconds: float | None = None) -> ocr.PageReading:
            self.pages += 1
            return self.reading(picture, *([] if self.pages == 2 else [line("Điều 1. Ban hành", 85, 300)]))  # type: ignore[arg-type]

    document = read_scan(three_pages, HERE, make_engine=lambda config: SecondBlank())
    assert [(issue.code, issue.severity) for issue in document.issues] == [("page_blank", "info")]


def test_every_page_broken(page: Image.Image) -> None:
    """No page could be read: an error that says why."""
    marked = page.resize((310, 438)).convert("L")
    marked.paste(0, (0, 0, 16, 16))
    with pytest.raises(OcrFailed, match="Tesseract failed"):
        read_scan(encoded(marked, "PNG"), HERE, make_engine=ocr_fakes.make_broken)


def test_metadata_pages(page: Image.Image) -> None:
    """The first page, then from the end backwards until Nơi nhận is found; the rest is said to be skipped."""
    small = page.resize((124, 175)).convert("L")
    data = pdf_of([jpeg_stream(small)] * 9, small.size)

    class Ending(Fake):
        def read(self, picture: object, seconds: float | None = None) -> ocr.PageReading:
            self.pages += 1
            text = "Nơi nhân: như trên" if self.pages == 3 else "Phụ lục kèm theo"
            return self.reading(picture, line(text, 85, 300))  # type: ignore[arg-type]

    seen: list[int] = []
    document = read_scan(
        data,
        Config(ocr_threads=1, pages="metadata"),
        make_engine=lambda config: Ending(),
        progress=lambda result: seen.append(result.number),
    )
    assert seen == [1, 9, 8]
    assert [issue.code for issue in document.issues] == ["pages_skipped"]
    assert [each.number for each in document.pages if each.method == "ocr"] == [1, 8, 9]


def test_engine_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is not installed is named, with the extra that brings it."""
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    for choice, extra in (("auto", "vnadmin[ocr]"), ("fast", "vnadmin[ocr]"), ("hybrid", "vnadmin[ocr-hybrid]")):
        with pytest.raises(OcrUnavailable) as caught:
            ocr.choose_engine(choice)  # type: ignore[arg-type]
        assert extra in str(caught.value)


def test_auto_takes_the_best_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the hybrid engine the fast one is taken."""
    real = ocr.importlib.util.find_spec
    monkeypatch.setattr(
        ocr.importlib.util, "find_spec", lambda name: None if name in ("onnxruntime", "asterocr") else real("regex")
    )
    assert ocr.installed_engines() == ("fast",)


def test_language_missing(tmp_path: object) -> None:
    """No Vietnamese data: an error that says what to install, never empty text."""
    pytest.importorskip("tesserocr")
    with pytest.raises(OcrUnavailable):
        find_tessdata(str(tmp_path))


def test_damaged_language_data(tmp_path: object) -> None:
    """Data that Tesseract cannot load is the same error."""
    pytest.importorskip("tesserocr")
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "vie.traineddata").write_bytes(bytes(1000))
    with pytest.raises(OcrUnavailable):
        Tesseract(find_tessdata(str(folder)), mode=7)


def test_model_of_another_version_is_not_loaded(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model file is loaded only when its SHA-256 is the measured one."""
    from pathlib import Path

    package = Path(str(tmp_path)) / "strange_models"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "net.onnx").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    model = ocr_models.Model("strange_models", "net.onnx", "0" * 64)
    with pytest.raises(OcrUnavailable, match="is not the file"):
        ocr_models.model_bytes(model)
    with pytest.raises(OcrUnavailable, match="needs a model"):
        ocr_models.model_bytes(model._replace(package="no_such_package"))


def test_words_that_are_no_utf8_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract gave a word in bytes that are no UTF-8: the word is dropped, the line kept."""
    tesserocr = pytest.importorskip("tesserocr")

    class Word:
        def __init__(self, text: str | None) -> None:
            self.text = text

        def IsAtBeginningOf(self, level: object) -> bool:
            return False

        def GetUTF8Text(self, level: object) -> str:
            if self.text is None:
                b"\xff\xfe\xc3".decode("utf-8")
            return str(self.text)

        def BoundingBox(self, level: object) -> tuple[int, int, int, int]:
            return (0, 0, 10, 10)

        def Confidence(self, level: object) -> float:
            return 90.0

    class Api:
        def GetIterator(self) -> list[Word]:
            return [Word("Kính"), Word(None), Word("gửi:")]

    monkeypatch.setattr(tesserocr, "iterate_level", lambda items, level: items)
    assert [[word.text for word in words] for words in ocr_tesseract._collected(Api())] == [["Kính", "gửi:"]]
