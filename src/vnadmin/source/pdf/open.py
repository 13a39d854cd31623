"""Opens a PDF with pdfium, whoever asks: the reader of text, the reader of scans, the drawer of page pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.errors import DamagedInput, EncryptedInput

if TYPE_CHECKING:
    import pypdfium2

_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024  # bytes: where readers look for the head (as Acrobat does)


def sniff_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF; up to 1 kB of other bytes may stand before its head."""
    return _HEAD in data[: _HEAD_WITHIN + len(_HEAD)]


def from_head(data: bytes) -> bytes:
    """The bytes from the PDF's head on: a mail gateway or a portal may have written something before it."""
    start = data.find(_HEAD, 0, _HEAD_WITHIN + len(_HEAD))
    return data[start:] if start > 0 else data


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The opened document; the caller closes it.

    Raises:
        EncryptedInput: the file needs a password.
        DamagedInput: pdfium cannot open it.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(from_head(data))
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedInput from error
        raise DamagedInput from error
