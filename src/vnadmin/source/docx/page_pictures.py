"""Reads a .docx that holds nothing but pictures of pages: each is a page of a scan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, VnadminError
from vnadmin.layout.page import SourceDocument
from vnadmin.ocr.engine import PageNotRead
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.source.docx.pictures import picture_places
from vnadmin.source.scan.pages import MakeEngine, chosen_engine
from vnadmin.source.scan.pictures import PictureScan, Scan
from vnadmin.source.scan.reader import read_scan

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnadmin.source.docx.package import Package

_LEAST_WIDE, _LEAST_TALL = 300.0, 380.0  # points: two thirds of an A4 page between its margins
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page_pictures(body: _Element | None, package: Package) -> list[bytes]:
    """The picture files that are drawn as large as a page, in order."""
    if body is None:
        return []
    large = (
        place.relation for place in picture_places(body) if place.width >= _LEAST_WIDE and place.height >= _LEAST_TALL
    )
    return [data for relation in large if (data := package.outside(relation))]


def read_page_pictures(
    files: Sequence[bytes], config: Config, make_engine: MakeEngine = chosen_engine
) -> SourceDocument:
    """Read pictures of pages.

    Raises:
        OcrUnavailable: the engine or its data is missing.
        OcrFailed: no page could be read.
        LimitExceeded: there are more than Config allows.
    """
    if len(files) > config.max_pages:
        raise LimitExceeded(f"The file has {len(files)} pages, more than {config.max_pages} (Config.max_pages).")
    return read_scan(b"", config, make_engine=make_engine, opener=partial(_PageFiles, files=files))


class _PageFiles(Scan):
    """Picture files, each a page; see `Scan`."""

    media_type = _MEDIA_TYPE

    def __init__(self, data: bytes, config: Config, files: Sequence[bytes]) -> None:
        self._config = config
        self._files = files

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
