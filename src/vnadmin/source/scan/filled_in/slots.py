"""Finds the blanks of a printed header (Số: … /, ngày … tháng … năm …) and reads again what was filled into them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, runtime_checkable

import regex

from vnadmin.gazetteer import words as listed
from vnadmin.layout.page import Box
from vnadmin.layout.placed.pictures import Gap
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.filled_in.handwriting import ENOUGH, LineInk, Reading
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

_MOST_LETTERS = 90  # of a line with number or date; the fast engine joins both to one

# Matched on bare text. What is filled in is the group `blank`.
# "Số: 07 /CT-UBND", "Số 07-KH/BTC", "số: 513 /SYT-NVD", "Luật số: ..."; the label also as "S6", "SỐ", "Sá:", "Sé:"
_NUMBER = pattern(
    r"[^\p{L}\d]{0,3}(?:luat )?s[o0a6e]\s?[:;.]?"
    r"(?:(?P<blank>[^\p{L}]{0,10}?)\s*-\s?|(?P<blank>.{0,10}?)\s*/\s?)(?:(?:19|20)\d\d\s?[/\-]\s?)?\p{L}{2}"
)
# "Số: fJKH-VP", "Số: 9307Cđ-Bct": what was filled in ran over the slash, and the symbol begins with a type's code
_SLASHLESS = r"[^\p{L}\d]{0,3}s[o0a6e]\s?[:;.](?P<blank>\s?\S{1,6}?\s?)(?:%s)-\p{L}{2}"  # the codes of the table
# "số 4 /SXD-QLN": a line of its own in the header, whose colon the figures ran over
_COLONLESS = pattern(r"[^\p{L}\d]{0,3}s[o0a6e] ?[^:]{0,10}?/ ?[\p{L}\d&./\-]+")
_TOP = 0.25  # of the page: below it such a line goes on a sentence
_LABEL = pattern(r"s[o0a6e]\s?[:;.]?.{0,8}")
_PERCENT = pattern(r"\d{0,5}%\p{Lu}{2}")  # an eight and the slash after it
# "ngày 04tháng 02 năm 2025", "ngàyIKthángl0năm", "ngày {‡tháng 6 năm 2022"
_DAY = pattern(r"(?<=ngay)(?P<blank>.{0,10}?)(?=thang)")
_MONTH = pattern(r"(?<=thang)(?P<blank>.{0,8}?)(?=nam)")
_FIGURES = pattern(r"\d{1,6}")
# What figures are read as among letters: "l1", "I0", "1]", "443!" were 11, 10, 11 and 4431 (domain.md 2.5)
_CONFUSED = str.maketrans({**dict.fromkeys("lI|]!", "1"), **dict.fromkeys("Oo", "0"), "S": "5", "Z": "2"})
# How far a number must differ from its line where the day was filled in, which is done at one sitting.
_WITH_A_DAY = 1.2
_ODD = pattern(r"[^\d\s.,;:]")
_EDGES = " .,;:_…'\"`|"
# How much three readers of figures weigh: of a network for all letters the logarithm of its probability 1, of the one
# for figures by hand this, of the engine's reading with its line its confidence so many times. Tried on 128 blanks.
_BY_HAND, _READ = 0.5, 2.0
_UNHEARD = 1e-5  # the probability of a reading that a reader does not name
_BESIDE = (0.1, 0.5)  # line heights on both sides that the reader of figures by hand is shown
_AROUND = (0.35, 0.5, 0.65)  # and line heights above and below
_ROOMS = (0.2, 0.45)  # line heights above and below: written figures reach further, printed neighbours less


@runtime_checkable
class DigitReader(Protocol):
    """Reads a short picture as figures alone."""

    def digits(self, grey: Pixels) -> list[tuple[str, float]]:
        """Readings with their probability, likeliest first; an empty reading is one."""
        ...


@runtime_checkable
class HandReader(Protocol):
    """Reads figures by hand among the print beside them."""

    def by_hand(self, grey: Pixels) -> list[tuple[str, float]]:
        """Readings of a strip two line heights tall, with their probability, likeliest first."""
        ...


FigureReader: TypeAlias = DigitReader | HandReader  # an engine is one of them, or both


class InkMark(NamedTuple):
    """Something filled in on a line: the index of its word, or -1 where nothing was read, and of the word before."""

    line: int
    word: int
    after: int
    box: Box
    score: float


class Blanks(NamedTuple):
    """Where blanks are looked for: in the part of a picture from its top, or nowhere but where they are known to be."""

    share: float = 0.0
    known: tuple[Gap, ...] = ()


HEADER = Blanks(0.5)  # of a first page: number and day stand above its middle
NO_BLANKS = Blanks()


class Kind(NamedTuple):
    """A kind of blank: where it is found and what may stand in it."""

    name: str
    pattern: regex.Pattern[str]
    most: int  # the largest value
    figures: int  # the most figures


KINDS = (
    Kind("number", _NUMBER, 999_999, 6),
    Kind("day", _DAY, 31, 2),
    Kind("month", _MONTH, 12, 2),
)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A blank of a line: letters `start` to `end` of its text, points `x0` to `x1` of the page."""

    kind: Kind
    start: int
    end: int
    x0: float
    x1: float
    slashless: bool = False
    sure: bool = False  # print is missing there, so something stands over it


