"""Words with boxes to line segments: what stands on one baseline without a wide gap. No format is known here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vnadmin.layout.page import Box, Cell, Column, Method
from vnadmin.text.fold import bare


class PlacedWord(NamedTuple):
    """A word on a page, in points from the top left corner, in the order in which its source gives it.

    `key` is the source's own handle (the index of a character, an id of an OCR word): nothing here looks into it.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float  # the bottom of the line, about the same for all words on a baseline
    key: int = -1
    confidence: float | None = None


_BEGINNING = 200  # characters of a segment that tell what it is
_USUAL = 20  # characters of a word; longer ones are not worth the memory
_known_word = lru_cache(maxsize=4096)(bare)  # a text has few different words


def _bare_word(word: str) -> str:
    return _known_word(word) if len(word) <= _USUAL else bare(word[:_BEGINNING])


@dataclass(slots=True)
class _Run:
    """Words beside each other on a page, and the box around them."""

    words: list[PlacedWord]
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def text(self) -> str:
        return " ".join([word[0] for word in self.words])

    @property
    def box(self) -> Box:
        return Box(self.x0, self.y0, self.x1, self.y1)


@dataclass(slots=True)
class Segment(_Run):
    """Words on one baseline, left to right, with no gap among them that could part two columns."""

    _bare: str | None = None

    @property
    def bare(self) -> str:
        """How the segment begins, folded and without marks: what furniture and columns are told by."""
        if self._bare is None:
            self._bare = " ".join([_bare_word(word[0]) for word in self.words])[:_BEGINNING]
        return self._bare

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class GridCell(NamedTuple):
    """One cell of a ruled table; a merged cell has the row and column of its first part."""

    row: int
    column: int
    box: Box
    height: int = 1  # rows of the lattice
    width: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on a page."""

    box: Box
    columns: tuple[float, ...]  # left edges of the columns
    cells: tuple[GridCell, ...]


@dataclass(slots=True)
class PlacedPage:
    """One page as its source sees it."""

    number: int
    width: float
    height: float
    words: list[PlacedWord]
    grids: list[Grid] = field(default_factory=list)
    watermarks: list[Segment] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)  # drawn, of a letter's size: letters may be drawn as outlines
    method: Method = "text_layer"


@dataclass(slots=True)
class LaidLine(_Run):
    """A printed line in its place: what a source hands to the DocumentBuilder."""

    page: int
    column: Column = Column.FULL
    cell: Cell | None = None
    starts_paragraph: bool = True
    centred: bool = False
    is_note: bool = False  # of a footnote


_SAME_LINE = 0.5  # share of the lower of two boxes that stands beside the other: raised figures too
# Shares of the height of a line. A space is about 0.25 of it, in a justified line seldom over 0.8.
_NEAR = 64  # segments of a row that are looked at: no printed line has as many parts
_WIDE_GAP = 1.5  # never within a sentence
_TIGHT_GAP = 0.5  # between runs that do not follow each other in the source


def segment_of(words: list[PlacedWord]) -> Segment:
    """The segment that these words make."""
    _, x0, y0, x1, y1, _, _ = words[0]
    for _, left, top, right, low, _, _ in words:
        if left < x0:
            x0 = left
        if top < y0:
            y0 = top
        if right > x1:
            x1 = right
        if low > y1:
            y1 = low
    return Segment(words, x0, y0, x1, y1)


def segments(words: Iterable[PlacedWord]) -> list[Segment]:
    """Join words to segments, top to bottom, in a row left to right.

    Words that follow each other in the source stay together up to a wide gap; others only up to a space's width.
    """
    return [segment for row in rows(_runs(words)) for segment in _joined(row)]


def _runs(words: Iterable[PlacedWord]) -> list[Segment]:
    runs: list[Segment] = []
    group: list[PlacedWord] = []
    x1 = y0 = y1 = 0.0
    for word in words:
        _, left, top, right, low, _, _ = word
        if group:
            height, before = low - top, y1 - y0
            across = (low if low < y1 else y1) - (top if top > y0 else y0)
            together = across >= _SAME_LINE * (height if height < before else before)
            widest = _WIDE_GAP * (height if height > before else before)
            if not (together and -0.5 * height <= left - x1 <= widest):
                runs.append(segment_of(group))
                group = []
        group.append(word)
        x1, y0, y1 = right, top, low
    if group:
        runs.append(segment_of(group))
    return runs


def rows(items: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand on one baseline, each row left to right, rows top to bottom.

    A segment is held against its nearest neighbour in the row, not against the row as a whole: so a page that was
    photographed askew still gives rows, and two columns whose lines stand at different heights do not run together.
    """
    found: list[list[Segment]] = []
    for item in sorted(items, key=lambda item: item.y1):
        for row in reversed(found[-3:]):
            if _stands_in(item, row):
                row.append(item)
                break
        else:
            found.append([item])
    for row in found:
        row.sort(key=lambda item: item.x0)
    return found


def _stands_in(item: Segment, row: list[Segment]) -> bool:
    nearest = row[0] if len(row) == 1 else min(row[-_NEAR:], key=lambda it: max(it.x0 - item.x1, item.x0 - it.x1))
    y0, y1, top, low = item.y0, item.y1, nearest.y0, nearest.y1
    # `min` and `max` written out: each line of a page is held against the three before it, several times over.
    height, before = y1 - y0, low - top
    across = (y1 if y1 < low else low) - (y0 if y0 > top else top)
    if across < _SAME_LINE * (height if height < before else before):
        return False
    if item.x0 >= nearest.x1 or item.x1 <= nearest.x0:
        return True
    # One above the other, if words meet; a figure in a blank of the line ("Số:  12  /UBND") meets none.
    allowed = 0.3 * (item.x1 - item.x0)
    return not any(min(item.x1, word.x1) - max(item.x0, word.x0) > allowed for word in nearest.words)


def _joined(row: list[Segment]) -> list[Segment]:
    """A row with neighbours joined that only a space parts."""
    out: list[Segment] = []
    for item in row:
        if out and item.x0 - out[-1].x1 <= _TIGHT_GAP * min(item.height, out[-1].height):
            out[-1] = join([out[-1], item])
        else:
            out.append(item)
    return out


def join(parts: Sequence[Segment]) -> Segment:
    """One segment of several that stand side by side."""
    if len(parts) == 1:
        return parts[0]
    words = [word for part in parts for word in part.words]
    if any(after.x0 < before.x1 for before, after in pairwise(parts)):
        words.sort(key=lambda word: word.x0)  # figures set into a blank later: "Số: 12 /UBND"
    return Segment(
        words,
        min(part.x0 for part in parts),
        min(part.y0 for part in parts),
        max(part.x1 for part in parts),
        max(part.y1 for part in parts),
    )
