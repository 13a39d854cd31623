"""Fonts and paragraph settings of a .docx: what a run or a paragraph says itself, over its style, over the defaults."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.source.docx.names import VAL, W, first, is_on, val
from vnadmin.source.docx.sight import (
    DRAWN_FILL,
    PLACED,
    colour_of,
    drawn_ink,
    fill_of,
    highlight_of,
    is_clear_fill,
    is_cut_off,
    is_displaced,
)  # fmt: skip
from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import is_symbol_font
from vnadmin.source.sight import NARROWEST, Colour
from vnadmin.text.legacy import font_encoding

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # styles based on styles; a longer chain is a cycle


class Font(NamedTuple):
    """What is known of a run's font; None where nothing is said.

    A name is kept only where it tells how to read the characters, of a font in an old encoding or a symbol font; that
    of any other is empty.
    """

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    name: str | None = None
    ink: Colour | None = None
    ground: Colour | None = None  # shade or highlight behind the letters

    def over(self, below: Font) -> Font:
        """This font laid over that of a style."""
        bold, italic, caps, hidden, size, name, ink, ground = self
        return _new_font(
            (
                below[0] if bold is None else bold,
                below[1] if italic is None else italic,
                below[2] if caps is None else caps,
                below[3] if hidden is None else hidden,
                below[4] if size is None else size,
                below[5] if name is None else name,
                ink or below[6],
                ground or below[7],
            )
        )


_new_font = partial(tuple.__new__, Font)  # of all its parts at once: a document has thousands of runs
NOTHING = Font()


class Setting(NamedTuple):
    """What is known of a paragraph; None where nothing is said. `list` "0" takes a style's list away."""

    style: str = ""
    alignment: str | None = None
    list: str | None = None
    level: int | None = None
    new_page: bool = False
    joined: bool = False  # a reviewer deleted the mark at its end: the next paragraph goes on with it
    unseen: bool | None = None  # off the page, or cut to a height of nothing
    ground: Colour | None = None

    def over(self, below: Setting) -> Setting:
        """These settings laid over those of a style."""
        return self._replace(
            alignment=below.alignment if self.alignment is None else self.alignment,
            list=below.list if self.list is None else self.list,
            level=below.level if self.level is None else self.level,
            unseen=below.unseen if self.unseen is None else self.unseen,
            ground=self.ground or below.ground,
        )


UNSET = Setting()


@lru_cache(maxsize=1024)
def _tells(font: str) -> bool:
    return font_encoding(font) is not None or is_symbol_font(font)


def read_font(properties: _Element | None) -> tuple[Font, str]:
    """The font that a `w:rPr` says, and the character style that it names."""
    if properties is None:
        return NOTHING, ""
    bold = italic = caps = hidden = size = name = ink = ground = None
    style = ""
    for item in properties:
        tag = item.tag
        if tag not in _OF_A_FONT:
            continue
        if tag == _FONTS:
            named = item.get(_HIGH) or item.get(_ASCII)
            if named:
                name = named if _tells(named) else ""
        elif tag == _SIZE:
            size = whole_number(item.get(VAL)) / 2 or None
        elif tag == _BOLD:
            bold = is_on(item)
        elif tag == _ITALIC:
            italic = is_on(item)
        elif tag == _CAPS:
            caps = is_on(item)
        elif tag in _VANISH:
            hidden = is_on(item)
        elif tag in _SIGHT:
            if tag == _COLOUR:
                ink = colour_of(item)
            elif tag == _SHADE:
                ground = ground or fill_of(item)
            elif tag == _HIGHLIGHT:
                ground = highlight_of(item) or ground
            elif tag in _STRUCK:
                hidden = is_on(item) or hidden
            elif tag in _DISPLACED:
                hidden = is_displaced(item) or hidden
            elif is_clear_fill(item) if tag == DRAWN_FILL else whole_number(item.get(VAL), 100) < NARROWEST:
                hidden = True
            elif tag == DRAWN_FILL:
                ink = drawn_ink(item) or ink
        elif tag == _CHARACTER:
            style = item.get(VAL, "")
    return _new_font((bold, italic, caps, hidden, size, name, ink, ground)), style


def read_setting(properties: _Element | None) -> Setting:
    """The paragraph settings that a `w:pPr` says."""
    if properties is None or not len(properties):
        return UNSET
    style = ""
    alignment = listed = level = ground = unseen = None
    new_page = joined = False
    for item in properties:
        tag = item.tag
        if tag == _STYLE:
            style = item.get(VAL, "")
        elif tag == _ALIGN:
            alignment = item.get(VAL, "")
        elif tag == _NUMBERED:
            for inner in item:
                if inner.tag == _LEVEL:
                    level = whole_number(inner.get(VAL))
                elif inner.tag == _LIST:
                    listed = inner.get(VAL)
        elif tag == _PAGE:
            new_page = is_on(item)
        elif tag == _MARK:
            joined = any(inner.tag in _GONE for inner in item)
        elif tag == _SHADE:
            ground = fill_of(item)
        elif tag in PLACED:
            unseen = is_cut_off(item) or unseen
    return Setting(style, alignment, listed, level, new_page, joined, unseen, ground)


