"""Text as XML 1.0 can hold it, and the one way in which exports parse XML from outside."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

# XML 1.0, 2.2: a form feed or a lone surrogate in a text from outside has no form in XML, escaped or not.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def parse_xml(data: bytes) -> etree._Element:
    """UTF-8 XML without a document type: no entities, no network.

    Raises:
        ValueError: not well-formed, not UTF-8, or with a document type.
    """
    # A document type is refused before parsing (entities in attributes are expanded even where `resolve_entities` is
    # off), and the encoding is set, so that a declaration such as UTF-7 cannot hide one. `huge_tree` is for attachments
    # of more than 10 MB in one text; callers bound the bytes.
    if b"<!DOCTYPE" in data:
        raise ValueError("a document type declaration")
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not well-formed XML in UTF-8") from error
