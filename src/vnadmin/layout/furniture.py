"""Finds what is printed on a page and is not the document's own text: page numbers, running heads, stamps, watermarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from vnadmin.layout.geometry import PlacedPage, Segment
from vnadmin.layout.page import Box, Furniture


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A line set aside."""

    text: str
    kind: Furniture
    page: int
    box: Box | None = None


# "2", "- 2 -", "Trang 3/12", "2/6"
_PAGE_NUMBER = regex.compile(r"(?:[-–] ?)?(?:[Tt]rang )?\d{1,4}(?: ?/ ?\d{1,4})?(?: ?[-–])?")


def set_aside(pages: Sequence[PlacedPage], free: Sequence[list[Segment]]) -> list[FurnitureLine]:
    """Take furniture out of the pages' segments and give it."""
    found: list[FurnitureLine] = []
    for page, items in zip(pages, free, strict=True):
        for item in list(items):
            edge = item.y1 < 0.1 * page.height or item.y0 > 0.9 * page.height
            if edge and len(item.text) < 16 and _PAGE_NUMBER.fullmatch(item.text):
                items.remove(item)
                found.append(FurnitureLine(item.text, Furniture.PAGE_NUMBER, page.number, item.box))
    return found
