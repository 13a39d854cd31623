"""Recognises page pictures (PNG, JPEG, TIFF, WebP, BMP, GIF, HEIC), which need OCR."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import NoTextLayer
from vnadmin.layout.page import SourceDocument

_HEADS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",  # JPEG
    b"II*\x00",  # TIFF, little end first
    b"MM\x00*",
    b"II+\x00",  # BigTIFF
    b"MM\x00+",
    b"GIF87a",
    b"GIF89a",
)

_HEIF = frozenset({b"ftypheic", b"ftypheix", b"ftypheim", b"ftypheis", b"ftypmif1"})


def sniff_image(data: bytes) -> bool:
    """Whether these bytes are a picture that may hold a page."""
    if data.startswith(_HEADS):
        return True
    if is_heif(data):
        return True
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    # "BM" is also two letters of text: the two reserved words of a bitmap's head are zero.
    return data.startswith(b"BM") and data[6:10] == bytes(4) and len(data) > 26


def is_heif(data: bytes) -> bool:
    """A photograph as telephones take it (.heic)."""
    return data[4:12] in _HEIF


def read_image(data: bytes, config: Config) -> SourceDocument:
    """Refuse: a picture has no text that can be read without OCR.

    Raises:
        NoTextLayer: always.
    """
    raise NoTextLayer("The input is a picture of a page.")
