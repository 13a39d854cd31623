"""What CSS says of whether text is seen: not displayed, clear, off the screen, cut to nothing, or of its ground's colour."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.source.html.colours import CLEAR_INK, ground_of, ink_of
from vnadmin.source.html.measures import points, share
from vnadmin.source.sight import BLACK, SMALLEST, UNKNOWN, WHITE, Colour, is_alike, is_clear
from vnadmin.text.pattern import pattern

_AWAY = 300.0  # points beyond an edge: "left:-9999px", "text-indent:-999em"; a hanging indent is 36
_FAR_AWAY = 4000.0  # beyond the right or lower edge, where a page may scroll
# "rect(0,0,0,0)", "rect(1px, 1px, 1px, 1px)"
_CUT = pattern(r"rect\((?:[01](?:px|pt|em)?[\s,]{0,3}){4}\)")
_CUT_PATH = pattern(r"inset\((?:[5-9]\d|100)%|(?:circle|ellipse)\(0(?![.\d])")
_POLYGON = pattern(r"polygon\(([^()]{1,300})\)")
_SHRUNK = pattern(
    r"scale(?:3d|[xy])?\(0?(?:\.0\d{0,6})?[,)]|rotate[xy]\(-?(?:90|270)deg|matrix\((?:0(?:\.0\d{0,6})?, ?){3}0(?:\.0\d{0,6})?,"
)
_KEPT = ("inherit", "unset")  # what holds around it
_NOTHING_LEFT = pattern(r"0?(?:\.0\d{0,6})?%?(?:\s|$)")  # "scale: 0"
_WASHED_OUT = pattern(r"(?:brightness|contrast|blur|invert)\(")
# black with white
_BLENDED = frozenset({"screen", "lighten", "color-dodge", "plus-lighter", "difference", "exclusion"})
_WINDOW = 590.0  # points: what is fixed below or beside it is never scrolled into sight
_TIGHT = -4.0  # points between letters, which then lie on one another
_MOVED = pattern(r"translate(?:3d|[xy])?\(([^)]{1,60})\)")
_FONT_SIZE = pattern(r"(?:^|\s)(\d{0,4}(?:\.\d{0,4})?(?:px|pt|em|%|))(?:/|\s)")
_ESCAPED = pattern(r"\\([0-9a-fA-F]{1,6})\s?")


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
    clear = None if opacity is None else is_clear(share(opacity))
    if "opacity(0" in said.get("filter", "").replace(" ", "").replace("opacity=0)", "opacity(0"):
        clear = True
    if _WASHED_OUT.search(said.get("filter", "")) or said.get("mix-blend-mode", "") in _BLENDED:
        clear = True
    if "transparent" in said.get("mask", "") + said.get("mask-image", "") + said.get("-webkit-mask-image", ""):
        clear = True
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        gone = True
    # a picture in the place of what an element holds
    if said.get("-webkit-text-security", "none") != "none" or said.get("content", "").startswith("url("):
        gone = True
    visibility = said.get("visibility", "")
    invisible = (
        None if not visibility or visibility.startswith(_KEPT) else visibility.startswith(("hidden", "collapse"))
    )
    ink = ink_of(said.get("-webkit-text-fill-color") or said.get("color", ""))
    ground = ground_of(said.get("background-color"), said.get("background"), said.get("background-image"))
    found = Sight(gone, forced, clear, _away(said), invisible, ink, ground)
    return NOTHING if found == NOTHING else found


def font_size(said: dict[str, str]) -> float | None:
    """The size of letters where it is nothing or next to it, as 0.0; None for any other."""
    text = said.get("font-size", "")
    if not text and (short := _FONT_SIZE.search(said.get("font", ""))):
        text = short[1]
    size = 12 * share(text) if text.endswith("%") else points(text)
    return 0.0 if size is not None and size < SMALLEST else None


def _away(said: dict[str, str]) -> bool | None:
    """Whether a box stands off the screen, or is cut or shrunk to nothing."""
    position = said.get("position", "")
    if position.startswith(("absolute", "fixed", "relative")):
        edges = [said.get(edge, "") for edge in ("left", "right", "top", "bottom")] + said.get("inset", "").split()
        near = [length for edge in edges if (length := points(edge)) is not None]
        far = _WINDOW if position.startswith("fixed") else _FAR_AWAY
        if any(not -_AWAY < length < far for length in near) or _CUT.search(said.get("clip", "")):
            return True
    indents = (points(said.get(name, "")) for name in ("text-indent", "margin-left", "margin-top", "margin-right"))
    if any(length is not None and length < -_AWAY for length in indents):
        return True
    if said.get("overflow", "").startswith(("hidden", "clip")) or said.get("overflow-y", "").startswith("hidden"):
        sizes = (points(said.get(name, "")) for name in ("height", "max-height", "width", "max-width", "line-height"))
        if any(length is not None and length < SMALLEST for length in sizes):
            return True
    if _CUT_PATH.search(said.get("clip-path", "")) or _is_no_area(said.get("clip-path", "")):
        return True
    moved = " ".join((said.get("transform", ""), said.get("-webkit-transform", "")))
    if _SHRUNK.search(moved) or ("scale" in said and _NOTHING_LEFT.match(said["scale"])):
        return True
    shift = _MOVED.search(moved)
    lengths = [points(part) for part in shift[1].split(",")] if shift else []
    lengths += map(points, said.get("translate", "").split())
    if any(length is not None and not -_AWAY < length < _FAR_AWAY for length in lengths):
        return True
    spaced = points(said.get("letter-spacing", ""))
    if spaced is not None and spaced < _TIGHT:
        return True
    zoom = said.get("zoom")
    return True if zoom is not None and is_clear(share(zoom)) else None


def _is_no_area(path: str) -> bool:
    """Whether the corners of a polygon lie on one another, or in a row or a column."""
    corners = _POLYGON.search(path)
    places = [part.split() for part in corners[1].split(",")] if corners else []
    places = [place for place in places if len(place) == 2]
    return bool(places) and 1 in (len({place[0] for place in places}), len({place[1] for place in places}))


def is_unseen(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of a colour are not seen on a ground; they are black where none is said."""
    return ink != UNKNOWN and (ink == CLEAR_INK or is_alike(ink or BLACK, ground or WHITE))


def is_gone(said: list[Sight]) -> bool:
    """Whether an element with all that it holds is not shown, by what is said of it, the last word last."""
    gone = forced = clear = away = False
    for sight in said:
        if sight.gone is not None and not forced:
            gone, forced = sight.gone, sight.forced
        clear = clear if sight.clear is None else sight.clear
        away = away if sight.away is None else sight.away
    return gone or clear or away
