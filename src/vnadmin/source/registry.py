"""SOURCES: the formats in the order in which their content is sniffed, and the reader of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from vnadmin.config import Config
from vnadmin.errors import NoTextLayer, UnsupportedFormat
from vnadmin.layout.page import SourceDocument
from vnadmin.ocr.engine import may_read
from vnadmin.source.alto import read_alto, sniff_alto
from vnadmin.source.docx.reader import read_docx, sniff_docx
from vnadmin.source.hocr import read_hocr, sniff_hocr
from vnadmin.source.html.reader import read_html, sniff_html
from vnadmin.source.odf.reader import read_odf, sniff_odf
from vnadmin.source.pdf.open import sniff_pdf
from vnadmin.source.pdf.reader import read_pdf
from vnadmin.source.scan.image import read_image, sniff_image
from vnadmin.source.text import read_text, sniff_text
from vnadmin.source.word.rtf import read_rtf, sniff_rtf
from vnadmin.source.word.word97 import read_doc, sniff_doc

PagesRead = Callable[[int, int], None]  # pages of a scan read by now, pages in all


class Source(NamedTuple):
    """One input format. `sniff` sees the bytes and decides; a file's name is never asked."""

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, Config], SourceDocument]


SOURCES: tuple[Source, ...] = (
    Source("pdf", sniff_pdf, read_pdf),
    Source("odf", sniff_odf, read_odf),
    Source("docx", sniff_docx, read_docx),
    Source("doc", sniff_doc, read_doc),
    Source("rtf", sniff_rtf, read_rtf),
    Source("image", sniff_image, read_image),
    Source("hocr", sniff_hocr, read_hocr),
    Source("alto", sniff_alto, read_alto),
    Source("html", sniff_html, read_html),
    Source("text", sniff_text, read_text),
)


def read_source(data: bytes, config: Config, progress: PagesRead | None = None) -> SourceDocument:
    """Read bytes with the first source that recognises them; what has pictures of pages only goes through OCR.

    Raises:
        UnsupportedFormat: no source recognises the content.
        NoTextLayer: it needs OCR, and no engine is installed or Config.ocr is `off`.
        VnadminError: the source cannot read it.
    """
    for source in SOURCES:
        if source.sniff(data):
            try:
                return source.read(data, config)
            except NoTextLayer:
                if not may_read(config):
                    raise
                return _read_scan(data, config, progress)
    raise UnsupportedFormat


def _read_scan(data: bytes, config: Config, progress: PagesRead | None) -> SourceDocument:
    from vnadmin.source.scan.pictures import open_scan
    from vnadmin.source.scan.reader import read_scan

    if progress is None:
        return read_scan(data, config)
    with open_scan(data, config) as scan:
        total = len(scan)
    done = count(1)
    progress(0, total)
    return read_scan(data, config, progress=lambda page: progress(next(done), total))
