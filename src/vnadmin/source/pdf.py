"""Reads the text layer of a PDF: words with boxes, columns by geometry, furniture set aside."""

from __future__ import annotations

from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, NoTextLayer
from vnadmin.layout.compose import compose
from vnadmin.layout.geometry import PlacedPage, segment_of
from vnadmin.layout.page import Box, DocumentBuilder, SourceDocument
from vnadmin.model import Severity

if TYPE_CHECKING:
    from vnadmin.source.pdf_quality import PageKind
    from vnadmin.source.pdf_text import Fonts

MEDIA_TYPE = "application/pdf"
_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024  # bytes: where readers look for the head


def sniff_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF; up to 1 kB of other bytes may stand before its head (as Acrobat reads it)."""
    return _HEAD in data[: _HEAD_WITHIN + len(_HEAD)]


def read_pdf(data: bytes, config: Config) -> SourceDocument:
    """Read the text layer.

    Raises:
        EncryptedInput: the file needs a password.
        DamagedInput: pdfium cannot open it, or none of its pages.
        LimitExceeded: more pages or characters than Config allows.
        NoTextLayer: no page has text that can be used.
    """
    with _opened(data) as document:
        return _Reader(document, config).read()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    start = data.find(_HEAD, 0, _HEAD_WITHIN + len(_HEAD))
    try:
        document = pypdfium2.PdfDocument(data[start:] if start > 0 else data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedInput from error
        raise DamagedInput from error
    try:
        yield document
    finally:
        document.close()


class _Reader:
    """One parse: pages in turn, each closed before the next is opened (pdfium keeps much of an open page)."""

    def __init__(self, document: Any, config: Config) -> None:
        self.document = document
        self.config = config
        self.builder = DocumentBuilder(MEDIA_TYPE)
        self.characters = 0
        self.unread: list[int] = []
        self.broken: list[int] = []

    def read(self) -> SourceDocument:
        import pypdfium2.raw as pdfium

        from vnadmin.source.pdf_text import Fonts

        count = pdfium.FPDF_GetPageCount(self.document)
        if count > self.config.max_pages:
            raise LimitExceeded(f"The PDF has {count} pages, more than {self.config.max_pages} (Config.max_pages).")
        fonts = Fonts()
        pages = [page for index in range(count) if (page := self._page(index, fonts))]
        if len(self.broken) == count:
            raise DamagedInput
        self._write(pages, fonts)
        document = self.builder.build()
        if not document.lines:
            raise NoTextLayer
        return document

    def _page(self, index: int, fonts: Fonts) -> PlacedPage | None:
        import pypdfium2.raw as pdfium

        page = pdfium.FPDF_LoadPage(self.document, index)
        if not page:
            self.builder.page(method="none")
            self.broken.append(index + 1)
            return None
        try:
            text_page = pdfium.FPDFText_LoadPage(page)
            try:
                return self._placed(page, text_page, index + 1, fonts)
            finally:
                if text_page:
                    pdfium.FPDFText_ClosePage(text_page)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _placed(self, page: Any, text_page: Any, number: int, fonts: Fonts) -> PlacedPage | None:
        from vnadmin.source.pdf_quality import PageKind, judge
        from vnadmin.source.pdf_tables import drawn_on, grids
        from vnadmin.source.pdf_text import page_text, read_words, sheet_of

        text = page_text(text_page) if text_page else ""
        self.characters += len(text)
        if self.characters > self.config.max_characters:
            raise LimitExceeded(
                f"The text has more than {self.config.max_characters} characters (Config.max_characters)."
            )
        sheet = sheet_of(page)
        width, height = sheet.size
        drawn = drawn_on(page, sheet)
        found = read_words(text_page, text, sheet, number, fonts) if text else None
        words = found.upright if found else []
        kind = judge([word.text for word in words], drawn.pictures, width, height, drawn.paths)
        if kind in (PageKind.PICTURE, PageKind.GARBLED):
            self.builder.page(width, height, "none")
            self.unread.append(number)
            return None
        self.builder.page(width, height, "text_layer")
        if kind is PageKind.BLANK:
            return None
        turned = [segment_of([word]) for word in found.turned] if found else []
        return PlacedPage(number, width, height, words, grids(drawn.rules), turned)

    def _write(self, pages: list[PlacedPage], fonts: Fonts) -> None:
        composition = compose(pages)
        builder = self.builder
        for line in composition.lines:
            style = fonts.style_of(line.page, line.words)
            builder.words(
                [(word.text, Box(word.x0, word.y0, word.x1, word.y1), None) for word in line.words],
                starts_paragraph=line.starts_paragraph,
                column=line.column,
                style=replace(style, centred=line.centred),
                cell=line.cell,
                page=line.page,
            )
        for item in composition.furniture:
            builder.furniture(item.text, item.kind, page=item.page, box=item.box)
        for numbers, code, message in (
            (
                self.unread,
                "page_without_text",
                "Page {} is a picture, or its text layer is unusable; reading it needs OCR.",
            ),
            (self.broken, "page_damaged", "Page {} is damaged and was not read."),
        ):
            for number in numbers:
                builder.issue(code, message.format(number), Severity.WARNING)