@cache
def _codes() -> str:
    """The codes of types, as alternatives, longer ones first."""
    listed_codes = (*listed("instrument_codes", "code"), *listed("document_types", "code"))
    return "|".join(sorted({regex.escape(bare(code)) for code in listed_codes if code}, key=len, reverse=True))


@cache
def _slashless() -> regex.Pattern[str]:
    return regex.compile(_SLASHLESS % _codes())


@cache
def _symbol() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_codes()})-\p{{L}}{{2}}")


def read_filled(
    picture: PagePicture, reading: PageReading, reader: FigureReader | None = None, share: float = HEADER.share
) -> tuple[PageReading, tuple[InkMark, ...]]:
    """Find what was filled in on the upper part of a page, and set it apart from the print.

    A blank's figures become a word of their own; a reading that is no figures ("1%", "/Q") is dropped, for it is worse
    than none, and its mark says that something stands there. What was printed stays as it was read.

    Args:
        picture: the page, upright.
        reading: what an engine read on it.
        reader: reads figures; without it only what the engine read as figures is kept.
        share: the part of the page, from the top, that is looked at.
    """
    lines = [_slashed(line) for line in _labels_joined(reading.lines)]
    marks: list[InkMark] = []
    wanted = list(KINDS)
    printed: tuple[int, list[_Slot]] | None = None  # the line of a number that looks printed
    for index, line in enumerate(lines):
        box = line.box
        if (box.y0 + box.y1) / 2 > share * reading.height or len(line.text) > _MOST_LETTERS:
            continue
        slots = list(_slots(line, wanted, at_top=box.y1 < _TOP * reading.height))
        if slots:
            # The first number and the first date of a page are its own; later ones are cited.
            found_kinds = {slot.kind.name for slot in slots}
            dated = not found_kinds.isdisjoint(("day", "month"))
            wanted = [k for k in wanted if k.name not in found_kinds and not (dated and k.name in ("day", "month"))]
            lines[index], found = _refill(picture, reading.skew, line, slots, reader)
            marks += (mark._replace(line=index) for mark in found)
            if not found and "number" in found_kinds:
                printed = index, slots
    if printed is not None and marks:
        index, slots = printed
        # What the engine took for print stays as it read it, but no longer counts as print.
        lines[index], found = _refill(picture, reading.skew, lines[index], slots, None, _WITH_A_DAY)
        marks += (mark._replace(line=index) for mark in found)
    return replace(reading, lines=tuple(lines)), tuple(marks)


