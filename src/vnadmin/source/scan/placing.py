"""Places the words of an OCR reading as a text layer's words stand: lines level, junk aside, tables found."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from vnadmin.genre.bullet import bullet_end, bullets
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import number_label, subject_label
from vnadmin.genre.marker import MarkerKind, is_label, marker_of_text
from vnadmin.layout.page import Box
from vnadmin.layout.placed.geometry import PlacedPage, PlacedWord, Segment, segment_of
from vnadmin.ocr.reading import PageReading, ReadLine
from vnadmin.ocr.vote import misspelt
from vnadmin.source.scan.arrival import arrival_lines
from vnadmin.source.scan.mending.listed import unsure
from vnadmin.source.scan.mending.signature import mend_page
from vnadmin.source.scan.pages import PageResult
from vnadmin.text.fold import bare, fold

_TYPED_KEY = 1_000_000  # keys of words that no engine read, above all others
_WIDE_GAP = 2.0  # of a line's height: what stands further apart need not have one baseline
_JUNK = 0.5  # mean confidence of lines that say nothing: margin strokes, edges of seals, shadows
_DOUBTED = 0.75  # the same for lines without a word
_SURE = 0.93  # the same for lines of up to three letters: what is left of signatures
_WATERMARKS = ("luatvietnam", "thuvienphapluat", "vanbanphapluat")
_LARGEST = 1.5  # of the page's usual size: titles are 14 pt where the body is 13
_TILTED = 3.0  # of the page's usual size
_STAMP = 14  # letters
_SCRAP = 3  # letters at most: fewer than a word that stands alone has
_BLANK = 2.5  # points between words, at least
_STRIP = 1.28  # height of a detected strip as a multiple of the type's size
_ASCENT, _DESCENT = 0.89, 0.22  # Times New Roman, as shares of its size
_MARKERS = frozenset(MarkerKind)
_UPPER_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """Something filled in: its own box, and the boxes of its word and of the word before it."""

    box: Box
    word_box: Box | None
    after_box: Box | None


@dataclass(frozen=True, slots=True)
class PlacedScan:
    """A page ready to be laid out. `boxes` are where the words (by key) stand on the picture, slope and all."""

    page: PlacedPage
    boxes: dict[int, Box]
    marks: tuple[PlacedMark, ...]
    noise: tuple[ReadLine, ...]
    arrival: tuple[ReadLine, ...] = ()


def place(result: PageResult) -> PlacedScan:
    """Place the words of a page that was read."""
    from vnadmin.source.pdf.annotations import insert
    from vnadmin.source.pdf.tables import grids

    reading = result.reading
    if reading is None:
        raise ValueError("the page was not read")
    usual = _usual_size(reading)
    filled = frozenset(mark.line for mark in result.marks)
    mended = mend_page(reading.lines, reading.height, first=result.number == 1, untouched=filled, seals=reading.seals)
    words: list[PlacedWord] = []
    boxes: dict[int, Box] = {}
    noise: list[ReadLine] = list(mended.dropped)
    watermarks: list[Segment] = []
    apart = _lists_apart(reading.lines)
    stamp = arrival_lines(apart, reading.height) if result.number == 1 else frozenset()
    stamped = {apart[index].box for index in stamp}
    for index in _order(mended.lines):
        line = mended.lines[index]
        if (
            index in stamp and index < len(reading.lines)
        ) or line.box in stamped:  # lines that were parted stand behind
            continue
        doubted = index not in filled and index not in mended.kept
        if index in mended.scraps or (doubted and (_is_noise(line) or _is_tilted(line, usual))):
            noise.append(line)
            continue
        line, strokes = _without_strokes(line, stamped) if index not in filled else (line, ())
        noise += [stroke for stroke in strokes if stroke.box not in stamped]
        placed = _level(line, reading, usual, len(boxes))
        if _is_watermark(line):
            watermarks.append(segment_of(placed))
            continue
        words += placed
        boxes.update((word.key, read.box) for word, read in zip(placed, line.words, strict=True))
    typed = [word._replace(key=_TYPED_KEY + index) for index, word in enumerate(result.typed.words)]
    words = insert(words, typed)
    tables = grids(list(result.rules))
    page = PlacedPage(
        result.number, reading.width, reading.height, words, grids=tables, watermarks=watermarks, method="ocr"
    )
    arrival = tuple(apart[index] for index in sorted(stamp))
    return PlacedScan(page, boxes, tuple(_marks(result, reading)), tuple(noise), arrival)


def _lists_apart(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines, and behind them as lines of their own what an engine that knows no columns joined to entries of a list."""
    out = list(lines)
    for index, line in enumerate(lines):
        parts, listed = _stretches(line)
        if listed:
            out[index] = replace(line, words=tuple(word for part in parts[listed:] for word in part.words))
            out += parts[:listed]
    return out


