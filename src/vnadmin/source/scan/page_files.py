"""Reads a document of Word that holds nothing but pictures of pages: each is a page of a scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, OcrFailed, OcrUnavailable, VnadminError
from vnadmin.layout.page import SourceDocument
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.scan.pages import MakeEngine, chosen_engine
from vnadmin.source.scan.pictures import PictureScan, Scan
from vnadmin.source.scan.reader import read_scan

_LEAST_WIDE, _LEAST_TALL = 300.0, 380.0  # points: two thirds of an A4 page between its margins


class PageFile(NamedTuple):
    """A picture file, and the size in points at which Word draws it."""

    data: bytes
    width: float
    height: float


def read_page_files(
    files: Iterable[PageFile], media_type: str, config: Config, make_engine: MakeEngine = chosen_engine
) -> SourceDocument | None:
    """What is read on the pictures as large as a page; None where there is none or, with any engine allowed, no text.

    Raises:
        OcrUnavailable: the engine or its data is missing.
        OcrFailed: no page could be read.
        LimitExceeded: there are more than Config allows.
    """
    pages = [file.data for file in files if file.width >= _LEAST_WIDE and file.height >= _LEAST_TALL]
    if not pages:
        return None
    if len(pages) > config.max_pages:
        raise LimitExceeded(f"The file has {len(pages)} pages, more than {config.max_pages} (Config.max_pages).")
    opener = partial(_PageFiles, files=pages, media_type=media_type)
    try:
        return read_scan(b"", config, make_engine=make_engine, opener=opener)
    except (OcrUnavailable, OcrFailed):
        if config.ocr != "auto":
            raise
        return None


class _PageFiles(Scan):
    """Picture files, each a page; see `Scan`."""

    def __init__(self, data: bytes, config: Config, files: Sequence[bytes], media_type: str) -> None:
        self._config = config
        self._files = files
        self.media_type = media_type

    def __len__(self) -> int:
        return len(self._files)

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`."""
        try:
            with PictureScan(self._files[number - 1], self._config) as scan:
                return scan.size(1)
        except VnadminError as error:  # in a format of Windows' own (.emf), damaged, too large
            raise PageNotRead("page_broken", "The picture cannot be opened.") from error

    def picture(self, number: int) -> PagePicture:
        """See `Scan`."""
        try:
            with PictureScan(self._files[number - 1], self._config) as scan:
                return scan.picture(1)
        except VnadminError as error:
            raise PageNotRead("page_broken", "The picture cannot be opened.") from error
