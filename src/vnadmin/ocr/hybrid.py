"""The hybrid engine: a network finds the lines, Tesseract reads each, AsterNet reads doubtful words again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from vnadmin.ocr.asternet import asternet
from vnadmin.ocr.detector import LineDetector, Placing, cut, line_height, line_width
from vnadmin.ocr.figures import FigureNet
from vnadmin.ocr.image.components import shade
from vnadmin.ocr.image.prepare import (
    PagePicture,
    coloured_share,
    coloured_text,
    dark_paper,
    drop_colour_but_text,
    find_seals,
    in_seal,
    points,
    to_grey,
    without_specks,
)
from vnadmin.ocr.reading import PageReading, RawWord, ReadLine, ReadWord
from vnadmin.ocr.tesseract import Clock, Tesseract, find_tessdata
from vnadmin.ocr.vote import doubtful, is_motto, second_words, stretches, vote

if TYPE_CHECKING:
    from vnadmin.ocr.detector import Quad
    from vnadmin.ocr.image.pixels import Pixels

_LINE_DPI = 300  # what Tesseract is told; it only weighs sizes against each other
_LEAST_HEIGHT = 44  # pixels; Tesseract's own scaling of smaller lines loses marks
_BORDER = 10
_UNREAD = 0.6  # a line that Tesseract leaves empty counts from this mean probability
_SAMPLE = 8  # lines by which is judged whether a page stands on its head
_UPRIGHT = 0.62  # mean confidence of the sample; text on its head reads at 0.3 to 0.5
_OWN_LETTERS = 0.7  # share of coloured ink from which a line within a seal is the seal's own
_IN_TEXT = 4.5  # inches: a longer line is running text, not one of a header, a list or a signature
_NARROW = 0.16  # of a line's height: a gap between words in which a cut may take a letter's edge
_TALL = 1.5  # a line this much taller than wide runs up or down the page


class HybridEngine:
    """See `OcrEngine`; the engine recommended for archives."""

    name = "hybrid"

    def __init__(self, tessdata: str | None = None) -> None:
        self._tesseract = Tesseract(find_tessdata(tessdata), mode=7)
        self._detector = LineDetector()
        self._asternet = asternet()
        self._by_hand = FigureNet()

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        clock = Clock(seconds)
        quarter = 0
        page = _Page(picture)
        quads = self._detector.find(page.plain)
        read: dict[int, list[RawWord]] = {}
        if not picture.upright and _sideways(quads):
            quarter = 90
            page = page.quarter_turned(90)
            quads = self._detector.find(page.plain)
        if quads and not picture.upright and self._upside_down(page, quads, clock, read):
            quarter += 180
            page = page.quarter_turned(180)
            quads = self._detector.find(page.plain)
            read.clear()
        picture = page.picture
        lines = []
        for index, quad in enumerate(quads):
            clock.left()
            line = page.line(quad)
            if line is None:
                continue
            first = read[index] if index in read else self._first(line, clock)
            in_text = line_width(quad) > _IN_TEXT * picture.dpi
            words, reader = self._read_again(line, first, clock, in_text=in_text)
            if words:
                lines.append(_placed(words, reader, quad, line, picture.dpi))
        return PageReading(
            picture.width,
            picture.height,
            quarter,
            _skew(quads),
            picture.dpi,
            self.name,
            tuple(lines),
            tuple(points(picture.dpi, *box) for box in page.seals),
        )

    def digits(self, grey: Pixels) -> list[tuple[str, float]]:
        """See `DigitReader`."""
        return self._asternet.digits(grey)

    def by_hand(self, grey: Pixels) -> list[tuple[str, float]]:
        """See `HandReader`."""
        return self._by_hand.read(grey)

    def readings(self, grey: Pixels) -> Iterator[list[RawWord]]:
        """See `beneath.StripReader`: both readers together, and the second alone."""
        clock = Clock(None)
        yield self._read_again(grey, self._first(grey, clock), clock)[0]
        height = grey.shape[0]
        yield [
            RawWord(word.text, word.x0, 0.22 * height, word.x1, 0.78 * height, word.least)
            for word in second_words(self._asternet.read(grey).letters)
        ]

    def _upside_down(self, page: _Page, quads: Sequence[Quad], clock: Clock, read: dict[int, list[RawWord]]) -> bool:
        """Read some long lines as they are and, where that goes badly, turned by 180 degrees.

        What was read of lines as they are is kept in `read`, by their index.
        """
        sample = sorted(range(len(quads)), key=lambda index: -line_width(quads[index]))[:_SAMPLE]
        lines = {index: line for index in sample if (line := page.line(quads[index])) is not None}

        def kept(index: int) -> list[RawWord]:
            read[index] = self._first(lines[index], clock)
            return read[index]

        upright = _confidence(map(kept, lines))
        if upright >= _UPRIGHT:
            return False
        turned = (self._first(line[::-1, ::-1], clock) for line in lines.values())
        return _confidence(turned) > upright + 0.1

    def _first(self, line: Pixels, clock: Clock) -> list[RawWord]:
        """Tesseract's reading, in pixels of the line."""
        import cv2
        import numpy as np

        scale = max(1.0, _LEAST_HEIGHT / line.shape[0])
        shown = line
        if scale > 1:
            shown = np.asarray(cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
        paper = shade(shown, 0.9)
        framed = cv2.copyMakeBorder(shown, _BORDER, _BORDER, _BORDER, _BORDER, cv2.BORDER_CONSTANT, value=[paper])
        return [
            RawWord(
                word.text,
                (word.x0 - _BORDER) / scale,
                (word.y0 - _BORDER) / scale,
                (word.x1 - _BORDER) / scale,
                (word.y1 - _BORDER) / scale,
                word.confidence,
            )
            for words in self._tesseract.lines(np.asarray(framed, np.uint8), _LINE_DPI, clock.left())
            for word in words
        ]

    def _read_again(
        self, line: Pixels, first: Sequence[RawWord], clock: Clock, *, in_text: bool = False
    ) -> tuple[list[RawWord], str]:
        """Both readers on one line, the second where the first is in doubt.

        It reads a doubtful word with its neighbours, but in running text where a gap parts it from them (decision 42).
        """
        height, width = line.shape
        if not first:
            strip = self._asternet.read(line)
            if strip.confidence < _UNREAD:
                return [], "asternet"
            return [
                RawWord(word.text, word.x0, 0.22 * height, word.x1, 0.78 * height, word.least, True)
                for word in second_words(strip.letters)
            ], "asternet"
        known = is_motto(first)
        doubts = [not known and doubtful(word, in_text=in_text) for word in first]
        out: list[RawWord] = []
        done = 0
        joined = [
            not in_text or (place > 0 and word.x0 - first[place - 1].x1 < _NARROW * height)
            for place, word in enumerate(first)
        ]
        for stretch in stretches(doubts, joined):
            out += first[done : stretch.first]
            done = stretch.last
            # Cut in the middle of the gaps to the neighbours that are not read again.
            left = 0 if not stretch.first else _between(first[stretch.first - 1].x1, first[stretch.first].x0)
            right = width if stretch.last == len(first) else _between(first[done - 1].x1, first[done].x0)
            if right - left < 4:
                out += first[stretch.first : done]
                continue
            clock.left()
            letters = [
                letter._replace(x0=letter.x0 + left, x1=letter.x1 + left)
                for letter in self._asternet.read(line[:, left:right]).letters
            ]
            out += vote(first[stretch.first : done], doubts[stretch.first : done], second_words(letters))
        out += first[done:]
        return out, "both" if any(word.second for word in out) else "tesseract"


class _Page:
    """A page in the two forms in which lines are cut from it."""

    def __init__(self, picture: PagePicture) -> None:
        self.picture = picture
        # Where lines are looked for: specks do not disturb the detector, a seal does.
        self.seals = find_seals(picture.pixels, picture.dpi)
        plain = drop_colour_but_text(picture.pixels, picture.dpi, self.seals)
        self.plain = without_specks(plain, picture.dpi)

    @cached_property
    def _grey(self) -> Pixels:
        return to_grey(self.picture.pixels)

    def quarter_turned(self, degrees: int) -> _Page:
        """The page turned clockwise."""
        return _Page(self.picture.quarter_turned(degrees))

    def line(self, quad: Quad) -> Pixels | None:
        """The picture of a line without colour, dark on light; with it where the text itself is coloured."""
        line = cut(self.plain, quad)
        if line is None:
            return None
        if self.picture.pixels.ndim == 3:
            if in_seal(float(quad[:, 0].mean()), float(quad[:, 1].mean()), self.seals):
                coloured = cut(self.picture.pixels, quad)
                if coloured is not None and coloured_share(coloured) > _OWN_LETTERS:
                    return None
            coloured = coloured_text(line, lambda: cut(self._grey, quad))
            line = line if coloured is None else coloured
        return 255 - line if dark_paper(line) else line


def _placed(words: Sequence[RawWord], reader: str, quad: Quad, line: Pixels, dpi: float) -> ReadLine:
    """A line's words where they stand on the page."""
    place = Placing(quad, line.shape[1], line.shape[0])
    scale = 72 / dpi
    x, y = (float(value) * scale for value in quad.mean(0))
    return ReadLine(
        tuple(ReadWord(w.text, points(dpi, *place.box(w.x0, w.y0, w.x1, w.y1)), w.confidence) for w in words),
        reader,
        (x, y),
        line_height(quad) * scale,
    )


def _confidence(readings: Iterable[Sequence[RawWord]]) -> float:
    """Mean confidence by length, stopping as soon as it is plain."""
    total = weight = 0.0
    for words in readings:
        for word in words:
            total += word.confidence * len(word.text)
            weight += len(word.text)
        if weight > 40 and total / weight > 0.85:
            break
    return total / weight if weight else 0.0


def _between(left: float, right: float) -> int:
    return max(0, round((left + right) / 2))


def _sideways(quads: Sequence[Quad]) -> bool:
    """Whether most of what was found runs up or down the page."""
    tall = sum(line_height(quad) for quad in quads if line_height(quad) > _TALL * line_width(quad))
    wide = sum(line_width(quad) for quad in quads if line_width(quad) > _TALL * line_height(quad))
    return tall > 2 * wide


def _skew(quads: Sequence[Quad]) -> float:
    """Median slope of the long lines, in degrees."""
    import numpy as np

    slopes = [
        float(np.degrees(np.arctan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0])))
        for quad in quads
        if line_width(quad) > 8 * line_height(quad)
    ]
    return float(np.median(slopes)) if slopes else 0.0
