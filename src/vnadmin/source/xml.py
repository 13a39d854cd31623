"""Parses XML of strangers' files: no entities, no document type, nothing fetched, no huge tree."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from vnadmin.errors import DamagedInput, LimitExceeded

if TYPE_CHECKING:
    from lxml.etree import ParserTarget, _Element

# A document type may declare entities, which are expanded in attributes whatever the parser is told.
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_CROWDED_FROM = 50_000  # bytes; what fits into less costs a fifth of a second
_MOST_ATTRIBUTES = 1000


def refuse_declarations(data: bytes) -> None:
    """No office program and no OCR program writes a document type.

    Raises:
        DamagedInput: these bytes declare one.
    """
    if b"!" in data and any(declaration in data for declaration in _DECLARATIONS):
        raise DamagedInput("The XML of the document declares a document type, which no office program writes.")


def refuse_crowded(data: bytes) -> None:
    """libxml2 goes over all attributes of an HTML element for each that it adds: 90,000 took 27 s. Called back, it keeps none.

    Raises:
        LimitExceeded: an element has more attributes than any program writes.
    """
    from lxml import etree

    if len(data) >= _CROWDED_FROM:
        looks = cast("ParserTarget", _Elements())
        with suppress(etree.XMLSyntaxError):  # told where the tree is made
            etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True, target=looks))


class _Elements:
    """Looks at the elements as they come."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > _MOST_ATTRIBUTES:
            raise LimitExceeded(f"An element has more than {_MOST_ATTRIBUTES} attributes.")

    def close(self) -> None:
        """Nothing is kept."""


def parse_xml(data: bytes) -> _Element:
    """The root of an XML file, without comments and instructions.

    Raises:
        DamagedInput: it is not well-formed, or declares a document type.
        LimitExceeded: its elements are nested deeper than libxml2 allows (256).
    """
    from lxml import etree

    refuse_declarations(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(error) from error


def broken(error: Exception) -> DamagedInput | LimitExceeded:
    """What is said of XML that cannot be parsed."""
    if "depth" in str(error).lower():
        return LimitExceeded("The elements of the document are nested too deeply.")
    return DamagedInput("The XML of the document is broken.")
