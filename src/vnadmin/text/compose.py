"""Composes letters (NFC) in time that grows with the text, whatever marks a hostile file piles on one letter."""

from __future__ import annotations

import unicodedata

from vnadmin.text.pattern import pattern

_MOST = 30  # marks on one letter: the bound of Unicode's stream-safe text (UAX #15); Vietnamese has two
_SHORT = 256  # characters: their square is nothing
_MARK = pattern(r"\p{M}")
_CROWD = pattern(rf"(\p{{M}}{{{_MOST}}})\p{{M}}++")


def nfc(text: str) -> str:
    """The text in NFC. Of more than thirty marks in a row the rest is dropped.

    Python sorts the marks of a letter in time that grows with their square: 200,000 of them took half a minute.
    """
    # A crowd longer than the step stands on one of these places at least, so that ordinary text costs a glance.
    if len(text) > _SHORT and _MARK.search(text[:: _MOST + 1]):
        text = _CROWD.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)
