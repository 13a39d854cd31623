"""A job in its worker process: the document parsed, pages told as they are done."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from vnadmin import Config
from vnadmin.process.progress import write_progress
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
