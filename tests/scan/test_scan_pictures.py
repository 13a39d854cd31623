"""Scans in every encoding open as pictures with their ink, at their own resolution, within the limits."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.makers.scan_maker import encoded, fax_stream, jbig2_stream, jpeg_stream, pdf_of
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.scan.pictures import open_scan


def first(data: bytes, config: Config = DEFAULT) -> PagePicture:
    """The first page of a file."""
    with open_scan(data, config) as scan:
        return scan.picture(1)


def ink(picture: PagePicture) -> float:
    """Share of dark pixels."""
    return float((picture.pixels < 128).mean())


@pytest.fixture(scope="module")
def expected(page: Image.Image) -> float:
    """The ink of the page that is encoded."""
    return float((np.asarray(page.convert("L")) < 128).mean())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_picture_files(page: Image.Image, expected: float, form: str, mode: str) -> None:
    """Grey and colour pictures of all formats show the page's ink."""
    assert ink(first(encoded(page.convert(mode), form))) == pytest.approx(expected, rel=0.25)


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_picture_modes(page: Image.Image, expected: float, mode: str) -> None:
    """Black and white, palettes, transparency, print colours and 16 bits a pixel come out as 8-bit grey or RGB."""
    if mode == "I;16":
        image = Image.fromarray(np.asarray(page.convert("L"), dtype=np.uint16) * 257)
    else:
        image = page.convert("L").convert("1") if mode == "1" else page.convert("RGB").convert(mode)
    picture = first(encoded(image, "TIFF" if mode in ("CMYK", "I;16") else "PNG"))
    assert picture.pixels.dtype == np.uint8
    assert ink(picture) == pytest.approx(expected, rel=0.3)


@pytest.mark.parametrize("stream", ["grey", "rgb", "cmyk", "fax", "jbig2"])
def test_pdf_encodings(page: Image.Image, expected: float, stream: str) -> None:
    """JPEG in three colour spaces, CCITT and JBIG2 in a PDF show the page's ink at the picture's own resolution."""
    make = {
        "grey": lambda: jpeg_stream(page.convert("L")),
        "rgb": lambda: jpeg_stream(page),
        "cmyk": lambda: jpeg_stream(page.convert("CMYK")),
        "fax": lambda: fax_stream(page),
        "jbig2": lambda: jbig2_stream(page),
    }
    picture = first(pdf_of([make[stream]()], page.size))
    assert ink(picture) == pytest.approx(expected, rel=0.3)
    assert picture.dpi == pytest.approx(150, rel=0.01)


def test_tiff_of_many_pages(page: Image.Image) -> None:
    """Each frame of a TIFF is a page."""
    data = encoded(page.convert("L"), "TIFF", save_all=True, append_images=[page.convert("L")] * 2)
    with open_scan(data, DEFAULT) as scan:
        assert len(scan) == 3
        assert ink(scan.picture(3)) > 0.01


def test_pictures_over_300_dpi_are_reduced(page: Image.Image) -> None:
    """More than 300 dots an inch only cost time."""
    picture = first(encoded(page.resize((3600, 5090)), "PNG", dpi=(436, 436)))
    assert picture.dpi == 300
    assert picture.pixels.shape[0] == pytest.approx(3500, abs=5)


def test_resolution_that_makes_no_sheet_is_not_believed(page: Image.Image) -> None:
    """A screen shot that states 72 dpi is taken for A4."""
    assert first(encoded(page, "PNG", dpi=(72, 72))).dpi == pytest.approx(150, rel=0.01)
    assert first(encoded(page, "PNG", dpi=(150, 150))).dpi == pytest.approx(150, rel=0.01)


def test_twenty_thousand_pixels_square() -> None:
    """A picture of 400 million pixels in a file of some kilobytes is refused by its head, before it is unpacked."""
    side = 20_000
    rows = zlib.compress(bytes(side // 8 + 1) * 64)
    head = side.to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    with pytest.raises(LimitExceeded):
        open_scan(data, DEFAULT)


def test_large_frame_of_a_tiff_is_one_page_not_read(page: Image.Image) -> None:
    """The other pages of the file are read."""
    small = page.convert("L").resize((310, 438))
    data = encoded(small, "TIFF", save_all=True, append_images=[page.convert("L")])
    with open_scan(data, Config(max_pixels=1_000_000)) as scan:
        assert ink(scan.picture(1)) > 0
        with pytest.raises(PageNotRead) as caught:
            scan.picture(2)
    assert caught.value.code == "page_too_large"


def test_wall_sized_pdf_page_keeps_within_the_limit(page: Image.Image) -> None:
    """A page of 5 by 7 metres is drawn smaller, not refused."""
    data = pdf_of([jpeg_stream(page)], page.size, box=(14_000, 19_000))
    assert first(data, Config(max_pixels=4_000_000)).pixels.size <= 3 * 4_100_000


def test_damaged_jpeg_in_a_pdf(page: Image.Image) -> None:
    """pdfium draws such a page white without a word; it is reported, and the other page is read."""
    entries, data = jpeg_stream(page)
    pdf = pdf_of([(entries, bytes(len(data))), (entries, data)], page.size)
    with open_scan(pdf, DEFAULT) as scan:
        with pytest.raises(PageNotRead) as caught:
            scan.picture(1)
        assert ink(scan.picture(2)) > 0.01
    assert caught.value.code == "page_broken"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
@pytest.mark.parametrize("keep", [0.02, 0.5, 0.95])
def test_truncated_pictures(page: Image.Image, form: str, keep: float) -> None:
    """A file cut short is damaged input, or a page that cannot be read; nothing else comes out."""
    data = encoded(page, form)
    try:
        picture = first(data[: int(len(data) * keep)])
    except (DamagedInput, PageNotRead):
        return
    assert picture.pixels.ndim in (2, 3)


def test_not_a_picture() -> None:
    """Bytes of no known picture format are damaged input."""
    with pytest.raises(DamagedInput):
        open_scan(b"GIF89a" + bytes(4), DEFAULT)


def test_too_many_pages(page: Image.Image) -> None:
    """The limit of pages holds for PDF and TIFF."""
    small = page.convert("L").resize((124, 175))
    tiff = encoded(small, "TIFF", save_all=True, append_images=[small] * 3)
    for data in (tiff, pdf_of([jpeg_stream(small)] * 4, small.size)):
        with pytest.raises(LimitExceeded):
            open_scan(data, Config(max_pages=3))


def test_exif_rotation_is_applied(page: Image.Image) -> None:
    """A phone stores the page on its side and says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    page.transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", exif=exif)
    pixels = first(buffer.getvalue()).pixels
    assert pixels.shape[0] > pixels.shape[1]
