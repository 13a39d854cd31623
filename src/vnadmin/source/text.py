"""Reads plain text and Markdown."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.layout.page import DocumentBuilder, SourceDocument


def sniff_text(data: bytes) -> bool:
    """Text: decodes as UTF-8 (or has a UTF-16 mark)."""
    return True


def read_text(data: bytes, config: Config) -> SourceDocument:
    """A placeholder until the real reader lands: one line a paragraph."""
    text = data.decode("utf-8", "replace")
    if len(text) > config.max_characters:
        raise LimitExceeded(f"The text is longer than {config.max_characters} characters (Config.max_characters).")
    builder = DocumentBuilder("text/plain")
    builder.page()
    for line in text.splitlines():
        builder.line(line)
    return builder.build()
