"""Pages of pictures and damaged layers in a PDF, limits, refusals."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from tests.makers.pdf_maker import PdfPage, letter_head, make_pdf
from tests.source.pdf_letter import CONFIG, GARBLED, LONG, letter, paragraphs, read
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, NoTextLayer, VnadminError
from vnadmin.source.pdf.reader import read_pdf


def test_scan_without_text() -> None:
    """Page pictures alone have no text layer; the message names the extra."""
    page = PdfPage()
    page.image(0, 0, 595, 842)
    with pytest.raises(NoTextLayer, match=r"vnadmin\[ocr\]"):
        read(page, page)


def test_scan_with_a_stamp() -> None:
    """A portal's mark or a signature stamp on a picture is no text layer."""
    page = PdfPage()
    page.image(0, 0, 595, 842)
    page.text(200, 830, "www.congthongtin.vn")
    page.text(380, 30, "Người ký: SỞ NÔNG LÂM", 9)
    with pytest.raises(NoTextLayer):
        read(page)


def test_scan_with_a_garbled_layer() -> None:
    """A hidden layer without Vietnamese letters is refused, a good one is read."""
    bad, good = PdfPage(), PdfPage()
    bad.image(0, 0, 595, 842)
    good.image(0, 0, 595, 842)
    for step in range(8):
        bad.paragraph(100 + 60 * step, GARBLED)
        good.paragraph(100 + 60 * step, LONG)
    with pytest.raises(NoTextLayer):
        read(bad)
    assert LONG in paragraphs(read(good))


def test_mixed_document() -> None:
    """Pages with text are read, a page that is a picture is reported where there is no OCR."""
    scan = PdfPage()
    scan.image(0, 0, 595, 842)
    document = read_pdf(make_pdf(letter(), scan), Config(ocr="off"))
    assert [page.method for page in document.pages] == ["text_layer", "none"]
    assert [issue.code for issue in document.issues] == ["page_without_text"]
    assert LONG in paragraphs(document)


def test_pasted_signature_is_reported() -> None:
    """A picture right of the recipients where no signature is printed is said to be one."""
    page = PdfPage()
    letter_head(page)
    page.paragraph(220, LONG)
    page.text(85, 320, "Nơi nhận:", 12, "F3")
    page.text(85, 334, "- Lưu: VT.", 11)
    page.image(330, 310, 520, 420)
    assert [issue.code for issue in read(page).issues] == ["picture_in_header"]


def test_seal_beside_a_printed_signature_is_no_issue() -> None:
    """A seal or a drawn hand beside printed lines is nothing to report."""
    page = letter()
    page.image(330, 380, 520, 480)
    page.parts.insert(0, page.parts.pop())  # it hides no letter
    assert read(page).issues == ()


def test_pasted_header_is_reported() -> None:
    """A picture at the top of a page without a motto is said to be the header."""
    page = PdfPage()
    page.image(80, 40, 520, 150)
    page.paragraph(220, LONG)
    assert [issue.code for issue in read(page).issues] == ["picture_in_header"]


def test_blank_page_is_no_issue() -> None:
    """An empty sheet at the end is nothing to report."""
    document = read(letter(), PdfPage())
    assert document.issues == ()
    assert len(document.pages) == 2


def test_empty_document() -> None:
    """A PDF of blank pages has no text."""
    with pytest.raises(NoTextLayer):
        read(PdfPage())


def test_encrypted() -> None:
    """A password that is not known is said so."""
    with pytest.raises(EncryptedInput):
        read_pdf(make_pdf(letter(), encrypted=True), CONFIG)


def test_too_many_pages() -> None:
    """Pages are counted before any is read."""
    with pytest.raises(LimitExceeded, match="max_pages"):
        read_pdf(make_pdf(*[PdfPage()] * 12), Config(max_pages=10))


def test_too_much_text() -> None:
    """The text of the pages is bounded."""
    with pytest.raises(LimitExceeded, match="max_characters"):
        read_pdf(make_pdf(letter()), Config(max_characters=200))


def test_no_pdf_at_all() -> None:
    """A head without a body is damaged."""
    with pytest.raises(DamagedInput):
        read_pdf(b"%PDF-1.4\n" + b"\x00" * 500, CONFIG)


def test_missing_end_is_reported() -> None:
    """A file whose end was cut off may still be read, with an Issue."""
    document = read_pdf(make_pdf(letter())[:-5], CONFIG)
    assert [issue.code for issue in document.issues] == ["file_truncated"]
    assert LONG in paragraphs(document)


def test_damage_never_escapes() -> None:
    """Cut or flipped bytes give a documented error or a document, never another exception."""
    data = make_pdf(letter(), letter())
    chance = random.Random(7)
    for _ in range(60):
        damaged = bytearray(data[: chance.randrange(20, len(data))] if chance.random() < 0.4 else data)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(VnadminError):
            read_pdf(bytes(damaged), CONFIG)


def test_same_bytes_same_document() -> None:
    """Reading is deterministic, and the document's handle is given back each time."""
    data = make_pdf(letter())
    assert read_pdf(data, CONFIG) == read_pdf(data, CONFIG)
