"""What of a PDF page's text is not seen: drawn without ink, clipped away, of its ground's colour, covered, in a layer that is off.

A page is plain where nothing but dark letters stands at a place: no fill, line, picture or annotation, no clip but a frame
around them, no form that is blended, no layer. What is not plain is decided by what is drawn: the page is drawn, small, with
its letters and without them, and a letter that makes no difference in its place is seen by nobody.
"""

from __future__ import annotations

import ctypes
import enum
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from vnadmin.layout.page import Box
from vnadmin.layout.placed.geometry import PlacedWord
from vnadmin.source.pdf.calls import CharBoxes, Sheet, address, text_object
from vnadmin.source.sight import ERASED, SMALLEST, says
from vnadmin.text.pattern import pattern

_Bounds = tuple[float, float, float, float]
_NO_INK = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_STROKED = frozenset({pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_FIRST_CLIP = pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP  # from here on letters clip what is drawn after them
_fill, _stroke = pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor
_blended = pdfium.FPDFPageObj_HasTransparency
_clip, _clips = pdfium.FPDFPageObj_GetClipPath, pdfium.FPDFClipPath_CountPaths
_segment, _point = pdfium.FPDFClipPath_GetPathSegment, pdfium.FPDFPathSegment_GetPoint
_ALPHA = 32  # of 255: black so thin is E0E0E0
_DARK = 96  # of 255, in each channel: such letters are seen on the sheet
_LOW = 1.1 * SMALLEST  # points of a line's height
_NARROW = 0.06  # of its height: the width of a letter that is squeezed to a stroke ("Tz 1")
_MOST_CLIPS, _MOST_CORNERS = 8, 50
_CELL = 2.0  # points: how finely it is kept where something is painted
_MOST_CELLS = 1000  # across and down
_OBJECT_STREAM = re.compile(rb"/ObjStm\b")
_MOST_STREAMS, _MOST_PACKED, _MOST_BYTES = 200, 200_000, 2_000_000


@dataclass(slots=True)
class Sights:
    """What was odd of the objects of a page."""

    bare: set[int] = field(default_factory=set)  # text objects that leave no ink, by address
    cut: set[int] = field(default_factory=set)  # those outside what clips them
    # light or coloured letters, those drawn through a mask, blended, in a pattern, clipped by more than a frame around them
    odd: set[int] = field(default_factory=set)
    uncertain: bool = False  # of any text: in a form that is blended, turned or deep, behind letters that clip
    painted: dict[int, int] = field(default_factory=dict)  # of each row of cells, those where something is painted
    pictures: list[tuple[int, _Bounds]] = field(default_factory=list)  # place in the order of the text, box
    texts: int = 0

    def look_at_text(self, item: object, mode: int, where: tuple[float, ...]) -> None:
        """Ask a text object of this rendering mode how it is drawn; `where` is how its form lies on the page."""
        self.texts += 1
        if mode >= _FIRST_CLIP:
            self.uncertain = True
        if mode in _NO_INK:
            self.bare.add(address(item) or 0)
            return
        odd = bool(_blended(item))
        if not (_stroke if mode in _STROKED else _fill)(item, *_CHANNELS):
            odd = True
        elif _OPACITY.value < _ALPHA:
            self.bare.add(address(item) or 0)
        elif _RED.value > _DARK or _GREEN.value > _DARK or _BLUE.value > _DARK:
            odd = True
            if bounds := bounds_of(item):
                self.paint(placed(bounds, where))  # white letters may lie over black ones
        clip = _clip(item)
        if _clips(clip) > 0 and (left := _left_by(item, clip)) is not _Left.WHOLE:
            odd = True
            if left is _Left.NOTHING:
                self.cut.add(address(item) or 0)
        if odd:
            self.odd.add(address(item) or 0)

    def look_at_mark(self, item: object, kind: int, bounds: _Bounds) -> None:
        """Keep where a path, a picture or a shade is painted."""
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if not (pdfium.FPDFPath_GetDrawMode(item, _FILL, _STROKE) and (_FILL.value or _STROKE.value)):
                return
            if _STROKE.value and pdfium.FPDFPageObj_GetStrokeWidth(item, _X):
                x0, low, x1, high = bounds
                half = _X.value / 2
                bounds = x0 - half, low - half, x1 + half, high + half
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append((self.texts, bounds))
        self.paint(bounds)

    def paint(self, bounds: _Bounds) -> None:
        """Something is painted here, in the page's own points."""
        x0, low, x1, high = bounds
        across = _cells(x0, x1)
        for row in range(_cell(low), _cell(high) + 1):
            self.painted[row] = self.painted.get(row, 0) | across

    def is_painted(self, bounds: _Bounds) -> bool:
        """Whether something is painted on the middle of a word, where the lines above and under it do not reach."""
        x0, low, x1, high = bounds
        inner = 0.3 * (high - low)
        across = _cells(x0, x1)
        return any(self.painted.get(row, 0) & across for row in range(_cell(low + inner), _cell(high - inner) + 1))

    def is_pictured(self, text_page: object, index: int) -> bool:
        """Whether a character stands under a picture."""
        pdfium.FPDFText_GetCharOrigin(text_page, index, *_ORIGIN)
        x, y = _ORIGIN[0].value, _ORIGIN[1].value
        return any(x0 <= x <= x1 and low <= y <= high for _, (x0, low, x1, high) in self.pictures)


class _Left(enum.Enum):
    """What a clip leaves of a text."""

    WHOLE = 1
    SOME = 2
    NOTHING = 3


def _cell(at: float) -> int:
    return min(max(int(at / _CELL), -_MOST_CELLS), _MOST_CELLS)


def _cells(x0: float, x1: float) -> int:
    """A bit for each cell between two places across a page."""
    first, last = max(_cell(x0), 0), max(_cell(x1), 0)
    return ((1 << (last - first + 1)) - 1) << first


def placed(bounds: _Bounds, moved: tuple[float, ...]) -> _Bounds:
    """Bounds within a form where they lie on its page."""
    x0, low, x1, high = bounds
    wide, tall, left, bottom = moved[0], moved[3], moved[4], moved[5]
    low, high = sorted((tall * low + bottom, tall * high + bottom))  # a form may stand on its head
    return wide * x0 + left, low, wide * x1 + left, high


def is_layered(sights: Sights, width: float, height: float) -> bool:
    """Whether the text of a page that is a scan lies under its picture or leaves no ink: a machine's, for machines."""
    whole = 0.5 * width * height
    return bool(sights.bare) or any(
        at and (x1 - x0) * (high - low) >= whole for at, (x0, low, x1, high) in sights.pictures
    )


_CHANNELS = _RED, _GREEN, _BLUE, _OPACITY = [ctypes.c_uint() for _ in range(4)]
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_EDGES = _LEFT, _BOTTOM, _RIGHT, _TOP = [ctypes.c_float() for _ in range(4)]
_ORIGIN = ctypes.c_double(), ctypes.c_double()
_X, _Y = ctypes.c_float(), ctypes.c_float()


def bounds_of(item: object) -> _Bounds | None:
    if not pdfium.FPDFPageObj_GetBounds(item, *_EDGES):
        return None
    return _LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value


def _left_by(item: object, clip: object) -> _Left:
    """What the paths leave of a text object that clip it: all where each is a frame around it."""
    box = bounds_of(item)
    if box is None:
        return _Left.SOME
    x0, low, x1, high = box
    if x1 - x0 < 1 or high - low < 1:  # a blank
        return _Left.WHOLE
    count = pdfium.FPDFClipPath_CountPaths(clip)
    left = _Left.WHOLE if count <= _MOST_CLIPS else _Left.SOME
    for path in range(min(count, _MOST_CLIPS)):
        corners = [
            (_X.value, _Y.value)
            for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _MOST_CORNERS))
            if _point(_segment(clip, path, index), _X, _Y)
        ]
        if not corners:
            return _Left.SOME
        xs, ys = {x for x, _ in corners}, {y for _, y in corners}
        frame = min(xs), min(ys), max(xs), max(ys)
        if not _meet(box, frame, 0.1):
            return _Left.NOTHING
        around = frame[0] <= x0 + 1 and frame[1] <= low + 1 and frame[2] >= x1 - 1 and frame[3] >= high - 1
        if len(xs) > 2 or len(ys) > 2 or not around:
            left = _Left.SOME
    return left


