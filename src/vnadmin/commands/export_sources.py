"""Where `vnadmin export` takes documents from: files, folders, and the search of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from vnadmin.commands.alone import Alone
from vnadmin.config import DEFAULT
from vnadmin.errors import DamagedInput, SourceNotFound, VnadminError
from vnadmin.model import AdminDocument
from vnadmin.process.boundary import document_boundary

if TYPE_CHECKING:
    from vnadmin.export.profile import AgencyProfile
    from vnadmin.export.registry import Item
    from vnadmin.index.export.standards import Held

Found = tuple[str, bytes, AdminDocument | VnadminError]  # a document's name, its bytes, and what was read of it


def from_files(
    alone: Alone, files: Sequence[Path], profile: AgencyProfile
) -> Iterator[Item | tuple[str, VnadminError]]:
    """Each document of the files, and of those in folders; or a file's name and why it cannot be read."""
    from vnadmin.export.registry import Item

    number = 0
    for name, path in _named(files):
        try:
            found = _json(path) if path.suffix.lower() == ".json" else alone.run(_documents, str(path))
        except VnadminError as error:
            yield name, error
            continue
        for inner, data, outcome in cast("tuple[Found, ...]", found):
            full = f"{name}!/{inner}" if inner else name
            if isinstance(outcome, VnadminError):
                yield full, outcome
            else:
                number += 1
                yield Item(outcome, full, data or None, profile.numbered(number))


def from_catalog(
    alone: Alone, catalog: str, query: str, limit: int | None, profile: AgencyProfile, *, with_files: bool
) -> list[Item]:
    """The documents of a search, best first, with people's corrections in.

    Raises:
        SourceNotFound: nothing is found; or a form carries the files, and one has gone.
    """
    from vnadmin.index.export.standards import held, items
    from vnadmin.index.run.walk_open import file_of
    from vnadmin.index.search.connect import reading
    from vnadmin.index.search.search import found_ids

    def file(one: Held) -> bytes:
        return cast(bytes, alone.run(file_of, one.paths, one.sha256, DEFAULT.max_bytes))

    with reading(catalog) as connection:
        found = list(held(connection, found_ids(connection, query)[:limit]))
    if not found:
        raise SourceNotFound("The search finds no document.", "Try `vnadmin search` with the same words.")
    return items(found, profile, file if with_files else None)


def _named(files: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Files by their names, those of a folder by their places in it; what other programs leave there is left out."""
    for path in files:
        if not path.is_dir():
            yield path.name, path
            continue
        for inner in sorted(path.rglob("*")):
            parts = inner.relative_to(path).parts
            if inner.is_file() and not inner.is_symlink() and not any(part.startswith((".", "~$")) for part in parts):
                yield "/".join(parts), inner


def _json(path: Path) -> tuple[Found, ...]:
    from vnadmin.held import read_bytes

    try:
        return (("", b"", AdminDocument.model_validate_json(read_bytes(path, DEFAULT))),)
    except ValidationError as error:
        raise DamagedInput("It is no JSON of `vnadmin parse --evidence`.") from error


def _documents(source: str) -> tuple[Found, ...]:
    """In the worker: each document of a file with its bytes."""
    from vnadmin.held import read_bytes
    from vnadmin.pipeline import parse
    from vnadmin.source.container import documents_in

    with document_boundary():
        found = documents_in(read_bytes(source, DEFAULT), DEFAULT)
    made = list[Found]()
    for name, data, error in found:
        try:
            if error is not None:
                raise error
            with document_boundary():
                made.append((name, data, parse(data)))
        except VnadminError as refused:
            made.append((name, b"", refused))
    return tuple(made)
