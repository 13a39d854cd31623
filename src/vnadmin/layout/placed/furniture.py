"""Finds what is printed on a page and is not the document's own text: page numbers, running heads, stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.furniture_line import (
    is_gazette_head,
    is_page_number,
    is_printed_address,
    is_stamp,
    printed_title,
    stands_in_stamp,
)
from vnadmin.layout.page import Box, Furniture
from vnadmin.layout.placed.geometry import PlacedPage, Segment
from vnadmin.text.pattern import pattern


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A line set aside."""

    text: str
    kind: Furniture
    page: int
    box: Box | None = None


_EDGE = 0.115  # share of a page's height, above and below, where heads and numbers stand
_FAR_EDGE = 0.07
_LEVEL = 0.3  # heights of a line by which two that stand on one level differ at most
_MOST_STAMPS = 40  # stamps' lines on one page, beyond which it is a list of them

# "____", "-------", "***", "-*-", "_______o0o_______", ".........." (domain.md 1.3.7)
_RULE = pattern(r"[\W_]*+(?:o0o[\W_]*+)?")
# The line of an electronic copy, 10 pt, top right: "SAO Y; Sở Y tế; 12/02/2025 10:33:35" (NĐ 30/2020, Phụ lục I, II.2)
_COPY_LINE = pattern(r"(?:sao y|sao luc|trich sao)\b.{0,120}\d{1,2}[:.h]\d{2}")
# The registry's stamp: "CÔNG VĂN ĐẾN", "ĐẾN Số: 345 Ngày: 12/3" (NĐ 30/2020, Phụ lục IV)
_ARRIVAL = pattern(r"(?:cong van|van ban)? ?den(?: so ?:.*)?|so den ?:.*|ngay den ?:.*|den ngay ?:.*")
_ARRIVAL_PART = pattern(r"(?:so|ngay|gio|chuyen|kinh chuyen|luu ho so(?: so)?|so va ky hieu hs)\b ?[:.…]")
# "www.luatvietnam.vn", "https://thuvienphapluat.vn/..."
_SITE = pattern(r"(?:https?://|www\.)\S+|\S+\.(?:vn|com|net|org)(?:/\S*)?")
# "*1234567*", "Mã xác thực: ...", "Mã định danh văn bản: ...", "d:\2011\CV\T4\cv 12.doc"
_CODE = pattern(r"\*[a-z0-9]{5,}\*|ma (?:xac thuc|dinh danh|tra cuu|van ban)\b.{0,60}|[a-z]:\\.{3,}")

_FIGURES = pattern(r"\d+")  # of a running head they may change from page to page


def set_aside(pages: Sequence[PlacedPage], free: Sequence[list[Segment]]) -> list[FurnitureLine]:
    """Take furniture out of the pages' segments (the lists are changed) and give it."""
    found: list[FurnitureLine] = []
    repeated = _repeated(pages, free)
    for page, items in zip(pages, free, strict=True):
        kinds = _kinds(page, items, repeated)
        if kinds:
            for index in sorted(kinds):
                item = items[index]
                found.append(FurnitureLine(item.text, kinds[index], page.number, item.box))
            items[:] = [item for index, item in enumerate(items) if index not in kinds]
        found += [FurnitureLine(item.text, Furniture.WATERMARK, page.number, item.box) for item in page.watermarks]
    return found


def _kinds(page: PlacedPage, items: list[Segment], repeated: dict[tuple[str, int], Furniture]) -> dict[int, Furniture]:
    kinds: dict[int, Furniture] = {}
    lows = [item.bare for item in items]
    for index, (item, low) in enumerate(zip(items, lows, strict=True)):
        kind = _kind(page, item, low)
        if kind is None and repeated:
            kind = repeated.get(_key(item, low))
        if kind:
            kinds[index] = kind
    for hour in [items[index] for index in kinds if printed_title(lows[index]) is not None]:
        for index, item in enumerate(items):  # the page's title, beside the hour at which a browser printed it
            if abs(item.y1 - hour.y1) < _LEVEL * hour.height:
                kinds.setdefault(index, Furniture.RUNNING_HEAD)
    _spread(items, lows, kinds, Furniture.SIGNATURE_STAMP, stands_in_stamp, 1.6)
    _spread(items, lows, kinds, Furniture.ARRIVAL_STAMP, _stands_in_arrival, 2.5)
    return kinds


