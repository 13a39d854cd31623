"""Reads .docx: paragraphs and tables in document order, with the numbers that Word draws."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import UnsupportedFormat
from vnadmin.layout.page import SourceDocument


def sniff_docx(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_docx(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat
