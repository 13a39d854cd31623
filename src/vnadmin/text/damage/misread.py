"""Marks that an OCR program misread all over a text: `Pháp ché`, `dé báo cáo`, `quy đinh`."""

from __future__ import annotations

from collections import Counter

from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_READ = (
    6000  # characters: the longer a text, the more pairs differ in their marks and are right (`quy định`, `quý định`)
)
_FEWEST = 5  # pairs that differ; fewer are misprints
_SHARE = 60  # of 720 texts that people typed the worst has one pair in 66, of eleven that OCR read nine have one in 57 or more
# Two words in small letters: names differ in nothing but their marks (`xã Quảng`, `xã Quang`)
_PAIR = pattern(r"(?<!\w)(\p{Ll}++) (?=(\p{Ll}++)(?!\w))")


def has_misread_marks(text: str, bare: str) -> bool:
    """Whether a text spells the same two words now with these marks, now with others, again and again.

    Each spelling may be right by itself (`dé` is a syllable); that both stand for one phrase tells that no person wrote it.
    `bare` is the same text without its marks, letter by letter.
    """
    spellings: dict[str, Counter[tuple[str, str]]] = {}
    for match in _PAIR.finditer(text, 0, _READ):
        pair = match[1], match[2]
        if not (pair[0].isascii() and pair[1].isascii()):
            spellings.setdefault(bare[match.start() : match.end(2)], Counter())[pair] += 1
    pairs = misread = 0
    for found in spellings.values():
        pairs += found.total()
        if len(found) > 1:
            right = [count for pair, count in found.items() if all(map(is_syllable, pair))]
            misread += sum(right) - max(right, default=0)
    return misread >= _FEWEST and misread * _SHARE >= pairs
