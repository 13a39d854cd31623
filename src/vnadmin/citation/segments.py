"""Segments: the paragraphs of a document in which citations are looked for, with the part each belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from vnadmin.citation.mention.words import instrument_kinds
from vnadmin.citation.scope import Place, Segment, body_segments
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import Line, Paragraph, SourceDocument, Span
from vnadmin.outline import read_outline
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Attachment, Zones

# What may stand before the words of a preamble line; a reference that opens it is none of them.
_LEADS: Final = frozenset(MarkerKind) - {MarkerKind.PROVISION}


def main_segments(zones: Zones, last: int | None = None) -> Iterator[Segment]:
    """Title, preamble and body of the main document, in that order; of the body only what begins up to `last`."""
    document, preface = zones.document, zones.preface
    for block in (preface.letter_subject, preface.title):
        yield from _joined(block, Place.TITLE)
    for paragraph in zones.preamble:
        start, end = paragraph.start, paragraph.end
        marker = document.signs(paragraph).marker(_LEADS)
        words = start + marker.content if marker else start
        yield Segment(start, end, Place.PREAMBLE, words, is_item=marker is not None, is_opening=True)
    body = zones.body if last is None else zones.body[: bisect_right(zones.body, last, key=_start)]
    yield from _rows(document, body_segments(document, body, zones.outline))
    yield from _footnotes(zones)


_start = attrgetter("start")
# "1 Nghị định số ...", "(2) Công văn số ...", "[3] Báo cáo số ...", "[^4]: Tờ trình số ...": a note at the foot of the last page, under
# the signature
_FOOTNOTE = pattern(r"(?:\[\^?\d{1,2}\]:?|\(?\d{1,2}\)?)\s*\p{Lu}")


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
    groups = groupby(attachment.lines, key=lambda line: line.paragraph)
    paragraphs = [Paragraph(index, tuple(lines)) for index, lines in groups]
    yield from _rows(document, body_segments(document, paragraphs, read_outline(document, paragraphs), opening=False))


def _joined(lines: Sequence[Line | Span], place: Place) -> Iterator[Segment]:
    """One segment for lines that follow each other in the text, so that a number may run over a line end."""
    group: list[Line | Span] = []
    for line in lines:
        if group and line.start > group[-1].end + 1:
            yield Segment(group[0].start, group[-1].end, place, group[0].start)
            group = []
        group.append(line)
    if group:
        yield Segment(group[0].start, group[-1].end, place, group[0].start)


_LONGEST_TYPE = 40  # characters


def _rows(document: SourceDocument, segments: Iterable[Segment]) -> Iterator[Segment]:
    """Segments with the type that stands alone in an earlier cell of the same row."""
    row: tuple[int, int] | None = None
    row_type: Span | None = None
    for segment in segments:
        if segment.cell is None:
            yield segment
            continue
        if (segment.cell.table, segment.cell.row) != row:
            row, row_type = (segment.cell.table, segment.cell.row), None
        # a cell of one type and nothing else is short and in letters
        if segment.end - segment.start <= _LONGEST_TYPE and document.text[segment.start].isalpha():
            words = " ".join(document.bare[segment.start : segment.end].split())
            if words in instrument_kinds():
                row_type = Span(segment.start, segment.end)
        yield segment if row_type is None else segment._replace(row_type=row_type)
