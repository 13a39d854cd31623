"""Blanks that a draft leaves for a pen: `Số:       /QĐ-UBND`, `ngày     tháng 01 năm 2026`."""

from __future__ import annotations

from typing import Final

from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

# In these a number that was filled in stands in the text, or an issue tells of the picture that holds it. Plain text may come from a
# page on which it was drawn over the blank.
_WRITTEN: Final = frozenset(
    {
        "application/msword",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_PLACED: Final = "application/pdf"  # words stand at their places: a gap of any width is one blank of the text
_PICTURED: Final = frozenset({"picture_in_header", "picture_read"})
_GAP = pattern(r"[ .…_]{2,}+|…")


def is_printed_blank(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a slice is, or holds, a gap for figures, in a file in which nothing is drawn over it unseen."""
    if document.is_read or any(told.code in _PICTURED for told in document.issues):
        return False
    if document.media_type == _PLACED:
        return True
    return document.media_type in _WRITTEN and _GAP.search(document.text, start, end) is not None
