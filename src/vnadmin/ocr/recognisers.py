"""Keeps Tesseract's recognisers loaded: lent for one reading each, so that neither documents nor engines load their own."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vnadmin.errors import OcrUnavailable

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

LANGUAGE = "vie"
_KEPT = 4  # idle ones: 12 MB each, 50 ms to load; where more threads than that read at once, some load theirs anew


class Recognisers:
    """Idle recognisers of a process, by the folder of their data; safe between threads.

    None is lent twice at a time, and one that failed is not lent again. All that a reading may set is set before each,
    its picture is let go of after it, and Tesseract's network learns nothing from what it reads: an answer does not
    depend on what was read before.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._idle: list[tuple[str, PyTessBaseAPI]] = []
        self._lock = threading.Lock()

    @contextmanager
    def lent(self, tessdata: str, mode: int) -> Iterator[PyTessBaseAPI]:
        """A recogniser in this page segmentation mode, for one reading.

        Args:
            tessdata: folder with the Vietnamese data.
            mode: how Tesseract looks for lines.

        Raises:
            OcrUnavailable: it cannot be loaded.
        """
        with self._lock:
            found = next((index for index, (folder, _) in enumerate(self._idle) if folder == tessdata), None)
            api = self._idle.pop(found)[1] if found is not None else None
        if api is None:
            api = _loaded(tessdata)
        well = False
        try:
            api.SetPageSegMode(mode)
            yield api
            well = True
        finally:
            api.Clear()
            if well:
                self._take_back(tessdata, api)
            else:
                api.End()

    def _take_back(self, tessdata: str, api: PyTessBaseAPI) -> None:
        with self._lock:
            self._idle.append((tessdata, api))
            surplus = self._idle[: -self._kept]
            del self._idle[: -self._kept]
        for _, old in surplus:
            old.End()

    def end(self) -> None:
        """Let go of all that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, api in idle:
            api.End()

    def forget(self) -> None:
        """Begin anew in a forked process: another thread may have held the lock as it was copied."""
        self._lock = threading.Lock()
        self._idle = []


def _loaded(tessdata: str) -> PyTessBaseAPI:
    from tesserocr import OEM, LeptLogLevel, PyTessBaseAPI, set_leptonica_log_level

    set_leptonica_log_level(LeptLogLevel.NONE)
    try:
        return PyTessBaseAPI(path=tessdata, lang=LANGUAGE, oem=OEM.LSTM_ONLY)
    except RuntimeError as error:
        raise OcrUnavailable(f"Tesseract cannot load {LANGUAGE}.traineddata of {tessdata}.") from error


RECOGNISERS = Recognisers()
atexit.register(RECOGNISERS.end)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=RECOGNISERS.forget)
