"""The table of contents: bytes become a SourceDocument, Zones, candidates and at last an AdminDocument."""

from __future__ import annotations

from vnadmin.assemble import assemble
from vnadmin.citation import find_hints, read_appendix_references, read_references
from vnadmin.config import DEFAULT, Config
from vnadmin.fields import FIELDS
from vnadmin.held import Source, is_pdf_page, read_bytes
from vnadmin.layout.page import SourceDocument
from vnadmin.model import AdminDocument
from vnadmin.source import PagesRead, read_source
from vnadmin.zones import Zones, find_zones


def parse(source: Source, *, config: Config = DEFAULT, progress: PagesRead | None = None) -> AdminDocument:
    """`vnadmin.parse` in this process."""
    return parse_with_layout(source, config=config, progress=progress)[0]


def parse_with_layout(
    source: Source, *, config: Config = DEFAULT, progress: PagesRead | None = None
) -> tuple[AdminDocument, SourceDocument]:
    """`parse`, and the layout beside it: where each word stands, for a page on which people select text."""
    admin, zones = parse_with_zones(source, config=config, progress=progress)
    return admin, zones.document


def parse_with_zones(
    source: Source, *, config: Config = DEFAULT, progress: PagesRead | None = None
) -> tuple[AdminDocument, Zones]:
    """`parse`, and the zones beside it: `zones.rules()` says of each line which rule placed it, for `explain`."""
    if is_pdf_page(source):
        from vnadmin.source.pdf.held_page import read_held_page

        data, document = read_bytes(source.pdf, config), read_held_page(source, config)
    else:
        data = read_bytes(source, config)
        document = read_source(data, config, progress)
    zones = find_zones(document)
    answers = {field.name: tuple(field.read(zones)) for field in FIELDS}
    hints = find_hints(document)
    references, attached = tuple(read_references(zones, hints)), read_appendix_references(zones, hints)
    admin = assemble(data, zones, answers, references, attached)
    return admin, zones
