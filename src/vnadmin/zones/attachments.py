"""Finds what follows the main document: appendices, attached regulations, forms, copy blocks."""

from __future__ import annotations

from vnadmin.layout.page import SourceDocument
from vnadmin.zones.zone import Attachment


def find_attachments(document: SourceDocument, start: int) -> tuple[Attachment, ...]:
    """Attachments from line `start` to the end of the document."""
    return ()
