"""What of a PDF page's text is not seen: drawn without ink, clipped away, of its ground's colour, covered, in a layer that is off.

What is cheap is asked of every text object while the page's objects are walked over anyway. Only where an answer is odd is
the page drawn, small, and the places of its words looked at.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from vnadmin.layout.page import Box
from vnadmin.layout.placed.geometry import PlacedWord
from vnadmin.source.pdf.calls import CharBoxes, Sheet, address, text_object
from vnadmin.source.sight import BLACK, SMALLEST, WHITE, Colour, is_alike, says
from vnadmin.text.pattern import pattern

ERASED = "\u200b"  # stands in a page's text for a character that is not seen; it is no blank, and none of a word
_Bounds = tuple[float, float, float, float]
_NO_INK = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_STROKED = frozenset({pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_ONE_INK = _STROKED | {pdfium.FPDF_TEXTRENDERMODE_FILL}
_fill, _stroke = pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor
_blended = pdfium.FPDFPageObj_HasTransparency
_clip, _clips = pdfium.FPDFPageObj_GetClipPath, pdfium.FPDFClipPath_CountPaths
_segment, _point = pdfium.FPDFClipPath_GetPathSegment, pdfium.FPDFPathSegment_GetPoint
_THIN = 3.0  # points; a filled box that is not thicker covers nothing
_GAP = 0.5  # points between boxes that cover text together
_MOST_COVERS = 200
_ALPHA = 32  # of 255: black so thin is E0E0E0
_LOW = 1.1 * SMALLEST  # points of a line's height
_NARROW = 0.06  # of its height: the width of a letter that is squeezed to a stroke ("Tz 1")
_SCALE = 1.0  # pixels to a point
_INK = 20  # of 255, between the lightest and the darkest spot of a word that is seen
_OBJECT_STREAM = re.compile(rb"/ObjStm\b")
_MOST_STREAMS, _MOST_PACKED, _MOST_BYTES = 200, 200_000, 2_000_000


@dataclass(slots=True)
class Sights:
    """What was odd of the objects of a page."""

    bare: set[int] = field(default_factory=set)  # text objects that leave no ink, by address
    pale: set[int] = field(default_factory=set)  # those in white
    cut: set[int] = field(default_factory=set)  # those outside what clips them
    # those drawn through a mask, blended with what lies under, in a pattern
    veiled: set[int] = field(default_factory=set)
    grouped: bool = False  # text in a form that is drawn through
    inks: set[Colour] = field(default_factory=set)
    covers: list[tuple[int, _Bounds, Colour | None]] = field(default_factory=list)  # place in the order, box, fill
    texts: int = 0
    _strip: _Bounds = (0.0, 0.0, 0.0, 0.0)  # thin boxes that lie on one another

    def look_at_text(self, item: object, mode: int) -> None:
        """Ask a text object of this rendering mode how it is drawn."""
        self.texts += 1
        if mode in _NO_INK:
            self.bare.add(address(item) or 0)
            return
        if _blended(item):
            self.veiled.add(address(item) or 0)
        if not (_stroke if mode in _STROKED else _fill)(item, *_CHANNELS):
            self.veiled.add(address(item) or 0)
        else:
            red, alpha = _RED.value, _OPACITY.value
            if alpha < _ALPHA:
                self.bare.add(address(item) or 0)
            elif red:  # most are black
                ink = red, _GREEN.value, _BLUE.value
                self.inks.add(ink)
                if mode in _ONE_INK and is_alike(ink, WHITE):
                    self.pale.add(address(item) or 0)
        clip = _clip(item)
        if _clips(clip) > 0 and _is_clipped(item, clip):
            self.cut.add(address(item) or 0)

    def look_at_cover(self, item: object, bounds: _Bounds) -> None:
        """Keep what may lie over or under text: a filled path, a thick line, a picture, thin boxes on one another."""
        x0, low, x1, high = bounds
        if len(self.covers) >= _MOST_COVERS:
            return
        if min(x1 - x0, high - low) <= _THIN:
            self._stack(bounds)
            return
        colour = None
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
            if not pdfium.FPDFPath_GetDrawMode(item, _FILL, _STROKE):
                return
            if _FILL.value:
                painted = _fill(item, *_CHANNELS)
            elif _STROKE.value and pdfium.FPDFPageObj_GetStrokeWidth(item, _X) and _X.value > _THIN:
                painted = _stroke(item, *_CHANNELS)
            else:
                return
            if painted:
                colour = (_RED.value, _GREEN.value, _BLUE.value)
        self.covers.append((self.texts, bounds, colour))

    def _stack(self, bounds: _Bounds) -> None:
        """A thin box; with those that it touches, as wide or as high, it may cover text."""
        x0, low, x1, high = bounds
        left, bottom, right, top = self._strip
        beside = abs(low - bottom) < 1 and abs(high - top) < 1 and left - _GAP <= x0 <= right + _GAP
        upon = abs(x0 - left) < 1 and abs(x1 - right) < 1 and bottom - _GAP <= low <= top + _GAP
        self._strip = (min(x0, left), min(low, bottom), max(x1, right), max(high, top)) if beside or upon else bounds
        left, bottom, right, top = self._strip
        if min(right - left, top - bottom) > _THIN:
            self.covers.append((self.texts, self._strip, None))


def is_layered(sights: Sights, width: float, height: float) -> bool:
    """Whether the text of a page that is a scan lies under its picture or leaves no ink: a machine's, for machines."""
    whole = 0.5 * width * height
    return bool(sights.bare) or any(
        at and fill is None and (x1 - x0) * (high - low) >= whole for at, (x0, low, x1, high), fill in sights.covers
    )


