"""The table of contents: bytes become a SourceDocument, Zones, candidates and at last an AdminDocument."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from vnadmin.assemble import assemble
from vnadmin.citation import find_hints, read_appendix_references, read_references
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import OcrUnavailable, VnadminError
from vnadmin.fields import FIELDS
from vnadmin.held import Source, is_pdf_page, read_bytes
from vnadmin.issues import issue
from vnadmin.layout.page import SourceDocument
from vnadmin.model import AdminDocument
from vnadmin.ocr.engine import may_read
from vnadmin.source import PagesRead, read_source
from vnadmin.source.container import Contained, documents_in
from vnadmin.source.sniff import is_misnamed
from vnadmin.zones import Zones, find_zones


def parse(
    source: Source, *, config: Config = DEFAULT, progress: PagesRead | None = None, name: str = ""
) -> AdminDocument:
    """`vnadmin.parse` in this process; `name` is that of the file, where the source is its bytes."""
    return parse_with_zones(source, config=config, progress=progress, name=name)[0]


def parse_each(
    source: Source,
    *,
    config: Config = DEFAULT,
    boundary: Callable[[], AbstractContextManager[None]] = nullcontext,
    progress: PagesRead | None = None,
    name: str = "",
) -> Iterator[tuple[str, AdminDocument | VnadminError]]:
    """Each document of a file by its name in it, "" for a file that is itself one; or the error of this one.

    `boundary` is entered around the reading of each document.

    Raises:
        VnadminError: the file as a whole cannot be read.
    """
    with boundary():
        found = documents_in(read_bytes(source, config), config)
    for inner, data, error in found:
        if error is not None:
            yield inner, error
            continue
        try:
            with boundary():
                document = parse(data, config=config, progress=progress, name=inner or _name_of(source, name))
        except VnadminError as refused:
            if not inner:
                raise
            yield inner, refused
        else:
            yield inner, document


def parse_with_layout(source: Source, *, config: Config = DEFAULT) -> tuple[AdminDocument, SourceDocument]:
    """`parse`, and the layout beside it: where each word stands, for a page on which people select text."""
    admin, zones = parse_with_zones(source, config=config)
    return admin, zones.document


def parse_with_zones(
    source: Source, *, config: Config = DEFAULT, progress: PagesRead | None = None, name: str = ""
) -> tuple[AdminDocument, Zones]:
    """`parse`, and the zones beside it: `zones.placed.placed_lines` says of each line which rule placed it, for `explain`."""
    if is_pdf_page(source):
        from vnadmin.source.pdf.held_page import read_held_page

        data, document = read_bytes(source.pdf, config), read_held_page(source, config)
    else:
        found = documents_in(read_bytes(source, config), config)
        data, document = _first_readable(found, _name_of(source, name), config, progress)
    zones = find_zones(document)
    answers = {field.name: tuple(field.read(zones)) for field in FIELDS}
    hints = find_hints(document)
    references, attached = tuple(read_references(zones, hints)), read_appendix_references(zones, hints)
    admin = assemble(data, zones, answers, references, attached)
    return _seen(data, admin, document, config), zones


def _seen(data: bytes, admin: AdminDocument, document: SourceDocument, config: Config) -> AdminDocument:
    """The document after a look at the picture of pages whose text is a layer over it; of every page where Config asks."""
    pages = document.layered
    if config.compare_pictures and document.media_type == "application/pdf":
        pages = frozenset(page.number for page in document.pages if page.method == "text_layer")
    if not pages or not may_read(config):
        return admin
    from vnadmin.assemble.pictured import compared, printed_values
    from vnadmin.source.pdf.second_look import read_boxes

    values = printed_values(admin, pages)
    if not values:
        return admin
    try:
        read = read_boxes(data, [(value.page, value.box) for value in values], config)
    except OcrUnavailable:
        if config.ocr != "auto":
            raise
        return admin
    return compared(admin, values, read)


def _name_of(source: Source, name: str) -> str:
    return name or (os.fspath(source) if isinstance(source, str | os.PathLike) else "")


def _first_readable(
    found: tuple[Contained, ...], name: str, config: Config, progress: PagesRead | None
) -> tuple[bytes, SourceDocument]:
    """The first document of a file that can be read; an Issue says that there are more.

    Raises:
        VnadminError: none can; the error of the first.
    """
    first: VnadminError | None = None
    for inner, data, error in found:
        try:
            if error is not None:
                raise error
            document = read_source(data, config, progress)
        except VnadminError as refused:
            first = first or refused
            continue
        if is_misnamed(inner or name, document.media_type):
            document = replace(document, issues=(*document.issues, issue("name_of_another_format")))
        if len(found) > 1:
            document = replace(document, issues=(*document.issues, issue("more_documents")))
        return data, document
    assert first is not None  # `found` holds one at least
    raise first
