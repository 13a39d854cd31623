"""SOURCES: the formats in the order in which their content is sniffed, and the reader of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from vnadmin.config import Config
from vnadmin.errors import NoTextLayer, UnsupportedFormat
from vnadmin.layout.page import SourceDocument
from vnadmin.source.pdf.open import sniff_pdf
from vnadmin.source.scan.image import read_image, sniff_image
from vnadmin.source.sniff import (
    sniff_alto,
    sniff_doc,
    sniff_docx,
    sniff_hocr,
    sniff_html,
    sniff_odf,
    sniff_rtf,
    sniff_text,
)

PagesRead = Callable[[int, int], None]  # pages of a scan read by now, pages in all


class Source(NamedTuple):
    """One input format. `sniff` sees the bytes and decides; a file's name is never asked.

    `read` loads the modules of its format with the first file of it: a process that reads one file loads one reader. The imports
    are written out below, so that import contracts and makers of frozen executables see them.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, Config], SourceDocument]


def _read_pdf(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.pdf.reader import read_pdf

    return read_pdf(data, config)


def _read_odf(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.odf.reader import read_odf

    return read_odf(data, config)


def _read_docx(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.docx.reader import read_docx

    return read_docx(data, config)


def _read_doc(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.word.word97 import read_doc

    return read_doc(data, config)


def _read_rtf(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.word.rtf import read_rtf

    return read_rtf(data, config)


def _read_hocr(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.ocr_file.hocr import read_hocr

    return read_hocr(data, config)


def _read_alto(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.ocr_file.alto import read_alto

    return read_alto(data, config)


def _read_html(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.html.reader import read_html

    return read_html(data, config)


def _read_text(data: bytes, config: Config) -> SourceDocument:
    from vnadmin.source.text import read_text

    return read_text(data, config)


SOURCES: tuple[Source, ...] = (
    Source("pdf", sniff_pdf, _read_pdf),
    Source("odf", sniff_odf, _read_odf),
    Source("docx", sniff_docx, _read_docx),
    Source("doc", sniff_doc, _read_doc),
    Source("rtf", sniff_rtf, _read_rtf),
    Source("image", sniff_image, read_image),
    Source("hocr", sniff_hocr, _read_hocr),
    Source("alto", sniff_alto, _read_alto),
    Source("html", sniff_html, _read_html),
    Source("text", sniff_text, _read_text),
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
                from vnadmin.ocr.engine import may_read

                if not may_read(config):
                    raise
                return _read_scan(data, config, progress)
    raise UnsupportedFormat


def _read_scan(data: bytes, config: Config, progress: PagesRead | None) -> SourceDocument:
    from vnadmin.source.scan.leaves import open_leaves
    from vnadmin.source.scan.reader import read_scan

    if progress is None:
        return read_scan(data, config)
    with open_leaves(data, config) as scan:
        total = len(scan)
        done = count(1)
        progress(0, total)
        return read_scan(data, config, progress=lambda page: progress(next(done), total), opener=lambda *_: scan)
