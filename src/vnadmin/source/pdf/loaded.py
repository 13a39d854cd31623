"""One page of a PDF as it is shown: loaded, its annotations made part of it, its text beside it; closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from vnadmin.layout.page import Box
from vnadmin.source.pdf.annotations import (
    Annotation,
    covering_annotations,
    own_length,
    pictured_annotations,
    shown_annotations,
)
from vnadmin.source.pdf.calls import Sheet, sheet_of
from vnadmin.source.pdf.tables import Drawn, drawn_on
from vnadmin.source.pdf.text import page_text


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """Handles of pdfium, true within the `with` block only, and the text with the page's own characters first."""

    page: object
    text_page: object
    sheet: Sheet
    text: str
    own: int  # characters of the page itself; what follows is shown by annotations
    annotations: list[Annotation]
    covers: list[tuple[float, float, float, float]]  # annotations that may cover text, in the page's own points
    drawn: Drawn
    signed: list[Box]  # pictures that signatures and stamps show


@contextmanager
def loaded_page(document: object, index: int, *, only_annotated: bool = False) -> Iterator[LoadedPage | None]:
    """The page of this index (from 0), flattened where annotations show text; None where pdfium cannot load it.

    Args:
        document: the raw handle of a PDF.
        index: the page, from 0.
        only_annotated: None also for a page without such annotations, whose text is then not read.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    text_page = None
    try:
        if not page:
            yield None
            return
        sheet = sheet_of(page)
        shown = shown_annotations(page, sheet)
        if only_annotated and not shown:
            yield None
            return
        signed = pictured_annotations(page, sheet)
        objects = pdfium.FPDFPage_CountObjects(page)
        flattened = shown and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
        if flattened:
            # Only a page that is loaded again has the annotations' appearances in its text, after its own.
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, index)
        drawn = drawn_on(page, sheet)  # before its text: what stands in place of letters is taken away
        text_page = pdfium.FPDFText_LoadPage(page)
        text = page_text(text_page)
        own = own_length(page, text_page, text, objects) if flattened else len(text)
        covers = [] if flattened else covering_annotations(page)  # else they are objects of the page by now
        yield LoadedPage(page, text_page, sheet, text, own, shown, covers, drawn, signed)
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        if page:
            pdfium.FPDF_ClosePage(page)