def _labels_joined(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """A number's label and the symbol that the detector found apart, joined: "Số: hC" + "/CT-BCT"."""
    out: list[ReadLine] = []
    for line in lines:
        before = out[-1] if out else None
        if (
            before is not None
            and line.text[:1] in "/-"
            and regex.fullmatch(r"s[o0a6e]\s?[:;.]?.{0,8}", bare(before.text))
        ):
            left, right = before.box, line.box
            height = left.y1 - left.y0
            beside = min(left.y1, right.y1) - max(left.y0, right.y0) > 0.4 * min(height, right.y1 - right.y0)
            if beside and 0 < right.x0 - left.x1 < 6 * height:
                out[-1] = replace(before, words=(*before.words, *line.words))
                continue
        out.append(line)
    return out


def _slashed(line: ReadLine) -> ReadLine:
    """A number whose slash was read as a letter, or with the figure before it: "Số: 79 JGM-UBND", "Số: 27%STTTT-CNTT"."""
    if not _LABEL.match(bare(line.text)):
        return line
    words = list(line.words)
    for index, word in enumerate(words[1:], 1):
        if "QĐĐ-" in word.text:  # "8/QĐĐ-UBND" of Tesseract: one letter, read twice
            words[index] = word._replace(text=word.text.replace("QĐĐ-", "QĐ-"), confidence=min(word.confidence, 0.89))
            return replace(line, words=tuple(words))
        if _PERCENT.match(word.text):
            words[index] = word._replace(text=word.text.replace("%", "%/", 1), confidence=min(word.confidence, 0.6))
            return replace(line, words=tuple(words))
        if word.text[0] in "JIl|" and _symbol().match(bare(word.text[1:])) is not None:
            words[index] = word._replace(text=f"/{word.text[1:]}", confidence=min(word.confidence, 0.6))
            return replace(line, words=tuple(words))
    return line


def _slots(line: ReadLine, kinds: Sequence[Kind], *, at_top: bool) -> Iterator[_Slot]:
    low = bare(line.text).replace("⁄", "/")
    if len(low) != len(line.text):
        return
    ends: list[tuple[float, float]] = []  # of each letter of the text: where it begins and ends
    for word in line.words:
        if ends:
            ends.append((ends[-1][1], word.box.x0))
        step = (word.box.x1 - word.box.x0) / len(word.text)
        ends += [(word.box.x0 + step * k, word.box.x0 + step * (k + 1)) for k in range(len(word.text))]
    for kind in kinds:
        match = kind.pattern.match(low) if kind.name == "number" else kind.pattern.search(low)
        slashless = match is None and kind.name == "number"
        if slashless:
            match = _slashless().match(low)
        if match is None or match.start("blank") == 0:
            continue
        sure = slashless
        if kind.name == "number" and line.text[match.start() :].lstrip(" '.*")[:1] == "s" and ":" not in match.group():
            if not at_top or not _COLONLESS.fullmatch(low):
                continue  # "số 2545/QĐ-TTg" goes on a sentence
            sure = True
        start, end = match.span("blank")
        after = end
        while after < len(low) and low[after] == " ":
            after += 1
        if after < len(ends):
            yield _Slot(kind, start, end, ends[start - 1][1], ends[after][0], slashless, sure)


def _refill(
    picture: PagePicture,
    skew: float,
    line: ReadLine,
    slots: Sequence[_Slot],
    reader: FigureReader | None,
    enough: float = ENOUGH,
) -> tuple[ReadLine, list[InkMark]]:
    ink = LineInk(picture, line, skew)
    if ink.strip is None:
        return line, []
    text = line.text
    printed = list(_printed(line, slots))
    filled: list[tuple[_Slot, str, float, float]] = []
    for slot in slots:
        read = text[slot.start : slot.end].strip(_EDGES)
        confidence = _confidence(line, slot)
        odd = bool(_ODD.search(read)) or len(read) > slot.kind.figures
        score = ink.score(slot.x0, slot.x1, Reading(confidence, odd) if read else None, printed)
        impossible = bool(_FIGURES.fullmatch(read)) and not _may_be(read, slot.kind)  # "tháng 22"
        if score < enough and not slot.sure and not impossible:
            continue
        figures, chance = read, confidence
        if reader is not None:
            figures, chance = _figures(ink, slot, reader, read, confidence)
        if not _FIGURES.fullmatch(figures) or not 0 < int(figures) <= slot.kind.most:
            figures = ""
        filled.append((slot, figures, chance, score))
    if not filled:
        return line, []
    return _rewritten(line, ink, filled)


def _printed(line: ReadLine, slots: Sequence[_Slot]) -> Iterator[tuple[float, float]]:
    """The stretches of a line outside its blanks."""
    start = line.box.x0
    for slot in sorted(slots, key=lambda each: each.x0):
        yield start, slot.x0
        start = slot.x1
    yield start, line.box.x1


def _confidence(line: ReadLine, slot: _Slot) -> float:
    """Least confidence of the words that reach into a blank."""
    inside = [word.confidence for word in line.words if word.box.x1 > slot.x0 + 1 and word.box.x0 < slot.x1 - 1]
    return min(inside, default=0.0)


def _figures(ink: LineInk, slot: _Slot, reader: FigureReader, read: str, confidence: float) -> tuple[str, float]:
    """The likeliest figures in a blank that can be its value, from several cuts of the ink."""
    margin = 0.08 * (ink.height * 72 / 300)
    x0, x1 = slot.x0 - margin, slot.x1 + margin
    alone: dict[str, float] = {}
    by_hand: dict[str, float] = {}
    if isinstance(reader, DigitReader):
        cuts = [ink.crop(x0, x1, room) for room in _ROOMS]
        alone = _mean([reader.digits(cut) for cut in cuts if cut is not None], slot.kind)
    if isinstance(reader, HandReader):
        beside = [step * ink.size for step in _BESIDE]
        cuts = [ink.crop(x0 - wider, x1 + wider, room) for wider in beside for room in _AROUND]
        by_hand = _mean([reader.by_hand(cut) for cut in cuts if cut is not None], slot.kind)
    meant = read.translate(_CONFUSED).replace(" ", "")
    return _voted(alone, by_hand, {meant: confidence} if _may_be(meant, slot.kind) else {})


def _may_be(text: str, kind: Kind) -> bool:
    return bool(_FIGURES.fullmatch(text)) and len(text) <= kind.figures and 0 < int(text) <= kind.most


def _mean(readings: Sequence[Sequence[tuple[str, float]]], kind: Kind) -> dict[str, float]:
    """The mean probability of each reading that can be a value of this kind."""
    chances: dict[str, float] = {}
    for text, chance in (each for cut in readings for each in cut):
        if _may_be(text, kind):
            chances[text] = chances.get(text, 0.0) + chance / len(readings)
    return chances


def _voted(alone: dict[str, float], by_hand: dict[str, float], read: dict[str, float]) -> tuple[str, float]:
    """The figures that three readers together hold likeliest, and the most that one of them gives them."""
    scores = {
        text: math.log(alone.get(text, 0.0) + _UNHEARD)
        + _BY_HAND * math.log(by_hand.get(text, 0.0) + _UNHEARD)
        + _READ * read.get(text, 0.0)
        for text in (*alone, *by_hand, *read)
    }
    best = max(scores, key=lambda text: scores[text], default="")
    chance = max(reader.get(best, 0.0) for reader in (alone, by_hand, read))
    return (best, chance) if chance > _UNHEARD else ("", 0.0)


def _rewritten(
    line: ReadLine, ink: LineInk, filled: Sequence[tuple[_Slot, str, float, float]]
) -> tuple[ReadLine, list[InkMark]]:
    """The line with what was filled in as words of their own, printed words cut where they ran into it."""
    words: list[ReadWord] = []
    marks: list[InkMark] = []
    position = 0
    opened = -1  # the index of the word that lost its slash
    pending = sorted(filled, key=lambda each: each[0].start)
    for word in line.words:
        start, end = position, position + len(word.text)
        position = end + 1
        cuts = [max(start, _swallowed(filled, start))]
        while pending and pending[0][0].start <= end:
            slot, figures, chance, score = pending.pop(0)
            _add(words, word, start, cuts[-1], min(slot.start, end))
            box = ink.box(slot.x0, slot.x1)
            mark = InkMark(0, -1, len(words) - 1, box, round(score, 2))
            if figures:
                mark = mark._replace(word=len(words))
                words.append(ReadWord(figures, box, min(chance, 0.89)))
            marks.append(mark)
            cuts.append(slot.end)
            opened = len(words) if slot.slashless else -1
        _add(words, word, start, cuts[-1], end)
        if opened == len(words) - 1:
            words[-1] = words[-1]._replace(text=f"/{words[-1].text}", confidence=min(words[-1].confidence, 0.6))
            opened = -1
    return replace(line, words=tuple(words)), marks


def _swallowed(filled: Sequence[tuple[_Slot, str, float, float]], start: int) -> int:
    """The end of a blank that begins before a word and reaches into it."""
    return max((slot.end for slot, *_ in filled if slot.start <= start < slot.end), default=start)


def _add(words: list[ReadWord], word: ReadWord, start: int, first: int, last: int) -> None:
    """Add letters `first` to `last` of a word (whose own first letter is `start` of the line)."""
    text = unicodedata.normalize("NFC", word.text)[max(0, first - start) : max(0, last - start)].strip()
    if not text:
        return
    step = (word.box.x1 - word.box.x0) / len(word.text)
    box = Box(word.box.x0 + step * (first - start), word.box.y0, word.box.x0 + step * (last - start), word.box.y1)
    words.append(ReadWord(text, box, word.confidence))
