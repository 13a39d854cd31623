"""Fonts and paragraph settings of a .docx: what a run or a paragraph says itself, over its style, over the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vnadmin.source.docx_names import VAL, W, first, is_on, number, val

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # styles based on styles; a longer chain is a circle


class Font(NamedTuple):
    """What is known of a run's font; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    name: str | None = None

    def over(self, below: Font) -> Font:
        """These settings laid over others."""
        if self is NOTHING:
            return below
        return Font(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.caps if self.caps is None else self.caps,
            below.hidden if self.hidden is None else self.hidden,
            below.size if self.size is None else self.size,
            below.name if self.name is None else self.name,
        )


NOTHING = Font()


class Setting(NamedTuple):
    """What is known of a paragraph: alignment, list and level; None where nothing is said. `list` "0" is no list."""

    alignment: str | None = None
    list: str | None = None
    level: int | None = None

    def over(self, below: Setting) -> Setting:
        return Setting(
            below.alignment if self.alignment is None else self.alignment,
            below.list if self.list is None else self.list,
            below.level if self.level is None else self.level,
        )


class Style(NamedTuple):
    """A paragraph or character style, what it is based on included."""

    font: Font = NOTHING
    setting: Setting = Setting()


def read_font(properties: _Element | None) -> Font:
    """The font that a `w:rPr` says."""
    if properties is None:
        return NOTHING
    bold = italic = caps = hidden = size = name = None
    for item in properties:
        tag = item.tag
        if tag == _BOLD:
            bold = is_on(item)
        elif tag == _ITALIC:
            italic = is_on(item)
        elif tag == _SIZE:
            size = number(item.get(VAL)) / 2 or None
        elif tag == _FONTS:
            name = item.get(_HIGH) or item.get(_ASCII)
        elif tag == _CAPS:
            caps = is_on(item)
        elif tag == _VANISH:
            hidden = is_on(item)
    return Font(bold, italic, caps, hidden, size, name)


def read_setting(properties: _Element | None) -> Setting:
    """The paragraph settings that a `w:pPr` says."""
    if properties is None:
        return Setting()
    alignment = properties.find(W + "jc")
    listed = properties.find(W + "numPr")
    level = first(listed, ("ilvl",))
    return Setting(
        None if alignment is None else val(alignment),
        val(first(listed, ("numId",))) or None,
        None if level is None else number(level.get(VAL)),
    )


class Styles:
    """The styles of a document by id."""

    def __init__(self, tree: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str, Style] = {}
        self._lists: dict[str, str] | None = None
        self.default_paragraph = ""
        self.defaults = NOTHING
        if tree is None:
            return
        self.defaults = read_font(first(tree, ("docDefaults", "rPrDefault", "rPr")))
        for style in tree.iterchildren(W + "style"):
            name = style.get(W + "styleId", "")
            self._elements[name] = style
            if style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph":
                self.default_paragraph = name

    def __getitem__(self, name: str) -> Style:
        """A style with what it is based on; an unknown name says nothing."""
        found = self._resolved.get(name)
        if found is None:
            found = self._resolved[name] = self._resolve(name)
        return found

    def lists(self) -> dict[str, str]:
        """The list that each style names (list styles and numbered paragraph styles)."""
        if self._lists is None:
            found = {name: val(first(style, ("pPr", "numPr", "numId"))) for name, style in self._elements.items()}
            self._lists = {name: list_id for name, list_id in found.items() if list_id}
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

    def _resolve(self, name: str) -> Style:
        font, setting = NOTHING, Setting()
        for _ in range(_DEEPEST):
            style = self._elements.get(name)
            if style is None:
                break
            font = font.over(read_font(style.find(W + "rPr")))
            setting = setting.over(read_setting(style.find(W + "pPr")))
            name = val(style.find(W + "basedOn"))
        return Style(font, setting)


def draws(border: _Element | None) -> bool:
    """Whether a border element is a line that can be seen."""
    return border is not None and val(border, "none") not in ("none", "nil")


_BOLD, _ITALIC, _CAPS, _VANISH = W + "b", W + "i", W + "caps", W + "vanish"
_SIZE, _FONTS, _ASCII, _HIGH = W + "sz", W + "rFonts", W + "ascii", W + "hAnsi"
