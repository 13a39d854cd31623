"""What CSS says of whether text is seen: not displayed, clear, off the screen, cut to nothing, or of its ground's colour."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from vnadmin.source.sight import BLACK, SMALLEST, UNKNOWN, WHITE, Colour, hex_colour, is_alike, is_clear

CLEAR_INK: Colour = (-1, -1, -1)
_NAMES: dict[str, Colour] = {
    "white": WHITE, "black": BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "azure": (240, 255, 255),
    "aliceblue": (240, 248, 255), "seashell": (255, 245, 238), "honeydew": (240, 255, 240), "red": (255, 0, 0),
    "lavenderblush": (255, 240, 245), "linen": (250, 240, 230), "yellow": (255, 255, 0), "lime": (0, 255, 0),
    "green": (0, 128, 0), "blue": (0, 0, 255), "navy": (0, 0, 128), "maroon": (128, 0, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "cyan": (0, 255, 255), "aqua": (0, 255, 255),
    "magenta": (255, 0, 255), "fuchsia": (255, 0, 255), "orange": (255, 165, 0), "purple": (128, 0, 128),
    "teal": (0, 128, 128), "olive": (128, 128, 0),
}  # fmt: skip
_FUNCTION = regex.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_PARTS = regex.compile(r"[\d.]{1,12}%?")
_WORDS = regex.compile(r"(?:rgb|hsl)a?\([^()]{1,80}\)|[#\w-]{3,24}")
_FIGURE = regex.compile(r"-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})")
_LENGTH = regex.compile(r"(-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(px|pt|em|rem|ex|ch|cm|mm|in|pc|vw|vh|%|)(?![\w.])")
_POINTS = {
    "px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "ex": 6.0, "ch": 6.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0,
    "vw": 8.0, "vh": 6.0, "%": 6.0, "": 1.0,
}  # fmt: skip
_AWAY = 300.0  # points beyond an edge: "left:-9999px", "text-indent:-999em"; a hanging indent is 36
_FAR_AWAY = 4000.0  # beyond the right or lower edge, where a page may scroll
# "rect(0,0,0,0)", "rect(1px, 1px, 1px, 1px)"
_CUT = regex.compile(r"rect\((?:[01](?:px|pt|em)?[\s,]{0,3}){4}\)")
_CUT_PATH = regex.compile(
    r"inset\((?:[5-9]\d|100)%|(?:circle|ellipse)\(0(?![.\d])|polygon\(0(?:px|%)? 0(?:px|%)?,? ?\)"
)
_SHRUNK = regex.compile(r"scale(?:3d|[xy])?\(0?(?:\.0\d{0,6})?[,)]|rotate[xy]\(-?(?:90|270)deg")
_MOVED = regex.compile(r"translate(?:3d|[xy])?\(([^)]{1,60})\)")
_FONT_SIZE = regex.compile(r"(?:^|\s)(\d{0,4}(?:\.\d{0,4})?(?:px|pt|em|%|))(?:/|\s)")
_ESCAPED = regex.compile(r"\\([0-9a-fA-F]{1,6})\s?")


class Sight(NamedTuple):
    """What some declarations say; None where nothing, `forced` where later ones do not change it."""

    gone: bool | None = None  # display, or what Word calls mso-hide
    forced: bool = False
    clear: bool | None = None  # opacity
    away: bool | None = None  # off the screen, cut or shrunk to nothing
    invisible: bool | None = None  # visibility, which what stands inside may take back
    ink: Colour | None = None
    ground: Colour | None = None


NOTHING = Sight()


def plain_css(style: str) -> str:
    """Declarations without comments and escapes: `dis/**/play`, `\\64 isplay`."""
    head, *commented = style.split("/*")
    style = head + "".join(part.partition("*/")[2] for part in commented)
    if "\\" in style:
        style = _ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0xFFFD)), style)
    return style


def read_sight(said: dict[str, str]) -> Sight:
    """What declarations say, given by their names in lower case, values in lower case."""
    display = said.get("display", "")
    gone = display.startswith("none") if display else None
    forced = "important" in display
    if said.get("mso-hide", "").startswith("all") or said.get("content-visibility", "").startswith("hidden"):
        gone = True
    opacity = said.get("opacity") or said.get("-moz-opacity")
    clear = None if opacity is None else is_clear(_share(opacity))
    if "opacity(0" in said.get("filter", "").replace(" ", "").replace("opacity=0)", "opacity(0"):
        clear = True
    visibility = said.get("visibility", "")
    invisible = visibility.startswith(("hidden", "collapse")) if visibility else None
    ink = colour(said.get("-webkit-text-fill-color") or said.get("color", ""))
    ground = _ground(said.get("background-color"), said.get("background"), said.get("background-image"))
    found = Sight(gone, forced, clear, _away(said), invisible, ink, ground)
    return NOTHING if found == NOTHING else found


@lru_cache(maxsize=512)
def colour(text: str) -> Colour | None:
    """A colour as CSS or an attribute of HTML writes it; None for what is none, `CLEAR_INK` for one that is transparent."""
    word = text.partition("!")[0].strip().lower()
    if not word or word in _NAMES:
        return _NAMES.get(word)
    if word == "transparent":
        return CLEAR_INK
    if word[0] == "#" and len(word) in (5, 9):  # the last figures are opacity
        clear = is_clear(int(word[-1], 16) / 15) if word[-1] in "0123456789abcdef" else False
        return CLEAR_INK if clear else hex_colour(word[: 4 if len(word) == 5 else 7])
    function = _FUNCTION.match(word)
    if function is None:
        return hex_colour(word)
    parts = [_share(part) if part.endswith("%") else _number(part) for part in _PARTS.findall(function[2])]
    shares = [part.endswith("%") for part in _PARTS.findall(function[2])]
    if len(parts) < 3:
        return None
    if len(parts) > 3 and is_clear(parts[3]):
        return CLEAR_INK
    if function[1] == "hsl":
        light = int(255 * parts[2])
        return (light, light, light) if parts[1] < 0.1 or not 0.05 < parts[2] < 0.95 else None
    red, green, blue = (
        min(int(part * 255 if share else part), 255) for part, share in zip(parts[:3], shares[:3], strict=True)
    )
    return red, green, blue


def _number(text: str) -> float:
    return float(match[0]) if (match := _FIGURE.match(text)) else 1.0


def _share(text: str) -> float:
    """A share of one: ".5", "50%"."""
    return _number(text) / (100 if "%" in text else 1)


def points(text: str) -> float | None:
    """A length in points, as near as it matters for what is far off or nearly nothing."""
    match = _LENGTH.match(text.strip())
    return float(match[1]) * _POINTS[match[2]] if match else None


def font_size(said: dict[str, str]) -> float | None:
    """The size of letters where it is nothing or next to it, as 0.0; None for any other."""
    text = said.get("font-size", "")
    if not text and (short := _FONT_SIZE.search(said.get("font", ""))):
        text = short[1]
    size = 12 * _share(text) if text.endswith("%") else points(text)
    return 0.0 if size is not None and size < SMALLEST else None


def _ground(*said: str | None) -> Colour | None:
    for text in filter(None, said):
        if "url(" in text or "gradient(" in text:
            return UNKNOWN
        found = next((known for word in _WORDS.findall(text) if (known := colour(word))), None)
        if found is not None and found != CLEAR_INK:
            return found
    return None


def _away(said: dict[str, str]) -> bool | None:
    """Whether a box stands off the screen, or is cut or shrunk to nothing."""
    if said.get("position", "").startswith(("absolute", "fixed", "relative")):
        near = [
            length for edge in ("left", "right", "top", "bottom") if (length := points(said.get(edge, ""))) is not None
        ]
        if any(not -_AWAY < length < _FAR_AWAY for length in near) or _CUT.search(said.get("clip", "")):
            return True
    indents = (points(said.get(name, "")) for name in ("text-indent", "margin-left", "margin-top", "margin-right"))
    if any(length is not None and length < -_AWAY for length in indents):
        return True
    if said.get("overflow", "").startswith(("hidden", "clip")) or said.get("overflow-y", "").startswith("hidden"):
        sizes = (points(said.get(name, "")) for name in ("height", "max-height", "width", "max-width"))
        if any(length is not None and length < SMALLEST for length in sizes):
            return True
    if _CUT_PATH.search(said.get("clip-path", "")):
        return True
    moved = " ".join((said.get("transform", ""), said.get("-webkit-transform", "")))
    if _SHRUNK.search(moved):
        return True
    shift = _MOVED.search(moved)
    lengths = (points(part) for part in shift[1].split(",")) if shift else ()
    if any(length is not None and not -_AWAY < length < _FAR_AWAY for length in lengths):
        return True
    zoom = said.get("zoom")
    return True if zoom is not None and is_clear(_share(zoom)) else None


def is_unseen(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of a colour are not seen on a ground."""
    return ink is not None and (ink == CLEAR_INK or is_alike(ink, ground or WHITE))


def is_gone(said: list[Sight]) -> bool:
    """Whether an element with all that it holds is not shown, by what is said of it, the last word last."""
    gone = forced = clear = away = False
    for sight in said:
        if sight.gone is not None and not forced:
            gone, forced = sight.gone, sight.forced
        clear = clear if sight.clear is None else sight.clear
        away = away if sight.away is None else sight.away
    return gone or clear or away
