"""Words of a PDF page from its text layer, with boxes and fonts, through pdfium."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium
import regex

from vnadmin.layout.geometry import PlacedWord
from vnadmin.layout.page import Style

# U+FFFE is pdfium's mark for a hyphen at the end of a line: it gives no line break there ("27/2024/NĐ\ufffeCP").
_WORD = regex.compile(r"[^\s\ufffe\u00a0]+\ufffe?|\ufffe")
# Flags of a font descriptor (ISO 32000-1, table 123).
_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18
_MARKS_FIRST = regex.compile(r"[\u0300-\u036f]")


@dataclass(slots=True)
class FontCache:
    """Names and weights of a document's fonts, asked once for each."""

    names: dict[int, tuple[str, bool, bool]] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """How a page's own coordinates become points from the top left corner as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 2 else (width, height)

    def place(self, x0: float, low: float, x1: float, high: float) -> tuple[float, float, float, float]:
        """A box in page space (low is its bottom) as x0, y0, x1, y1."""
        if self.rotation == 0:
            return x0 - self.left, self.top - high, x1 - self.left, self.top - low
        if self.rotation == 1:
            return low - self.bottom, x0 - self.left, high - self.bottom, x1 - self.left
        if self.rotation == 2:
            return self.right - x1, low - self.bottom, self.right - x0, high - self.bottom
        return self.top - high, self.right - x1, self.top - low, self.right - x0


def sheet_of(page: object) -> Sheet:
    """The visible part of a page and its rotation."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Sheet(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def page_text(text_page: object) -> str:
    """The text of a page, one character for each character index of pdfium."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Some characters gave none or two: ask for each one, so that indices stay true.
    get = pdfium.FPDFText_GetUnicode
    return "".join(chr(code) if (code := get(text_page, index)) < 0x110000 else " " for index in range(count))


def page_words(text_page: object, text: str, sheet: Sheet) -> tuple[list[PlacedWord], list[PlacedWord]]:
    """The words that stand upright, and those that are turned (watermarks across the page)."""
    upright: list[PlacedWord] = []
    turned: list[PlacedWord] = []
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    get = pdfium.FPDFText_GetLooseCharBox
    plain = sheet.rotation == 0
    left, top = sheet.left, sheet.top
    width, height = sheet.size
    was_turned = False
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not get(text_page, start, pointer):
            continue
        x0, low, x1, high = box.left, box.bottom, box.right, box.top
        word = match[0]
        if word[-1] == "\ufffe":
            word = word[:-1] + "-"
            end -= 1
        if end - start > 1 and get(text_page, end - 1, pointer):
            was_turned = abs(box.bottom - low) > 0.6 * (box.top - box.bottom)
            x0, x1 = min(x0, box.left), max(x1, box.right)
            # Of two boxes the lower one is truer: a letter with marks may stand out of its line ("Ủ" in subset fonts).
            if was_turned or box.top - box.bottom < high - low:
                low, high = (min(low, box.bottom), max(high, box.top)) if was_turned else (box.bottom, box.top)
        if plain:
            placed = PlacedWord(word, x0 - left, top - high, x1 - left, top - low, start)
        else:
            placed = PlacedWord(word, *sheet.place(x0, low, x1, high), start)
        if was_turned and plain:
            turned.append(placed)
        elif placed.x1 < 0 or placed.x0 > width or placed.y1 < 0 or placed.y0 > height:
            continue  # outside what is shown
        elif upright and _MARKS_FIRST.match(word) and placed.x0 - upright[-1].x1 < 0.5 * (placed.y1 - placed.y0):
            before = upright[-1]  # a tone mark set as a character of its own: "hai ̀" (REFERENCE 11.3)
            upright[-1] = before._replace(text=before.text + word, x1=max(before.x1, placed.x1))
        else:
            upright.append(placed)
    return upright, turned


def style_of(text_page: object, words: list[PlacedWord], fonts: FontCache) -> Style:
    """How a line is set, by its first, middle and last word."""
    sample = {words[0].key, words[len(words) // 2].key, words[-1].key}
    bold = italic = 0
    for key in sample:
        _, is_bold, is_italic = font_of(text_page, key, fonts)
        bold += is_bold
        italic += is_italic
    half = len(sample) / 2
    size = words[0].y1 - words[0].y0
    return Style(bold=bold > half, italic=italic > half, size=round(size, 1))


def font_of(text_page: object, key: int, fonts: FontCache) -> tuple[str, bool, bool]:
    """Name, boldness and slant of the font of one character."""
    item = pdfium.FPDFText_GetTextObject(text_page, key)
    if not item:
        return "", False, False
    font = pdfium.FPDFTextObj_GetFont(item)
    address = ctypes.cast(font, ctypes.c_void_p).value or 0
    known = fonts.names.get(address)
    if known is None:
        known = fonts.names[address] = _read_font(font)
    return known


def _read_font(font: object) -> tuple[str, bool, bool]:
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    name = buffer.value.decode("latin-1") if 0 < length <= 128 else ""
    low = name.lower()
    flags = pdfium.FPDFFont_GetFlags(font)
    weight = pdfium.FPDFFont_GetWeight(font)  # nonsense (3248) where the font does not say
    bold = "bold" in low or "black" in low or 600 <= weight <= 1000 or bool(flags & _FORCE_BOLD)
    italic = "italic" in low or "oblique" in low or bool(flags & _ITALIC)
    return name, bold, italic
