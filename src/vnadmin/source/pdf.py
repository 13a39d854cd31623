"""Reads the text layer of a PDF: words with boxes, columns by geometry, furniture set aside."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import UnsupportedFormat
from vnadmin.layout.page import SourceDocument


def sniff_pdf(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_pdf(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat
