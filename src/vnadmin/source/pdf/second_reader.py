"""Reads a page with pdfplumber where pdfium finds no words or damaged ones.

pdfminer, which pdfplumber stands on, finds the letters of a font without a map to Unicode in the font program itself
(seen: fonts of print drivers whose ToUnicode was lost), and loads pages whose content pdfium gives up. It takes some
hundred times longer, so it is asked for such pages only.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from vnadmin.layout.placed.geometry import PlacedWord
from vnadmin.source.pdf.open import from_head
from vnadmin.source.pdf.text import Fonts, font_by_name
from vnadmin.text.legacy import convert_word, font_encoding, looks_legacy

# pdfminer raises what its own code meets in damaged files; a page that it cannot read is one without words.
_FAILURES = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RecursionError, TypeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The words of a page and its size in points, from the top left corner as it is shown."""

    width: float
    height: float
    words: list[PlacedWord]


def read_page(data: bytes, number: int, fonts: Fonts) -> SecondReading | None:
    """The words of one page (numbers from 1); None where pdfplumber cannot read it."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    failures = (*_FAILURES, PDFException, PSException, MalformedPDFException, PdfminerException)
    try:
        with _quiet(), pdfplumber.open(io.BytesIO(from_head(data)), pages=[number]) as pdf:
            if not pdf.pages:
                return None
            page = pdf.pages[0]
            return SecondReading(float(page.width), float(page.height), words_of(page, number, fonts))
    except failures:
        return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Without pdfminer's log: it names what it met in the file, and an Issue says what a user needs to know."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def words_of(page: Any, number: int, fonts: Fonts) -> list[PlacedWord]:
    """The words of a `pdfplumber` page in the order of its text, from the top left corner of what it shows."""
    found = page.extract_words(use_text_flow=True, extra_attrs=["fontname"])
    left, top = page.bbox[:2]
    encoding = looks_legacy(" ".join(word["text"] for word in found))
    font_at = fonts.at.setdefault(number, {})
    words: list[PlacedWord] = []
    for key, word in enumerate(found):
        font = font_at[key] = font_by_name(word["fontname"])
        text = word["text"].strip()
        if not text:
            continue
        if encoding is not None:
            text = convert_word(text, font.family, None if font_encoding(font.family) else encoding)
        x0, y0, x1, y1 = word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top
        words.append(PlacedWord(text, float(x0), float(y0), float(x1), float(y1), key))
    return words
