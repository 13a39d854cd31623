"""The markers that Word draws and does not store, counted as Word counts: `1.`, `a)`, `-`, `Điều 1.`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from vnadmin.source.docx.names import VAL, W, first, is_on, number, val

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = regex.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PICTURE_FONTS = ("symbol", "wingdings", "webdings", "zapfdingbats", "monotype sorts")
# In these fonts a bullet is a letter of its own code: Symbol 0x2D is a dash, all the shapes read as a dot.
_PICTURES = {0x2D: "-", 0x2B: "+", 0x2A: "*", 0xBE: "-"}
_LONGEST = 100  # letters of a marker; a long one, drawn before every item, makes a small file a huge text
_LARGEST = 3999  # a larger number is damage; Roman figures end there


class Level(NamedTuple):
    """One level of a list: how its number is formed."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    font: str = ""


class _List(NamedTuple):
    """A numbering instance (`w:num`): the definition it shares with others, and what it sets anew."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """Counts list items in document order. Instances of one definition go on counting together, as in Word."""

    def __init__(self, tree: _Element | None, style_lists: dict[str, str] | None = None) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        for element in () if tree is None else tree:
            if element.tag == W + "abstractNum":
                name = element.get(W + "abstractNumId", "")
                self._definitions[name] = _levels(element)
                linked = val(element.find(W + "numStyleLink"))
                if linked:
                    self._links[name] = linked
            elif element.tag == W + "num":
                self._lists[element.get(W + "numId", "")] = _instance(element)
        self._style_lists = style_lists or {}

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a paragraph style has in a list."""
        levels = self._levels_of(list_id)
        return next((index for index, level in levels.items() if style and level.style == style), None)

    def marker(self, list_id: str, level: int) -> str:
        """Count one item and give the marker that Word draws before it; "" for an unknown list or no marker."""
        instance = self._lists.get(list_id)
        level = min(max(level, 0), _LEVELS - 1)
        if instance is None:
            return ""
        levels = self._levels_of(list_id)
        definition = self._definition_of(instance)
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for index in instance.starts:
                counts[index] = None
        counts[level] = self._start(instance, levels, level) if counts[level] is None else (counts[level] or 0) + 1
        for deeper in range(level + 1, _LEVELS):
            after = levels.get(deeper, _DEFAULT).restart
            if after is None or level < after:
                counts[deeper] = None
        own = levels.get(level, _DEFAULT)
        if own.format == "bullet":
            return _bullet(own)
        if own.format == "none":
            return str(_PLACE.sub("", own.text)).strip()

        def figure(match: regex.Match[str]) -> str:
            index = int(match[1]) - 1
            count = counts[index]
            count = self._start(instance, levels, index) if count is None else count
            return format_count(count, "decimal" if own.legal else levels.get(index, _DEFAULT).format)

        return str(_PLACE.sub(figure, own.text)).strip()

    def _definition_of(self, instance: _List) -> str:
        """The definition, through the list style that it may name instead of levels of its own."""
        linked = self._links.get(instance.definition)
        target = self._lists.get(self._style_lists.get(linked, "")) if linked else None
        return target.definition if target else instance.definition

    def _levels_of(self, list_id: str) -> dict[int, Level]:
        instance = self._lists.get(list_id)
        if instance is None:
            return {}
        levels = self._definitions.get(self._definition_of(instance), {})
        return {**levels, **instance.levels} if instance.levels else levels

    @staticmethod
    def _start(instance: _List, levels: dict[int, Level], level: int) -> int:
        return instance.starts.get(level, levels.get(level, _DEFAULT).start)


_DEFAULT = Level()


def format_count(count: int, kind: str) -> str:
    """A number in one of Word's number formats; formats in words are given in figures.

    >>> [format_count(28, kind) for kind in ("decimal", "upperRoman", "lowerLetter")]
    ['28', 'XXVIII', 'bb']
    """
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= _LARGEST:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # Word goes on with aa, bb, not with ab
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < count <= _LARGEST:
        roman = ""
        for value, sign in _ROMAN:
            while count >= value:
                roman += sign
                count -= value
        return roman if kind == "lowerRoman" else roman.upper()
    if kind == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _levels(definition: _Element) -> dict[int, Level]:
    return {number(level.get(W + "ilvl")): _level(level) for level in definition.iterchildren(W + "lvl")}


def _level(element: _Element) -> Level:
    said = {item.tag: item for item in element}
    start, restart, legal = said.get(_START), said.get(_RESTART), said.get(_LEGAL)
    fonts = first(said.get(_FONT), ("rFonts",))
    return Level(
        start=0 if start is None else number(val(start), 1),
        format=val(said.get(_FORMAT), "decimal"),
        text=val(said.get(_TEXT))[:_LONGEST],
        restart=None if restart is None else number(restart.get(VAL)),
        legal=legal is not None and is_on(legal),
        style=val(said.get(_STYLE)),
        font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
    )


def _instance(element: _Element) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        index = number(override.get(W + "ilvl"))
        start, level = override.find(W + "startOverride"), override.find(W + "lvl")
        if not 0 <= index < _LEVELS:
            continue
        if start is not None:
            starts[index] = number(start.get(VAL), 1)
        if level is not None:
            levels[index] = _level(level)
    return _List(val(element.find(W + "abstractNumId")), starts, levels)


def _bullet(level: Level) -> str:
    sign = level.text.strip()
    if not sign:
        return ""
    code = ord(sign[0])
    if 0xF000 <= code <= 0xF0FF:
        return _PICTURES.get(code - 0xF000, "•")
    if level.font.lower().startswith(_PICTURE_FONTS) and not ("\u2010" <= sign[0] <= "\u2015"):
        return _PICTURES.get(code, "•")
    return sign


_START, _RESTART, _LEGAL, _FONT = W + "start", W + "lvlRestart", W + "isLgl", W + "rPr"
_FORMAT, _TEXT, _STYLE = W + "numFmt", W + "lvlText", W + "pStyle"