def _meet(box: _Bounds, other: _Bounds, share: float) -> bool:
    """Whether at least this share of a box lies in another, across and down."""
    x0, low, x1, high = box
    left, bottom, right, top = other
    if x1 <= left or x0 >= right or high <= bottom or low >= top:  # most
        return False
    across, down = min(x1, right) - max(x0, left), min(high, top) - max(low, bottom)
    return across > share * min(x1 - x0, right - left) and down > share * (high - low)


def asked(
    text_page: object, text: str, sights: Sights, sheet: Sheet, words: Iterable[PlacedWord], *, every: bool
) -> list[int]:
    """The letters and figures of a page that must be drawn to know whether they are seen, by their places in its text."""
    whole = every or sights.uncertain
    if not (whole or sights.odd or sights.painted):
        return []
    found: set[int] = set()
    for word in words:
        letters = list(_letters(text, word.key))
        if whole or sights.is_painted(sheet.own(*word[1:5])):
            found.update(letters)
        elif sights.odd:
            found.update(index for index in letters if text_object(text_page, index) in sights.odd)
    return sorted(found)


def _letters(text: str, start: int) -> Iterator[int]:
    """The letters and figures of the word that begins here."""
    for index in range(start, len(text)):
        if text[index].isspace():
            return
        if text[index].isalnum():
            yield index


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


def without(text: str, hidden: set[int]) -> str:
    """The text of a page with these letters and figures erased, and the signs of the words of which nothing else is left."""
    kept = list(text)
    for index in hidden:
        kept[index] = ERASED
    for match in _SPACED.finditer(text):
        first, last = match.span()
        if any(index in hidden for index in range(first, last)) and not says("".join(kept[first:last])):
            kept[first:last] = ERASED * (last - first)
    return "".join(kept)


def erased(text_page: object, text: str, kept: str, sheet: Sheet) -> Iterator[tuple[str, Box]]:
    """What was erased, in pieces that stood together, with their boxes."""
    boxes = CharBoxes(text_page, sheet)
    for match in _ERASED.finditer(kept):
        piece = text[match.start() : match.end()]
        found = [box for index in range(match.start(), match.end()) if text[index] > " " and (box := boxes.of(index))]
        if says(piece) and found:
            yield piece, Box.around([Box(*box) for box in found])


_SPACED = pattern(r"\S++")
_ERASED = pattern(rf"{ERASED}(?:\s*+{ERASED})*+")


def dots(words: Iterable[PlacedWord]) -> list[PlacedWord]:
    """The words that are too small to be read, or squeezed to strokes."""
    return [
        word
        for word in words
        if (high := word[4] - word[2]) < _LOW
        or (word[3] - word[1] < _NARROW * high * len(word[0]) and len(word[0]) > 1)
    ]
