"""Fonts and paragraph settings of a .docx: what a run or a paragraph says itself, over its style, over the defaults."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple, TypeAlias

from lxml.etree import _Element

from vnadmin.source.docx.font import NOTHING, Font, new_font
from vnadmin.source.docx.names import VAL, W, first, is_on, parts, val
from vnadmin.source.docx.odd import PLAIN, is_odd
from vnadmin.source.docx.sight import (
    DRAWN_FILL,
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

_Part: TypeAlias = tuple[int, Callable[[_Element], object]]

_DEEPEST: Final = 20  # styles based on styles; a longer chain is a cycle


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
    odd: bool | None = None  # set in a way that is not known to be seen

    def over(self, below: Setting) -> Setting:
        """These settings laid over those of a style."""
        return self._replace(
            alignment=below.alignment if self.alignment is None else self.alignment,
            list=below.list if self.list is None else self.list,
            level=below.level if self.level is None else self.level,
            unseen=below.unseen if self.unseen is None else self.unseen,
            ground=self.ground or below.ground,
            odd=self.odd or below.odd,
        )


_new_setting = partial(tuple.__new__, Setting)
UNSET: Final = Setting()


def _said(properties: _Element, kinds: dict[str, _Part], said: list[Any]) -> list[Any]:
    """What the children of a `w:rPr` or a `w:pPr` say, each in its place."""
    for item in parts(properties):
        tag = item.tag
        part = kinds.get(tag)
        if part is not None and (value := part[1](item)) is not None:
            said[part[0]] = value
        if tag not in PLAIN and is_odd(item):
            said[_ODD] = True
    return said


def read_font(properties: _Element | None) -> tuple[Font, str]:
    """The font that a `w:rPr` says, and the character style that it names."""
    return (NOTHING, "") if properties is None else _as_font(_said_of_font(properties))


def _said_of_font(properties: _Element) -> list[Any]:
    return _said(properties, _OF_A_FONT, [*NOTHING, "", None, None])


def _as_font(said: list[Any]) -> tuple[Font, str]:
    drawn, marked, style = said.pop(), said.pop(), said.pop()
    if drawn is not None and is_clear_fill(drawn):
        said[_HIDDEN] = True
    elif drawn is not None:
        said[_INK] = drawn_ink(drawn) or said[_INK]
    if marked is not None:
        said[_GROUND] = marked
    return new_font(said), style


def read_setting(properties: _Element | None) -> Setting:
    """The paragraph settings that a `w:pPr` says."""
    if properties is None or not len(properties):
        return UNSET
    said = _said(properties, _OF_A_PARAGRAPH, [*UNSET, None])
    numbered = said.pop()
    for item in () if numbered is None else parts(numbered):
        if item.tag == W + "ilvl":
            said[_LEVEL] = whole_number(item.get(VAL))
        elif item.tag == W + "numId":
            said[_LIST] = item.get(VAL)
    return _new_setting(said)


def _telling_name(item: _Element) -> str | None:
    """The name of a font where it tells how to read the characters, else an empty one; None where none is named."""
    name = item.get(_HIGH) or item.get(_ASCII)
    return (name if _tells(name) else "") if name else None


@lru_cache(maxsize=1024)
def _tells(font: str) -> bool:
    return font_encoding(font) is not None or is_symbol_font(font)


class Styles:
    """The styles of a document by id. settle: writes the colours that an element names by the theme, before it is read."""

    def __init__(self, tree: _Element | None, settle: Callable[[_Element], None] = lambda _: None) -> None:
        self._settle = settle
        self._settled = set[str]()
        self._tree = tree
        self._elements: dict[str, _Element] = {}
        self._settings: dict[str, Setting] = {}
        self._fonts: dict[tuple[str, str], Font] = {}
        self._runs: dict[tuple[Any, ...], Font] = {}
        self._lists: dict[str, str] | None = None
        self.default_paragraph = ""
        self.defaults = NOTHING
        if tree is None:
            return
        defaults = first(tree, ("docDefaults", "rPrDefault", "rPr"))
        if defaults is not None:
            settle(defaults)
        self.defaults, _ = read_font(defaults)
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
        said = _said_of_font(properties)
        key = (paragraph, *said)  # a document sets its runs in few ways
        found = self._runs.get(key)
        if found is None:
            font, character = _as_font(said)
            found = self._runs[key] = font.over(self.font_of(paragraph, character))
        return found

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
            if name not in self._settled:
                self._settled.add(name)
                self._settle(style)
            chain.append(style)
            name = val(style.find(_BASED))
        return chain[::-1]


def draws(border: _Element | None) -> bool:
    """Whether a border element is a line that can be seen."""
    return border is not None and val(border, "none") not in ("none", "nil")


_HIGH: Final = W + "hAnsi"
_ASCII: Final = W + "ascii"
_MARK, _PARAGRAPH, _BASED = W + "rPr", W + "pPr", W + "basedOn"

# Each child that is read: its place in what is said, and what it says; None leaves the place as it is.
_HIDDEN, _INK, _GROUND, _LIST, _LEVEL, _ODD = 3, 6, 7, 2, 3, 8
_OF_A_FONT: Final[dict[str, _Part]] = {
    W + "b": (0, is_on),
    W + "i": (1, is_on),
    W + "caps": (2, is_on),
    **dict.fromkeys((W + "vanish", W + "specVanish"), (3, is_on)),
    **dict.fromkeys((W + "strike", W + "dstrike"), (3, lambda item: is_on(item) or None)),
    **dict.fromkeys((W + "spacing", W + "position", W + "fitText"), (3, lambda item: is_displaced(item) or None)),
    W + "w": (3, lambda item: whole_number(item.get(VAL), 100) < NARROWEST or None),
    W + "sz": (4, lambda item: whole_number(item.get(VAL)) / 2 or None),
    W + "rFonts": (5, _telling_name),
    W + "color": (6, colour_of),
    W + "shd": (7, fill_of),
    W + "rStyle": (9, val),
    W + "highlight": (10, highlight_of),
    DRAWN_FILL: (11, lambda item: item),
}
_OF_A_PARAGRAPH: Final[dict[str, _Part]] = {
    W + "pStyle": (0, val),
    W + "jc": (1, val),
    W + "pageBreakBefore": (4, is_on),
    W + "rPr": (5, lambda item: next(item.iterchildren(W + "del", W + "moveFrom"), None) is not None),
    **dict.fromkeys((W + "ind", W + "spacing", W + "framePr"), (6, lambda item: is_cut_off(item) or None)),
    W + "shd": (7, fill_of),
    W + "numPr": (9, lambda item: item),
}