_CHANNELS = _RED, _GREEN, _BLUE, _OPACITY = [ctypes.c_uint() for _ in range(4)]
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_EDGES = _LEFT, _BOTTOM, _RIGHT, _TOP = [ctypes.c_float() for _ in range(4)]
_X, _Y = ctypes.c_float(), ctypes.c_float()


def bounds_of(item: object) -> _Bounds | None:
    if not pdfium.FPDFPageObj_GetBounds(item, *_EDGES):
        return None
    return _LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value


def _is_clipped(item: object, clip: object) -> bool:
    """Whether a text object lies outside one of the paths that clip it."""
    box = bounds_of(item)
    if box is None:
        return False
    x0, low, x1, high = box
    if x1 - x0 < 1 or high - low < 1:  # a blank
        return False
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), 8)):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), 50)):
            if _point(_segment(clip, path, index), _X, _Y):
                xs.append(_X.value)
                ys.append(_Y.value)
            if index > 1 and xs and min(xs) <= x0 and min(ys) <= low and max(xs) >= x1 and max(ys) >= high:
                break  # nearly every path is a frame around its text, which two of its corners tell
        if xs and not _meet(box, (min(xs), min(ys), max(xs), max(ys)), 0.1):
            return True
    return False


def _meet(box: _Bounds, other: _Bounds, share: float) -> bool:
    """Whether at least this share of a box lies in another, across and down."""
    x0, low, x1, high = box
    left, bottom, right, top = other
    if x1 <= left or x0 >= right or high <= bottom or low >= top:  # most
        return False
    across, down = min(x1, right) - max(x0, left), min(high, top) - max(low, bottom)
    return across > share * min(x1 - x0, right - left) and down > share * (high - low)


