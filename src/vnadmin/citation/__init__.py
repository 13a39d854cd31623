"""Legal references: forms as data, mentions found, resolved to instruments, with the relation of each."""

from vnadmin.citation.annotate import Markup, annotate, html_links
from vnadmin.citation.cite import Itself, cite_text, cite_zones
from vnadmin.citation.cited import Citation, CitedInstrument, CitedText
from vnadmin.citation.mention.forms.hints import Hints, find_hints
from vnadmin.citation.provision.pinpoint import Part, Pinpoint
from vnadmin.citation.references import FoundReference, read_appendix_references, read_references
from vnadmin.identifiers import Identity, identify, identify_document, identify_reference

__all__ = [
    "Citation",
    "CitedInstrument",
    "CitedText",
    "FoundReference",
    "Hints",
    "Identity",
    "Itself",
    "Markup",
    "Part",
    "Pinpoint",
    "annotate",
    "cite_text",
    "cite_zones",
    "find_hints",
    "html_links",
    "identify",
    "identify_document",
    "identify_reference",
    "read_appendix_references",
    "read_references",
]
