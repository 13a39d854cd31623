"""SourceDocument: canonical text written once, with lines, paragraphs, pages and boxes that point into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Literal, NamedTuple

from vnadmin.genre.signs import SHORT, LineSigns, line_signs
from vnadmin.model import Issue

Method = Literal["markup", "text_layer", "ocr", "none"]
_FEW = 60  # letters and figures


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


class Line(NamedTuple):
    """A printed line (or a paragraph, in formats that do not break lines): a slice of the text, without its end.

    `rebuilt` says that the source had lost where the line begins, ends or stands, and that a layout decided by its words.
    """

    index: int  # type: ignore[assignment]  # of a line, and no method of a tuple
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
    # what may not be what is seen: a word beside it is hidden, or it is set in an unknown way
    unsure: tuple[Span, ...] = ()
    _signs: dict[tuple[int, int], LineSigns] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_wordless(self) -> bool:
        """Whether it holds next to no text: a page number, a name in a text box; its pictures may be pages of a scan."""
        return next(islice(filter(str.isalnum, self.text), _FEW, None), None) is None

    def of(self, piece: Line | Paragraph | Word | Span) -> str:
        """The text of a piece, as printed."""
        return self.text[piece.start : piece.end]

    def folded_of(self, piece: Line | Paragraph | Word | Span) -> str:
        return self.folded[piece.start : piece.end]

    def bare_of(self, piece: Line | Paragraph | Word | Span) -> str:
        return self.bare[piece.start : piece.end]

    def signs(self, piece: Line | Paragraph | Span) -> LineSigns:
        """What a piece shows: the same record each time, so that no room asks the genre again."""
        start, end = place = (piece.start, piece.end)
        known = self._signs.get(place)
        if known is None:
            short = end - start <= SHORT
            known = (
                line_signs(self.text[start:end])
                if short
                else LineSigns(self.text[start:end], self.folded[start:end], self.bare[start:end])
            )
            self._signs[place] = known
        return known
