"""Draws a page of a PDF, small, with its letters and without them: which of them leave a trace in their place."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from operator import sub
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from vnadmin.source.pdf.calls import Bounds, CharBoxes, Sheet, address

_SCALE = 1.0  # pixels to a point
_INK = 20  # of 255, in one channel: what a letter changes at least in its place
_DARK_INK = 48  # a dark one: through strokes laid side by side a ghost of it is seen
_PIXEL = 4  # bytes
_DEEPEST = 8  # forms within forms
_MOST_GROUPS = 4
_WRITTEN = 140  # of 255, between the lightest and the darkest spot where a picture shows letters
_BROAD = 6  # pixels
_NEAR = 12  # characters
_MOST = 4000  # pixels of a side


class Unseen(NamedTuple):
    """Characters that nobody sees, by their places in a page's text, and those of them in whose place something else is."""

    hidden: set[int]
    replaced: set[int]


class _View(NamedTuple):
    """A part of a page in pixels: its place, its size, and the size of the whole."""

    left: int
    top: int
    wide: int
    high: int
    width: int
    height: int


def unseen(
    page: object, text_page: object, sheet: Sheet, text: str, asked: Sequence[int], odd: Container[int]
) -> Unseen:
    """Those of these characters, by their places in the text, that nobody sees where the page is drawn.

    `odd` are the text objects whose letters are not dark.
    """
    boxes = CharBoxes(text_page, sheet)
    width, height = (min(max(int(side * _SCALE), 1), _MOST) for side in sheet.size)
    spots = {index: _spot(box, width, height) for index in asked if (box := boxes.of(index))}
    view = _around(list(spots.values()), width, height)
    if view is None:
        return Unseen(set(), set())
    items: dict[int, Any] = {}
    held: dict[int, list[int]] = {}  # the characters of each text object
    for index in spots:
        item = pdfium.FPDFText_GetTextObject(text_page, index)
        if (key := address(item)) is not None:
            items[key] = item
            held.setdefault(key, []).append(index)
    whole = _draw(page, sheet, view)
    hidden: set[int] = set()
    light = {key: indexes for key, indexes in held.items() if key in odd}
    dark = {key: indexes for key, indexes in held.items() if key not in odd}
    for together in (*_apart(light, spots), *_apart(dark, spots)):  # light figures may stand among dark ones
        found = _without(page, sheet, view, [items[key] for key in together])
        hidden.update(
            index
            for key in together
            for index in held[key]
            if not _differs(whole, found, spots[index], view, _INK if key in odd else _DARK_INK)
        )
    if hidden and (twins := _twins(page, text_page)):
        bare = _without(page, sheet, view, [*items.values(), *twins])
        alone = _without(page, sheet, view, list(items.values()))
        hidden = {index for index in hidden if not _differs(alone, bare, spots[index], view, _INK)}
    if hidden:
        hidden = _with_neighbours(hidden, sorted(spots), text)
    return Unseen(hidden, {index for index in hidden if _is_inked(whole, spots[index], view)})


def _with_neighbours(hidden: set[int], places: Sequence[int], text: str) -> set[int]:
    """Letters with marks as their nearest plain letter or figure is: a font that stands in for another may lack them."""
    plain = [index for index in places if text[index].isascii()]
    found = hidden.intersection(plain)
    for index in places:
        if not text[index].isascii():
            after = bisect_left(plain, index)
            near = min(plain[max(after - 1, 0) : after + 1], key=lambda other: abs(other - index), default=None)
            own = near is None or abs(near - index) > _NEAR
            if (index if own or near is None else near) in hidden:
                found.add(index)
    return found


def _without(page: object, sheet: Sheet, view: _View, items: Sequence[object]) -> bytes:
    """The pixels where these objects are not drawn."""
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    pixels = _draw(page, sheet, view)
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, True)
    return pixels


