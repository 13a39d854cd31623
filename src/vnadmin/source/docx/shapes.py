"""Drawings of a .docx: which branch of an alternative Word takes, their text boxes, where these stand and what fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from vnadmin.source.docx.names import COMPATIBILITY, DRAWING, W
from vnadmin.source.figures import whole_number
from vnadmin.source.sight import BLACK, SMALLEST, UNKNOWN, WHITE, Colour, hex_colour

_VML_SPACE: Final = "{urn:schemas-microsoft-com:vml}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPE: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_POINT: Final = 12700  # of a drawing's lengths
_OFF_LEFT, _OFF_TOP, _OFF_RIGHT, _OFF_BOTTOM = -90 * _POINT, -90 * _POINT, 842 * _POINT, 1191 * _POINT
_SCHEME: Final = {"bg1": WHITE, "lt1": WHITE, "tx1": BLACK, "dk1": BLACK}
_FILLS: Final = (_A + "gradFill", _A + "blipFill", _A + "pattFill", _A + "grpFill")
_ALTERNATE, _FALLBACK = COMPATIBILITY + "AlternateContent", COMPATIBILITY + "Fallback"
_LANGUAGES: Final = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)
# "margin-left:-9999pt", "top:-2000px", "width:0", "visibility:hidden" of the older drawings
_VML: Final = re.compile(r"(?:^|;)\s*(margin-left|left|margin-top|top|width|height)\s*:\s*(-?\d{1,6})")
_VML_HIDDEN: Final = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden")


def branch_of(alternate: _Element) -> _Element | None:
    """One branch of an alternative: the first choice that Word can take, else the fallback."""
    choice = next((choice for choice in alternate.iterfind(COMPATIBILITY + "Choice") if _is_known(choice)), None)
    return alternate.find(COMPATIBILITY + "Fallback") if choice is None else choice


def untaken(alternate: _Element) -> Iterator[_Element]:
    """The choices that no Word takes: what stands in them is never shown."""
    return (choice for choice in alternate.iterfind(COMPATIBILITY + "Choice") if not _is_known(choice))


def _is_known(choice: _Element) -> bool:
    """Whether all that a choice asks for (`Requires="wps w14"`) is a language of Office."""
    names = choice.get("Requires", "").split()
    return all((choice.nsmap.get(name) or "").startswith(_LANGUAGES) for name in names)


def text_boxes(element: _Element) -> Iterator[_Element]:
    """The contents of text boxes in a shape, without those of a second branch and of boxes inside boxes."""
    if element.tag == _ALTERNATE:
        for branch in element.iterchildren(COMPATIBILITY + "Choice", _FALLBACK):
            taken = branch.tag == _FALLBACK or _is_known(branch)
            boxes = [box for child in branch for box in text_boxes(child)] if taken else []
            if boxes:
                yield from boxes
                return
        return
    for box in element.iterdescendants(W + "txbxContent"):
        parent = box.getparent()
        while parent is not None and parent is not element and parent.tag not in (W + "txbxContent", _FALLBACK):
            parent = parent.getparent()
        if parent is element:
            yield box


def offset(box: _Element) -> tuple[int, int]:
    """Where a text box stands, across and down, as far as its anchor says."""
    anchor = next(box.iterancestors(DRAWING + "anchor"), None)
    if anchor is None:
        return 0, 0
    across = anchor.find(f"{DRAWING}positionH/{DRAWING}posOffset")
    down = anchor.find(f"{DRAWING}positionV/{DRAWING}posOffset")
    return whole_number(None if across is None else across.text), whole_number(None if down is None else down.text)


def fill_behind(box: _Element) -> Colour | None:
    """The colour that a text box has under its text; None where it has none of its own."""
    shape = next(box.iterancestors(_SHAPE + "wsp"), None)
    if shape is None:
        drawn = next((item for item in box.iterancestors() if item.get("fillcolor")), None)
        if drawn is None or drawn.get("filled") in ("f", "false"):
            return None
        return hex_colour(drawn.get("fillcolor", "").split(" ")[0]) or UNKNOWN
    properties = shape.find(_SHAPE + "spPr")
    for item in () if properties is None else properties:
        if item.tag == _A + "noFill":
            return None
        if item.tag == _A + "solidFill":
            colour = next(iter(item), None)
            said = "" if colour is None or len(colour) else colour.get("val", "")
            return _SCHEME.get(said) or hex_colour(said) or UNKNOWN
        if item.tag in _FILLS:
            return UNKNOWN
    reference = shape.find(f"{_SHAPE}style/{_A}fillRef")
    return None if reference is None or reference.get("idx") == "0" else UNKNOWN


def is_unseen_box(box: _Element) -> bool:
    """Whether a text box is hidden, has no size, or stands beside the page."""
    for frame in box.iterancestors(DRAWING + "anchor", DRAWING + "inline"):
        named, extent = frame.find(DRAWING + "docPr"), frame.find(DRAWING + "extent")
        if named is not None and named.get("hidden") in ("1", "true"):
            return True
        wide, high = (
            (1, 1) if extent is None else (whole_number(extent.get("cx"), 1), whole_number(extent.get("cy"), 1))
        )
        if extent is not None and min(wide, high) < 2 * _POINT:
            return True
        across, down = _offset(frame, "H"), _offset(frame, "V")
        if across + wide < _OFF_LEFT or across > _OFF_RIGHT or down + high < _OFF_TOP or down > _OFF_BOTTOM:
            return True
    drawn = [shape for shape in box.iterancestors() if shape.tag.startswith(_VML_SPACE) and shape.get("style")]
    # What stands in a group is placed by the group's own measure.
    return any(_VML_HIDDEN.search(shape.get("style", "")) for shape in drawn) or (
        bool(drawn) and _is_unseen_shape(drawn[-1].get("style", ""))
    )


def _is_unseen_shape(style: str) -> bool:
    if _VML_HIDDEN.search(style):
        return True
    said = {name: whole_number(number) for name, number in _VML.findall(style)}
    across = said.get("margin-left", said.get("left", 0))
    down = said.get("margin-top", said.get("top", 0))
    flat = min(said.get("width", 9), said.get("height", 9)) < SMALLEST
    return flat or not -700 < across < 1200 or not -1200 < down < 1300


def _offset(frame: _Element, axis: str) -> int:
    offset = frame.find(f"{DRAWING}position{axis}/{DRAWING}posOffset")
    return 0 if offset is None else whole_number(offset.text, _OFF_BOTTOM + 1)
