"""A file's name as a terminal or a log may show it: nothing in it moves the cursor, colours or turns the line around."""

from __future__ import annotations

import json
import unicodedata
from typing import Final

# Controls (C0, C1), formats (bidi, zero width), halves of surrogates (bytes that are no UTF-8), ends of lines.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """The text with what is not seen of it as an escape: `\\x1b[31m`, `\\u202e`."""
    if text.isprintable():
        return text
    return "".join(_escape(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def printable_json(text: str) -> str:
    """JSON that means the same, with what is not seen of it as JSON's own escapes; its lines stay."""
    if text.isprintable():
        return text
    return "".join(json.dumps(c)[1:-1] if c != "\n" and unicodedata.category(c) in _UNSEEN else c for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
