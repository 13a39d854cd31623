"""Blanks that a draft leaves for a pen: `Số:       /QĐ-UBND`, `ngày     tháng 01 năm 2026`."""

from __future__ import annotations

from typing import Final

from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

# In these a number that was filled in stands in the text. On a PDF it may be drawn over the blank, by a stamp or a signature, and
# plain text may come from one.
_WRITTEN: Final = frozenset(
    {
        "application/msword",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_PICTURED: Final = frozenset({"picture_in_header", "picture_read"})
_GAP = pattern(r"[ .…_]{2,}+|…")


def is_printed_blank(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a slice is, or holds, a gap as wide as figures, in a file in which nothing can be drawn over it."""
    if document.media_type not in _WRITTEN or document.is_read:
        return False
    return _GAP.search(document.text, start, end) is not None and not any(
        told.code in _PICTURED for told in document.issues
    )