def _stretches(line: ReadLine) -> tuple[list[ReadLine], int]:
    """The stretches of a line without a wide gap, and which of them is the last that opens with a bullet (0: none does)."""
    if line.middle is not None:
        return [line], 0
    parts = [replace(line, words=line.words[start:end]) for start, end in _runs([word.box for word in line.words])]
    return parts, max((at for at, part in enumerate(parts) if part.words[0].text in bullets()), default=0)


def _without_strokes(line: ReadLine, stamped: AbstractSet[Box]) -> tuple[ReadLine, Sequence[ReadLine]]:
    """A line without what an engine that knows no columns joined to it, and these scraps.

    What stands apart in a line of the header is a speck of the margin, or a hand's figures in a stamp left of the list
    of addressees: "12/2/25      - Sở Nội vụ". Below the header each stretch is a line by now. What opens an entry and is
    none of the stamp's is kept ("- BGH;", "Số: 15"); where anything was dropped no word of the list is sure.
    """
    parts, listed = _stretches(line)
    if len(parts) == 1:
        return line, ()
    strokes = [
        part for part in parts[:listed] if part.box in stamped or (_is_scrap(part.text) and not _opens_entry(part.text))
    ]
    scraps = [part for part in parts if part in strokes or _is_speck(part)]
    kept = [word for part in parts if part not in scraps for word in part.words]
    if strokes:
        kept = [word._replace(confidence=unsure(word)) for word in kept]
    return (replace(line, words=tuple(kept)), scraps) if kept else (line, ())


def _is_speck(part: ReadLine) -> bool:
    return _is_scrap(part.text) and not any(map(str.isdigit, part.text)) and _confidence(part) < _JUNK


def _is_scrap(text: str) -> bool:
    """Whether a text holds no word, figures though it may, and no marker: "a)", "II"."""
    return sum(map(str.isalpha, text)) <= _SCRAP and not _is_marker(text)


def _opens_entry(text: str) -> bool:
    """Whether a text of few letters says something all the same: "- BGH;", "Số: 15", "1."."""
    if bullet_end(text):
        return _is_short_name(text)
    return bool(number_label(fold(text)) or subject_label(fold(text)) or marker_of_text(text, _MARKERS))


def _is_short_name(text: str) -> bool:
    """Two or three capitals behind a bullet: "- BGH;"."""
    return 1 < sum(map(str.isalpha, text)) <= _SCRAP and in_capitals(text[bullet_end(text) or len(text) :])


def _is_marker(text: str) -> bool:
    core = text.strip(".-/() ")
    return is_label(core) and (core != text or in_capitals(core))  # "n" alone is a stroke of a pen


def _order(lines: Sequence[ReadLine]) -> list[int]:
    """The order in which lines are handed on: first those that open a row, then the second of each row, and so on.

    Layout takes words that follow each other for one line up to a wide gap; what the detector holds apart
    ("HỎA TỐC" beside "Kính gửi: ...", agency beside motto) must not follow each other.
    """
    nth: list[int] = []
    for index, line in enumerate(lines):
        box = line.box
        before = lines[index - 1].box if index else None
        beside = before is not None and before.x1 <= box.x0 and min(before.y1, box.y1) > max(before.y0, box.y0)
        nth.append(nth[-1] + 1 if beside else 0)
    return sorted(range(len(lines)), key=lambda index: nth[index])


