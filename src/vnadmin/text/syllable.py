"""Whether a word is spelled as a Vietnamese syllable: the evidence that a text was decoded rightly."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from vnadmin.text.pattern import pattern

# The rhymes of Vietnamese spelling without tone marks, as one grammar: main vowel, then the codas that it takes.
_RHYME = (
    r"a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?"
    r"|ă(?:c|m|n|ng|p|t)"
    r"|â(?:c|m|n|ng|p|t|u|y)"
    r"|e(?:c|m|n|ng|o|p|t)?"
    r"|ê(?:c|ch|m|n|nh|p|t|u)?"
    r"|i(?:a|ch|m|n|nh|p|t|u)?|iê(?:c|m|n|ng|p|t|u)"
    r"|o(?:c|i|m|n|ng|p|t)?|oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)?|oă(?:c|m|n|ng|t)|oe(?:n|o|t)?|oo(?:c|ng)"
    r"|ô(?:c|i|m|n|ng|p|t)?"
    r"|ơ(?:i|m|n|p|t)?"
    r"|u(?:a|c|i|m|n|ng|p|t)?|uâ(?:n|ng|t|y)|uê(?:ch|nh)?|uô(?:c|i|m|n|ng|t)|uơ|uy(?:a|ch|n|nh|p|t|u)?|uyê(?:n|t)"
    r"|ư(?:a|c|i|m|n|ng|t|u)?|ươ(?:c|i|m|n|ng|p|t|u)"
    r"|yê(?:m|n|ng|t|u)"
)
_ONSET = r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)"
_SYLLABLE = pattern(
    rf"(?:{_ONSET}?(?:{_RHYME})|(?:[bhklmstv]|qu)?y|quy(?:ch|n|nh|t|u|ên|êt|êch)|g(?:i|ì|in)|giê(?:ng|t|c|n|m))"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether the word can be one Vietnamese syllable; case does not matter, a tone may be missing.

    `is_syllable("Nghiêm")`, not `is_syllable("QuyÕt")` (a tilde cannot stand before a final t) or `is_syllable("nhý")`.
    """
    if len(word) > 7:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in parts if char in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if not _SYLLABLE.fullmatch(plain):
        return False
    stopped = plain.endswith(("p", "t", "c", "ch"))
    return not (stopped and tones and tones[0] not in "\u0301\u0323")


_WORD = pattern(r"\w{2,}")
_FIGURES = pattern(r"\d++O\d+")  # "2O26"


def is_spelled(text: str, *, names: bool = False) -> bool:
    """Whether each word in small letters is a syllable, and no figure stands among letters (`trạt`, `2o27`, `1ợi`).

    Words of other languages (`logo`) are none either. With `names` words with a capital are asked too (`Nộì`).
    """
    for match in _WORD.finditer(text):
        word = match[0]
        if _FIGURES.fullmatch(word):
            return False
        if word.isdigit() or word.isupper():
            continue
        if word[0].isdigit() and word[-1].isdigit() and any(map(str.islower, word)):
            return False
        if word[0] == "l" and word[1:].isupper():
            return False  # "quý lV"
        if word[0] == "1" and len(word) > 2 and word[1:].isalpha() and is_syllable(f"l{word[1:]}"):
            return False  # "thủy 1ợi"; "Quốc lộ 1a" is whole
        if word.isalpha() and (word.islower() or (names and word.istitle())) and not is_syllable(word):
            return False
    return True


_TOO_LONG = pattern(r"[a-z]{8,}")


def is_foreign(folded: str) -> bool:
    """Whether two words are longer than a Vietnamese syllable, which has seven letters at most: `Seastar Construction Corporation`."""
    return len(_TOO_LONG.findall(folded)) > 1
