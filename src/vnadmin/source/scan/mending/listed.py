"""Mends the list under `Nơi nhận:` on scans: dashes that were misread or lost, `(để` before a purpose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median

from vnadmin.gazetteer import words as listed
from vnadmin.genre.closing_line import is_filing, opens_list
from vnadmin.ocr.reading import ReadLine, ReadWord
from vnadmin.ocr.vote import misspelt
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

MENDED = 0.6  # most that a mended word's confidence can be: likely, never certain
_LETTERS_SURE = 0.9  # confidence from which the letters of a word are right, whatever its marks
_DEEP = 300.0  # points: the longest list beside a signature
_ASIDE = 12.0  # points by which items may stand left or right of the label
_LEVEL = 3.0  # points: what stands on one edge
_LEAST = 2  # items with a dash, from which the others had one
_DASH = frozenset("-–—")
# '" Lưu:', "/>Cổng", ".Như", "* Các": what a dash before an item is read as; brackets open words
_MISREAD = pattern(r"[^\p{L}\p{N}()\[\]“]{1,2}(?P<rest>\p{L}.*)?")
_UNREAD = 0.6  # confidence of a pen's strokes
_MARK = 3  # letters of a drafter's mark at least
_COPIES = pattern(r"[^\p{L}\p{N}]*\d{1,3}[^\p{L}\p{N}.;]*")  # "35", "¿8"
_BRACKETS = pattern(r"\(\w{1,8}\)\W*$")
_STOP = pattern(r"[.)]\W*(?:\p{L}{1,8}\.?)?$")  # "(3b).", "(2b).An": a drafter's mark may follow it
_SHORTENED = pattern(r"(?<!\p{L})\p{L}\p{Ll}?\.$")  # "P.", "Tr.": the figure after it is a unit's
_FILING = pattern(r"(?P<word>L[uưùúủũụừứửữự]{2})(?P<mark>[:;.,]?)")
# "(đề b/c)", "tể b/c)", "(dễ biết)"
_TO = pattern(r"(?P<open>\(?)[đdtf][êềểễếệ]")


@cache
def _purposes() -> frozenset[str]:
    """First words of what an item is sent for: "báo", "b/c", "thực"."""
    return frozenset(fold(phrase).split()[0] for phrase in listed("purposes"))


def mend_list(lines: Sequence[ReadLine]) -> dict[int, ReadLine]:
    """The lines of a list of recipients that change or that a pen made doubtful, by their indices."""
    label = next((index for index, line in enumerate(lines) if opens_list(bare(line.text))), -1)
    if label < 0:
        return {}
    top = lines[label].box
    below = [
        index
        for index, line in enumerate(lines)
        if index != label and 0 < line.box.y0 - top.y0 < _DEEP and abs(line.box.x0 - top.x0) < _ASIDE
    ]
    dashed = [lines[index] for index in below if _is_dashed(lines[index])]
    has_dashes = len(dashed) >= _LEAST
    edge = median(line.box.x0 for line in dashed) if has_dashes else 0.0
    text = median(line.words[1].box.x0 for line in dashed) if has_dashes else 0.0
    changed: dict[int, ReadLine] = {}
    above = ""
    for index in sorted(below, key=lambda each: lines[each].box.y0):
        line = lines[index]
        words = _purpose_mended(_dashed(line.words, edge, text, above) if has_dashes else line.words)
        above = line.text
        filing = is_filing(bare(" ".join(word.text for word in words).lstrip("-–— ")))
        words = _without_pen((*map(_filing_mended, words[:2]), *words[2:])) if filing else words
        if words != line.words or _is_item(words):
            changed[index] = replace(line, words=words)
        if filing:
            break
    return changed


def _is_dashed(line: ReadLine) -> bool:
    """An item with its dash, or the filing entry, which has one whatever it was read as: "* Lưu: VT"."""
    first, *rest = line.words
    text = " ".join(word.text for word in rest)
    return bool(rest) and (first.text in _DASH or (bool(_MISREAD.fullmatch(first.text)) and is_filing(bare(text))))


def _is_item(words: Sequence[ReadWord]) -> bool:
    """Whether a dash and words stand there, however sure the engine is of them: "- Như trên?" under a pen."""
    return words[0].text in _DASH and len(words) > 2 and not any(misspelt(word.text) for word in words[1:])


def _dashed(words: tuple[ReadWord, ...], edge: float, text: float, above: str) -> tuple[ReadWord, ...]:
    """An item's words with its dash."""
    first = words[0]
    if first.text[0] in _DASH:
        return words
    found = _MISREAD.fullmatch(first.text)
    if found is not None and abs(first.box.x0 - edge) <= 2.7 * _LEVEL:
        if found["rest"] is None:
            return (_doubted(first._replace(text="-")), *words[1:]) if len(words) > 1 else words
        dash, rest = first.box._replace(x1=text - _LEVEL), first.box._replace(x0=text)
        return (ReadWord("-", dash, MENDED), _doubted(first._replace(text=found["rest"], box=rest)), *words[1:])
    lost = abs(first.box.x0 - text) < _LEVEL < text - edge and first.text[0].isupper()
    if lost and above.rstrip().endswith((";", ".", ":")):
        return (ReadWord("-", first.box._replace(x0=edge, x1=text - _LEVEL), MENDED), *words)
    return words


def _purpose_mended(words: tuple[ReadWord, ...]) -> tuple[ReadWord, ...]:
    out = list(words)
    for index in range(1, len(words) - 1):
        found = _TO.fullmatch(words[index].text)
        after = fold(words[index + 1].text).strip("();,.")
        rest = "".join(word.text for word in words[index:])
        if found is not None and ")" in rest and after in _purposes() and (found["open"] or "(" not in rest):
            out[index] = _doubted(words[index]._replace(text="(để"))
    return tuple(out)


def _filing_mended(word: ReadWord) -> ReadWord:
    """The label of the filing entry with its marks: "Lựu:", "Lưư:"."""
    label = _FILING.fullmatch(word.text)
    return word if label is None or label["word"] == "Lưu" else _doubted(word._replace(text=f"Lưu{label['mark']}"))


def _without_pen(words: tuple[ReadWord, ...]) -> tuple[ReadWord, ...]:
    """A filing entry without what a hand wrote behind its stop: the copies ("(3b). 35"), strokes that nobody could read.

    Where these are as long as a word, they may be the drafter's mark in small print, and the entry is likely at best.
    """
    end = len(words)
    while end > 2 and not _BRACKETS.search(words[end - 1].text):
        if words[end - 1].confidence >= _UNREAD and not _COPIES.fullmatch(words[end - 1].text):
            break
        end -= 1
    last = words[end - 1]
    if end == len(words) or not _STOP.search(last.text) or _SHORTENED.search(last.text):
        return words
    marked = any(sum(map(str.isalpha, word.text)) >= _MARK for word in words[end:])
    return (*words[: end - 1], _doubted(last)) if marked else words[:end]


def unsure(word: ReadWord) -> float:
    """The confidence of a word that was mended, or beside which something was dropped."""
    return MENDED if math.isnan(word.confidence) else min(word.confidence, MENDED)


def confidence_of(word: ReadWord, spelt: str) -> float:
    """The confidence of a word that a closed list spells so: its own where it was read surely and marks alone were put right.

    No two names of such a list have the same letters, so that surely read letters tell their marks: `GIÁM ĐÓC`.
    """
    sure = word.confidence >= _LETTERS_SURE and bare(word.text) == bare(spelt)
    return word.confidence if sure else unsure(word)


def _doubted(word: ReadWord) -> ReadWord:
    return word._replace(confidence=unsure(word))