def _level(line: ReadLine, reading: PageReading, usual: float, first_key: int) -> list[PlacedWord]:
    """The words of a line as if the page lay straight, each with the top and foot that its line has in type."""
    slope = math.radians(reading.skew)
    sin, cos = math.sin(slope), math.cos(slope)
    cx, cy = reading.width / 2, reading.height / 2

    def straight(x: float, y: float) -> tuple[float, float]:
        return cx + (x - cx) * cos + (y - cy) * sin, cy + (y - cy) * cos - (x - cx) * sin

    level: list[Box] = []
    for word in line.words:
        x, y = straight((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2)
        w, h = (word.box.x1 - word.box.x0) / 2, (word.box.y1 - word.box.y0) / 2
        level.append(Box(x - w, y - h, x + w, y + h))
    for index, (box, after) in enumerate(pairwise(level)):
        if box.x0 < after.x0 < box.x1:  # an engine gives "BỘ" of "BỘ Y TẾ" the width of all three
            level[index] = box._replace(x1=max(box.x0, after.x0 - _BLANK))
    out: list[PlacedWord] = []
    for start, end in _runs(level):
        texts = [word.text for word in line.words[start:end]]
        if line.middle is not None and line.height is not None:
            # The strip in which the detector found the line: all its words stand on one level, whatever their boxes.
            sizes = sorted(_sizes(level[start:end], texts))
            size = min([*sizes[len(sizes) // 4 : len(sizes) // 4 + 1], line.height / _STRIP, _LARGEST * usual])
            middle = straight(*line.middle)[1]
            top, foot = middle - (_ASCENT + _DESCENT) / 2 * size, middle + (_ASCENT + _DESCENT) / 2 * size
        else:
            top, foot = _extent(level[start:end], texts, usual)
        for index in range(start, end):
            box, word = level[index], line.words[index]
            confidence = None if math.isnan(word.confidence) else word.confidence
            out.append(PlacedWord(word.text, box.x0, top, box.x1, foot, first_key + index, confidence))
    return out


def _runs(level: Sequence[Box]) -> list[tuple[int, int]]:
    """Stretches without a wide gap."""
    height = median(box.y1 - box.y0 for box in level)
    cuts = [0]
    cuts += [i for i in range(1, len(level)) if level[i].x0 - level[i - 1].x1 > _WIDE_GAP * height]
    return list(zip(cuts, [*cuts[1:], len(level)], strict=True))


def _extent(level: Sequence[Box], texts: Sequence[str], usual: float) -> tuple[float, float]:
    """Top and foot of a line of type, from the baseline and the size that its words' letters tell.

    An engine's box hugs the letters ("01" is half as tall as "Quỹ"), or takes in specks and parts of the next line; a
    text layer's reaches from ascender to descender of its font, and layout compares such boxes. Figures tell nothing
    beside letters: a hand wrote them as low as it liked.
    """
    lettered = [i for i, text in enumerate(texts) if any(map(str.isalpha, text))] or range(len(texts))
    level, texts = [level[i] for i in lettered], [texts[i] for i in lettered]
    sizes = sorted(_sizes(level, texts))
    size = min(sizes[len(sizes) // 4], _LARGEST * usual) if sizes else usual
    baselines = []
    for box, text in zip(level, texts, strict=True):
        above, below = _reach(text)
        if above and (box.y1 - box.y0) / (above + below) <= 1.25 * size:
            baselines.append(box.y1 - below * size)
    if not baselines:
        middle = median((box.y0 + box.y1) / 2 for box in level)
        baselines.append(middle + (_ASCENT - _DESCENT) / 2 * size)
    baseline = median(baselines)
    return baseline - _ASCENT * size, baseline + _DESCENT * size


def _sizes(level: Sequence[Box], texts: Sequence[str]) -> list[float]:
    """The size of type that each word's box tells."""
    reaches = (_reach(text) for text in texts)
    return [(box.y1 - box.y0) / (above + below) for box, (above, below) in zip(level, reaches, strict=True) if above]


def _usual_size(reading: PageReading) -> float:
    """The size of most of a page's type."""
    sizes = [
        size
        for line in reading.lines
        for size in _sizes([word.box for word in line.words], [word.text for word in line.words])
    ]
    return median(sizes) if sizes else 12.0


@lru_cache(maxsize=4096)
def _reach(text: str) -> tuple[float, float]:
    """How far letters reach above and below the baseline, as shares of the type's size; (0, 0) for mere dashes."""
    above = below = 0.0
    for char in unicodedata.normalize("NFD", text):
        if char in _UPPER_MARKS:
            above = above + 0.17 if above < 0.8 else above
        elif char == "\u0323":
            below = max(below, 0.2)
        elif char.isupper() or char.isdigit() or char in "bdđfhklt/()":
            above = max(above, 0.67)
        elif char.isalpha():
            above = max(above, 0.45)
        if char in "gpqyj,;()/Q":
            below = max(below, 0.2)
    return above, below


def _is_noise(line: ReadLine) -> bool:
    """Whether a line says nothing: no letters, or letters that no reader was sure of."""
    text = line.text
    letters = sum(map(str.isalnum, text))
    if not letters:
        return text.strip() not in bullets()
    confidence = _confidence(line)
    if math.isnan(confidence):
        return False
    if confidence < _JUNK:
        return True
    if _is_short_name(text):
        return False
    core = text.strip(".-/() ")
    if letters <= _SCRAP and not core.isdigit() and not _is_marker(text):
        return confidence < _SURE or misspelt(text) or (any(map(str.isdigit, core)) and not core.isalnum())
    return confidence < _DOUBTED and not any(map(str.isdigit, text)) and all(misspelt(w.text) for w in line.words)


def _confidence(line: ReadLine) -> float:
    """The mean of a line's words by their letters; not a number where the engine gave none."""
    sure = [(word.confidence, len(word.text)) for word in line.words if not math.isnan(word.confidence)]
    return sum(value * length for value, length in sure) / sum(length for _, length in sure) if sure else math.nan


def _is_tilted(line: ReadLine, usual: float) -> bool:
    """Whether what a detector holds for one short line climbs or is far taller than type: HỎA TỐC in an arrow, aslant."""
    if line.middle is None or sum(map(str.isalnum, line.text)) > _STAMP:
        return False
    return line.box.y1 - line.box.y0 > _TILTED * usual


def _is_watermark(line: ReadLine) -> bool:
    low = bare(line.text).replace(" ", "")
    return len(low) < 40 and any(name in low for name in _WATERMARKS)


def _marks(result: PageResult, reading: PageReading) -> list[PlacedMark]:
    out = []
    for mark in result.marks:
        words = reading.lines[mark.line].words
        out.append(
            PlacedMark(
                mark.box,
                words[mark.word].box if mark.word >= 0 else None,
                words[mark.after].box if mark.after >= 0 else None,
            )
        )
    return out