def covered(page: object, sights: Sights, sheet: Sheet, words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """The words in boxes that lie over earlier text of a page, or under later text of their own colour.

    A picture of the whole page is no such box: programs that read scans lay their text under it.
    """
    inks = {*sights.inks, BLACK}
    whole = 0.5 * sheet.size[0] * sheet.size[1]
    over = [
        cover
        for cover in sights.covers
        if cover[0] and (cover[2] is not None or (cover[1][2] - cover[1][0]) * (cover[1][3] - cover[1][1]) < whole)
    ]
    under = [cover for cover in sights.covers if cover[2] is not None and any(is_alike(ink, cover[2]) for ink in inks)]
    found: list[PlacedWord] = []
    texts: list[_Bounds] = []
    if not over and not under:
        return found
    middles = sorted(((word[2] + word[4]) / 2, (word[1] + word[3]) / 2, word) for word in words)
    for place, (at, box, _) in enumerate((*over, *under)):
        inside = _within(middles, sheet.place(*box))
        if inside:
            texts = texts or list(_text_bounds(page, 0))
            if any(_meet(text, box, 0.4) for text in (texts[:at] if place < len(over) else texts[at:])):
                found += inside
    return found


def overwritten(hidden: Sequence[PlacedWord], over: Sequence[PlacedWord]) -> list[PlacedWord]:
    """Covered words in whose place a field or another annotation writes its own: those are what leaves ink there."""
    own = [(word.x0, word.y0, word.x1, word.y1) for word in over]
    later = {word.key for word in over}
    return [
        word
        for word in (hidden if own else ())
        if word.key not in later and any(_meet((word.x0, word.y0, word.x1, word.y1), box, 0.3) for box in own)
    ]


def _within(middles: list[tuple[float, float, PlacedWord]], box: _Bounds) -> list[PlacedWord]:
    """The words whose middle, down and across, lies in a box."""
    left, top, right, low = box
    first, last = bisect_left(middles, (top,)), bisect_right(middles, (low,))
    return [word for _, across, word in middles[first:last] if left <= across <= right]


def _text_bounds(holder: object, depth: int) -> Iterator[_Bounds]:
    count = pdfium.FPDFPage_CountObjects if not depth else pdfium.FPDFFormObj_CountObjects
    get = pdfium.FPDFPage_GetObject if not depth else pdfium.FPDFFormObj_GetObject
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield bounds_of(item) or (0.0, 0.0, 0.0, 0.0)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
            yield from _text_bounds(item, depth + 1)


def has_layers(data: bytes) -> bool:
    """Whether a file has optional content, which may be switched off; object streams are looked into."""
    if b"/OCProperties" in data:
        return True
    for number, match in enumerate(_OBJECT_STREAM.finditer(data)):
        start = data.find(b"stream", match.end(), match.end() + 400)
        if start < 0 or number >= _MOST_STREAMS:
            return True
        try:
            begin = start + (8 if data.startswith(b"\r\n", start + 6) else 7)
            unpacked = zlib.decompressobj().decompress(memoryview(data)[begin : begin + _MOST_PACKED], _MOST_BYTES)
        except zlib.error:  # encrypted, or packed in another way
            return True
        if b"/OCProperties" in unpacked:
            return True
    return False


def without_ink(text_page: object, text: str, bare: set[int]) -> str:
    """The text of a page with the characters of these objects erased."""
    kept = list(text)
    for index, char in enumerate(text):
        if not char.isspace() and text_object(text_page, index) in bare:
            kept[index] = ERASED
    return "".join(kept)


def erased(text_page: object, text: str, kept: str, sheet: Sheet) -> Iterator[tuple[str, Box]]:
    """What was erased, in pieces that stood together, with their boxes."""
    boxes = CharBoxes(text_page, sheet)
    for match in _ERASED.finditer(kept):
        piece = text[match.start() : match.end()]
        found = [box for index in range(match.start(), match.end()) if text[index] > " " and (box := boxes.of(index))]
        if says(piece) and found:
            yield piece, Box.around([Box(*box) for box in found])


_ERASED = pattern(rf"{ERASED}(?:\s*+{ERASED})*+")


def dots(words: Iterable[PlacedWord]) -> list[PlacedWord]:
    """The words that are too small to be read, or squeezed to strokes."""
    return [
        word
        for word in words
        if (high := word[4] - word[2]) < _LOW
        or (word[3] - word[1] < _NARROW * high * len(word[0]) and len(word[0]) > 1)
    ]


def blank(page: object, sheet: Sheet, words: Sequence[PlacedWord], white: set[int]) -> list[PlacedWord]:
    """The words that leave no trace at their place, where the page is drawn in grey, small, as far as they stand on it.

    Of those in white, by their keys, also those on a white ground.
    """
    width, height = max(int(sheet.size[0] * _SCALE), 1), max(int(sheet.size[1] * _SCALE), 1)
    spots = [_spot(word, width, height) for word in words]
    left, top = min(spot[0] for spot in spots), min(spot[1] for spot in spots)
    wide, high = max(spot[2] for spot in spots) - left, max(spot[3] for spot in spots) - top
    if wide <= 0 or high <= 0:
        return []
    turn = (sheet.rotation - pdfium.FPDFPage_GetRotation(page)) % 4  # of a page whose text runs along its side
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, width, height, turn, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    found = []
    for word, (x0, y0, x1, y1) in zip(words, spots, strict=True):
        rows = (row * stride for row in range(y0 - top, y1 - top))
        inked = b"".join(pixels[row + x0 - left : row + x1 - left] for row in rows)
        if inked and (max(inked) - min(inked) < _INK or (word.key in white and sorted(inked)[len(inked) // 2] > 224)):
            found.append(word)
    return found


def _spot(word: PlacedWord, width: int, height: int) -> tuple[int, int, int, int]:
    """The middle of a word, which no neighbour reaches into, in pixels of a page of this size."""
    _, x0, y0, x1, y1 = word[:5]
    down = 0.28 * (y1 - y0)
    left, top = max(int(x0 * _SCALE), 0), max(int((y0 + down) * _SCALE), 0)
    right, low = min(int(x1 * _SCALE) + 1, width), min(int((y1 - down) * _SCALE) + 1, height)
    return left, top, max(left, right), max(top, low)


def of_objects(text_page: object, words: Sequence[PlacedWord], objects: set[int]) -> set[int]:
    """The keys of the words that begin in one of these objects."""
    return {word.key for word in words if text_object(text_page, word.key) in objects} if objects else set()