def _kind(page: PlacedPage, item: Segment, low: str) -> Furniture | None:
    edge = item.y1 < _EDGE * page.height or item.y0 > (1 - _EDGE) * page.height
    first = low[0] if low else ""
    if (not first.isalnum() or "0" in low) and _RULE.fullmatch(low):
        return Furniture.NOISE
    if edge:
        if len(low) < 20 and is_page_number(low):
            return Furniture.PAGE_NUMBER
        if ("." in low and _SITE.fullmatch(low)) or (":" in low and is_printed_address(low)):
            return Furniture.SITE
        if printed_title(low) is not None:
            return Furniture.RUNNING_HEAD
    if "cong bao" in low and is_gazette_head(low):
        return Furniture.RUNNING_HEAD
    if first in "nkdtgsc" and (is_stamp(low) or _COPY_LINE.match(low)):
        return Furniture.SIGNATURE_STAMP
    if first in "cvdsn" and len(low) < 60 and _ARRIVAL.fullmatch(low) and _is_arrival(item, low):
        return Furniture.ARRIVAL_STAMP
    if (first == "*" or ":" in low) and _CODE.fullmatch(low):
        return Furniture.NOISE
    return None


def _is_arrival(item: Segment, low: str) -> bool:
    """ "ĐẾN" in capitals, or with its number: "đến" alone is a word of running text."""
    return low != "den" or in_capitals(item.words[0].text)


def _stands_in_arrival(low: str) -> bool:
    return _ARRIVAL_PART.match(low) is not None


def _spread(
    items: list[Segment],
    lows: list[str],
    kinds: dict[int, Furniture],
    kind: Furniture,
    is_part: Callable[[str], bool],
    reach: float,
) -> None:
    """Lines beside a stamp's sure lines that belong to it: "Email: …", a wrapped name between two of them."""
    sure = [index for index, found in kinds.items() if found is kind]
    if not sure or len(sure) > _MOST_STAMPS:
        return
    for index, item in enumerate(items):
        if index in kinds:
            continue
        above = below = False
        for other in sure:
            near = items[other]
            if min(item.x1, near.x1) - max(item.x0, near.x0) <= 0:
                continue
            if abs(item.height - near.height) > 0.4 * near.height:
                continue
            if 0 <= item.y1 - near.y1 < reach * 2 * near.height:
                above = True
            elif 0 <= near.y1 - item.y1 < reach * 2 * near.height:
                below = True
        if ((above or below) and is_part(lows[index])) or (above and below and kind is Furniture.SIGNATURE_STAMP):
            kinds[index] = kind


def _key(item: Segment, low: str) -> tuple[str, int]:
    return _FIGURES.sub("#", low), round(item.y1 / 4)


def _repeated(pages: Sequence[PlacedPage], free: Sequence[list[Segment]]) -> dict[tuple[str, int], Furniture]:
    """Lines that stand at the same place near the edge of many pages, numbers aside."""
    if len(pages) < 2:
        return {}
    counts: dict[tuple[str, int], int] = {}
    for page, items in zip(pages, free, strict=True):
        edge = _EDGE if len(pages) >= 3 else _FAR_EDGE
        for item in items:
            if item.y1 < edge * page.height or item.y0 > (1 - edge) * page.height:
                key = _key(item, item.bare)
                counts[key] = counts.get(key, 0) + 1
    need = 2 if len(pages) == 2 else max(3, len(pages) // 3)
    return {key: Furniture.RUNNING_HEAD for key, count in counts.items() if count >= need}
