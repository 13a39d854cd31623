"""Puts what was mended into the words that were read: each new word stands where the old one stood."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadWord
from vnadmin.source.scan.mending.listed import confidence_of
from vnadmin.source.scan.mending.phrases import Mended


def applied(run: Sequence[ReadWord], mended: Mended) -> tuple[list[ReadWord], list[ReadWord]]:
    """The words of a stretch after mending, and those that were no words of it."""
    words: list[ReadWord] = []
    scraps: list[ReadWord] = []
    for index, (word, text) in enumerate(zip(run, mended.words, strict=True)):
        if text is None:
            scraps.append(word)
        elif index not in mended.changed:
            words.append(word)
        else:
            words += split(word, text.split(" "), confidence_of(word, text))
    return words, scraps


def split(word: ReadWord, texts: Sequence[str], confidence: float) -> list[ReadWord]:
    """One box shared among the words that stand in it ("CHỦTỊCH")."""
    box, total = word.box, sum(map(len, texts))
    out, position = [], 0
    for text in texts:
        x0 = box.x0 + (box.x1 - box.x0) * position / total
        position += len(text)
        x1 = box.x0 + (box.x1 - box.x0) * position / total
        out.append(ReadWord(text, Box(x0, box.y0, x1, box.y1), confidence))
    return out
