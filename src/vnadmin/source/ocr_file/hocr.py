"""Reads and writes hOCR, so that an office's own OCR can be used, and ours by other programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput
from vnadmin.layout.page import Box, SourceDocument
from vnadmin.ocr.image.prepare import likely_dpi, points
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.ocr_file.pages import read_pages
from vnadmin.source.xml import refuse_crowded
from vnadmin.text.clean import clean
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "text/vnd.hocr+html"
_BBOX = pattern(r"\bbbox\s+(-?\d{1,7})\s+(-?\d{1,7})\s+(-?\d{1,7})\s+(-?\d{1,7})(?!\d)")
_SURE = pattern(r"\bx_wconf\s+(\d{1,3}(?:\.\d{1,9})?)")
_RESOLUTION = pattern(r"\bscan_res\s+(\d{1,5})\s+(\d{1,5})(?!\d)")
# Everything that the specification (1.2) lets hold words of one line.
_LINES = ("ocr_line", "ocr_textfloat", "ocr_caption", "ocr_header", "ocr_footer", "ocrx_line")

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="vi">\n<head>\n'
    '<meta charset="utf-8" />\n<meta name="ocr-system" content="vnadmin" />\n'
    '<meta name="ocr-capabilities" content="ocr_page ocr_line ocrx_word ocrp_wconf" />\n'
    "<title></title>\n</head>\n<body>\n"
)


def read_hocr(data: bytes, config: Config) -> SourceDocument:
    """Read hOCR of any program (Tesseract, OCRmyPDF, ABBYY).

    Raises:
        DamagedInput: it cannot be parsed, or has no page.
        LimitExceeded: more pages or characters than Config allows, or an element with too many attributes.
        OcrFailed: there is no text on any page.
    """
    from lxml import etree, html

    refuse_crowded(data)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedInput from error
    pages = [element for element in root.iter("*") if "ocr_page" in element.get("class", "").split()]
    return read_pages(MEDIA_TYPE, pages, _page, config)


def _page(page: _Element) -> PageReading:
    title = page.get("title", "")
    x0, y0, x1, y1 = _box(title) or (0, 0, 0, 0)
    lines = [line for element in page.iter() if _is_line(element) for line in _line(element)]
    # A page without a size is as large as what stands on it.
    width = x1 - x0 or max((word[3] for line in lines for word in line), default=1)
    height = y1 - y0 or max((word[4] for line in lines for word in line), default=1)
    found = _RESOLUTION.search(title)
    dpi = likely_dpi(max(width, 1), max(height, 1), float(found[1]) if found else None)
    read = tuple(
        ReadLine(
            tuple(
                ReadWord(text, points(dpi, a - x0, b - y0, c - x0, d - y0), math.nan if sure is None else sure)
                for text, a, b, c, d, sure in line
            )
        )
        for line in lines
    )
    return PageReading(width * 72 / dpi, height * 72 / dpi, 0, 0.0, dpi, "hocr", read)


def _is_line(element: _Element) -> bool:
    return isinstance(element.tag, str) and not set(element.get("class", "").split()).isdisjoint(_LINES)


_Word = tuple[str, int, int, int, int, float | None]


def _line(element: _Element) -> Iterator[list[_Word]]:
    words: list[_Word] = []
    for item in element.iter("*"):
        if "ocrx_word" not in item.get("class", "").split():
            continue
        text = clean("".join(str(piece) for piece in item.itertext()))
        title = item.get("title", "")
        box = _box(title)
        if not text or box is None or box[0] >= box[2] or box[1] >= box[3]:
            continue
        sure = _SURE.search(title)
        words.append((text, *box, min(float(sure[1]) / 100, 1.0) if sure else None))
    if words:
        yield words


def _box(title: str) -> tuple[int, int, int, int] | None:
    found = _BBOX.search(title)
    if found is None or any(len(group) > 7 for group in found.groups()):
        return None
    x0, y0, x1, y1 = map(int, found.groups())
    return x0, y0, x1, y1


def write_hocr(pages: Sequence[PageReading]) -> str:
    """The readings as hOCR; boxes in pixels at the resolution at which the page was read."""
    out = [_OPENING]
    for number, page in enumerate(pages, 1):
        scale = page.dpi / 72
        dpi = round(page.dpi)
        size = f"bbox 0 0 {round(page.width * scale)} {round(page.height * scale)}"
        out.append(
            f'<div class="ocr_page" id="page_{number}" title="{size}; ppageno {number - 1}; scan_res {dpi} {dpi}">\n'
        )
        for index, line in enumerate(page.lines, 1):
            out.append(f'<span class="ocr_line" id="line_{number}_{index}" title="{_title(line.box, scale)}">')
            for word in line.words:
                sure = f"; x_wconf {round(word.confidence * 100)}" if not math.isnan(word.confidence) else ""
                out.append(
                    f'<span class="ocrx_word" title="{_title(word.box, scale)}{sure}">{escape(word.text)}</span> '
                )
            out.append("</span>\n")
        out.append("</div>\n")
    out.append("</body>\n</html>\n")
    return "".join(out)


def _title(box: Box, scale: float) -> str:
    return "bbox " + " ".join(str(round(value * scale)) for value in box)