class Styles:
    """The styles of a document by id."""

    def __init__(self, tree: _Element | None) -> None:
        self._tree = tree
        self._elements: dict[str, _Element] = {}
        self._settings: dict[str, Setting] = {}
        self._fonts: dict[tuple[str, str], Font] = {}
        self._lists: dict[str, str] | None = None
        self.default_paragraph = ""
        self.defaults = NOTHING
        if tree is None:
            return
        self.defaults, _ = read_font(first(tree, ("docDefaults", "rPrDefault", "rPr")))
        for style in tree.iterchildren(W + "style"):
            name = style.get(W + "styleId", "")
            self._elements[name] = style
            if style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph":
                self.default_paragraph = name

    def setting_of(self, name: str) -> Setting:
        """What a paragraph style says, what it is based on included; an unknown name says nothing."""
        found = self._settings.get(name)
        if found is None:
            found = self._settings[name] = self._resolve(name)
        return found

    def font_of(self, paragraph: str, character: str = "") -> Font:
        """The font of a paragraph style over the defaults, with a character style over it."""
        found = self._fonts.get((paragraph, character))
        if found is None:
            found = self.defaults
            for name in (paragraph, character):
                for style in self.chain(name) if name else ():
                    found = read_font(style.find(_MARK))[0].over(found)
            self._fonts[paragraph, character] = found
        return found

    def font(self, paragraph: str, properties: _Element) -> Font:
        """The font that a run's `w:rPr` says, over that of the paragraph's style and of its own."""
        said, character = read_font(properties)
        return said.over(self.font_of(paragraph, character))

    def lists(self) -> dict[str, str]:
        """The list that each style names (list styles and numbered paragraph styles)."""
        if self._lists is None:
            # From the few numIds up, not from all styles down: Word writes hundreds of styles and few name a list.
            self._lists = {}
            for mark in self._tree.iter(W + "numId") if self._tree is not None else ():
                style: _Element | None = mark
                for _ in ("numPr", "pPr", "style"):
                    style = style.getparent() if style is not None else None
                if style is not None and style.tag == W + "style" and (list_id := val(mark)):
                    self._lists[style.get(W + "styleId", "")] = list_id
        return self._lists

    def bordered(self, name: str) -> bool:
        """Whether a table style draws lines between columns."""
        for _ in range(_DEEPEST):
            style = self._elements.get(name)
            if style is None:
                return False
            borders = first(style, ("tblPr", "tblBorders"))
            if borders is not None:
                return draws(borders.find(W + "insideV"))
            name = val(style.find(W + "basedOn"))
        return False

    def _resolve(self, name: str) -> Setting:
        setting = UNSET
        for style in self.chain(name):
            setting = read_setting(style.find(_PARAGRAPH)).over(setting)
        return setting

    def chain(self, name: str) -> list[_Element]:
        """A style and those it is based on, the deepest first."""
        chain: list[_Element] = []
        while (style := self._elements.get(name)) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            name = val(style.find(_BASED))
        return chain[::-1]


def draws(border: _Element | None) -> bool:
    """Whether a border element is a line that can be seen."""
    return border is not None and val(border, "none") not in ("none", "nil")


_BOLD, _ITALIC, _CAPS = W + "b", W + "i", W + "caps"
_VANISH = frozenset({W + "vanish", W + "specVanish"})
_SIZE, _FONTS, _ASCII, _HIGH = W + "sz", W + "rFonts", W + "ascii", W + "hAnsi"
_STYLE, _ALIGN, _NUMBERED, _LEVEL, _LIST = W + "pStyle", W + "jc", W + "numPr", W + "ilvl", W + "numId"
_PAGE, _MARK, _PARAGRAPH, _BASED = W + "pageBreakBefore", W + "rPr", W + "pPr", W + "basedOn"
_CHARACTER = W + "rStyle"
_COLOUR, _SHADE, _HIGHLIGHT = W + "color", W + "shd", W + "highlight"
_STRUCK = frozenset({W + "strike", W + "dstrike"})
_DISPLACED = frozenset({W + "spacing", W + "position", W + "fitText"})
_SIGHT = frozenset({_COLOUR, _SHADE, _HIGHLIGHT, DRAWN_FILL, W + "w"}) | _STRUCK | _DISPLACED
_OF_A_FONT = _SIGHT | _VANISH | {_FONTS, _SIZE, _BOLD, _ITALIC, _CAPS, _CHARACTER}
_GONE = frozenset({W + "del", W + "moveFrom"})