def _apart(held: dict[int, list[int]], spots: dict[int, tuple[int, int, int, int]]) -> list[list[int]]:
    """Text objects in groups in which none lies over another: one number may be written over another."""
    groups: list[tuple[list[int], dict[int, int]]] = []
    for key, indexes in held.items():
        x0, y0, x1, y1 = zip(*map(spots.__getitem__, indexes), strict=True)
        across = ((1 << max(max(x1) - min(x0) - 2, 0)) - 1) << (min(x0) + 1)
        places = [(row, across) for row in range(min(y0), max(y1))]
        group = next((group for group in groups if not any(group[1].get(row, 0) & mask for row, mask in places)), None)
        if group is None and len(groups) < _MOST_GROUPS:
            groups.append(group := ([], {}))
        members, taken = group or groups[-1]
        members.append(key)
        for row, mask in places:
            taken[row] = taken.get(row, 0) | mask
    return [members for members, _ in groups]


def _twins(page: object, text_page: object) -> list[object]:
    """Text objects that pdfium leaves out of the text: the same letters drawn again, as a bold face is made."""
    known = {
        address(pdfium.FPDFText_GetTextObject(text_page, index))
        for index in range(pdfium.FPDFText_CountChars(text_page))
    }
    return [item for item in _text_objects(page, pdfium.FPDFPage_CountObjects(page), 0) if address(item) not in known]


def _text_objects(holder: object, count: int, depth: int) -> Iterator[object]:
    get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
    for index in range(count):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _text_objects(item, pdfium.FPDFFormObj_CountObjects(item), depth + 1)


def _spot(box: Bounds, width: int, height: int) -> tuple[int, int, int, int]:
    """The middle of a character, which no other line reaches into, in pixels."""
    x0, y0, x1, y1 = box
    down = 0.2 * (y1 - y0)
    left, top = max(int(x0 * _SCALE), 0), max(int((y0 + down) * _SCALE), 0)
    right, low = min(int(x1 * _SCALE) + 1, width), min(int((y1 - down) * _SCALE) + 1, height)
    if right - left >= _BROAD:
        left, right = left + 1, right - 1  # a neighbour may reach into its edge
    return left, top, max(left, right), max(top, low)


def _around(spots: Sequence[tuple[int, int, int, int]], width: int, height: int) -> _View | None:
    if not spots:
        return None
    left, top = min(spot[0] for spot in spots), min(spot[1] for spot in spots)
    wide, high = max(spot[2] for spot in spots) - left, max(spot[3] for spot in spots) - top
    return _View(left, top, wide, high, width, height) if wide > 0 and high > 0 else None


def _draw(page: object, sheet: Sheet, view: _View) -> bytes:
    """The pixels of a part of a page, annotations on it."""
    left, top, wide, high, width, height = view
    turn = (sheet.rotation - pdfium.FPDFPage_GetRotation(page)) % 4  # of a page whose text runs along its side
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGRx, None, wide * _PIXEL)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, width, height, turn, pdfium.FPDF_ANNOT)
        return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), pdfium.FPDFBitmap_GetStride(bitmap) * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _differs(one: bytes, other: bytes, spot: tuple[int, int, int, int], view: _View, ink: int) -> bool:
    for first, second in zip(_rows(one, spot, view), _rows(other, spot, view), strict=True):
        if first != second and max(map(abs, map(sub, first, second))) >= ink:
            return True
    return False


def _is_inked(pixels: bytes, spot: tuple[int, int, int, int], view: _View) -> bool:
    inked = b"".join(_rows(pixels, spot, view))
    return bool(inked) and max(inked) - min(inked) >= _WRITTEN


def _rows(pixels: bytes, spot: tuple[int, int, int, int], view: _View) -> Iterator[bytes]:
    x0, y0, x1, y1 = spot
    for row in range(y0 - view.top, y1 - view.top):
        start = (row * view.wide + x0 - view.left) * _PIXEL
        yield pixels[start : start + (x1 - x0) * _PIXEL]
