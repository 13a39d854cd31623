"""pdfium's calls for the characters of a page: boxes, where a page's own coordinates are shown, and text objects."""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]
_BOX = struct.Struct("4f")  # FS_RECTF


@dataclass(slots=True)
class Sheet:
    """How a page's own coordinates become points from the top left corner as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 2 else (width, height)

    def place(self, x0: float, low: float, x1: float, high: float) -> Bounds:
        """A box in page space (low is its bottom) as x0, y0, x1, y1."""
        if self.rotation == 0:
            return x0 - self.left, self.top - high, x1 - self.left, self.top - low
        if self.rotation == 1:
            return low - self.bottom, x0 - self.left, high - self.bottom, x1 - self.left
        if self.rotation == 2:
            return self.right - x1, low - self.bottom, self.right - x0, high - self.bottom
        return self.top - high, self.right - x1, self.top - low, self.right - x0

    def own(self, x0: float, y0: float, x1: float, y1: float) -> Bounds:
        """A box as it is shown, in page space: what `place` was given."""
        if self.rotation == 0:
            return x0 + self.left, self.top - y1, x1 + self.left, self.top - y0
        if self.rotation == 1:
            return y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom
        if self.rotation == 2:
            return self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom
        return self.right - y1, self.top - x1, self.right - y0, self.top - x0


def sheet_of(page: object) -> Sheet:
    """The visible part of a page and its rotation."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Sheet(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


class CharBoxes:
    """Boxes of the characters of one page, as high as their line, where its sheet shows them."""

    def __init__(self, text_page: object, sheet: Sheet) -> None:
        self._text_page = text_page
        self._sheet = sheet
        self._box = pdfium.FS_RECTF()

    def of(self, index: int) -> Bounds | None:
        """The box of a character; None where it has none (a space that pdfium put in)."""
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page, index, self._box):
            return None
        left, top, right, low = _BOX.unpack_from(self._box)
        return self._sheet.place(left, low, right, top)


def address(pointer: Any) -> int | None:
    """The address a pointer of pdfium holds, by which its objects are told apart; None for a null pointer."""
    return ctypes.addressof(pointer.contents) if pointer else None


def text_object(text_page: object, index: int) -> int | None:
    """The address of the text object of a character; None for one that pdfium put in, a space or a line's end."""
    return address(pdfium.FPDFText_GetTextObject(text_page, index))
