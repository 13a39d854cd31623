"""The list definitions of a .docx: the numbering part brought into the form in which `source.numbering` counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from lxml.etree import _Element

from vnadmin.source.docx.names import VAL, W, first, is_on, named, val
from vnadmin.source.docx.sight import is_unseen
from vnadmin.source.docx.styles import read_font
from vnadmin.source.figures import whole_number
from vnadmin.source.numbering import LEVELS, PLACES, Level, Numbering
from vnadmin.source.sight import Colour, is_alike
from vnadmin.text.pattern import pattern

_PLACE: Final = pattern(r"%([1-9])")  # "%1.%2)"


class _Instance(NamedTuple):
    """A numbering instance (`w:num`): the definition that it shares with others, and what it sets anew."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


class _Definition(NamedTuple):
    """A list definition (`w:abstractNum`): its levels, the level of each paragraph style, the list style it names."""

    levels: dict[int, Level]
    styles: dict[str, int]
    style: str


class Lists:
    """Gives list items their markers, in document order. Instances of one definition go on counting together."""

    def __init__(self, numbering: Iterable[_Element] = (), style_lists: Mapping[str, str] | None = None) -> None:
        self._numbering = Numbering()
        self._elements: dict[str, _Element] = {}  # definitions; a document has many and uses few
        self._definitions: dict[str, _Definition] = {}
        self._instances: dict[str, _Instance] = {}
        self._style_lists = style_lists or {}
        for element in numbering:
            if element.tag == W + "abstractNum":
                self._elements[element.get(W + "abstractNumId", "")] = element
            elif element.tag == W + "num":
                self._instances[element.get(W + "numId", "")] = _instance(element)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a paragraph style has in a list."""
        instance = self._instances.get(list_id)
        return None if instance is None else self._definition(self._name_of(instance)).styles.get(style)

    def marker(self, list_id: str, level: int, ground: Colour) -> tuple[str, bool]:
        """Count one item and give the marker that Word draws before it, and whether it is seen on this ground.

        The marker is "" for an unknown list or none.
        """
        instance = self._instances.get(list_id)
        if instance is None:
            return "", True
        name = self._name_of(instance)
        levels = self._definition(name).levels
        if instance.levels:
            levels = {**levels, **instance.levels}
        level = min(max(level, 0), LEVELS - 1)
        look = levels.get(level)
        seen = look is None or not (look.hidden or (look.ink is not None and is_alike(look.ink, ground)))
        return self._numbering.marker(name, list_id, levels, level, instance.starts), seen

    def _definition(self, name: str) -> _Definition:
        found = self._definitions.get(name)
        if found is None:
            found = self._definitions[name] = _define(self._elements.get(name))
        return found

    def _name_of(self, instance: _Instance) -> str:
        """The name of its definition, found through the list style that the first may name instead of levels."""
        linked = self._definition(instance.definition).style
        target = self._instances.get(self._style_lists.get(linked, "")) if linked else None
        return target.definition if target else instance.definition


def _define(element: _Element | None) -> _Definition:
    levels: dict[int, Level] = {}
    styles: dict[str, int] = {}
    if element is None:
        return _Definition(levels, styles, "")
    for child in element.iterchildren(W + "lvl"):
        index = whole_number(child.get(W + "ilvl"))
        if 0 <= index < LEVELS:
            levels[index] = _level(child)
            styles.setdefault(val(child.find(W + "pStyle")), index)
    return _Definition(levels, styles, val(element.find(W + "numStyleLink")))


def _level(element: _Element) -> Level:
    said = named(element)
    start, restart, legal = said.get(W + "start"), said.get(W + "lvlRestart"), said.get(W + "isLgl")
    fonts = first(said.get(W + "rPr"), ("rFonts",))
    drawn, _ = read_font(said.get(W + "rPr"))
    return Level(
        form=val(said.get(W + "numFmt"), "decimal"),
        text=_PLACE.sub(lambda place: PLACES[int(place[1]) - 1], val(said.get(W + "lvlText"))),
        start=0 if start is None else whole_number(val(start), 1),
        font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
        legal=legal is not None and is_on(legal),
        restart_after=None if restart is None else whole_number(restart.get(VAL)),
        hidden=is_unseen(drawn._replace(ink=None), None),
        ink=drawn.ink,
    )


def _instance(element: _Element) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        index = whole_number(override.get(W + "ilvl"))
        start, level = override.find(W + "startOverride"), override.find(W + "lvl")
        if not 0 <= index < LEVELS:
            continue
        if start is not None:
            starts[index] = whole_number(start.get(VAL), 1)
        if level is not None:
            levels[index] = _level(level)
    return _Instance(val(element.find(W + "abstractNumId")), starts, levels)
