"""Bytes to text: byte order marks, UTF-8, UTF-16, and the single-byte encodings of old Vietnamese files."""

from __future__ import annotations

import codecs

from vnadmin.text import legacy

_SAMPLE = 65536  # bytes looked at to tell text from anything else
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python's own codecs that are no character set of any page: they refuse everything, run escapes or unpack names of hosts.
_NO_CHARSETS = frozenset({"undefined", "unicode-escape", "raw-unicode-escape", "idna", "punycode"})
_TEXT_BYTES = bytes([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B, *range(0x20, 0x7F), *range(0x80, 0x100)])
# First bytes of files that are no text, though most of what follows may be: zip, OLE, PDF, RTF, pictures, programs.
_BINARY = (
    b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!",
    b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"\x7fELF", b"MZ\x90",
)  # fmt: skip


def is_text(data: bytes) -> bool:
    """Whether these bytes are text in some encoding: hardly any control characters, no known binary beginning."""
    sample = data[:_SAMPLE]
    if sample.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16(sample):
        return True
    if sample.startswith(_BINARY):
        return False
    nulls = sample.count(0)
    controls = len(sample.translate(None, _TEXT_BYTES)) - nulls
    return controls * 50 <= len(sample) and nulls * 10 <= len(sample)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes that `is_text` accepts. Bytes that mean nothing become U+FFFD; this never raises.

    Args:
        data: the bytes.
        declared: an encoding that the file itself names (HTML `meta charset`); used if it decodes.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _utf16(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and not declared.lower().replace("-", "").startswith("utf"):
        decoded = _declared(data, declared)
        if decoded is not None:
            return decoded
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    if broken * 5 <= high:  # UTF-8 with a few damaged places
        return text
    return _single_byte(data)


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Vietnamese text most characters are below U+0100, so every other byte is often zero."""
    if len(sample) < 8:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 2 > pairs and even * 20 < pairs:
        return "utf-16-le"
    if even * 2 > pairs and odd * 20 < pairs:
        return "utf-16-be"
    return None


def _declared(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            return None
        return data.decode(encoding)
    except (LookupError, UnicodeError):  # "undefined" raises the latter
        return None


def _single_byte(data: bytes) -> str:
    """TCVN3 or VNI where the letters show it, else Windows 1258 (base letter and combining mark)."""
    western = data.decode("cp1252", "replace") if _defined(data) else data.decode("latin-1")
    encoding = legacy.looks_legacy(western)
    if encoding in (legacy.Encoding.TCVN3, legacy.Encoding.VNI):
        return legacy.convert(western, None, encoding)
    return data.decode("cp1258", "replace")


def _defined(data: bytes) -> bool:
    """Whether no byte is one that Windows 1252 leaves undefined."""
    return not any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
