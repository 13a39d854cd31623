"""Tells the format of a file by its first bytes, not by its name, and no reader is loaded for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from vnadmin.source.decoding import decode, is_text
from vnadmin.source.odf.names import MIME

_NO_TEXT = (".pdf", ".docx", ".doc", ".odt", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".heic")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a container of Office before 2007 begins
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a protected .docx inside an OLE file
HTML_HEAD = 4096  # bytes in which a page shows what it is
_HEAD = 4096  # the same of .odt and hOCR
_ALTO_HEAD, _TEXT_HEAD = 2048, 512
_FIRST_TAG = regex.compile(
    rb"\s*+(?:<!--.{0,2000}?-->\s*+|<\?xml[^>]{0,200}\?>\s*+)*+"
    rb"<(!doctype\s++html|html|head|body|meta|title|div|table|p|center|font|span|h[1-6])\b",
    regex.IGNORECASE | regex.DOTALL,
)
_WHOLE = (b"html", b"head", b"body", b"meta", b"title")
_HTML_SAMPLE, _TEXT_SAMPLE = 20_000, 1 << 16
_PARTING = re.compile(rb"<(?:p|br|div|td|th|li|h[1-6])\b", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:p|div|td|th|li|h[1-6])>|<br ?/?>", re.IGNORECASE)
_WRAPPED, _FEWEST = 12, 5  # lines of a wrapped paragraph of HTML; tags of a piece that are all closed
_NESTED = 6  # elements within one another
_EMPHASIS = re.compile(rb"\*\*|\\[.-]")  # "**NGHỊ QUYẾT**", "1\." between the tables that pandoc leaves as HTML
_MHTML = re.compile(rb"(?:^|\n)MIME-Version:", re.IGNORECASE)
_MULTIPART = re.compile(rb"Content-Type:\s*+multipart/related|Content-Type:\s*+text/html", re.IGNORECASE)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<\?xml\b")  # of a format that no reader took
_LEAST_RUN = 60  # characters of a line of base64
_INK = bytes(0x20 if bytes([code]).isspace() else ord("x") for code in range(256))
# on one line, or over lines of one length: "data:image/png;base64,iVBOR..."
_PICTURE = re.compile(
    rb"data:[\w/+.-]{1,60}+;base64,\s?+[A-Za-z0-9+/=\\]*+(?:\r?\n[A-Za-z0-9+/]{60,}+={0,2})*+"
    rb"(?:\r?\n[A-Za-z0-9+/]{1,59}+={0,2}(?=\s?[\"')]))?+"
)
_BASE64 = re.compile(rb"(?=[0-9]{0,59}[A-Za-z])[A-Za-z0-9+/]{60,}+={0,2}")


def is_misnamed(name: str, media_type: str) -> bool:
    """Whether a file that is a plain text is named as one that is none: an error page saved as `cong-van.pdf`."""
    return media_type in ("text/plain", "text/markdown") and name.lower().endswith(_NO_TEXT)


def sniff_odf(data: bytes) -> bool:
    """A zip whose first entry is the name of the format, as the standard asks; or the one XML file of .fodt."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return head.startswith(b"mimetype", 30) and head.find(MIME, 38, 120) >= 0
    return b"<office:document" in head and MIME in head


def sniff_docx(data: bytes) -> bool:
    """A zip with parts of Office, or an OLE file that holds an encrypted one."""
    if data.startswith(OLE):
        near = 1 << 20
        return data.find(_ENCRYPTED, 0, near) >= 0 or data.find(_ENCRYPTED, max(near - 64, len(data) - near)) >= 0
    return data.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in data or b"word/" in data)


def sniff_doc(data: bytes) -> bool:
    """An OLE container; what it holds is told when it is read, so that an .xls gets a clear answer."""
    return data.startswith(OLE)


def sniff_rtf(data: bytes) -> bool:
    """RTF opens with `{\\rtf`, seen also after a byte order mark or blank lines."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt")


def sniff_hocr(data: bytes) -> bool:
    """Whether these bytes are hOCR: HTML whose head or first page says so."""
    return _is_markup(data[:_HEAD], (b"ocr-system", b"ocr_page"))


def sniff_alto(data: bytes) -> bool:
    """Whether these bytes are ALTO of any version."""
    return _is_markup(data[:_ALTO_HEAD], (b"<alto", b":alto"))


def _is_markup(head: bytes, marks: Iterable[bytes]) -> bool:
    """Whether the first bytes of a file open markup that holds one of these marks."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" and any(mark in head for mark in marks)


def sniff_html(data: bytes) -> bool:
    """A page or a piece of one, or MHTML; the first tag decides."""
    head = data[:HTML_HEAD]
    if is_mhtml(head):
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = decode(head).encode()
    opening = _FIRST_TAG.match(head.removeprefix(b"\xef\xbb\xbf"))
    if not opening or not is_text(data):
        return False
    return opening[1].lower().startswith((b"!doctype", *_WHOLE)) or _is_dense(without_pictures(data)[:_HTML_SAMPLE])


def is_mhtml(head: bytes) -> bool:
    """Whether a page was saved by a browser as a mail, its pictures with it."""
    return b"mime-version:" in head.lower() and _MHTML.search(head) is not None and _MULTIPART.search(head) is not None


def _is_dense(sample: bytes) -> bool:
    """Whether tags part the lines of a piece without `<html>`: Markdown may open with `<div align="center">`, too."""
    tags = len(_PARTING.findall(sample))
    lines = sum(1 for line in sample.split(b"\n") if line.strip())
    if tags * 2 >= lines:
        return True
    closed = len(_CLOSING.findall(sample))
    left_open = _NESTED if len(sample) == _HTML_SAMPLE else 0  # where the sample ends inside a table
    return (
        _WRAPPED * tags >= lines
        and tags - left_open <= closed <= tags
        and closed >= _FEWEST
        and not _EMPHASIS.search(sample)
    )


def without_pictures(data: bytes) -> bytes:
    """Text without the pictures that a converter wrote into it: `![](data:image/png;base64,iVBOR...)`."""
    return _PICTURE.sub(b"", data) if b";base64," in data else data


def sniff_text(data: bytes) -> bool:
    """Text in any encoding: hardly a control character, no beginning of a known binary format, no XML, no base64."""
    return (
        is_text(data)
        and not _MARKUP.match(data[:_TEXT_HEAD])
        and not _is_encoded(without_pictures(data)[:_TEXT_SAMPLE])
    )


def _is_encoded(sample: bytes) -> bool:
    """Whether most of it is a file written in base64: long runs of its letters, without a blank."""
    if b"x" * _LEAST_RUN not in sample.translate(_INK):  # nearly all prose
        return False
    long = [word for word in sample.split() if len(word) >= _LEAST_RUN]
    return 2 * sum(len(run) for word in long for run in _BASE64.findall(word)) > len(sample)
