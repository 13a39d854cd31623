"""pdfium's calls that are made for each object and letter of a page.

An object is named by its address here: pypdfium2 makes a pointer of its own class for each, and compares the class of every
argument, which takes two to three times as long as the call. How many arguments come and whether they are figures or
addresses is checked as there.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]
_BOX = struct.Struct("4f")  # FS_RECTF
_ADDRESS, _FIGURE = ctypes.c_void_p, ctypes.c_int


def _by_address(function: Any, *arguments: Any, gives: Any = _FIGURE) -> Any:
    call = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    call.argtypes, call.restype = arguments, gives
    return call


object_on_page = _by_address(pdfium.FPDFPage_GetObject, _ADDRESS, _FIGURE, gives=_ADDRESS)
object_in_form = _by_address(pdfium.FPDFFormObj_GetObject, _ADDRESS, _FIGURE, gives=_ADDRESS)
count_marks = _by_address(pdfium.FPDFPageObj_CountMarks, _ADDRESS)
mark_of = _by_address(pdfium.FPDFPageObj_GetMark, _ADDRESS, ctypes.c_ulong, gives=_ADDRESS)
kind_in_mark = _by_address(pdfium.FPDFPageObjMark_GetParamValueType, _ADDRESS, ctypes.c_char_p)
text_mode = _by_address(pdfium.FPDFTextObj_GetTextRenderMode, _ADDRESS)
is_blended = _by_address(pdfium.FPDFPageObj_HasTransparency, _ADDRESS)
fill_into = _by_address(pdfium.FPDFPageObj_GetFillColor, *5 * [_ADDRESS])
stroke_into = _by_address(pdfium.FPDFPageObj_GetStrokeColor, *5 * [_ADDRESS])
clip_of = _by_address(pdfium.FPDFPageObj_GetClipPath, _ADDRESS, gives=_ADDRESS)
count_clips = _by_address(pdfium.FPDFClipPath_CountPaths, _ADDRESS)
text_object = _by_address(pdfium.FPDFText_GetTextObject, _ADDRESS, _FIGURE, gives=_ADDRESS)
font_in = _by_address(pdfium.FPDFTextObj_GetFont, _ADDRESS, gives=_ADDRESS)
_box_into = _by_address(pdfium.FPDFText_GetLooseCharBox, _ADDRESS, _FIGURE, _ADDRESS)


def pointer(item: int, kind: Any) -> Any:
    """The object at an address, as pypdfium2's own calls take it: `pdfium.FPDF_PAGEOBJECT`, `pdfium.FPDF_FONT`."""
    return ctypes.cast(item, kind)


class CharBoxes:
    """Boxes of the characters of one page, as high as their line, where `place` puts them: left, low, right, top in, four edges out."""

    def __init__(self, text_page: object, place: Callable[[float, float, float, float], Bounds]) -> None:
        self._text_page = text_page
        self._place = place
        self._box = pdfium.FS_RECTF()
        self._address = ctypes.addressof(self._box)

    def of(self, index: int) -> Bounds | None:
        """The box of a character; None where it has none (a space that pdfium put in)."""
        if not _box_into(self._text_page, index, self._address):
            return None
        left, top, right, low = _BOX.unpack_from(self._box)
        return self._place(left, low, right, top)
