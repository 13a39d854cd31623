"""Names of WordprocessingML elements as lxml gives them; strict files are read under the same names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{MAIN}}}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
VAL = W + "val"

_OFF = frozenset({"0", "false", "off"})


def val(element: _Element | None, default: str = "") -> str:
    """The `w:val` of an element."""
    return default if element is None else element.get(VAL, default)


def is_on(element: _Element) -> bool:
    """Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on."""
    return element.get(VAL, "1") not in _OFF


def leading(element: _Element, tag: str) -> _Element | None:
    """The first child of this name, for one that nearly always stands first, as `w:pPr` does."""
    if not len(element):
        return None
    child = element[0]
    return child if child.tag == tag else element.find(tag)


def first(element: _Element | None, names: Iterable[str]) -> _Element | None:
    """The element at the end of a path of child names, None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element
