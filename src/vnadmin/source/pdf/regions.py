"""Reads by OCR the parts of a born-digital PDF page that stand as pictures: header, signature, figures in a blank."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.config import Config
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, Furniture, Handwriting, Seal, SourceDocument, Style
from vnadmin.layout.placed.geometry import LaidLine, PlacedPage, PlacedWord, segments
from vnadmin.layout.placed.pictures import Gap, filled_lines, header_picture, is_text, name_picture, signature_picture
from vnadmin.ocr.image.pixels import without_idle_colour
from vnadmin.ocr.image.prepare import MAX_DPI, PagePicture
from vnadmin.ocr.reading import PageNotRead, PageReading, ReadLine
from vnadmin.source.pdf.annotations import insert
from vnadmin.source.scan.filled_in.slots import NO_BLANKS, Blanks, InkMark
from vnadmin.source.scan.pages import MakeEngine, PageResult, Pages, chosen_engine
from vnadmin.source.scan.pictures import PdfScan
from vnadmin.source.scan.placing import PlacedScan, place
from vnadmin.source.scan.typed import Typed

if TYPE_CHECKING:
    import pypdfium2

_MOST = 8  # regions of a document
_ROOM = 6.0  # points of paper around a region: an engine wants some
_ABOVE = 3.0  # points of the page over and under a line that are read with it
_LEAST_DPI = 150.0
_FIRST_KEY = -2  # keys of words of regions go down from here; a text layer's count up from 0


class Region(NamedTuple):
    """A part of a page to read; of one with `gaps` only what stands in them is taken, of one for a `name` only a person's name."""

    page: int
    box: Box
    gaps: tuple[Gap, ...] = ()
    header: bool = False
    name: bool = False


def find_regions(pages: Sequence[PlacedPage], lines: Sequence[LaidLine]) -> list[Region]:
    """The parts of pages that stand as pictures where the document's own words are expected."""
    return list(_regions(pages, lines))[:_MOST]


def _regions(pages: Sequence[PlacedPage], lines: Sequence[LaidLine]) -> Iterator[Region]:
    for page in pages:
        if page.method == "ocr" or not (page.pictures or page.shapes):
            continue
        header = header_picture(page, lines)
        if header is not None:
            yield Region(page.number, header, header=True)
        for line in filled_lines(page):
            box = line.box  # marks of capitals may stand out of the line: "Ố"
            yield Region(page.number, box._replace(y0=box.y0 - _ABOVE, y1=box.y1 + _ABOVE), line.gaps)
        signature = signature_picture(page, lines)
        if signature is not None:
            yield Region(page.number, signature)
        name = name_picture(page, lines)
        if name is not None:
            yield Region(page.number, name, name=True)


