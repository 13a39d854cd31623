"""The table of contents: bytes become a SourceDocument, Zones, candidates and at last an AdminDocument."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from vnadmin.assemble import assemble
from vnadmin.citation import find_hints, read_appendix_references, read_references
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import EmptyInput, LimitExceeded, SourceNotFound
from vnadmin.fields import FIELDS
from vnadmin.layout.page import SourceDocument
from vnadmin.model import AdminDocument
from vnadmin.source import PagesRead, read_source
from vnadmin.zones import Zones, find_zones


def parse(
    source: str | Path | bytes | BinaryIO, *, config: Config = DEFAULT, progress: PagesRead | None = None
) -> AdminDocument:
    """Read a document: a path, its bytes, or an open binary file.

    Args:
        source: the document.
        config: limits and choices.
        progress: told of each page of a scan that was read: how many by now, and how many in all.

    Raises:
        VnadminError: only for input that cannot be read (see docs/errors.md). Odd content gives `issues`.
    """
    return parse_with_layout(source, config=config, progress=progress)[0]


def parse_with_layout(
    source: str | Path | bytes | BinaryIO, *, config: Config = DEFAULT, progress: PagesRead | None = None
) -> tuple[AdminDocument, SourceDocument]:
    """`parse`, and the layout beside it: where each word stands, for a page on which people select text."""
    admin, zones = parse_with_zones(source, config=config, progress=progress)
    return admin, zones.document


def parse_with_zones(
    source: str | Path | bytes | BinaryIO, *, config: Config = DEFAULT, progress: PagesRead | None = None
) -> tuple[AdminDocument, Zones]:
    """`parse`, and the zones beside it: `zones.rules()` says of each line which rule placed it, for `explain`."""
    data = read_bytes(source, config)
    document = read_source(data, config, progress)
    zones = find_zones(document)
    answers = {field.name: tuple(field.read(zones)) for field in FIELDS}
    hints = find_hints(document)
    references, attached = tuple(read_references(zones, hints)), read_appendix_references(zones, hints)
    admin = assemble(data, zones, answers, references, attached)
    return admin, zones


def read_bytes(source: str | Path | bytes | BinaryIO, config: Config) -> bytes:
    """The input as bytes, never more than the limit."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | Path):
        try:
            with Path(source).open("rb") as file:
                # Python lays out as many bytes as it is asked for: those of the file, not of the limit.
                size = min(os.fstat(file.fileno()).st_size, config.max_bytes)
                data = file.read(size + 1)
                if len(data) > size:  # a pipe, which tells no size, or a file that grows
                    data += file.read(config.max_bytes - size)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "bad path"
            raise SourceNotFound(f"Cannot open the file: {reason}.") from error
    else:
        data = source.read(config.max_bytes + 1)
    if not data:
        raise EmptyInput
    if len(data) > config.max_bytes:
        raise LimitExceeded(f"The input is larger than {config.max_bytes} bytes (Config.max_bytes).")
    return data
