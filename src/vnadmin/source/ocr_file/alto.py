"""Reads and writes ALTO, the Library of Congress's XML for the layout of digitised pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from vnadmin.config import Config
from vnadmin.layout.page import Box, SourceDocument
from vnadmin.ocr.image.prepare import likely_dpi
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.ocr_file.pages import read_pages
from vnadmin.source.xml import parse_xml
from vnadmin.text.clean import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/alto+xml"
_MM10, _INCH1200 = 254.0, 1200.0  # units of measurement that are not pixels, per inch

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">\n'
    "<Description><MeasurementUnit>pixel</MeasurementUnit>"
    '<OCRProcessing ID="OCR_1"><ocrProcessingStep><processingSoftware><softwareName>vnadmin</softwareName>'
    "</processingSoftware></ocrProcessingStep></OCRProcessing></Description>\n<Layout>\n"
)


def read_alto(data: bytes, config: Config) -> SourceDocument:
    """Read ALTO 2 to 4.

    Raises:
        DamagedInput: it is not well-formed, declares a document type, or has no page.
        LimitExceeded: more pages, characters or nested elements than allowed.
        OcrFailed: there is no text on any page.
    """
    root = parse_xml(data)
    unit = next((element.text or "" for element in root.iter("{*}MeasurementUnit")), "pixel").strip().lower()
    return read_pages(MEDIA_TYPE, list(root.iter("{*}Page")), partial(_page, unit=unit), config)


def _page(page: _Element, unit: str) -> PageReading:
    width, height = _number(page, "WIDTH"), _number(page, "HEIGHT")
    words = [list(_words(line)) for line in page.iter("{*}TextLine")]
    if not width or not height:
        boxes = [box for line in words for _, box, _ in line]
        width, height = max((box.x1 for box in boxes), default=1.0), max((box.y1 for box in boxes), default=1.0)
    if unit == "mm10":
        dpi = _MM10
    elif unit == "inch1200":
        dpi = _INCH1200
    else:
        dpi = likely_dpi(max(round(width), 1), max(round(height), 1))
    scale = 72 / dpi
    lines = tuple(
        ReadLine(
            tuple(
                ReadWord(text, Box(*(v * scale for v in box)), math.nan if sure is None else sure)
                for text, box, sure in line
            )
        )
        for line in words
        if line
    )
    return PageReading(width * scale, height * scale, 0, 0.0, dpi, "alto", lines)


def _words(line: _Element) -> Iterator[tuple[str, Box, float | None]]:
    for item in line.iter("{*}String"):
        text = clean(item.get("CONTENT", ""))
        x, y = _number(item, "HPOS"), _number(item, "VPOS")
        box = Box(x, y, x + _number(item, "WIDTH"), y + _number(item, "HEIGHT"))
        if text and box.x1 > box.x0 and box.y1 > box.y0:
            yield text, box, min(_number(item, "WC"), 1.0) if "WC" in item.attrib else None


def _number(element: _Element, name: str) -> float:
    """An attribute as a number from 0; 0 where it is none."""
    try:
        value = float(element.get(name, "0"))
    except ValueError:
        return 0.0
    return value if 0 <= value < 1e7 else 0.0


def write_alto(pages: Sequence[PageReading]) -> str:
    """The readings as ALTO 4.2, in pixels at the resolution at which the page was read."""
    out = [_OPENING]
    for number, page in enumerate(pages, 1):
        scale = page.dpi / 72
        size = f'WIDTH="{round(page.width * scale)}" HEIGHT="{round(page.height * scale)}"'
        out.append(f'<Page ID="page_{number}" PHYSICAL_IMG_NR="{number}" {size}>\n')
        out.append(f'<PrintSpace HPOS="0" VPOS="0" {size}>\n<TextBlock ID="block_{number}">\n')
        for line in page.lines:
            out.append(f"<TextLine {_place(line.box, scale)}>")
            for index, word in enumerate(line.words):
                sure = f' WC="{word.confidence:.2f}"' if not math.isnan(word.confidence) else ""
                space = "<SP/>" if index else ""
                out.append(f"{space}<String CONTENT={quoteattr(word.text)} {_place(word.box, scale)}{sure}/>")
            out.append("</TextLine>\n")
        out.append("</TextBlock>\n</PrintSpace>\n</Page>\n")
    out.append("</Layout>\n</alto>\n")
    return "".join(out)


def _place(box: Box, scale: float) -> str:
    x, y = round(box.x0 * scale), round(box.y0 * scale)
    width, height = round(box.x1 * scale) - x, round(box.y1 * scale) - y
    return f'HPOS="{max(x, 0)}" VPOS="{max(y, 0)}" WIDTH="{max(width, 1)}" HEIGHT="{max(height, 1)}"'