class RegionScan(PdfScan):
    """The regions of a PDF as if each were a page, numbered from 1."""

    def __init__(self, data: bytes, config: Config, regions: Sequence[Region]) -> None:
        super().__init__(data, config)
        self._regions = regions

    def __len__(self) -> int:
        return len(self._regions)

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`."""
        box = self._regions[number - 1].box
        return box.x1 - box.x0 + 2 * _ROOM, box.y1 - box.y0 + 2 * _ROOM

    def typed(self, number: int) -> Typed:
        """See `Scan`. The text layer has been read."""
        return Typed()

    def blanks(self, number: int) -> Blanks:
        """See `Scan`."""
        region = self._regions[number - 1]
        if region.gaps:
            dx, dy = region.box.x0 - _ROOM, region.box.y0 - _ROOM
            return Blanks(known=tuple(Gap(kind, _shifted(box, -dx, -dy)) for kind, box in region.gaps))
        return Blanks(1.0) if region.header else NO_BLANKS

    def picture(self, number: int) -> PagePicture:
        """See `Scan`. Drawn at the resolution of what stands there, on white paper a little larger than the region."""
        import numpy as np
        import pypdfium2

        region = self._regions[number - 1]
        box = region.box
        page = self._flattened(region.page)
        try:
            width, height = page.get_size()
            crop = (box.x0, height - box.y1, width - box.x1, box.y0)
            scale = min(_own_scale(page, region), self._fitting(*self.size(number)))
            bitmap = page.render(
                scale=scale, crop=tuple(max(0.0, cut) for cut in crop), rev_byteorder=True, prefer_bgrx=False
            )
            pixels = np.array(bitmap.to_numpy()[..., :3])
            bitmap.close()
        except (pypdfium2.PdfiumError, ValueError) as error:  # ValueError: nothing is left between the cuts
            raise PageNotRead("page_broken", "A part of the page cannot be drawn.") from error
        finally:
            page.close()
        room = round(_ROOM * scale)
        pixels = np.pad(pixels, ((room, room), (room, room), (0, 0)), constant_values=255)
        return PagePicture(without_idle_colour(pixels), scale * 72, upright=True)

    def _flattened(self, number: int) -> pypdfium2.PdfPage:
        """The page with the pictures of its signatures, which are drawn as the page's own only when it is loaded again."""
        import pypdfium2.raw as pdfium

        page = self._page(number)
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return page
        page.close()
        return self._page(number)


def _own_scale(page: pypdfium2.PdfPage, region: Region) -> float:
    """Pixels to a point of the picture that fills most of a region; outlines have none of their own."""
    import pypdfium2

    most, best = 0.0, MAX_DPI / 72
    for image in page.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4) if not region.gaps else ():
        try:
            left, bottom, right, top = image.get_bounds()
            pixels = max(image.get_px_size())
        except pypdfium2.PdfiumError:
            continue
        area = (right - left) * (top - bottom)
        if most < area <= 1.1 * (region.box.x1 - region.box.x0) * (region.box.y1 - region.box.y0):
            most, best = area, pixels / max(right - left, top - bottom)
    return min(max(best, _LEAST_DPI / 72), MAX_DPI / 72)


@dataclass(slots=True)
class RegionsRead:
    """What was read of the regions: where its words stand, what a hand filled in, seals, and what was set aside."""

    boxes: dict[int, Box] = field(default_factory=dict)  # of the words, by key
    filled: dict[int, int] = field(default_factory=dict)  # page of the words that a hand set, by key
    seals: list[Seal] = field(default_factory=list)
    aside: list[tuple[int, ReadLine, Furniture]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)  # on which something was read, in order

    def written(self, line: LaidLine, style: Style) -> tuple[list[tuple[str, Box, float | None]], Style]:
        """The words of a laid line as they are written, and how it is set: nothing is known of a line that was read."""
        words = [(word.text, self.boxes.get(word.key) or Box(*word[1:5]), word.confidence) for word in line.words]
        return words, style if any(word.key > _FIRST_KEY for word in line.words) else Style(centred=line.centred)

    def report(self, builder: DocumentBuilder) -> None:
        """Set aside what is no text of the document, and say where something was read."""
        for number, line, kind in self.aside:
            builder.furniture(line.text, kind, page=number, box=line.box)
        for number in self.pages:
            message = f"A part of page {number} is a picture and was read by OCR."
            builder.issue("picture_read", message, number)

    def marked(self, document: SourceDocument) -> SourceDocument:
        """The document with what was filled in by hand, and seals, those of scanned pages kept."""
        places = {(page, self.boxes[key]) for key, page in self.filled.items()}
        found = [
            Handwriting(word.start, word.end, line.page, word.box)
            for line in (document.lines if places else ())
            for word in line.words
            if (line.page, word.box) in places
        ]
        handwriting = tuple(sorted([*document.handwriting, *found]))
        return replace(document, handwriting=handwriting, seals=(*document.seals, *self.seals))


def read_regions(
    data: bytes,
    config: Config,
    pages: Sequence[PlacedPage],
    regions: Sequence[Region],
    make_engine: MakeEngine = chosen_engine,
) -> RegionsRead:
    """Read regions and add their words to those of their pages.

    Args:
        data: the file.
        config: engine and limits.
        pages: the pages of the document.
        regions: what to read.
        make_engine: makes the engine.

    Raises:
        OcrUnavailable: the engine or its data is missing.
    """
    found = RegionsRead()
    of = {page.number: page for page in pages}
    with Pages(data, config, len(regions), make_engine, partial(RegionScan, regions=tuple(regions))) as parts:
        results = sorted(parts.read(range(1, len(regions) + 1)), key=lambda result: result.number)
    for result in results:
        region = regions[result.number - 1]
        if result.reading is None or result.reading.turned:
            continue  # the Issue that a picture stands there says so
        page = of[region.page]
        reading = _on_page(result.reading, region, page)
        before = len(found.boxes)
        if region.gaps:
            _add_figures(found, reading, result.marks, page)
        else:
            marks = tuple(mark._replace(box=_moved(mark.box, region)) for mark in result.marks)
            scan = place(PageResult(page.number, page.width, page.height, reading, marks))
            _add_picture(found, scan, reading, region, page)
        if len(found.boxes) > before and page.number not in found.pages:
            found.pages.append(page.number)
    return found


def _on_page(reading: PageReading, region: Region, page: PlacedPage) -> PageReading:
    """The reading as if the whole page had been read: boxes in its points."""
    dx, dy = region.box.x0 - _ROOM, region.box.y0 - _ROOM
    lines = tuple(
        replace(
            line,
            words=tuple(word._replace(box=_moved(word.box, region)) for word in line.words),
            middle=None if line.middle is None else (line.middle[0] + dx, line.middle[1] + dy),
        )
        for line in reading.lines
    )
    seals = tuple(_moved(seal, region) for seal in reading.seals)
    return replace(reading, width=page.width, height=page.height, lines=lines, seals=seals)


def _moved(box: Box, region: Region) -> Box:
    """A box of a region's picture on its page."""
    return _shifted(box, region.box.x0 - _ROOM, region.box.y0 - _ROOM)


def _shifted(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _add_figures(found: RegionsRead, reading: PageReading, marks: Sequence[InkMark], page: PlacedPage) -> None:
    """The figures that fill blanks of a line; a line of the reading for each."""
    by_hand = {mark.line for mark in marks}
    new: list[PlacedWord] = []
    for index, line in enumerate(reading.lines):
        for word in line.words:
            key = _FIRST_KEY - len(found.boxes)
            found.boxes[key] = word.box
            if index in by_hand:
                found.filled[key] = page.number
            new.append(PlacedWord(word.text, *word.box, key, word.confidence))
    page.words = insert(page.words, new)


def _add_picture(found: RegionsRead, scan: PlacedScan, reading: PageReading, region: Region, page: PlacedPage) -> None:
    """The words of a header or a signature that stands as a picture, unless it is a logo."""
    words = [word for word in scan.page.words if not _is_known(word, page.words)]
    if region.name:
        # Over a name stand the strokes of a hand, which an engine reads as letters.
        lines = [line for line in segments(words) if name_likeness(line.text) is NameLikeness.FULL]
        words = list(lines[-1].words) if lines else []
    elif not is_text([word.text for word in words]):
        return
    # Words were set level about the middle of the page; the picture slopes about its own.
    slope = math.radians(reading.skew)
    cx, cy = (region.box.x0 + region.box.x1 - page.width) / 2, (region.box.y0 + region.box.y1 - page.height) / 2
    dx = cx - (cx * math.cos(slope) + cy * math.sin(slope))
    dy = cy - (cy * math.cos(slope) - cx * math.sin(slope))
    by_hand = {mark.word_box for mark in scan.marks}
    for word in words:
        key = _FIRST_KEY - len(found.boxes)
        box = found.boxes[key] = scan.boxes[word.key]
        if box in by_hand:
            found.filled[key] = page.number
        placed = word._replace(x0=word.x0 + dx, y0=word.y0 + dy, x1=word.x1 + dx, y1=word.y1 + dy, key=key)
        page.words.append(placed)
    page.watermarks += scan.page.watermarks
    found.seals += (Seal(page.number, seal) for seal in reading.seals)
    found.aside += ((page.number, line, Furniture.ARRIVAL_STAMP) for line in scan.arrival)
    found.aside += ((page.number, line, Furniture.NOISE) for line in scan.noise)


def _is_known(word: PlacedWord, words: Sequence[PlacedWord]) -> bool:
    """Whether the text layer has a word where one was read: print beside or over the picture."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in words)
