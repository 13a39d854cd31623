"""SourceDocument: canonical text written once, with lines, paragraphs, pages and boxes that point into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Literal, NamedTuple

from vnadmin.genre.line_text import LineText
from vnadmin.model import Issue, Severity
from vnadmin.text.clean import clean, is_turned
from vnadmin.text.fold import fold, strip_marks

Method = Literal["markup", "text_layer", "ocr", "none"]


class Column(StrEnum):
    """Where a line stands across the page; the header and the end of a document have two columns."""

    FULL = "full"
    LEFT = "left"
    RIGHT = "right"


class Furniture(StrEnum):
    """What stands on a page and is not the document's own text."""

    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"
    SIGNATURE_STAMP = "signature_stamp"  # "Người ký: ...", "Thời gian ký: ..."
    ARRIVAL_STAMP = "arrival_stamp"  # "ĐẾN Số: ... Ngày: ..."
    WATERMARK = "watermark"
    FOOTNOTE = "footnote"
    SITE = "site"  # a portal's own navigation
    HIDDEN = "hidden"  # in the file, and seen by nobody: white on white, off the page, under a box
    NOISE = "noise"


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    @staticmethod
    def around(boxes: Sequence[Box]) -> Box:
        """The box that holds all of one or more boxes."""
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return Box(min(x0), min(y0), max(x1), max(y1))


class Span(NamedTuple):
    """A slice of the canonical text."""

    start: int
    end: int


class Word(NamedTuple):
    """A word with its box; only sources that know geometry write them."""

    start: int
    end: int
    box: Box
    confidence: float | None = None  # 0..1, measured by an OCR engine; None where nothing measured it


_new_word = partial(tuple.__new__, Word)  # of all its parts at once: a document has thousands


class Handwriting(NamedTuple):
    """A slice of the text that was filled in by hand, by stamp or in a second print; empty where it was not read."""

    start: int
    end: int
    page: int
    box: Box


class Measured(NamedTuple):
    """A word that an OCR engine read in a picture that has no place on a page (one in a .docx)."""

    start: int
    end: int
    confidence: float


class Seal(NamedTuple):
    """A round seal in colour on a scanned page; what stands under it may be misread."""

    page: int
    box: Box


class Cell(NamedTuple):
    """Place of a line in a table. Layout tables (header, signature) are dissolved into columns and have no cells.

    A merged cell has the row and column of its first part, and says how many rows and columns it covers.
    """

    table: int
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set, as far as the format says; None where it does not."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    centred: bool | None = None


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line (or a paragraph, in formats that do not break lines): a slice of the text, without its end.

    `rebuilt` says that the source had lost where the line begins, ends or stands, and that a layout decided by its words.
    """

    index: int
    start: int
    end: int
    page: int
    paragraph: int
    column: Column = Column.FULL
    style: Style = PLAIN
    cell: Cell | None = None
    box: Box | None = None
    words: tuple[Word, ...] = ()
    furniture: Furniture | None = None
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive lines that the source holds to be one paragraph."""

    index: int
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def cell(self) -> Cell | None:
        return self.lines[0].cell

    @property
    def column(self) -> Column:
        return self.lines[0].column

    @property
    def style(self) -> Style:
        return self.lines[0].style


