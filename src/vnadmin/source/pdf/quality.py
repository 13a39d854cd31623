"""Judges whether the text layer of a page can be used: stamps on a scan and garbled OCR layers cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.motto import lost_letters_of_motto
from vnadmin.layout.page import Box
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_ODD = pattern(r"[\x00-\x1f\ue000-\uf8ff\ufffd]|\(cid:\d++\)")
_LETTERS = pattern(r"\p{L}[\p{L}\p{M}]+")
_FEW = 25  # words: a stamp, a portal's mark, a page number (seen: 3 to 18 words on scanned pages)
_HEADER = 60  # words: agencies and motto
_SCAN = 0.55  # share of a page that a scan's picture covers
# Measured: of real Vietnamese text 0.93 to 0.99 of the words are syllables and 0.60 to 0.80 bear marks; of hidden OCR
# layers made without the language 0.5 to 0.9 and 0.02 to 0.35.
_SYLLABLES = 0.85
_MARKED = 0.45
_SPELLED = 0.6
_ODD_SHARE = 0.05


class PageKind(StrEnum):
    """What a page has to read."""

    TEXT = "text"
    BLANK = "blank"
    SCAN = "scan"  # a picture of the page, with no text layer or one that says nothing
    PICTURE = "picture"  # text drawn as outlines or as small pictures
    GARBLED = "garbled"  # text whose letters are not told: a font without a map to Unicode


def judge(words: Sequence[str], pictures: Iterable[Box], width: float, height: float, paths: int) -> PageKind:
    """The kind of a page, by its words and by what is drawn on it."""
    covered = _covered(pictures, width, height)
    if covered >= _SCAN:
        return PageKind.TEXT if len(words) >= _FEW and is_vietnamese(words) else PageKind.SCAN
    if not words:
        return PageKind.PICTURE if covered > 0.1 or paths > 200 else PageKind.BLANK  # text turned to outlines
    if _broken(words):
        return PageKind.GARBLED
    return PageKind.TEXT


def covers_page(pictures: Iterable[Box], width: float, height: float) -> bool:
    """Whether pictures cover so much of a page that it is a scan."""
    return _covered(pictures, width, height) >= _SCAN


def lost_letters(words: Sequence[str]) -> bool:
    """Whether the header that opens a page lost letters, so that its picture says more than its text."""
    return lost_letters_of_motto(bare(" ".join(words[:_HEADER])))


def is_readable(words: Sequence[str]) -> bool:
    """Whether the words of a page that another reader gave may be taken: the same measure, and spelling too."""
    return not _broken(words) and is_spelled(words)


def is_vietnamese(words: Sequence[str]) -> bool:
    """Whether words are spelled as Vietnamese with its marks, so that a hidden OCR layer can be believed."""
    total = syllables = marked = 0
    for word in words:
        core = _core(word)
        if not core:
            continue
        if core.isascii() and in_capitals(core):
            continue  # an abbreviation
        total += 1
        syllables += is_syllable(core)
        marked += not core.isascii()
    return total > 0 and syllables >= _SYLLABLES * total and marked >= _MARKED * total


def _core(word: str) -> str:
    """The letters of a word, two at least; empty without."""
    if word.isalpha():  # nearly every word
        return word if len(word) > 1 else ""
    match = _LETTERS.search(word)
    return match[0] if match else ""


def is_spelled(words: Sequence[str]) -> bool:
    """Whether enough of the words with letters are syllables of Vietnamese, abbreviations or words of plain ASCII."""
    total = good = 0
    for word, count in Counter(words).items():  # half of a page is said twice
        if core := _core(word):
            total += count
            good += count * (core.isascii() or is_syllable(core))
            if good >= _SPELLED * len(words):  # whatever the others are
                return True
    return total > 0 and good >= _SPELLED * total


def _broken(words: Sequence[str]) -> bool:
    """Whether a font has no map to letters: control signs, private use and replacement characters, or letters at random.

    Seen where the map was lost: `S\x01 GIÁO D\x07C`, and the codes of glyphs read as letters: `Ӫ<%$11+Æ1'Æ1`.
    """
    text = "".join(words)
    odd = len(_ODD.findall(text))
    if odd > _ODD_SHARE * len(text):
        return True
    return len(words) >= _FEW and not is_spelled(words)


def _covered(pictures: Iterable[Box], width: float, height: float) -> float:
    """The share of the page under its pictures; strips of one scan add up, a picture twice counts once."""
    area = 0.0
    for box in set(pictures):
        wide = min(box.x1, width) - max(box.x0, 0.0)
        high = min(box.y1, height) - max(box.y0, 0.0)
        if wide > 0 and high > 0:
            area += wide * high
    return area / (width * height) if width > 0 and height > 0 else 0.0
