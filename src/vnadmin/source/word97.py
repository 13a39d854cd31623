"""Reads .doc (Word 97) and .rtf."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import UnsupportedFormat
from vnadmin.layout.page import SourceDocument


def sniff_doc(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_doc(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat


def sniff_rtf(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_rtf(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat
