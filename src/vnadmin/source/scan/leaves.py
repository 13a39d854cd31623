"""Opens a scan so that a picture of two pages side by side is two pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.image.spread import LEAST_WIDE, find_fold
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.scan.filled_in.slots import NO_BLANKS, Blanks
from vnadmin.source.scan.pictures import Scan, open_scan


def open_leaves(data: bytes, config: Config) -> Scan:
    """Open a PDF or a picture file; a picture of two pages side by side is two pages.

    Raises:
        DamagedInput, EncryptedInput, LimitExceeded: see `open_scan`.
    """
    scan = open_scan(data, config)
    folds = _folds(scan)
    return Leaves(scan, folds, config) if any(fold is not None for fold in folds) else scan


def _folds(scan: Scan) -> list[float | None]:
    """Where each page is parted."""
    folds: list[float | None] = []
    for number in range(1, len(scan) + 1):
        try:
            width, height = scan.size(number)
            wide = width >= LEAST_WIDE * height and not scan.has_text
            folds.append(find_fold(scan.look(number).pixels) if wide else None)
        except (PageNotRead, MemoryError):
            folds.append(None)
    return folds


class Leaves(Scan):
    """A scan some of whose pictures show two pages each; see `Scan`."""

    def __init__(self, scan: Scan, folds: Sequence[float | None], config: Config) -> None:
        self._scan = scan
        self.media_type = scan.media_type
        # Each page as the stretch of a picture that it is, from 0 to 1 of its width.
        self._places = [
            (number, *ends)
            for number, fold in enumerate(folds, 1)
            for ends in ([(0.0, 1.0)] if fold is None else [(0.0, fold), (fold, 1.0)])
        ]
        if len(self._places) > config.max_pages:
            self.close()
            raise LimitExceeded(f"The file has more than {config.max_pages} pages (Config.max_pages).")

    def __len__(self) -> int:
        return len(self._places)

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`."""
        whole, start, end = self._places[number - 1]
        width, height = self._scan.size(whole)
        return width * (end - start), height

    def picture(self, number: int) -> PagePicture:
        """See `Scan`."""
        whole, start, end = self._places[number - 1]
        picture = self._scan.picture(whole)
        width = picture.pixels.shape[1]
        return replace(picture, pixels=picture.pixels[:, round(start * width) : round(end * width)].copy())

    def blanks(self, number: int) -> Blanks:
        """See `Scan`."""
        whole, start, _ = self._places[number - 1]
        return NO_BLANKS if start else self._scan.blanks(whole)

    def close(self) -> None:
        """See `Scan`."""
        self._scan.close()
