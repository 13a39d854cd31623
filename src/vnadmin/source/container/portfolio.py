"""A PDF portfolio: a cover, and the files that it carries."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, VnadminError
from vnadmin.source.container.mail import Files
from vnadmin.source.pdf.open import open_pdf, sniff_pdf

_DRAWN = 60  # paths that a cover may have
_COVER = 400  # letters that a cover page may have: "For the best experience, open this PDF portfolio in ..."
_CARRIES = (b"/ObjStm", b"/EmbeddedFile")  # one of these is in every file that carries others


def sniff_portfolio(data: bytes) -> bool:
    """A PDF with files in it and hardly a word of its own; one with text of its own is a document with annexes."""
    if not sniff_pdf(data) or not any(sign in data for sign in _CARRIES):
        return False
    import pypdfium2.raw as pdfium

    try:
        with closing(open_pdf(data)) as document:
            if pdfium.FPDFDoc_GetAttachmentCount(document) < 1:
                return False
            return b"/Collection" in data or _is_cover(document)
    except VnadminError:  # its reader says what is wrong with it
        return False


def portfolio_files(data: bytes, config: Config) -> Files:
    """The files with their names, in the order of the portfolio."""
    import pypdfium2.raw as pdfium

    left = config.max_unpacked_bytes
    with closing(open_pdf(data)) as document:
        for index in range(pdfium.FPDFDoc_GetAttachmentCount(document)):
            item = pdfium.FPDFDoc_GetAttachment(document, index)
            content = _content(item, left)
            if content:
                left -= len(content)
                yield _name(item) or f"{index + 1}", content


def _is_cover(document: Any) -> bool:
    """Whether the first pages hold hardly a letter and no picture: a scan with annexes is itself the document."""
    import pypdfium2.raw as pdfium

    count = 0
    for index in range(min(pdfium.FPDF_GetPageCount(document), 3)):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            continue
        text = pdfium.FPDFText_LoadPage(page)
        count += max(pdfium.FPDFText_CountChars(text), 0) if text else 0
        if text:
            pdfium.FPDFText_ClosePage(text)
        objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(min(pdfium.FPDFPage_CountObjects(page), 200)))
        kinds = [pdfium.FPDFPageObj_GetType(item) for item in objects]
        # A page that was scanned may stand in a form; one whose letters are outlines has paths by the hundred.
        pictured = pdfium.FPDF_PAGEOBJ_IMAGE in kinds or pdfium.FPDF_PAGEOBJ_FORM in kinds
        pictured = pictured or kinds.count(pdfium.FPDF_PAGEOBJ_PATH) > _DRAWN
        pdfium.FPDF_ClosePage(page)
        if pictured or count > _COVER:
            return False
    return True


def _name(item: Any) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAttachment_GetName(item, None, 0)
    if not 2 < size <= 4096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(item, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")


def _content(item: Any, limit: int) -> bytes:
    import ctypes

    import pypdfium2.raw as pdfium

    size = ctypes.c_ulong()
    if not item or not pdfium.FPDFAttachment_GetFile(item, None, 0, size) or not size.value:
        return b""
    if size.value > limit:
        raise LimitExceeded(f"A file in the portfolio has {size.value} bytes (Config.max_unpacked_bytes).")
    buffer = ctypes.create_string_buffer(size.value)
    if not pdfium.FPDFAttachment_GetFile(item, buffer, size.value, size):
        return b""
    return buffer.raw[: size.value]
