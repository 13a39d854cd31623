"""Says that a document's elements are nested deeper than its reader goes."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.layout.builder import DocumentBuilder


def say_too_deep(builder: DocumentBuilder, config: Config) -> None:
    """What stands deeper was left out."""
    message = f"What is nested deeper than {config.max_nesting} levels was left out (Config.max_nesting)."
    builder.issue("nesting_too_deep", message)
