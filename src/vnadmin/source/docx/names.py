"""Names of WordprocessingML elements as lxml gives them; strict files are read under the same names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml.etree import _Element

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
W: Final = f"{{{MAIN}}}"
COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
VAL: Final = W + "val"

_OFF: Final = frozenset({"0", "false", "off"})


def val(element: _Element | None, default: str = "") -> str:
    """The `w:val` of an element."""
    return default if element is None else element.get(VAL, default)


def is_on(element: _Element) -> bool:
    """Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on."""
    return element.get(VAL, "1") not in _OFF


def parts(element: _Element) -> list[_Element]:
    """All children at once: an iterator over them costs as much as three of them."""
    return element[:]  # type: ignore[index,return-value]


def named(element: _Element | None) -> dict[str, _Element]:
    """The children by their names."""
    return {} if element is None else {item.tag: item for item in parts(element)}


def leading(children: Iterable[_Element], tag: str) -> _Element | None:
    """The first child of this name, for one that nearly always stands first, as `w:pPr` does."""
    return next((child for child in children if child.tag == tag), None)


def first(element: _Element | None, names: Iterable[str]) -> _Element | None:
    """The element at the end of a path of child names, None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element
