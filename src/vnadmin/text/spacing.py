"""Mends damaged spacing: blanks inside words ("PH Ủ"), blanks lost ("CÔNGĐOÀN").

The evidence is Vietnamese spelling (a piece that is no syllable, a joined word that is one) and, where a source knows
places, the width of the gap. Abbreviations and foreign words stay as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import regex

from vnadmin.gazetteer import words
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# In shares of the line's height. Real spaces measured from 0.09 in squeezed lines, mostly 0.25.
_NO_GAP = 0.06
_NARROW = 0.20
# Groups of consonants that begin or end a syllable and are no word: "PH Ủ", "thà nh", "tr ường".
_CLUSTER = pattern(r"(?:ngh|ng|nh|ph|th|tr|ch|kh|gh|qu)", regex.IGNORECASE)
# Pieces of one letter: "S ố", "N ội", "QUYẾT ĐỊN H". The labels of points ("điểm c", "nhóm B") are such letters too.
_LONE = pattern(r"[bcdđghklmnpqrstvx]", regex.IGNORECASE)
_LEADING = pattern(r"[\p{L}\p{M}]+")


# Words that begin with a vowel and do follow a lone letter: "khoản b ở", "điểm c ông".
@cache
def _own_words() -> frozenset[str]:
    return frozenset(words("vowel_words"))


def joins(tokens: Sequence[str], gaps: Sequence[float] | None = None) -> list[int]:
    """The positions of tokens that belong to the token before them.

    `joins(["CHÍNH", "PH", "Ủ"]) == [2]`, `joins(["S", "ố:", "12"]) == [1]`, `joins(["điểm", "c", "ở"]) == []`.

    Args:
        tokens: the words of one line.
        gaps: the white before each token (the first is ignored), in shares of the line's height, where known.
    """
    found = _spread(tokens, gaps) if gaps is not None else []
    if found:
        return found
    trusted = gaps is not None and len(gaps) > 2 and sorted(gaps[1:])[len(gaps) // 2 - 1] > 0.12
    spelled = _letter_spaced(tokens)
    for index in range(1, len(tokens)):
        before, token = tokens[index - 1], tokens[index]
        if index - 1 in found:  # what stands before may have grown
            before = _grown(tokens, found, index - 1)
        if trusted and gaps is not None:
            if gaps[index] < _NO_GAP and _touch(before, token):
                found.append(index)
                continue
            if gaps[index] > _NARROW:
                continue
        if index in spelled or _belongs(before, token):
            found.append(index)
    return found


def _grown(tokens: Sequence[str], found: list[int], index: int) -> str:
    start = index
    while start in found:
        start -= 1
    return "".join(tokens[start : index + 1])


def _spread(tokens: Sequence[str], gaps: Sequence[float]) -> list[int]:
    """Positions in a line set with letters apart, where two widths of white can be told: "C ủA CH ủ Tị CH"."""
    words_of_letters = [token.strip(",.;:") for token in tokens if token[0].isalpha()]
    odd = sum(1 for word in words_of_letters if len(word) == 1 or not is_syllable(word))
    if len(tokens) < 4 or odd < 3 or odd < 0.4 * len(words_of_letters):
        return []
    ordered = sorted(max(gap, 0.02) for gap in gaps[1:])
    ratio, limit = max(
        ((wide / narrow, (wide * narrow) ** 0.5) for narrow, wide in pairwise(ordered)), default=(0.0, 0.0)
    )
    if ratio < 1.8:
        return []
    found = [index for index in range(1, len(tokens)) if gaps[index] < limit]
    joined = [""]
    for index, token in enumerate(tokens):
        if index in found:
            joined[-1] += token
        else:
            joined.append(token)
    parts = [word.strip(",.;:") for word in joined if word and word[0].isalpha()]
    right = sum(1 for word in parts if is_syllable(word))
    return found if right >= 0.7 * len(parts) else []


def _touch(before: str, token: str) -> bool:
    """Whether two tokens without white between them are one: not two words, and no marker before a word."""
    if not before[-1].isalnum() or not (token[0].isalnum() or token[0] in ",.;:)%"):
        return False
    if _is_word(before):  # "ngày 24": a figure set close to a word is no part of it
        return not (_is_word(token) or token[0].isdigit())
    return not (before[-1].isdigit() and _is_word(token))


def _is_word(token: str) -> bool:
    core = token.strip(".,;:!?()[]“”\"'…/-–")
    return len(core) > 1 and is_syllable(core)


def _belongs(before: str, token: str) -> bool:
    """Whether spelling alone shows that two pieces are one word."""
    if len(before) > 6 or not before.isalpha():
        return False
    match = _LEADING.match(token)
    if match is None:
        return False
    piece = match[0]
    if len(before) + len(piece) > 7 or not _case_fits(before, piece) or not is_syllable(before + piece):
        return False
    if _CLUSTER.fullmatch(before):
        return piece.lower() not in _own_words() or before.isupper() == piece.isupper()
    if _LONE.fullmatch(before):
        return not piece.isascii() and piece.lower() not in _own_words() and piece[0].lower() in _VOWELS
    if _CLUSTER.fullmatch(piece) and not before.isascii():
        return True
    return not before.isascii() and not is_syllable(before) and not is_syllable(piece)


_VOWELS = frozenset("aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def _case_fits(before: str, piece: str) -> bool:
    """ "PH Ủ", "S ố", "h ội" can be one word; "ban N" and "Hà Nội" cannot."""
    return piece.islower() or (before.isupper() and piece.isupper())


def _letter_spaced(tokens: Sequence[str]) -> set[int]:
    """Positions within headings set letter by letter: "T H Ô N G B Á O" (four letters in a row at least)."""
    found: set[int] = set()
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and len(tokens[end]) == 1 and tokens[end].isalpha() and tokens[end].isupper():
            end += 1
        if end - start >= 4:
            parts = split_words("".join(tokens[start:end]), least=1)
            position = start
            for part in parts if len(parts) > 1 or is_syllable(parts[0]) else ():
                found.update(range(position + 1, position + len(part)))
                position += len(part)
        start = max(end, start + 1)
    return found


# "43/2025/TT-BYTngày", "579/QĐ-TTgngày": a number and the word after it
_CODE_AND_WORD = pattern(r"(\d[\p{Lu}\d/&.-]*+(?:(?<=TT)g)?+)(?<=/[\p{Lu}\d&-]{2,20}g?)(\p{Ll}{3,7}+)")


# "chức năng,nhiệm vụ"
_COMMA = pattern(r"(\p{L}*\p{Ll})([,;])(\p{L}{2,})[.,;:]?")


@lru_cache(maxsize=4096)
def split_words(token: str, least: int = 2) -> tuple[str, ...]:
    """The syllables of a token in which spaces were lost, or the token alone.

    `split_words("CÔNGĐOÀN") == ("CÔNG", "ĐOÀN")`; a token that is all ASCII ("Internet") is never cut.

    Args:
        token: a word without blanks; punctuation may stand at its ends.
        least: letters that a syllable must have.
    """
    code = _CODE_AND_WORD.fullmatch(token)
    if code and is_syllable(code[2]):
        return code[1], code[2]
    pair = _COMMA.fullmatch(token)
    if pair and not token.isascii() and is_syllable(pair[1]) and is_syllable(pair[3]):
        return pair[1] + pair[2], token[pair.end(2) :]
    match = _LEADING.search(token)
    if match is None or match.end() - match.start() < 3 * least or token.isascii() or is_syllable(match[0]):
        return (token,)
    core = match[0]
    if len(core) > 60 or _LEADING.search(token, match.end()):
        return (token,)
    parts = _fewest(core, least)
    if len(parts) < 2:
        return (token,)
    parts[0] = token[: match.start()] + parts[0]
    parts[-1] += token[match.end() :]
    return tuple(parts)


def _fewest(core: str, least: int) -> list[str]:
    """The word as the fewest syllables, of equal cuts the one whose syllables are most even; [] if there is none."""
    upper = core.isupper()
    size = len(core)
    best: list[tuple[int, int, int] | None] = [None] * (size + 1)  # count, sum of squares, start of the last piece
    best[0] = (0, 0, 0)
    for end in range(1, size + 1):
        for start in range(max(0, end - 7), end - least + 1):
            before = best[start]
            if before is None or (best[end] or (99, 0, 0))[0] < before[0] + 1:
                continue
            piece = core[start:end]
            if not (upper or piece[1:].islower()) or not is_syllable(piece) or _lacks_tone(piece):
                continue
            if not upper and start and core[start].islower() and core[0].isupper() and core[end : end + 1].isupper():
                continue
            candidate = (before[0] + 1, before[1] + len(piece) ** 2, start)
            if best[end] is None or candidate[:2] < best[end][:2]:  # type: ignore[index]
                best[end] = candidate
    parts: list[str] = []
    end = size
    while end:
        step = best[end]
        if step is None:
            return []
        parts.append(core[step[2] : end])
        end = step[2]
    return parts[::-1]


def _lacks_tone(piece: str) -> bool:
    """Whether a syllable that ends in a stop bears no tone: "khut" is none, "huộc" and "cất" are."""
    if not piece.lower().endswith(("p", "t", "c", "ch")):
        return False
    return not any(char in "\u0301\u0323" for char in unicodedata.normalize("NFD", piece))
