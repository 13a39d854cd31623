"""Files made of a picture in the encodings that scans come in."""

from __future__ import annotations

import io
import struct

from PIL import Image

from tests.makers.pdf_objects import assembled


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """A picture file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def pdf_of(streams: list[tuple[bytes, bytes]], size: tuple[int, int], box: tuple[int, int] = (595, 842)) -> bytes:
    """A PDF with one picture a page: (entries of the picture's dictionary, its data)."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for entries, data in streams:
        first = len(objects) + 1
        content = b"q %d 0 0 %d 0 0 cm /I Do Q" % box
        kids.append(b"%d 0 R" % (first + 2))
        objects += [
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d %s /Length %d >>\nstream\n"
            % (*size, entries, len(data))
            + data
            + b"\nendstream",
            b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R" % (*box, first + 1)
            + b" /Resources << /XObject << /I %d 0 R >> >> >>" % first,
        ]
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    return assembled(objects, version=b"1.5")


def jpeg_stream(image: Image.Image) -> tuple[bytes, bytes]:
    """A JPEG for `pdf_of`, grey, RGB or CMYK."""
    space = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB", "CMYK": b"/DeviceCMYK"}[image.mode]
    decode = (
        b" /Decode [1 0 1 0 1 0 1 0]" if image.mode == "CMYK" else b""
    )  # Pillow writes CMYK inverted, as Adobe does
    return b"/ColorSpace " + space + b" /BitsPerComponent 8 /Filter /DCTDecode" + decode, encoded(image, "JPEG")


def fax_data(image: Image.Image) -> bytes:
    """The page in black and white as CCITT group 4 data, 1 for black."""
    # Pillow counts white as the black runs of the code; the page is turned to its negative for that.
    black = image.convert("L").point(lambda value: 255 * (value <= 140)).convert("1")
    data = encoded(black, "TIFF", compression="group4", strip_size=1 << 30)
    tags = Image.open(io.BytesIO(data)).tag_v2  # type: ignore[attr-defined]
    (offset,), (length,) = tags[273], tags[279]
    return data[offset : offset + length]


def fax_stream(image: Image.Image) -> tuple[bytes, bytes]:
    """A CCITT picture for `pdf_of`."""
    parms = b"<< /K -1 /Columns %d /Rows %d /BlackIs1 false >>" % image.size
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms " + parms
    return entries, fax_data(image)


def jbig2_stream(image: Image.Image) -> tuple[bytes, bytes]:
    """A JBIG2 picture for `pdf_of`: one generic region that holds the fax data (MMR, ITU-T T.88 6.2.6)."""
    width, height = image.size
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0x00, 0)
    page = struct.pack(">IBBBI", 0, 0x30, 0, 1, len(info)) + info
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + fax_data(image)
    body = struct.pack(">IBBBI", 1, 0x26, 0, 1, len(region)) + region
    return b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", page + body
