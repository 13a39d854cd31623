"""Legal references: forms as data, mentions found, resolved to instruments, with the relation of each."""

from vnadmin.citation.references import FoundReference, read_appendix_references, read_references

__all__ = ["FoundReference", "read_appendix_references", "read_references"]
