"""pdfium's calls for the characters of a page: boxes, fonts and text objects."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]
_BOX = struct.Struct("4f")  # FS_RECTF


class CharBoxes:
    """Boxes of the characters of one page, as high as their line, where `place` puts them: left, low, right, top in, four edges out."""

    def __init__(self, text_page: object, place: Callable[[float, float, float, float], Bounds]) -> None:
        self._text_page = text_page
        self._place = place
        self._box = pdfium.FS_RECTF()

    def of(self, index: int) -> Bounds | None:
        """The box of a character; None where it has none (a space that pdfium put in)."""
        if not pdfium.FPDFText_GetLooseCharBox(self._text_page, index, self._box):
            return None
        left, top, right, low = _BOX.unpack_from(self._box)
        return self._place(left, low, right, top)


def address(pointer: Any) -> int | None:
    """The address a pointer of pdfium holds, by which its objects are told apart; None for a null pointer."""
    return ctypes.addressof(pointer.contents) if pointer else None


def text_object(text_page: object, index: int) -> int | None:
    """The address of the text object of a character; None for one that pdfium put in, a space or a line's end."""
    return address(pdfium.FPDFText_GetTextObject(text_page, index))
