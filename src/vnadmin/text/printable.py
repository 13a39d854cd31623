"""A file's name or a value as a terminal, a page, a table or a log may show it: nothing in it acts or is hidden there."""

from __future__ import annotations

import json
import unicodedata
from typing import Final

from vnadmin.text.pattern import pattern

# Controls (C0, C1), formats (bidi, zero width), halves of surrogates (bytes that are no UTF-8), ends of lines.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# The same, but ends of lines and tabs; a lone return goes back over its line.
_ACTS: Final = pattern(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U000e007f]|\\r(?!\\n)"
)
_NO_NAME: Final = pattern(r"[\t\r\n<>:\"/\\|?*]")  # Windows takes none of these
# What nobody types: controls, signs that turn the order of a line, halves of characters.
_FORGED: Final = pattern(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


def printable(text: str) -> str:
    """The text with what is not seen of it as an escape: `\\x1b[31m`, `\\u202e`."""
    if text.isprintable():
        return text
    return "".join(_escape(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def printable_lines(text: str) -> str:
    """As `printable`, but the text may have lines and tabs."""
    return text if text.isprintable() else _ACTS.sub(lambda found: _escape(found[0]), text)


def file_name(text: str) -> str:
    """A name under which every system and every archive takes a file; empty where nothing is left of it."""
    return _NO_NAME.sub("_", _ACTS.sub("_", text)).strip(" .")


def is_forged(text: str) -> bool:
    """Whether a text that is said to be typed holds what nobody types."""
    return not text.isprintable() and _FORGED.search(text) is not None


def printable_json(text: str) -> str:
    """JSON that means the same, with what is not seen of it as JSON's own escapes; its lines stay."""
    if text.isprintable():
        return text
    return "".join(json.dumps(c)[1:-1] if c != "\n" and unicodedata.category(c) in _UNSEEN else c for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
