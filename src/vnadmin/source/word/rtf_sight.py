"""The table of colours of an RTF file, and which letters are not seen: of their ground's colour, too small, cut away."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from vnadmin.source.sight import BLACK, NARROWEST, SMALLEST, WHITE, Colour, is_alike, known
from vnadmin.source.word.rtf_state import RAISED, TIGHT, Row, State

_MOST = 4096
_MOST_OF_STYLES = 200_000  # characters; Word writes 30,000
_STYLE = re.compile(r"\{(?:\\\*)?\s?\\(c?s\d{1,5})(?!\d)([^{}]{0,600}+)")
_NUMBERED = re.compile(r"\\([a-z]{2,12})(-?\d{1,6})?(?![a-z])")
_THIN_LINES = re.compile(r"\\sl[1-9]\d?(?!\d)\s?\\slmult1")  # a line of less than half its height
_SHAPE = re.compile(r"\{\\shp(?![a-z])([^\x00]{0,3000})")
_EDGES = re.compile(r"\\shp(left|right|top|bottom)(-?\d{1,6})")
_UNFILLED = re.compile(r"fFilled\}\s?\{\\sv 0|\{\\sn shapeType\}\s?\{\\sv (?:20|32|33|34)\}")
_THICK = 60  # twips; a thinner shape is a line
_BRACE = re.compile(r"(?<!\\)[{}]")
_HIDES = re.compile(r"\\v(?:[1-9]\d{0,4})?(?![a-z\d])")


class Colours:
    """Colours by their number; the first one, without channels, is automatic."""

    def __init__(self) -> None:
        self._known: list[Colour | None] = []
        self._channels: dict[str, int] = {}

    def channel(self, name: str, number: int) -> None:
        """\\red, \\green, \\blue of the colour that is read."""
        self._channels[name] = min(max(number, 0), 255)

    def end(self, count: int) -> None:
        """The signs `;` that end so many colours."""
        for _ in range(min(count, _MOST - len(self._known))):
            said, self._channels = self._channels, {}
            self._known.append((said.get("red", 0), said.get("green", 0), said.get("blue", 0)) if said else None)

    def are_unseen(self, state: State, row: Row | None) -> bool:
        """Whether letters set so are not seen; `row` is that of the table that they stand in."""
        if (
            state.size < 2 * SMALLEST
            or state.scale < NARROWEST
            or state.cut
            or state.veiled
            or state.beside
            or (row is not None and row.flat)
        ):
            return True
        if state.struck or state.spaced < TIGHT or abs(state.raised) > RAISED:
            return True
        if not state.ink and not state.ground:
            return False
        ink, ground = self._of(state.ink), self._of(state.ground) or self._of(state.shade)
        if ink is None:
            return bool(state.ground) and ground == BLACK
        shades = [self._of(shade) or WHITE for shade in row.shades] if row is not None and ground is None else []
        return all(is_alike(ink, each) for each in shades or [ground or WHITE])

    def _of(self, number: int) -> Colour | None:
        return self._known[number] if 0 < number < len(self._known) else None


def may_hide(text: str) -> bool:
    """Whether a word of a file may take text out of sight in a way that is not followed.

    The words of RTF are closed; the table names those that can, and the numbers with which they do not.
    """
    table = known("rtf")
    for name, number in set(_NUMBERED.findall(text)):
        entry = table.get(name)
        if entry is not None and not entry.holds(number or "on"):
            return True
    return _THIN_LINES.search(text) is not None or any(map(_lies_before, _SHAPE.findall(text)))


def _lies_before(shape: str) -> bool:
    """Whether a drawn shape is filled, thick, and lies before the text around it."""
    edges = {name: int(number) for name, number in _EDGES.findall(shape)}
    sides = [edges.get(far, 0) - edges.get(near, 0) for near, far in (("left", "right"), ("top", "bottom"))]
    if "\\shpfblwtxt1" in shape or not ("\\shpwr3" in shape or "\\shpwr" not in shape) or min(sides) <= _THICK:
        return False
    return _UNFILLED.search(shape) is None


def hidden_styles(text: str) -> frozenset[str]:
    """The styles of a file that hide letters, by their words: `s1` of paragraphs, `cs2` of characters."""
    start = text.find("{\\stylesheet")
    if start < 0:
        return frozenset()
    styles = _STYLE.finditer(text, start, _end_of_group(text, start))
    return frozenset(style[1] for style in styles if _HIDES.search(style[2]))


def _end_of_group(text: str, start: int) -> int:
    """Where the group ends that opens at `start`: what stands behind it is the body."""
    depth = 0
    for brace in _BRACE.finditer(text, start, start + _MOST_OF_STYLES):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return min(len(text), start + _MOST_OF_STYLES)


def sight_words(
    state: Callable[[], State], row: Callable[[], Row], colours: Colours, hidden: Callable[[], Container[str]]
) -> dict[str, Callable[[int | None], None]]:
    """The control words that say whether text is seen."""

    def say(name: str, default: int = 0) -> Callable[[int | None], None]:
        return lambda number: setattr(state(), name, default if number is None else number)

    return {
        "s": lambda number: setattr(state(), "veiled", f"s{number}" in hidden()),
        "cs": lambda number: setattr(state(), "hidden", state().hidden or f"cs{number}" in hidden()),
        "red": lambda number: colours.channel("red", number or 0),
        "green": lambda number: colours.channel("green", number or 0),
        "blue": lambda number: colours.channel("blue", number or 0),
        "cf": say("ink"),
        **dict.fromkeys(("highlight", "chcbpat", "cb"), say("ground")),
        "cbpat": say("shade"),
        "clcbpat": lambda number: row().shades.append(number or 0),
        "charscalex": say("scale", 100),
        **dict.fromkeys(("strike", "striked"), say("struck", 1)),
        "up": say("raised", 6),
        "dn": say("raised", 6),
        "expndtw": say("spaced"),
        **dict.fromkeys(("li", "lin"), lambda number: state().indent(number or 0)),
        "sl": lambda number: state().lines(number or 0),
        **dict.fromkeys(("posx", "posy", "posnegx", "posnegy"), lambda number: state().place(number or 0)),
        **dict.fromkeys(("shpright", "shpbottom"), lambda number: state().box(number or 0, far_edge=True)),
        **dict.fromkeys(("shpleft", "shptop"), lambda number: state().box(number or 0, far_edge=False)),
        "trrh": lambda number: row().height(number or 0),
    }
