"""Joins the words of a line that a damaged text layer or an OCR engine cut: by the gap's width and by spelling."""

from __future__ import annotations

from vnadmin.layout.placed.geometry import LaidLine, PlacedWord
from vnadmin.text.spacing import joins
from vnadmin.text.syllable import is_syllable

_NARROW = 0.06  # of the height: no space looks like this


def mend_line(line: LaidLine) -> None:
    """Join what belongs together: "PH" "Ủ" becomes one word with one box."""
    words = line.words
    if not _looks_cut(words):
        return
    gaps = [0.0]
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        raised = word.y1 < before.y1 - 0.15 * (before.y1 - before.y0)  # the number of a footnote stays apart
        gaps.append(1.0 if raised else (word.x0 - before.x1) / max(before.y1 - before.y0, 1.0))
    together = joins([word.text for word in words], gaps)
    if not together:
        return
    out: list[PlacedWord] = []
    for index, word in enumerate(words):
        out.append(_united(out.pop(), word) if index in together else word)
    line.words = out


def _looks_cut(words: list[PlacedWord]) -> bool:
    """Cheap: whether a gap is narrower than any space, or a short piece is no word."""
    end = float("-inf")
    for text, x0, y0, x1, y1, _, _ in words:
        if x0 - end < _NARROW * (y1 - y0) or (len(text) < 4 and text.isalpha() and not is_syllable(text)):
            return True
        end = x1
    return False


def _united(before: PlacedWord, word: PlacedWord) -> PlacedWord:
    known = [value for value in (before.confidence, word.confidence) if value is not None]
    return PlacedWord(
        before.text + word.text,
        min(before.x0, word.x0),
        min(before.y0, word.y0),
        max(before.x1, word.x1),
        max(before.y1, word.y1),
        before.key,
        min(known) if known else None,
    )
