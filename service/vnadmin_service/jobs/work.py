"""A job in its worker process: the document parsed, pages told as they are done."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from vnadmin import Config
from vnadmin_service.work import Upload, parse


class Parsed(NamedTuple):
    """The whole document as JSON, and its number of pages."""

    document: bytes
    pages: int


def parse_job(upload: Upload, config: Config, note: str) -> Parsed:
    """Parse; `note` is a file in which the progress is written."""
    path = Path(note)
    document = parse(upload, config, lambda done, total: write_progress(path, done, total))
    return Parsed(document.model_dump_json().encode("utf-8"), len(document.source.pages))


def write_progress(note: Path, done: int, total: int) -> None:
    """Told to whoever reads the file; in one step, so that no half of it is read."""
    fresh = note.with_suffix(".new")
    fresh.write_text(f"{done}/{total}", "ascii")
    fresh.replace(note)


def read_progress(note: Path) -> tuple[int, int]:
    """Pages done and pages in all, as the worker wrote them last; zeros before."""
    try:
        done, _, total = note.read_text("ascii").partition("/")
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0
