"""Tells where a picture stands for text that a page should have: a header or a signature pasted as an image."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.layout.geometry import LaidLine, PlacedPage
from vnadmin.layout.page import Box, Column
from vnadmin.text.fold import bare

_HEADER = 0.3  # of the first page's height
_MOTTO = ("cong hoa", "doc lap", "dang cong san")


def header_is_picture(page: PlacedPage, lines: Sequence[LaidLine]) -> bool:
    """Whether a wide picture tops the first page and no line there is the motto's."""
    if not any(box.y1 < _HEADER * page.height + 60 and _is_wide(box, page) for box in page.pictures):
        return False
    top = [line for line in lines if line.page == page.number and line.y0 < _HEADER * page.height]
    return not any(bare(line.text[:16]).startswith(_MOTTO) for line in top)


def signature_is_picture(page: PlacedPage, lines: Sequence[LaidLine]) -> bool:
    """Whether a picture stands right of the recipients where no signature is printed."""
    own = [line for line in lines if line.page == page.number]
    label = next((line for line in own if bare(line.text[:10]).startswith("noi nhan")), None)
    if label is None or any(line.column is Column.RIGHT and line.y1 > label.y0 - 30 for line in own):
        return False
    return any(
        (box.x0 + box.x1) / 2 > 0.45 * page.width and box.y1 > label.y0 and _is_wide(box, page) for box in page.pictures
    )


def _is_wide(box: Box, page: PlacedPage) -> bool:
    """Whether a picture can hold a line of text: a seal is narrower."""
    return box.x1 - box.x0 > 0.2 * page.width and box.y1 - box.y0 > 12
