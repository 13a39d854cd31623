"""The headline of a web page that shows a document without its header: `Thông báo về việc tổng vệ sinh` of a school's site."""

from __future__ import annotations

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import TypeMatch, match_type
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import Column, Line
from vnadmin.zones.zone import Zones

_TOP = 5  # lines among which the headline stands
_LONGEST = 250  # characters
_WORDS = 3  # of a subject at least
_MARKERS = frozenset(MarkerKind)


def page_title(zones: Zones) -> Line | None:
    """The first line of such a page where it is set in bold: the heading `Lịch học bù học kỳ 2`."""
    document, preface = zones.document, zones.preface
    if preface.number or preface.motto or preface.type_line or preface.letter_subject or preface.agencies:
        return None
    line = next(iter(document.lines), None)
    if line is None or not line.style.bold or line.cell is not None or line.end - line.start > _LONGEST:
        return None
    shown = document.of(line)
    ended = shown.endswith((".", ":", ";")) or in_capitals(shown) or not shown[:1].isupper()
    return None if ended or document.signs(line).marker(_MARKERS) or shown.count(" ") < _WORDS else line


def headline(zones: Zones) -> tuple[Line, TypeMatch] | None:
    """The line and the type that it opens with, where nothing of a header was read and the text closes as documents do."""
    document, preface = zones.document, zones.preface
    if preface.number or preface.motto or preface.type_line or preface.letter_subject or preface.agencies:
        return None
    end = zones.conclusions
    if "./." not in document.text and not (end.recipients and end.signatures):
        return None
    for line in document.lines[:_TOP]:
        match = match_type(document.folded, line.start, line.end)
        rest = document.text[match.end : line.end] if match else ""
        if match is None or not match.word.code or line.column is not Column.FULL or line.cell is not None:
            continue
        if line.end - line.start > _LONGEST or not document.text[line.start].isupper() or rest.endswith((":", ";")):
            continue
        if rest.lstrip()[:1].islower() and len(rest.split()) >= _WORDS:
            return line, match
    return None
