"""Segments: the paragraphs of a document in which citations are looked for, with the part each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from vnadmin.citation.mention import Place, Segment
from vnadmin.layout.page import Line, Paragraph, SourceDocument
from vnadmin.zones.zone import Attachment, Zones

# "1.", "1.2.", "a)", "đ)", "-", "+", "•", "Điều 2.", "II.", "(1)"
_MARKER = regex.compile(
    r"\s*(?:[-+*•·▪◦➢]\s*|\(?\d{1,3}(?:\.\d{1,2})*\s*[.)/:-]\s*|[a-zđ]\s?[).]\s*|(?:[ivx]+)\s*[.)-]\s*|"
    r"(?:điều|khoản|mục|chương|phần)\s+[\divx]+\p{L}?\s*[.:-]?\s*)"
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
    for paragraph in zones.body:
        segment = _segment(document, paragraph, Place.BODY, opening=opening)
        opening = opening and not segment.is_item
        yield segment


def attachment_segments(document: SourceDocument, attachment: Attachment) -> Iterator[Segment]:
    """The lines of an attachment, title included; those of one paragraph together."""
    for block in (attachment.label, attachment.title):
        yield from _joined(block, Place.TITLE)
    group: list[Line] = []
    for line in attachment.lines:
        if group and line.paragraph != group[-1].paragraph:
            yield _of_lines(document, group)
            group = []
        group.append(line)
    if group:
        yield _of_lines(document, group)


def _of_lines(document: SourceDocument, lines: Sequence[Line]) -> Segment:
    start, end = lines[0].start, lines[-1].end
    return Segment(start, end, Place.BODY, is_item=bool(_MARKER.match(document.folded, start, end)))


def _joined(lines: Sequence[Line], place: Place) -> Iterator[Segment]:
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


def _segment(document: SourceDocument, paragraph: Paragraph, place: Place, *, opening: bool) -> Segment:
    item = bool(_MARKER.match(document.folded, paragraph.start, paragraph.end))
    return Segment(paragraph.start, paragraph.end, place, is_item=item, is_opening=opening and not item)


def after_marker(document: SourceDocument, segment: Segment) -> int:
    """Where the words of a segment begin, after its marker."""
    at = segment.start
    for _ in range(2):
        match = _MARKER.match(document.folded, at, segment.end)
        if match is None:
            break
        at = match.end()
    return at
