"""What a worker is asked to do. A program names these functions and does not run them: what they need is imported in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.process.boundary import document_boundary
from vnadmin.process.confine import allow_processor
from vnadmin.process.progress import write_progress

if TYPE_CHECKING:
    from vnadmin.citation import CitedText
    from vnadmin.model import AdminDocument


def begin() -> None:
    """Runs once in each new worker, so that no document's time goes to it; a reader comes with its first file."""
    import vnadmin.pipeline  # noqa: F401


def allotted(seconds: float, function: Callable[..., object], *args: object) -> object:
    """One document's work, with its share of processor time."""
    allow_processor(seconds)
    return function(*args)


def parse(source: str | bytes, config: Config) -> AdminDocument:
    """One document, of a file with several the first."""
    from vnadmin.pipeline import parse

    with document_boundary():
        return parse(source, config=config)


def parse_each(
    source: str | bytes, config: Config, note: str = ""
) -> tuple[tuple[str, AdminDocument | VnadminError], ...]:
    """Each document of a file, or the error of each; how many pages of a scan were read is written to the file `note`."""
    from vnadmin.pipeline import parse_each

    path = Path(note)
    told = (lambda done, total: write_progress(path, done, total)) if note else None
    return tuple(parse_each(source, config=config, boundary=document_boundary, progress=told))


def cite(source: str | bytes, config: Config) -> CitedText:
    """What a document cites."""
    from vnadmin.citing import cite

    with document_boundary():
        return cite(source, config=config)


def dump_each(
    source: str | bytes, config: Config, note: str, evidence: bool, language: str
) -> tuple[tuple[str, dict[str, object] | VnadminError], ...]:
    """As `parse_each`, each document as plain values: a program that prints them needs no model."""
    return tuple(
        (name, outcome if isinstance(outcome, VnadminError) else dump(outcome, evidence, language))
        for name, outcome in parse_each(source, config, note)
    )


def dump(document: AdminDocument, evidence: bool, language: str) -> dict[str, object]:
    """A document as JSON writes it, with its text and evidence or without, its issues told in `vi` or `en`."""
    if language == "vi":
        from vnadmin.issues import in_vietnamese

        document = in_vietnamese(document)
    return document.model_dump(mode="json", exclude=None if evidence else {"evidence", "text"})
