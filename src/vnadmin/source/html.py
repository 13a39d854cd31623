"""Reads HTML: pages saved from legal portals and other web pages."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import UnsupportedFormat
from vnadmin.layout.page import SourceDocument


def sniff_html(data: bytes) -> bool:
    """Whether these bytes are of this format."""
    return False


def read_html(data: bytes, config: Config) -> SourceDocument:
    """Not written yet."""
    raise UnsupportedFormat
