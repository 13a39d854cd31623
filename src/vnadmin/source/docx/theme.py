"""Colours that a .docx names by its theme, written as colours: they outrank the colour that stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, cast

from lxml.etree import XPath, _Element

from vnadmin.source.docx.names import MAIN, VAL, W
from vnadmin.source.sight import Colour, hex_colour

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMES: Final = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
    "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_MAPPED: Final = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
_SHADE, _PAPER = W + "shd", W + "background"
# Word's own styles name hundreds of colours: lxml finds them, and only those of a style that is used are settled.
_SPACES: Final = {"w": MAIN}
_OF_TEXT: Final = XPath(
    "descendant-or-self::*[self::w:color or self::w:shd or self::w:background][@w:themeColor]", namespaces=_SPACES
)
_OF_GROUND: Final = XPath("descendant-or-self::w:shd[@w:themeFill]", namespaces=_SPACES)
_USUAL: Final = {"dk1": (0, 0, 0), "lt1": (255, 255, 255)}


class Theme:
    """The colours of a theme, by the names that Word gives them in text."""

    def __init__(self, load: Callable[[str], _Element | None]) -> None:
        self.unresolved = False  # a name that the theme does not have
        self._load = load
        self._colours: dict[str, Colour] = {}
        self._mapping: dict[str, str] = {}

    def _read(self) -> None:
        """The theme and the settings, when the first name of a colour comes."""
        tree, settings = self._load("theme"), self._load("settings")
        scheme = None if tree is None else next(tree.iter(_A + "clrScheme"), None)
        self._colours = dict(_USUAL)
        for item in () if scheme is None else scheme.iterchildren("*"):
            said = next((inner.get("lastClr") or inner.get("val") or "" for inner in item.iterchildren("*")), "")
            if colour := hex_colour(said):
                self._colours[item.tag.removeprefix(_A)] = colour
        mapping = None if settings is None else settings.find(W + "clrSchemeMapping")
        self._mapping = {} if mapping is None else {str(name): str(value) for name, value in mapping.items()}

    def settle(self, tree: _Element | None) -> None:
        """Write the colours of a part, or of one style, in the place of their names."""
        if tree is None:
            return
        for item in cast(list[_Element], _OF_TEXT(tree)):
            self._settle(item, "theme", {_SHADE: W + "color", _PAPER: W + "color"}.get(item.tag, VAL))
        for item in cast(list[_Element], _OF_GROUND(tree)):
            self._settle(item, "themeFill", W + "fill")

    def _settle(self, item: _Element, name: str, own: str) -> None:
        attribute = W + (name if name == "themeFill" else "themeColor")
        said = item.get(attribute)
        if said is None or said == "none":
            return
        if not self._colours:
            self._read()
        colour = self._colours.get(self._resolved(said))
        if colour is None:
            self.unresolved = True
            return
        tint, shade = item.get(W + name + "Tint"), item.get(W + name + "Shade")
        item.set(own, "{:02X}{:02X}{:02X}".format(*_changed(colour, _share(tint), _share(shade))))
        for extra in (attribute, W + name + "Tint", W + name + "Shade"):
            if extra in item.attrib:
                del item.attrib[extra]

    def _resolved(self, name: str) -> str:
        mapped = self._mapping.get(W + _MAPPED.get(name, ""))
        return _NAMES.get(mapped or name, mapped or name)


def _share(text: str | None) -> float:
    try:
        return int(text, 16) / 255 if text else 1.0
    except ValueError:
        return 1.0


def _changed(colour: Colour, tint: float, shade: float) -> Iterable[int]:
    """Nearer to white by its tint, to black by its shade: 1 leaves it as it is."""
    return (int((255 - (255 - channel) * tint) * shade) for channel in colour)
