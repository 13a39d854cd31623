"""What OCR makes of print: marks misread (`dé báo cáo`, `quy đinh`), strokes of a pen read as signs (`Lưu: VT. ‹`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, pairwise

from vnadmin.text.fold import SMALL, strip_marks
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# Characters: the longer a text, the more pairs differ in their marks and are right (`quy định`, `quý định`)
_READ = 6000
_FEWEST = 5  # pairs that differ; fewer are misprints
# One pair in so many differs: of 720 typed texts at most one in 66, of nine of eleven texts by OCR at least one in 57
_MISREAD_SHARE = 60
# Words in small letters: names differ in nothing but their marks (`xã Quảng`, `xã Quang`)
_WORDS = pattern(rf"(?<!\w)[{SMALL}]++(?!\w)(?: [{SMALL}]++(?!\w))++")


STROKES = "^`°~‹›<>"
"""Signs that a stroke of a pen or the edge of a seal is read as, at the ends of a value."""


def any_marks(words: str) -> str:
    """A pattern for words in small letters with whatever marks: `any_marks("để")` finds `để`, `dé` and `đế`."""
    return "".join(_LIKE.get(letter, letter) for letter in strip_marks(words))


_LIKE = {plain: f"[{plain}{''.join(one for one in SMALL if one != plain == strip_marks(one))}]" for plain in "adeiouy"}


def has_misread_marks(text: str) -> bool:
    """Whether a text spells the same two words now with these marks, now with others, again and again.

    Each spelling may be right by itself (`dé` is a syllable); that both stand for one phrase tells that no person wrote it.
    """
    runs = _WORDS.findall(text, 0, _READ)
    counts = Counter(chain.from_iterable(map(pairwise, map(str.split, runs))))
    plain = strip_marks("\n".join(map(" ".join, counts))).split("\n")
    if len(set(plain)) == len(plain):
        return False
    written = Counter(plain)
    spellings = defaultdict(list)
    for letters, pair in zip(plain, counts, strict=False):
        if written[letters] > 1:  # hardly any
            spellings[letters].append(pair)
    misread = 0
    for pairs in spellings.values():
        right = [counts[pair] for pair in pairs if _is_marked(pair) and all(map(is_syllable, pair))]
        misread += sum(right) - max(right, default=0)
    if misread < _FEWEST:
        return False
    return misread * _MISREAD_SHARE >= sum(count for pair, count in counts.items() if _is_marked(pair))


# "quyêt", "quôc", "tôt": a syllable that ends in a stop bears a tone (sắc or nặng)
_UNTONED = pattern(r"(?<!\w)[bcdđghklmnpqrstvx]{0,3}+(?=[aeiouy]*[ăâêôơư])[aăâeêioôơuưy]{1,3}(?:ch|[ctp])(?!\w)")
_UNTONED_END = pattern(r"[ăâêôơư][aăâeêioôơuưy]{0,2}(?:ch|[ctp])(?!\w)")
_LONGEST = 20000  # characters that are looked at


def untoned_stops(text: str) -> frozenset[str]:
    """The words in small letters that lack the tone that their ending asks for, as OCR reads them."""
    if not _UNTONED_END.search(text, 0, _LONGEST):  # nearly every text
        return frozenset()
    return frozenset(word for word in _UNTONED.findall(text, 0, _LONGEST) if is_syllable(word))


def _is_marked(pair: tuple[str, str]) -> bool:
    return not "".join(pair).isascii()
