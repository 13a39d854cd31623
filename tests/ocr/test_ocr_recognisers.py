"""Recognisers that stay loaded: each lent to one reading at a time, few kept, nothing left behind by a reading."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.makers.ocr_fakes import real_engine
from vnadmin.ocr.recognisers import Recognisers
from vnadmin.ocr.tesseract import Tesseract, find_tessdata

pytest.importorskip("tesserocr")


@pytest.fixture(scope="module")
def folder() -> str:
    """Where the Vietnamese data is."""
    real_engine("fast")
    return find_tessdata()


def test_idle_one_is_lent_again(folder: str) -> None:
    """One after the other: the same; at the same time: two."""
    kept = Recognisers()
    with kept.lent(folder, 7) as first:
        pass
    with kept.lent(folder, 4) as again, kept.lent(folder, 7) as other:
        assert again is first
        assert other is not first


def test_few_are_kept(folder: str) -> None:
    """What comes back above the number that is kept is let go of, the oldest first."""
    kept = Recognisers(kept=1)
    with kept.lent(folder, 7) as first, kept.lent(folder, 7) as second:
        pass
    with kept.lent(folder, 7) as third:
        assert third is first  # it came back last
    with pytest.raises(RuntimeError):
        second.GetUTF8Text()  # it was ended


def test_one_that_failed_is_not_lent_again(folder: str) -> None:
    """An error while it was lent: it is ended."""
    kept = Recognisers()
    with pytest.raises(ZeroDivisionError), kept.lent(folder, 7) as failed:
        raise ZeroDivisionError
    with kept.lent(folder, 7) as next_one:
        assert next_one is not failed


def test_folders_are_kept_apart(folder: str, tmp_path: Path) -> None:
    """Data of one folder never reads for another."""
    (tmp_path / "vie.traineddata").symlink_to(Path(folder) / "vie.traineddata")
    kept = Recognisers()
    with kept.lent(folder, 7) as first:
        pass
    with kept.lent(str(tmp_path), 7) as other:
        assert other is not first


def test_answer_does_not_depend_on_what_was_read_before(folder: str, page: Image.Image) -> None:
    """A page, a line, the page again, on its head between: the same words and confidences."""
    grey = np.asarray(page.convert("L"))
    whole, line = Tesseract(folder, 4), Tesseract(folder, 7)
    before = whole.lines(grey, 150)
    strip = grey[:60]
    of_strip = line.lines(strip, 300)
    whole.lines(grey[::-1, ::-1], 150)
    assert whole.lines(grey, 150) == before
    assert line.lines(strip, 300) == of_strip
    assert before


def test_threads_read_the_same(folder: str, page: Image.Image) -> None:
    """Two at once, each with a recogniser of its own."""
    grey = np.asarray(page.convert("L"))[:300]
    reader = Tesseract(folder, 4)
    expected = reader.lines(grey, 150)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(reader.lines(grey, 150))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_forked_process_has_its_own(folder: str) -> None:
    """A process forked while another thread holds the lock begins with none and reads on."""
    kept = Recognisers()
    with kept.lent(folder, 7):
        pass
    kept._lock.acquire()  # as a thread that does not exist in the child would
    kept.forget()
    with kept.lent(folder, 7) as api:
        assert api.GetDatapath().rstrip("/") == folder.rstrip("/")
