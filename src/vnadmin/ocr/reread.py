"""Reads a second time what the layout of the fast engine left out or garbled: a post by a seal, a name under a pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from vnadmin.ocr.missed_lines import Strip, is_convincing, left_out, weight

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels
    from vnadmin.ocr.reading import RawWord

    Line: TypeAlias = list[RawWord]
    Reader: TypeAlias = Callable[[Pixels, float], list[Line]]

Bounds: TypeAlias = tuple[float, float, float, float]
_KEPT = 0.5  # confidence of words that stay whatever a second look says
_LEAST, _SUREST = 0.4, 0.74  # of a second look's words, at least and at most: they make no value certain
_LETTERS = 4  # of a line of a second look
_WEIGHT = 0.5  # per letter: how much of it must be sure syllables
_UNSURE = 0.25  # the same of a stretch of the first reading that is worth a second look
_HEADER = 0.3  # of the page: figures by hand above it are another reader's business
_COLUMN = 2.0  # of a word's height: a wider gap parts columns
_DPI = 300.0  # of a strip: what Tesseract is told


def second_look(
    lines: list[Line],
    grey: Pixels,
    dpi: float,
    readers: Sequence[Reader],
    seals: Sequence[Bounds],
    check: Callable[[], object],
) -> list[Line]:
    """The lines of a level page with those that a second look adds; boxes are pixels of the page.

    Args:
        lines: as they were read with their page.
        grey: the page.
        dpi: its resolution.
        readers: read the picture of one line, in turn until one convinces.
        seals: boxes of seals; what stands within one is the agency's name on it.
        check: called before each line; raises when time is up.
    """
    height = grey.shape[0]
    pieces = [piece for line in lines for piece in _pieces(line)]
    sure = [word for piece in pieces if not _is_unsure(piece, height) for word in piece if _is_sure(word)]
    for strips in left_out(grey, [word[1:5] for word in sure], dpi):
        check()
        words = [word for word in _best(strips, readers) if not any(_is_within(word, other[1:5]) for other in sure)]
        words = _print_in(words)
        if not words:
            continue
        around = _around(words)
        if any(_holds(seal, around) for seal in seals):
            continue
        lines = [[word for word in line if word in sure or not _is_within(word, around)] for line in lines]
        lines.append([word._replace(confidence=min(word.confidence, _SUREST)) for word in words])
    return [line for line in lines if line]


def _best(strips: Sequence[Strip], readers: Sequence[Reader]) -> Line:
    """The reading of a line that holds most print, from no more cuts and readers than can tell better.

    Enough are two readings that agree, one that convinces, and one of too few letters for a line of print. Of 125 lines
    in which the first reader found none, the second found some in one, and that was junk.
    """
    best: Line = []
    said: set[str] = set()
    for nth, reader in enumerate(readers):
        if nth and not _print_in(best):
            break
        for strip in strips:
            words = [_placed(word, strip) for line in reader(strip.pixels, _DPI) for word in line]
            if not words:
                continue
            if weight(_texts(words)) > weight(_texts(best)):
                best = words
            text = " ".join(word.text for word in words)
            if text in said or is_convincing(_texts(words)) or (not nth and _letters(words) < _LETTERS):
                return best
            said.add(text)
    return best


def _print_in(words: Line) -> Line:
    """The words that are not junk, if they are enough for a line of print."""
    kept = [word for word in words if word.confidence >= _LEAST]
    letters = _letters(kept)
    return kept if letters >= _LETTERS and weight(_texts(kept)) >= _WEIGHT * letters else []


def _letters(words: Line) -> int:
    return sum(sum(map(str.isalpha, word.text)) for word in words)


def _placed(word: RawWord, strip: Strip) -> RawWord:
    x0, y0, x1, y1 = strip.box(*word[1:5])
    return word._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def _texts(words: Sequence[RawWord]) -> list[tuple[str, float]]:
    return [(word.text, word.confidence) for word in words]


def _pieces(line: Line) -> Iterator[Line]:
    """A line cut where columns part it."""
    start = 0
    for index in range(1, len(line)):
        if line[index].x0 - line[index - 1].x1 > _COLUMN * (line[index].y1 - line[index].y0):
            yield line[start:index]
            start = index
    yield line[start:]


def _is_sure(word: RawWord) -> bool:
    return word.confidence >= _KEPT and any(map(str.isalnum, word.text))


def _is_unsure(piece: Line, height: int) -> bool:
    """Whether a stretch below the header reads so badly that hardly a syllable of it is sure."""
    letters = _letters(piece)
    return piece[0].y0 > _HEADER * height and weight(_texts(piece)) < _UNSURE * letters


def _is_within(word: RawWord, box: Bounds) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _around(words: Sequence[RawWord]) -> Bounds:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
