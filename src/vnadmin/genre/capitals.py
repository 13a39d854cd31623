"""Tells what is set in capitals, also where a font of old lost the capitals that bear a mark (`SắC LệNH`)."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import Final

from vnadmin.text.pattern import pattern

_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()
_MOST: Final = 0.85  # of the letters that are asked
_LONG_WORD = pattern(r"\b\p{Lu}{4,}\b")


def capital_share(text: str) -> float:
    """The share of capitals among the letters of a text that may be misread; 0 without a letter."""
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) / letters if letters else 0.0


def in_capitals(text: str) -> bool:
    """Whether words are set in capitals.

    Letters without marks decide, where there are two at least. Of those with marks, which a font may have lost
    ("SắC LệNH", "VIệN"), half as many may be small: "Tổ Số" has as many of them as capitals.
    """
    if text.isupper():
        return True
    plain = text.encode("ascii", "ignore")
    small = len(plain) - len(plain.translate(None, _SMALL))
    if small > (1 - _MOST) * len(plain) and small > 1:  # nearly every line
        return False
    large = len(plain) - len(plain.translate(None, _CAPITALS))
    if large + small < 2:
        return text.upper() == text and any(map(str.isalpha, text))
    if large < _MOST * (large + small):
        return False
    return len(plain) == len(text) or 2 * (sum(map(str.islower, text)) - small) <= large


def holds_word_in_capitals(text: str) -> bool:
    """Whether one word at least is set in capitals that is too long for an abbreviation."""
    return _LONG_WORD.search(text) is not None
