"""From a file to its citations: read, cut into zones, and told what it is, so that `Nghị định này` is known."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from vnadmin.citation import CitedText, Itself, cite_zones
from vnadmin.config import DEFAULT, Config
from vnadmin.identifiers import home, identify_document
from vnadmin.pipeline import parse_with_layout
from vnadmin.zones import find_zones


def cite(source: str | Path | bytes | BinaryIO, *, config: Config = DEFAULT) -> CitedText:
    """The citations of a document: a path, its bytes, or an open binary file.

    Raises:
        VnadminError: only for input that cannot be read (see docs/errors.md).
    """
    document, layout = parse_with_layout(source, config=config)
    itself = Itself(
        type=document.document_type.name if document.document_type else None,
        number=document.number.text if document.number else None,
        issued_on=document.issued_on,
        issuer=document.issuing_agency,
        parent=home(document),
        identity=identify_document(document),
    )
    return cite_zones(find_zones(layout), itself)
