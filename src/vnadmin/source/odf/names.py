"""Names of OpenDocument elements as lxml gives them (ISO/IEC 26300)."""

from __future__ import annotations

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_URN}office:1.0}}"
TEXT = f"{{{_URN}text:1.0}}"
TABLE = f"{{{_URN}table:1.0}}"
STYLE = f"{{{_URN}style:1.0}}"
DRAW = f"{{{_URN}drawing:1.0}}"
FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
SVG = f"{{{_URN}svg-compatible:1.0}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
MIME = b"application/vnd.oasis.opendocument.text"
