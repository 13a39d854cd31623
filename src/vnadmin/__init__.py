"""Read Vietnamese administrative documents (văn bản hành chính) into a typed model, with evidence for every value."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from vnadmin._version import __version__
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import VnadminError
from vnadmin.model import AdminDocument

__all__ = ["AdminDocument", "Config", "VnadminError", "__version__", "parse"]


def parse(source: str | Path | bytes | BinaryIO, *, config: Config = DEFAULT) -> AdminDocument:
    """Read a document: a path, its bytes, or an open binary file.

    The rooms behind the door are imported with the first document, not with the package: a program that may
    never meet a document, or only wants the model, starts at once.

    Raises:
        VnadminError: only for input that cannot be read (see docs/errors.md). Odd content gives `issues`.
    """
    from vnadmin.pipeline import parse as run

    return run(source, config=config)
