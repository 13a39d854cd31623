"""Reads the text layer of a PDF: words with boxes, columns by geometry, furniture set aside."""

from __future__ import annotations

from dataclasses import replace

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, NoTextLayer
from vnadmin.layout.compose import compose
from vnadmin.layout.geometry import PlacedPage, segment_of
from vnadmin.layout.page import Box, DocumentBuilder, SourceDocument

MEDIA_TYPE = "application/pdf"


def sniff_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF; up to 1 kB of other bytes may stand before its head (as Acrobat reads it)."""
    return b"%PDF-" in data[:1029]


def read_pdf(data: bytes, config: Config) -> SourceDocument:
    """Read the text layer.

    Raises:
        EncryptedInput: the file needs a password.
        DamagedInput: pdfium cannot open it.
        LimitExceeded: more pages or characters than Config allows.
        NoTextLayer: no page has text that can be used.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise EncryptedInput from error
        raise DamagedInput from error
    try:
        return _read(document, config)
    finally:
        document.close()


def _read(document: object, config: Config) -> SourceDocument:
    import pypdfium2.raw as pdfium

    from vnadmin.source.pdf_tables import drawn_on, grids
    from vnadmin.source.pdf_text import FontCache, page_text, page_words, sheet_of, style_of

    count = pdfium.FPDF_GetPageCount(document)
    if count > config.max_pages:
        raise LimitExceeded(f"The PDF has {count} pages, more than {config.max_pages} (Config.max_pages).")
    builder = DocumentBuilder(MEDIA_TYPE)
    pages = []
    handles = []
    fonts = FontCache()
    try:
        for index in range(count):
            page = pdfium.FPDF_LoadPage(document, index)
            text_page = pdfium.FPDFText_LoadPage(page)
            handles.append((page, text_page))
            text = page_text(text_page)
            sheet = sheet_of(page)
            words, turned = page_words(text_page, text, sheet)
            width, height = sheet.size
            drawn = drawn_on(page, sheet)
            pages.append(PlacedPage(index + 1, width, height, words, grids(drawn.rules), [segment_of([w]) for w in turned]))
            builder.page(width, height, "text_layer")
        composition = compose(pages)
        for line in composition.lines:
            builder.words(
                [(word.text, Box(*word[1:5]), word.confidence) for word in line.words],
                starts_paragraph=line.starts_paragraph,
                column=line.column,
                style=replace(style_of(handles[line.page - 1][1], line.words, fonts), centred=line.centred),
                cell=line.cell,
                page=line.page,
            )
        for item in composition.furniture:
            builder.furniture(item.text, item.kind, page=item.page, box=item.box)
    finally:
        for page, text_page in handles:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)
    result = builder.build()
    if not result.lines:
        raise NoTextLayer
    return result
