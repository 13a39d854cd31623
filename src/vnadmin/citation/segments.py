"""Segments: the paragraphs of a document in which citations are looked for, with the part each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from vnadmin.citation.mention.words import instrument_kinds
from vnadmin.layout.page import Cell, Line, Paragraph, SourceDocument, Span
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Attachment, Zones


class Place(StrEnum):
    """Which part of the document a segment belongs to; it decides what a mention means there."""

    TITLE = "title"  # trích yếu
    PREAMBLE = "preamble"  # căn cứ ban hành
    BODY = "body"


class Segment(NamedTuple):
    """A paragraph to be searched: citations never cross its ends."""

    start: int
    end: int
    place: Place
    is_item: bool = False  # opens with a marker: `1.`, `a)`, `-`, `Điều 2.`
    is_opening: bool = False  # stands in the opening passage of a letter, before its first item
    is_cell: bool = False  # a cell of a data table, where a number may stand alone
    row_type: Span | None = None  # a type that stands alone in an earlier cell of the row


# "1.", "1.2.", "a)", "đ)", "-", "+", "•", "Điều 2.", "II.", "(1)"
_MARKER = pattern(
    r"\s*(?:[-+*•·▪◦➢]\s*|\(?\d{1,3}(?:\.\d{1,2})*\s*[.)/:-]\s*|[a-zđ]\s?[).]\s*|(?:[ivx]+)\s*[.)-]\s*|"
    r"(?:điều|khoản|mục|chương|phần)\s+[\divx]+[^\W\d_]?\s*[.:-]?\s*)"
)


def main_segments(zones: Zones) -> Iterator[Segment]:
    """Title, preamble and body of the main document, in that order."""
    preface = zones.preface
    for block in (preface.letter_subject, preface.title):
        yield from _joined(block, Place.TITLE)
    document = zones.document
    for paragraph in zones.preamble:
        yield _segment(document, paragraph, Place.PREAMBLE, opening=True)
    opening = True
    row = _Row(document)
    for paragraph in zones.body:
        segment = _segment(document, paragraph, Place.BODY, opening=opening)
        if paragraph.cell:
            segment = row.read(segment, paragraph.cell)
        opening = opening and not segment.is_item
        yield segment
    yield from _footnotes(zones)


# "1 Nghị định số ...", "(2) Công văn số ...": a note at the foot of the last page, under the signature
_FOOTNOTE = pattern(r"\(?\d{1,2}\)?\s*\p{Lu}")


def _footnotes(zones: Zones) -> Iterator[Segment]:
    """Notes at the foot of the page on which the main document ends; they belong to it."""
    document, end = zones.document, zones.conclusions.end
    attached = {line.index for attachment in zones.attachments for line in attachment.lines + attachment.title}
    block: list[Line] = []
    for line in document.lines[end : end + 60]:
        if line.index in attached or line.page != document.lines[end - 1].page:
            break
        block.append(line)
    if block and _FOOTNOTE.match(document.of(block[0])):
        yield from _joined(block, Place.BODY)


def attachment_segments(document: SourceDocument, attachment: Attachment) -> Iterator[Segment]:
    """The lines of an attachment, title included; those of one paragraph together."""
    for block in (attachment.label, attachment.title):
        yield from _joined(block, Place.TITLE)
    row = _Row(document)
    for _, group in groupby(attachment.lines, key=lambda line: line.paragraph):
        lines = list(group)
        segment = _of_lines(document, lines)
        yield row.read(segment, lines[0].cell) if lines[0].cell else segment


_MARKER_WORDS = ("điều", "khoản", "mục", "chương", "phần")


def starts_with_marker(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a stretch opens with a marker: `1.`, `a)`, `-`, `Điều 2.`."""
    folded = document.folded
    first = folded[start : start + 1]
    # most stretches open with a word, which is no marker: they are told by their first two letters
    if (
        first.isalpha()
        and first not in "ivx"
        and folded[start + 1 : start + 2] not in (" ", ")", ".")
        and not folded.startswith(_MARKER_WORDS, start)
    ):
        return False
    return bool(_MARKER.match(folded, start, min(end, start + 40)))


def _of_lines(document: SourceDocument, lines: Sequence[Line]) -> Segment:
    start, end = lines[0].start, lines[-1].end
    return Segment(start, end, Place.BODY, is_item=starts_with_marker(document, start, end))


def _joined(lines: Sequence[Line | Span], place: Place) -> Iterator[Segment]:
    """One segment for lines that follow each other in the text, so that a number may run over a line end."""
    start = end = None
    for line in lines:
        if start is not None and end is not None and line.start <= end + 1:
            end = line.end
            continue
        if start is not None and end is not None:
            yield Segment(start, end, place)
        start, end = line.start, line.end
    if start is not None and end is not None:
        yield Segment(start, end, place)


_LONGEST_TYPE = 40  # characters


class _Row:
    """Remembers the type that stands alone in a cell, for the numbers in later cells of its row."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._row: tuple[int, int] | None = None
        self._type: Span | None = None

    def read(self, segment: Segment, cell: Cell) -> Segment:
        """The segment as a cell of its row."""
        row = (cell.table, cell.row)
        if row != self._row:
            self._row, self._type = row, None
        # a cell of one type and nothing else is short and in letters
        if segment.end - segment.start <= _LONGEST_TYPE and self._document.text[segment.start].isalpha():
            words = " ".join(self._document.bare[segment.start : segment.end].split())
            if words in instrument_kinds():
                self._type = Span(segment.start, segment.end)
        return Segment(segment.start, segment.end, segment.place, segment.is_item, segment.is_opening, True, self._type)


def _segment(document: SourceDocument, paragraph: Paragraph, place: Place, *, opening: bool) -> Segment:
    start, end = paragraph.start, paragraph.end
    item = starts_with_marker(document, start, end)
    return Segment(start, end, place, item, opening and not item)


def after_marker(document: SourceDocument, segment: Segment) -> int:
    """Where the words of a segment begin, after its marker."""
    at = segment.start
    for _ in range(2):
        match = _MARKER.match(document.folded, at, min(segment.end, at + 40))
        if match is None:
            break
        at = match.end()
    return at
