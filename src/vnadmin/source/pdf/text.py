"""Words of a PDF page from its text layer, with boxes and fonts, through pdfium."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import pypdfium2.raw as pdfium
import regex

from vnadmin.genre.marker import glued_marker
from vnadmin.layout.page import Style
from vnadmin.layout.placed.geometry import PlacedWord
from vnadmin.source.pdf.calls import Bounds, CharBoxes, Sheet, address
from vnadmin.text.legacy import Encoding, convert_word, font_encoding, looks_legacy
from vnadmin.text.pattern import pattern
from vnadmin.text.spacing import split_words

# U+FFFE is pdfium's mark for a hyphen at the end of a line: it gives no line break there ("27/2024/NĐ\ufffeCP").
_WORD = pattern(r"[^\s\ufffe\u00a0]+\ufffe?|\ufffe")
_TONE_MARK = pattern("[\u0300-\u036f]")
# Figures that stay with what they raise: "300m2". Other raised figures are the numbers of footnotes: "QH15¹".
_UNIT = pattern(r"(?:m|km|cm|dm|mm|ha|M)$")
# A token that may lack a space: "CÔNGĐOÀN", "b)Điểm", "-Đối". Cheap, before spelling is asked.
_TIGHT = pattern(r"[^\s\d]{7,}|\d[^\s/]*/[^\s]*\p{Lu}\p{Ll}{3,}")
# Flags of a font descriptor (ISO 32000-1, table 123).
_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18
new_word = partial(tuple.__new__, PlacedWord)  # of all its parts at once: twice as fast as the class's own call
_QUARTER = 1.5707963267948966
_TURNED = 0.12  # radians from the nearest quarter turn: text across the page


class Font(NamedTuple):
    """What a font tells: None where it does not (subsets without a name)."""

    family: str
    bold: bool | None
    italic: bool | None


@dataclass(slots=True)
class Fonts:
    """The fonts of a document, each asked once, and those of the words that were looked at."""

    known: dict[int, Font] = field(default_factory=dict)
    at: dict[int, dict[int, Font]] = field(default_factory=dict)  # by page and word's key

    def style_of(self, page: int, words: list[PlacedWord], centred: bool) -> Style:
        """How a line is set, by those of its words that were looked at."""
        bold = plain = slanted = upright = 0
        font_at = self.at.get(page, {}).get
        for word in words:
            font = font_at(word.key)
            if font is not None:
                bold += font.bold is True
                plain += font.bold is False
                slanted += font.italic is True
                upright += font.italic is False
        return Style(
            bold=None if not (bold or plain) else bold > plain,
            italic=None if not (slanted or upright) else slanted > upright,
            size=round(words[0].y1 - words[0].y0, 1),
            centred=centred,
        )


def page_text(text_page: object) -> str:
    """The text of a page, one character for each character index of pdfium."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    # Not an array of ctypes: each length would be a class of its own, which takes longer to make than to fill.
    buffer = bytearray(2 * (count + 1))
    written = pdfium.FPDFText_GetText(text_page, 0, count, ctypes.byref(ctypes.c_ushort.from_buffer(buffer)))
    text = buffer[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Some characters gave none or two: ask for each one, so that indices stay true.
    get = pdfium.FPDFText_GetUnicode
    return "".join(chr(code) if (code := get(text_page, index)) < 0x110000 else " " for index in range(count))


@dataclass(slots=True)
class PageText:
    """The words of one page: those that stand upright and those that are turned (watermarks across the page)."""

    upright: list[PlacedWord] = field(default_factory=list)
    turned: list[PlacedWord] = field(default_factory=list)
    outside: list[PlacedWord] = field(default_factory=list)  # beside what is shown of the page
    encoding: Encoding | None = None  # of an old font encoding that was converted


def read_words(text_page: object, text: str, sheet: Sheet, number: int, fonts: Fonts) -> PageText:
    """The words of a page with their boxes; old font encodings converted, lost spaces put back.

    A page whose text runs along its side (a wide table on an upright sheet) is read turned, and `sheet` with it.
    """
    page = _PageReader(text_page, text, sheet, number, fonts).read()
    if len(page.turned) > 2 * len(page.upright) + 10:
        turns = _quarter_turns(text_page, page.turned[len(page.turned) // 2].key)
        if turns is not None and turns != sheet.rotation:
            sheet.rotation = turns
            return _PageReader(text_page, text, sheet, number, fonts).read()
    return page


class _PageReader:
    def __init__(self, text_page: object, text: str, sheet: Sheet, number: int, fonts: Fonts) -> None:
        self.text_page = text_page
        self.text = text
        self.sheet = sheet
        self.fonts = fonts
        self.font_at = fonts.at.setdefault(number, {})
        self.boxes = CharBoxes(text_page, sheet)
        self.hyphens = "\ufffe" in text
        self.marks = _TONE_MARK.search(text) is not None
        self.page = PageText(encoding=looks_legacy(text))
        self.turned = False  # the word before was
        self.line, self.since = -1.0, 0  # the foot of the line whose font is known, and words since one was asked

    def read(self) -> PageText:
        width, height = self.sheet.size
        page, hyphens, boxes = self.page, self.hyphens, self.boxes
        for match in _WORD.finditer(self.text):
            start, end = match.span()
            first = boxes.of(start)
            if first is None:
                continue
            word = match[0]
            if hyphens and word[-1] == "\ufffe":  # it stands for a hyphen and has no box
                word, end = word[:-1] + "-", end - 1
            last = boxes.of(end - 1) if end - start > 1 else None
            x0, y0, x1, y1 = first
            left, top, right, low = last or first
            raised = False
            if low != y1 or y0 >= y1 or left < x0 or self.turned:  # hardly a word
                word, x0, y0, y1, raised = self._seen(word, start, first, last)
            elif top > y0:  # of two boxes the lower is truer: a letter with marks may stand out of its line ("Ủ")
                y0 = top
            if right > x1:
                x1 = right
            placed = new_word((word, x0, y0, x1, y1, start, None))
            if self.turned:
                page.turned.append(placed)
            elif x1 < 0 or x0 > width or y1 < 0 or y0 > height:
                page.outside.append(placed)
            elif not (self.marks and self._joins_the_word_before(placed)):
                self._add(placed, start, end, raised)
        return page

    def _seen(self, word: str, start: int, first: Bounds, last: Bounds | None) -> tuple[str, float, float, float, bool]:
        """A word whose characters may not stand level from left to right: its text, left edge, top and foot as it is seen.

        And whether figures at its end are raised.
        """
        x0, y0, _, y1 = first
        if last is None:
            self.turned = self.turned and self._is_turned(start)
            return word, x0, y0, y1, False
        left, top, _, low = last
        slopes = not low == y1 > y0 and abs(low - y1) >= 0.15 * max(y1 - y0, low - top)
        self.turned = slopes and self._is_turned(start)
        raised = slopes and not self.turned and low < y1 and word[-1].isdigit()
        if left < x0:
            if x0 - left > 0.3 * (y1 - y0) and not self.turned:
                word = self._in_sight(word, start)
            x0 = left
        if self.turned:
            y0, y1 = min(y0, top), max(y1, low)
        elif not raised and low - top < y1 - y0:
            y0, y1 = top, low
        return word, x0, y0, y1, raised

    def _joins_the_word_before(self, word: PlacedWord) -> bool:
        """A tone mark set as a character of its own: "hai ̀" (domain.md 11.3)."""
        upright = self.page.upright
        if not upright or not _TONE_MARK.match(word.text) or word.x0 - upright[-1].x1 >= 0.5 * (word.y1 - word.y0):
            return False
        before = upright[-1]
        upright[-1] = before._replace(text=before.text + word.text, x1=max(before.x1, word.x1))
        return True

    def _add(self, word: PlacedWord, start: int, end: int, raised: bool) -> None:
        """An upright word, or the words that it is made of. Fonts are asked where a line begins and at every fourth word."""
        upright, legacy = self.page.upright, self.page.encoding is not None
        self.since += 1
        if word.y1 != self.line or self.since >= 4 or legacy:
            font = self.font_at[start] = font_of(self.text_page, start, self.fonts)
            self.line, self.since = word.y1, 0
            if legacy:
                word = word._replace(text=self._unicode(word.text, font))
        text = word.text
        if raised:
            upright += self._without_raised(word, start, end)
        elif (
            (legacy or not text.isalpha() or len(text) > 6)
            and end - start > 1
            and (_TIGHT.match(text) or glued_marker(text))
        ):
            upright += self._split(word, start, end)
        else:
            upright.append(word)

    def _in_sight(self, word: str, start: int) -> str:
        """A word whose letters were set from right to left, as it is seen."""
        boxes = [self._char_box(start + index) for index in range(len(word))]
        return "".join(char for _, char in sorted(zip(boxes, word, strict=True), key=lambda item: item[0][0]))

    def _is_turned(self, index: int) -> bool:
        """Whether a character stands other than the page is looked at."""
        turns = _quarter_turns(self.text_page, index)
        return turns is None or turns != self.sheet.rotation

    def _unicode(self, word: str, font: Font) -> str:
        return convert_word(word, font.family, None if font_encoding(font.family) else self.page.encoding)

    def _char_box(self, index: int) -> Bounds:
        return self.boxes.of(index) or self.sheet.place(0.0, 0.0, 0.0, 0.0)

    def _without_raised(self, word: PlacedWord, start: int, end: int) -> list[PlacedWord]:
        """A word and the raised number of a footnote that follows it without a space, apart."""
        cut = end
        while cut > start + 1 and self.text[cut - 1].isdigit() and self._char_box(cut - 1)[3] < word.y1 - 0.5:
            cut -= 1
        if cut == end or len(word.text) != end - start or _UNIT.search(self.text[start:cut]):
            return [word]
        first, last, raised = self._char_box(start), self._char_box(cut - 1), self._char_box(cut)
        body = word._replace(text=word.text[: cut - start], x1=last[2], y0=first[1], y1=first[3])
        note = PlacedWord(word.text[cut - start :], raised[0], raised[1], word.x1, raised[3], cut)
        return [body, note]

    def _split(self, word: PlacedWord, start: int, end: int) -> list[PlacedWord]:
        """A word in which spaces were lost, as the words it is made of."""
        text = word.text
        if len(text) != end - start:
            return [word]
        cut = glued_marker(text)
        pieces = [text[:cut], text[cut:]] if cut else list(split_words(text))
        if len(pieces) < 2:
            return [word]
        found: list[PlacedWord] = []
        at = start
        for piece in pieces:
            first, last = self._char_box(at), self._char_box(at + len(piece) - 1)
            found.append(word._replace(text=piece, x0=first[0], x1=last[2], key=at))
            at += len(piece)
        if start not in self.font_at:
            self.font_at[start] = font_of(self.text_page, start, self.fonts)
        return found


def _quarter_turns(text_page: object, index: int) -> int | None:
    """How many quarter turns of the page make a character upright; None for text that runs across the page."""
    angle = float(pdfium.FPDFText_GetCharAngle(text_page, index))
    turns = round(angle / _QUARTER)
    return -turns % 4 if abs(angle - turns * _QUARTER) <= _TURNED else None


def font_of(text_page: object, index: int, fonts: Fonts) -> Font:
    """The font of one character; pdfium keeps the fonts of an open document, so its address tells it."""
    item = pdfium.FPDFText_GetTextObject(text_page, index)
    if not item:
        return _NO_FONT
    font = pdfium.FPDFTextObj_GetFont(item)
    key = address(font)
    if key is None:
        return _NO_FONT
    known = fonts.known.get(key)
    if known is None:
        known = fonts.known[key] = _read_font(font)
    return known


_NO_FONT = Font("", None, None)
# "CIDFont+F1", "FEF761F795D": names that a writer made up, which tell nothing of weight and slant.
_NAMELESS = pattern(r"(?:[A-Z]{6}\+)?(?:CIDFont\+)?(?:F\d{1,3}|[0-9A-F]{8,12}|T\d_\d|)", regex.IGNORECASE)


def _read_font(font: object) -> Font:
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
    weight = pdfium.FPDFFont_GetWeight(font)  # nonsense (3248) where the font does not say
    return font_by_name(name, weight, max(pdfium.FPDFFont_GetFlags(font), 0))


def font_by_name(name: str, weight: int = 0, flags: int = 0) -> Font:
    """What the name, the weight and the flags of a font descriptor tell."""
    low = name.lower()
    bold: bool | None = "bold" in low or "black" in low or 600 <= weight <= 1000 or bool(flags & _FORCE_BOLD)
    italic: bool | None = "italic" in low or "oblique" in low or bool(flags & _ITALIC)
    if _NAMELESS.fullmatch(name):
        bold, italic = bold or None, italic or None
    return Font(_font_family(name), bold, italic)


# ".VnTimeH,Bold", "VnTimeHBold" (the dot is lost on some ways to PDF), "ABCDEF+VNI-Times-Bold"
_STYLE_SUFFIX = pattern(r"(?r)[,-]?(?:Bold|Italic|Oblique|Regular|MT|Normal)++$", regex.IGNORECASE)


def _font_family(name: str) -> str:
    name = _STYLE_SUFFIX.sub("", name.rpartition("+")[2])
    return "." + name if name.lower().startswith("vn") and not name.lower().startswith("vni") else name
