"""What colour CSS or an attribute of HTML names, by a word, by figures or by a function."""

from __future__ import annotations

from functools import lru_cache

from vnadmin.source.html.measures import number, share
from vnadmin.source.sight import BLACK, UNKNOWN, WHITE, Colour, hex_colour, is_alike, is_clear
from vnadmin.text.pattern import pattern

CLEAR_INK: Colour = (-1, -1, -1)
_NAMES: dict[str, Colour] = {
    "white": WHITE, "black": BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "azure": (240, 255, 255),
    "lightyellow": (255, 255, 224), "lightcyan": (224, 255, 255), "mistyrose": (255, 228, 225), "oldlace": (253, 245, 230),
    "lavender": (230, 230, 250), "aliceblue": (240, 248, 255), "seashell": (255, 245, 238), "honeydew": (240, 255, 240), "red": (255, 0, 0),
    "lavenderblush": (255, 240, 245), "linen": (250, 240, 230), "yellow": (255, 255, 0), "lime": (0, 255, 0),
    "green": (0, 128, 0), "blue": (0, 0, 255), "navy": (0, 0, 128), "maroon": (128, 0, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "cyan": (0, 255, 255), "aqua": (0, 255, 255),
    "magenta": (255, 0, 255), "fuchsia": (255, 0, 255), "orange": (255, 165, 0), "purple": (128, 0, 128),
    "teal": (0, 128, 128), "olive": (128, 128, 0),
}  # fmt: skip
# What a system draws pages and their controls with, where nobody chose other colours.
_NAMES |= dict.fromkeys(("canvas", "field", "buttonface", "window", "background"), WHITE)
_NAMES |= dict.fromkeys(("canvastext", "fieldtext", "buttontext", "windowtext"), BLACK)
_FUNCTION = pattern(r"(rgb|hsl|hwb|oklab|oklch|lab|lch|color)a?\((?:from [#\w]{1,20} )?([^()]{1,80})\)")
_MIXED = pattern(r"(?:color-mix|light-dark)\((.{1,200})\)")
_KEPT = ("inherit", "unset", "currentcolor")  # what holds around it
# "rgba(0, 0, 0, .2)", "rgb(0 0 0 / 20%)", "#00000033", "#0003"
_THIN = pattern(
    r"\((?:[^,()]{1,20},){3}([^,()]{1,20})\)|/([^/()]{1,20})\)|#(?:[\da-f]{6}([\da-f]{2})|[\da-f]{3}([\da-f]))(?![\da-f])"
)
_MOST_GREY = 0.1  # of the saturation of a colour
_PARTS = pattern(r"[\d.]{1,12}%?")
_WORDS = pattern(r"(?:rgb|hsl|hwb|oklab|oklch|lab|lch|color)a?\([^()]{1,80}\)|[#\w-]{3,24}")


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
    mixed = _MIXED.match(word)
    if mixed is not None:
        return _alike(mixed[1])
    function = _FUNCTION.match(word)
    if function is None:
        return hex_colour(word)
    said = function[2].strip()
    written = _PARTS.findall(said.partition(" ")[2] if function[1] == "color" else said)
    parts = [share(part) if part.endswith("%") else number(part) for part in written]
    if len(parts) < 3:
        return None
    if len(parts) > 3 and is_clear(parts[3]):
        return CLEAR_INK
    if function[1] not in ("rgb", "color"):
        return _grey(function[1], parts)
    whole = function[1] == "color"  # "color(srgb 1 1 1)"
    red, green, blue = (
        min(int(part * 255 if whole or form.endswith("%") else part), 255)
        for part, form in zip(parts[:3], written[:3], strict=True)
    )
    return red, green, blue


def _grey(model: str, parts: list[float]) -> Colour | None:
    """A colour by its light, where it has hardly any other; None for one that has."""
    if model == "hsl":
        light, strength = parts[2], parts[1]
    elif model == "hwb":
        both = parts[1] + parts[2]
        light, strength = (parts[1] / both, 0.0) if both >= 1 else (parts[1], 1 - both)
    else:  # "lab(100% 0 0)", "lab(100 0 0)", "oklch(1 0 0)"
        light = parts[0] / 100 if parts[0] > 1 else parts[0]
        most = 0.4 if model.startswith("ok") else 130
        strength = max(abs(parts[1]), 0 if model.endswith("lch") else abs(parts[2])) / most
    if strength >= _MOST_GREY and 0.05 < light < 0.95:
        return None
    level = int(255 * min(light, 1))
    return level, level, level


def _alike(text: str) -> Colour | None:
    """The colour that several in a text are alike to; None where they differ."""
    found = [known for word in _WORDS.findall(text) if (known := colour(word)) is not None]
    return found[0] if found and all(is_alike(found[0], other) for other in found) else None


def ink_of(text: str) -> Colour | None:
    """The colour of letters; `UNKNOWN` for one that is said in a way not known here, so that it is not taken for black."""
    said = text.partition("!")[0].strip().lower()
    return colour(said) or (UNKNOWN if said and said not in _KEPT else None)


def ground_of(*said: str | None) -> Colour | None:
    """The colour behind letters, by the first of these values that tells one."""
    for text in filter(None, said):
        if "url(" in text or "gradient(" in text:
            return (None if "url(" in text else _alike(text)) or UNKNOWN
        found = next((known for word in _WORDS.findall(text) if (known := colour(word))), None)
        if found is not None and found != CLEAR_INK:
            return UNKNOWN if "var(" in text else _on_white(found, text)
    return None


def _on_white(ground: Colour, text: str) -> Colour:
    """A colour as it looks where it is laid thinly on white: a black of one tenth is a light grey."""
    thin = _THIN.search(text)
    if thin is None:
        return ground
    if thin[3] or thin[4]:
        left = int(thin[3] or 2 * thin[4], 16) / 255
    else:
        left = min(max(share((thin[1] or thin[2]).strip()), 0.0), 1.0)
    red, green, blue = (int(255 - left * (255 - channel)) for channel in ground)
    return red, green, blue
