"""Sample documents of every format, with invented names: for the demo, the tutorial and the review page."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

_SUFFIXES = (".txt", ".md", ".html", ".docx", ".doc", ".rtf", ".pdf", ".png")


def scans() -> tuple[Traversable, ...]:
    """The bundled scans, by name: reading them needs an OCR engine, so `samples` leaves them out."""
    files = (item for item in resources.files(__name__).joinpath("scans").iterdir() if item.name.endswith(".png"))
    return tuple(sorted(files, key=lambda item: item.name))


def samples() -> tuple[Traversable, ...]:
    """The bundled documents, by name."""
    files = (item for item in resources.files(__name__).iterdir() if item.name.endswith(_SUFFIXES))
    return tuple(sorted(files, key=lambda item: item.name))
