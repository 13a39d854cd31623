"""PagePicture: a rendered page, which `explain` and the review page show behind the boxes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePicture:
    """PNG or JPEG bytes, and the size of the page in points (the unit of evidence boxes)."""

    data: bytes
    media_type: str
    width: float
    height: float
