"""pdfium's calls that are made for each word and object of a page: many at a time, without ctypes' check of arguments."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium


def _unchecked(function: Any, result: Any = ctypes.c_int) -> Any:
    """The same function, called in a third of the time: nothing looks at the arguments before pdfium does.

    Callers pass handles and `byref` as they are, and ints only where C has an int. Calls are so short that the
    interpreter is kept meanwhile (PYFUNCTYPE): letting it go and taking it back costs as much.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_loose_box = _unchecked(pdfium.FPDFText_GetLooseCharBox)
_object_at = _unchecked(pdfium.FPDFPage_GetObject, pdfium.FPDFPage_GetObject.restype)
_kind_of = _unchecked(pdfium.FPDFPageObj_GetType)
_text_object = _unchecked(pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetTextObject.restype)
_text_address = _unchecked(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_font_address = _unchecked(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)

AT_ONCE = 128  # characters; the words of a page of prose have some thousand ends
_floats = struct.Struct("4f").iter_unpack

# left, top, right, bottom in the page's own coordinates
Bounds = tuple[float, float, float, float]


class CharBoxes:
    """Boxes of characters, as high as their line, up to `AT_ONCE` at a time."""

    def __init__(self) -> None:
        self._boxes = (pdfium.FS_RECTF * AT_ONCE)()
        size = ctypes.sizeof(pdfium.FS_RECTF)
        self._pointers = [ctypes.byref(self._boxes, index * size) for index in range(AT_ONCE)]
        self._bytes = memoryview(self._boxes).cast("B")

    def of(self, text_page: object, indices: Sequence[int]) -> Sequence[Bounds | None]:
        """The box of each of these characters; None where there is none."""
        found = list(map(_loose_box, repeat(text_page), indices, self._pointers))
        boxes = list(_floats(self._bytes[: 16 * len(found)]))
        return boxes if all(found) else [box if has else None for box, has in zip(boxes, found, strict=True)]


def font_address(text_page: object, index: int) -> int | None:
    """What stands for the font of a character, as long as the document is open: pdfium keeps its fonts. None: it has none."""
    address: int | None = _font_address(_text_object(text_page, index))
    return address


def text_object(text_page: object, index: int) -> int | None:
    """The address of the text object of a character; None for one that pdfium put in, a space or a line's end."""
    address: int | None = _text_address(text_page, index)
    return address


def object_kinds(page: object, count: int) -> Iterator[int]:
    """The kinds of the first objects of a page."""
    return map(_kind_of, map(_object_at, repeat(page), range(count)))
