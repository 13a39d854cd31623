"""Read Vietnamese administrative documents (văn bản hành chính) into a typed model, with evidence for every value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from vnadmin._version import __version__
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import VnadminError
from vnadmin.model import AdminDocument

__all__ = ["AdminDocument", "Config", "VnadminError", "__version__", "parse"]


def parse(
    source: str | Path | bytes | BinaryIO,
    *,
    config: Config = DEFAULT,
    progress: Callable[[int, int], None] | None = None,
) -> AdminDocument:
    """Read a document: a path, its bytes, or an open binary file.

    What reads documents is imported with the first one, not with the package: a program that only wants the model
    starts at once.

    Args:
        source: the document.
        config: limits and choices.
        progress: told of each page of a scan that was read: how many by now, and how many in all.

    Raises:
        VnadminError: only for input that cannot be read (see docs/errors.md). Odd content gives `issues`.
    """
    from vnadmin.pipeline import parse as run

    return run(source, config=config, progress=progress)