@dataclass(frozen=True, slots=True)
class Page:
    """One page; formats without pages have one, without size."""

    number: int
    width: float | None = None
    height: float | None = None
    method: Method = "markup"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What every source gives. `folded` and `bare` are `text` folded one to one: positions are the same in all three.

    `lines` and `paragraphs` hold the document's own text in reading order: in a part with two columns, all
    of the left column comes before all of the right one. `furniture` lines come last in `text`.
    `is_read` says that an engine read some of the text: words with a confidence, or `measured`.
    """

    text: str
    folded: str
    bare: str
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Line, ...]
    pages: tuple[Page, ...]
    media_type: str
    issues: tuple[Issue, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    seals: tuple[Seal, ...] = ()
    measured: tuple[Measured, ...] = ()
    is_read: bool = False
    turned: tuple[Span, ...] = ()  # lines that are seen in another order than they are written
    layered: frozenset[int] = frozenset()  # pages whose text is a layer that nobody sees, laid over their picture

    def of(self, piece: Line | Paragraph | Word | Span) -> str:
        """The text of a piece, as printed."""
        return self.text[piece.start : piece.end]

    def folded_of(self, piece: Line | Paragraph | Word | Span) -> str:
        return self.folded[piece.start : piece.end]

    def bare_of(self, piece: Line | Paragraph | Word | Span) -> str:
        return self.bare[piece.start : piece.end]

    def line_text(self, piece: Line | Paragraph | Span) -> LineText:
        """A piece in its three readings, as `genre` is asked about it."""
        start, end = piece.start, piece.end
        return LineText(self.text[start:end], self.folded[start:end], self.bare[start:end])


@dataclass(slots=True)
class DocumentBuilder:
    """The only writer of canonical text. A source calls `page`, `line` for each line in order, then `build`."""

    media_type: str
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _lines: list[Line] = field(default_factory=list)
    _furniture: list[tuple[str, Furniture, int, Box | None]] = field(default_factory=list)
    _pages: list[Page] = field(default_factory=list)
    _issues: list[Issue] = field(default_factory=list)
    _paragraph: int = -1
    _measured: list[Measured] = field(default_factory=list)
    _is_read: bool = False
    _turned: list[Span] = field(default_factory=list)
    _layered: set[int] = field(default_factory=set)

    def page(self, width: float | None = None, height: float | None = None, method: Method = "markup") -> int:
        """Open the next page and give its number, from 1."""
        self._pages.append(Page(len(self._pages) + 1, width, height, method))
        return len(self._pages)

    @property
    def length(self) -> int:
        """Characters written so far, for a source that keeps a limit."""
        return self._length

    def line(
        self,
        text: str,
        *,
        starts_paragraph: bool = True,
        column: Column = Column.FULL,
        style: Style = PLAIN,
        cell: Cell | None = None,
        box: Box | None = None,
        page: int | None = None,
        confidences: Sequence[float] = (),
        rebuilt: bool = False,
    ) -> None:
        """Append one line without word boxes. A line that is empty after cleaning is dropped.

        `confidences` are those of its words, where an engine read the line; the least of them stands for each word
        where they do not match (words were joined or cut).
        """
        cleaned = clean(text)
        if cleaned:
            if is_turned(text):
                self._turned.append(Span(self._length, self._length + len(cleaned)))
            if confidences:
                self._measure(cleaned, confidences)
            self._append(cleaned, (), starts_paragraph, column, style, cell, box, page, None, rebuilt)

    def words(
        self,
        words: Sequence[tuple[str, Box, float | None]],
        *,
        starts_paragraph: bool = True,
        column: Column = Column.FULL,
        style: Style = PLAIN,
        cell: Cell | None = None,
        page: int | None = None,
        is_note: bool = False,
    ) -> None:
        """Append one line given as (text, box, confidence) of its words; words are set apart by one space.

        `is_note`: it is a footnote that stands in the text where its page ends.
        """
        text = " ".join([word[0] for word in words])
        if "  " in text or clean(text) != text:  # hardly a line has a word to clean: look at all of them at once
            turned = is_turned(text)
            words = [(cleaned, box, read) for raw, box, read in words if (cleaned := clean(raw))]
            text = " ".join([word[0] for word in words])
            if turned:
                self._turned.append(Span(self._length, self._length + len(text)))
        if not text:
            return
        placed: list[Word] = []
        start = self._length
        for word, box, confidence in words:
            end = start + len(word)
            placed.append(_new_word((start, end, box, confidence)))
            start = end + 1
            if confidence is not None:
                self._is_read = True
        line_box = Box.around([word[1] for word in words])
        kind = Furniture.FOOTNOTE if is_note else None
        self._append(text, tuple(placed), starts_paragraph, column, style, cell, line_box, page, kind)

    def furniture(self, text: str, kind: Furniture, *, page: int | None = None, box: Box | None = None) -> None:
        """Set aside a line that is not the document's own text; it stands at the end of the canonical text."""
        cleaned = clean(text)
        if cleaned:
            self._furniture.append((cleaned, kind, page or max(len(self._pages), 1), box))

    def layer(self, page: int) -> None:
        """Say that the text of a page is a layer over its picture, which only a machine reads."""
        self._layered.add(page)

    def issue(self, code: str, message: str, severity: Severity = Severity.WARNING, pointer: str | None = None) -> None:
        """Report something odd about the source."""
        self._issues.append(Issue(code=code, message=message, severity=severity, pointer=pointer))

    def build(self) -> SourceDocument:
        """Close the document."""
        if not self._pages:
            self.page()
        own = tuple(self._lines)
        for text, kind, page, box in self._furniture:
            self._append(text, (), True, Column.FULL, PLAIN, None, box, page, kind)
        text = "".join([f"{part}\n" for part in self._parts])
        folded = fold(text)
        return SourceDocument(
            text=text,
            folded=folded,
            bare=strip_marks(folded),
            lines=own,
            paragraphs=tuple(_paragraphs(own)),
            furniture=tuple(self._lines[len(own) :]),
            pages=tuple(self._pages),
            media_type=self.media_type,
            issues=tuple(self._issues),
            measured=tuple(self._measured),
            is_read=self._is_read,
            turned=tuple(self._turned),
            layered=frozenset(self._layered),
        )

    def _measure(self, text: str, confidences: Sequence[float]) -> None:
        words = text.split(" ")
        if len(words) != len(confidences):
            confidences = [min(confidences)] * len(words)
        start = self._length
        for word, confidence in zip(words, confidences, strict=True):
            self._measured.append(Measured(start, start + len(word), confidence))
            start += len(word) + 1
        self._is_read = True

    def _append(
        self,
        text: str,
        words: tuple[Word, ...],
        starts_paragraph: bool,
        column: Column,
        style: Style,
        cell: Cell | None,
        box: Box | None,
        page: int | None,
        furniture: Furniture | None = None,
        rebuilt: bool = False,
    ) -> None:
        if starts_paragraph or self._paragraph < 0:
            self._paragraph += 1
        start, lines = self._length, self._lines
        end = start + len(text)
        self._parts.append(text)
        self._length = end + 1
        number = page or len(self._pages) or 1
        place = (len(lines), start, end, number, self._paragraph, column)
        lines.append(Line(*place, style, cell, box, words, furniture, rebuilt))


def _paragraphs(lines: Iterable[Line]) -> Iterable[Paragraph]:
    group: list[Line] = []
    index = 0
    for line in lines:
        if group and line.paragraph != group[-1].paragraph:
            yield Paragraph(index, tuple(group))
            index += 1
            group = []
        group.append(line)
    if group:
        yield Paragraph(index, tuple(group))
