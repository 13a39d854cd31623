"""Text that an e-office system laid over a scanned page as annotations: its number and day, and signature stamps."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.layout.placed.geometry import PlacedWord, Segment, segments


class Typed(NamedTuple):
    """Words set into blanks of the page, and the lines of stamps; both are exact, no engine read them."""

    words: tuple[PlacedWord, ...] = ()
    stamps: tuple[Segment, ...] = ()


def typed_on(document: object, index: int) -> Typed:
    """What annotations show on a page of a PDF; draw the page before this, which makes them part of it.

    Args:
        document: the raw handle of a PDF.
        index: the page, from 0.
    """
    import pypdfium2.raw as pdfium

    from vnadmin.source.pdf.annotations import shown_annotations, sort_words
    from vnadmin.source.pdf.text import Fonts, page_text, read_words, sheet_of

    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Typed()
    text_page = None
    try:
        sheet = sheet_of(page)
        shown = shown_annotations(page, sheet)
        if not shown:
            return Typed()
        text_page = pdfium.FPDFText_LoadPage(page)
        before = page_text(text_page)
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return Typed()
        # Only a page loaded again has the annotations' appearances as text, after its own.
        pdfium.FPDFText_ClosePage(text_page)
        text_page = None
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
        text_page = pdfium.FPDFText_LoadPage(page)
        text = page_text(text_page)
        if not text.startswith(before):
            return Typed()
        found = read_words(text_page, text, sheet, index + 1, Fonts()).upright
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        if page:
            pdfium.FPDF_ClosePage(page)
    own, stamps = sort_words([word for word in found if word.key >= len(before)], shown)
    return Typed(tuple(own), tuple(line for stamp in stamps for line in segments(stamp)))
