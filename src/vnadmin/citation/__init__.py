"""Legal references: forms as data, mentions found, resolved to instruments, with the relation of each."""

from importlib import import_module
from typing import TYPE_CHECKING

from vnadmin.citation.mention.forms.hints import Hints, find_hints
from vnadmin.citation.references import FoundReference, read_appendix_references, read_references

if TYPE_CHECKING:
    from vnadmin.citation.cite import Itself, cite_text, cite_zones
    from vnadmin.citation.cited import Citation, CitedInstrument, CitedText
    from vnadmin.citation.marked_up import Markup, annotate, html_links
    from vnadmin.citation.provision.pinpoint import Part, Pinpoint
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
_ROOMS = ("citation.cite", "citation.marked_up", "citation.provision.pinpoint", "identifiers")


def __getattr__(name: str) -> object:
    """A name of `__all__` when it is first asked for: what reads a document needs neither identifiers nor markup."""
    if name in __all__:
        for room in map(import_module, [f"vnadmin.{room}" for room in _ROOMS]):
            if hasattr(room, name):
                return getattr(room, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
