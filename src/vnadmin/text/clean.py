"""Cleans a line of outside text before it enters the canonical text: what is not seen, and what only hostile files hold."""

from __future__ import annotations

from vnadmin.text.compose import nfc
from vnadmin.text.fold import BLANKS
from vnadmin.text.pattern import pattern

# What has no width and steers how text is shown: soft hyphen, joiners, marks, overrides and isolates of direction, tags.
_ZERO_WIDTH = dict.fromkeys(
    [
        *map(ord, "\u00ad\u061c\u180e\ufeff\ufffe\uffff"),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
        *range(0xE0100, 0xE01F0),
    ]
)
# What shows letters and figures in another order than they stand in: marks, embeddings, overrides and isolates from
# right to left. "ngày \u202e12" is seen as "ngày 21".
_TURNS = pattern("[\u061c\u200f\u202b\u202e\u2067]")
_BLANKS = dict.fromkeys(map(ord, BLANKS), " ")
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)])
_CLEAN = {**_ZERO_WIDTH, **_CONTROLS, **_BLANKS}
# A tone mark that a PDF set as a character of its own, after a space: "hai ̀" (domain.md 11.3).
_LOOSE_MARK = pattern(r"(?<=[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ]) +(?=[\u0300\u0301\u0303\u0309\u0323])")
# Patterns of fields take any number of blanks in several places, which is their number squared and cubed on a line of
# nothing else: no gap in the canonical text is wider than this, and the widest that a typist left a meaning in is not.
_WIDEST = " " * 40
_WIDER = pattern(rf"(?<! ){_WIDEST} +")


def is_turned(text: str) -> bool:
    """Whether signs in a line of outside text make it seen in another order than it is written."""
    return not text.isprintable() and _TURNS.search(text) is not None


def clean(text: str) -> str:
    """One line of outside text as it enters the canonical text: NFC, plain blanks, no controls or surrogates."""
    if not text.isprintable():  # all that the table knows is not printable, so nearly every line is spared
        text = text.translate(_CLEAN)
    if _WIDEST in text:
        text = _WIDER.sub(_WIDEST, text)
    if not text.isascii():
        if "\u0300" in text or "\u0301" in text or "\u0303" in text or "\u0309" in text or "\u0323" in text:
            text = _LOOSE_MARK.sub("", text)
        text = nfc(text)
    return text.strip()
