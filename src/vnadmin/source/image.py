"""Recognises page pictures, which need OCR."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import UnsupportedFormat
from vnadmin.layout.page import SourceDocument


def sniff_image(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_image(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat
