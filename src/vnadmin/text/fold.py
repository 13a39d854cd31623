"""Folds that map one character to one character, so that a match on folded text is already a position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that look alike in real official text: Icelandic eth and African D for Đ (Word copies),
# Cyrillic capitals ("157/2025/TT-BTС" with U+0421 stands in official pages).
LOOKALIKES = {
    "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ",
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y",
}  # fmt: skip
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'"}
BLANKS = (
    "\t\n\r\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_SYMBOLS = {**LOOKALIKES, **dict.fromkeys(DASHES, "-"), **_QUOTES, **dict.fromkeys(BLANKS, " ")}
_SYMBOL = re.compile(f"[{re.escape(''.join(_SYMBOLS))}]")
_PRINT = str.maketrans(LOOKALIKES)

# Old and new tone placement ("hòa" and "hoà") fold to one: the tone moves to the second vowel, two letters stay two.
_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONED = re.compile("[òóỏõọùúủũụ][aey]")
_LINE, _KNOWN = 400, 256  # characters of a line, and how many lines: each stage asks about the same ones
_PIECE = 16384  # characters folded at once: what fits the processor's cache is replaced several times as fast


_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
CAPITALS = "A-ZĐÐƉА-Я" + _LETTERS.upper()
"""The capitals of Vietnamese, and those that look alike, for a class of a pattern: `re` knows no `\\p{Lu}`."""
SMALL = "a-z" + _LETTERS
"""The small letters of Vietnamese, likewise."""
_OTHER = re.compile(rf"[^\x00-\x7f{_LETTERS}{_LETTERS.upper()}]")  # neither a letter of Vietnamese nor ASCII


def fold(text: str) -> str:
    """Lower case, look-alikes, dashes, quotes, white space and tone placement made one; `len` is kept.

    Diacritics stay: `fold("QUYẾT ĐỊNH – Ủy\\nban") == "quyết định - uỷ ban"`.
    """
    if len(text) <= _LINE:
        return _folded_line(text)
    return _folded(text) if len(text) <= _PIECE else "".join(map(_folded, _pieces(text)))


def _folded(text: str) -> str:
    text = _evened(text)
    for old in set(_TONED.findall(text)):  # tones on the second vowel
        text = text.replace(old, _TONES.get(old, old))
    return text


_folded_line = lru_cache(maxsize=_KNOWN)(_folded)


def _evened(text: str) -> str:
    """Symbols made one, and lower case."""
    for old in set(_SYMBOL.findall(text)):
        text = text.replace(old, _SYMBOLS[old])
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)  # "İ".lower() is two characters


def strip_marks(text: str) -> str:
    """Vietnamese letters without their marks, `đ` as `d`; `len` is kept."""
    if len(text) <= _LINE:
        return _stripped_line(text)
    return _replaced(text) if len(text) <= _PIECE else "".join(map(_replaced, _pieces(text)))


def _stripped(text: str) -> str:
    return _replaced(text) if _OTHER.search(text) else _plain(text)


def _replaced(text: str) -> str:
    """Letter by letter: the longer a text, the sooner done."""
    for old, new in _MARKS.items():  # a tenth of the time of `str.translate`
        if old in text:
            text = text.replace(old, new)
    return text


_stripped_line = lru_cache(maxsize=_KNOWN)(_stripped)


def _plain(text: str) -> str:
    """Text of nothing but ASCII and letters of Vietnamese as ASCII."""
    return unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D").encode("ascii", "ignore").decode()


_MARKS = {char: _plain(char) for char in _LETTERS + _LETTERS.upper()}


def _pieces(text: str) -> Iterator[str]:
    """The text cut behind line ends, never inside a word."""
    start = 0
    while len(text) - start > _PIECE:
        end = text.find("\n", start + _PIECE)
        if end < 0:
            break
        yield text[start : end + 1]
        start = end + 1
    yield text[start:] if start else text


def bare(text: str) -> str:
    """`fold` and `strip_marks` in one: what a search without accents compares."""
    return _bare_line(text) if len(text) <= _LINE else strip_marks(_evened(text))


@lru_cache(maxsize=_KNOWN)
def _bare_line(text: str) -> str:
    return _stripped(_evened(text))  # where a tone stands is nothing once it is stripped


def unusual(text: str) -> set[str]:
    """The characters of a text that are neither ASCII nor letters of Vietnamese: a few signs, where it is one of ours."""
    return set(_OTHER.findall(text))


def mend_lookalikes(text: str) -> str:
    """The text with look-alike letters replaced (`Ð` to `Đ`, Cyrillic `С` to `C`), case and all else kept."""
    return text.translate(_PRINT)


def collapse(text: str) -> str:
    """White space runs as one space, ends trimmed: how a value is copied out of the canonical text."""
    return " ".join(text.split())
