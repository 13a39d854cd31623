"""Reads the pages of files in which other OCR programs give their words: what hOCR and ALTO share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.layout.page import SourceDocument
from vnadmin.ocr.reading import PageReading
from vnadmin.source.scan.pages import PageResult

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_pages(
    media_type: str, pages: Sequence[_Element], read: Callable[[_Element], PageReading], config: Config
) -> SourceDocument:
    """The document of these pages.

    Raises:
        DamagedInput: there is no page.
        LimitExceeded: more pages or characters than Config allows.
        OcrFailed: there is no text on any page.
    """
    from vnadmin.source.scan.reader import document_of

    if not pages:
        raise DamagedInput
    if len(pages) > config.max_pages:
        raise LimitExceeded(f"The file has {len(pages)} pages, more than {config.max_pages} (Config.max_pages).")
    results: dict[int, PageResult] = {}
    characters = 0
    for number, page in enumerate(pages, 1):
        reading = read(page)
        characters += sum(len(word.text) + 1 for word in reading.words)
        if characters > config.max_characters:
            limit = config.max_characters
            raise LimitExceeded(f"The text has more than {limit} characters (Config.max_characters).")
        results[number] = PageResult(number, reading.width, reading.height, reading)
    return document_of(media_type, len(results), results)
