"""Files that hold documents: mails, zip archives, PDF portfolios."""

from vnadmin.source.container.contained import Contained, contained, documents_in, own_bytes

__all__ = ["Contained", "contained", "documents_in", "own_bytes"]
