"""Reads by OCR the pictures of a .docx that stand where its header or its signature is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.page import SourceDocument, Style
from vnadmin.layout.placed.compose import compose
from vnadmin.layout.placed.pictures import Part, missing_parts, shows_part
from vnadmin.ocr.image.prepare import PagePicture, reduced_to
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.docx.names import DRAWING, PICTURES, RELATION, W
from vnadmin.source.figures import whole_number
from vnadmin.source.scan.filled_in.slots import NO_BLANKS, Blanks
from vnadmin.source.scan.pages import MakeEngine, PageResult, Pages, chosen_engine
from vnadmin.source.scan.pictures import PictureScan, Scan
from vnadmin.source.scan.placing import place

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnadmin.source.docx.package import Package

_SIDE = re.compile(r"(?:^|;)\s*(width|height):(\d{1,5}(?:\.\d{1,4})?)pt")  # "width:43.2pt;height:43.2pt"
_SHAPES = (W + "drawing", W + "pict", W + "object")
_EMU = 12700  # to a point
_MOST = 4  # pictures of a document
# Points: a logo is narrower, a row of letters taller than a rule, and a picture of a whole page is an attachment.
_LEAST_WIDE, _LEAST_TALL, _MOST_TALL = 110.0, 24.0, 400.0
_HEAD = 250  # letters of text that may stand before a header: names of programs, a line of an office
_TAIL = 400  # and after a signature: a page number, a stamp of a signing program
_DOUBTED = 0.75  # mean confidence of a line; in a picture without a place a lower one is what is left of a seal


class Pasted(NamedTuple):
    """A picture in the body: its element, its relation, its size in points, and which part it may show."""

    element: _Element
    relation: str
    width: float
    height: float
    part: Part


def pasted_pictures(body: _Element, document: SourceDocument) -> list[Pasted]:
    """The pictures that stand where a part of the text is missing."""
    missing = missing_parts([document.of(line) for line in document.lines])
    if not missing:
        return []
    found = [item for item in _pictures(body) if item.part in missing]
    return found[:_MOST]


def _pictures(body: _Element) -> Iterator[Pasted]:
    before = 0
    total = sum(len(item.text or "") for item in body.iter(W + "t"))
    for element in body.iter(W + "t", *_SHAPES):
        if element.tag == W + "t":
            before += len(element.text or "")
            continue
        relation = _relation(element)
        width, height = _size(element)
        if not relation or width < _LEAST_WIDE or not _LEAST_TALL <= height <= _MOST_TALL:
            continue
        if before <= _HEAD:
            yield Pasted(element, relation, width, height, Part.HEADER)
        if total - before <= _TAIL:
            yield Pasted(element, relation, width, height, Part.SIGNATURE)


class PicturePlace(NamedTuple):
    """A picture in the body as Word draws it: its relation, and its size in points."""

    relation: str
    width: float
    height: float


def picture_places(body: _Element) -> Iterator[PicturePlace]:
    """All pictures of the body, in order."""
    for element in body.iter(*_SHAPES):
        relation = _relation(element)
        if relation:
            yield PicturePlace(relation, *_size(element))


def _relation(element: _Element) -> str:
    for item in element.iter(*PICTURES):
        found = item.get(RELATION + "embed") or item.get(RELATION + "id")
        if found:
            return found
    return ""


def _size(element: _Element) -> tuple[float, float]:
    """Width and height in points as Word draws the picture; (0, 0) where that is not said."""
    extent = next(element.iter(DRAWING + "extent"), None)
    if extent is not None:
        return whole_number(extent.get("cx")) / _EMU, whole_number(extent.get("cy")) / _EMU
    image = next(element.iter(PICTURES[1]), None)
    shape = None if image is None else image.getparent()
    found = dict(_SIDE.findall("" if shape is None else shape.get("style", "")))
    return float(found.get("width", 0)), float(found.get("height", 0))


class PastedScan(Scan):
    """Pictures as if each were a page, numbered from 1; see `Scan`."""

    media_type = "image/*"

    def __init__(self, data: bytes, config: Config, items: Sequence[tuple[bytes, float, Part]]) -> None:
        self._config = config
        self._items = items  # each with the width that Word draws it in, in points

    def __len__(self) -> int:
        return len(self._items)

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`. The height is known when it is opened."""
        return self._items[number - 1][1], 0.0

    def picture(self, number: int) -> PagePicture:
        """See `Scan`."""
        data, width, _ = self._items[number - 1]
        try:
            with PictureScan(data, self._config) as scan:
                pixels = scan.picture(1).pixels
        except VnadminError as error:  # in a format of Windows' own (.emf), damaged, too large
            raise PageNotRead("page_broken", "The picture cannot be opened.") from error
        return replace(reduced_to(PagePicture(pixels, pixels.shape[1] * 72 / width)), upright=True)

    def blanks(self, number: int) -> Blanks:
        """See `Scan`."""
        return Blanks(1.0) if self._items[number - 1][2] is Part.HEADER else NO_BLANKS


def read_pictures(
    items: Sequence[Pasted], package: Package, config: Config, make_engine: MakeEngine = chosen_engine
) -> dict[_Element, list[RawLine]]:
    """What was read in pictures: lines for each element of one that shows the part that is missing.

    Args:
        items: the pictures.
        package: the file.
        config: engine and limits.
        make_engine: makes the engine.

    Raises:
        OcrUnavailable: the engine or its data is missing.
    """
    known = [(item, data) for item in items if (data := package.outside(item.relation))]
    if not known:
        return {}
    opener = partial(PastedScan, items=tuple((data, item.width, item.part) for item, data in known))
    found: dict[_Element, list[RawLine]] = {}
    with Pages(b"", config, len(known), make_engine, opener) as pages:
        for result in pages.read(range(1, len(known) + 1)):
            item = known[result.number - 1][0]
            lines = list(_lines(result))
            if item.element not in found and shows_part(item.part, [line.text for line in lines]):
                found[item.element] = [BLANK, *lines, BLANK]
    return found


def _lines(result: PageResult) -> Iterator[RawLine]:
    """The lines of a picture, without those that nobody was sure of and without what a hand set.

    There is no place on a page that would show a reader what was filled in by hand, so nothing is claimed of it.
    """
    if result.reading is None or result.reading.turned:
        return
    scan = place(result)
    by_hand = {mark.word_box for mark in scan.marks}
    for line in compose([scan.page]).lines:
        words = [word for word in line.words if scan.boxes.get(word.key) not in by_hand]
        sure = [1.0 if word.confidence is None else word.confidence for word in words]
        if words and fmean(sure) >= _DOUBTED:
            text = " ".join(word.text for word in words)
            style = Style(centred=line.centred)
            yield RawLine(text, style, line.starts_paragraph, line.column, confidences=tuple(sure))
