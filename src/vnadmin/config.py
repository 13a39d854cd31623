"""Config: the limits and choices of one parse, frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """Limits within which a document is read; passing one is a `LimitExceeded`, never a hang.

    Attributes:
        max_bytes: size of the input file.
        max_unpacked_bytes: size of what a zipped file (.docx) unpacks to in all: the guard against zip bombs.
        max_pages: pages of a PDF.
        max_characters: characters of the canonical text.
        max_nesting: depth of nested tables or elements in .docx and HTML.
        max_pixels: pixels of one page picture.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_unpacked_bytes: int = 256 * 1024 * 1024
    max_pages: int = 1000
    max_characters: int = 20_000_000
    max_nesting: int = 60
    max_pixels: int = 120_000_000


DEFAULT = Config()
