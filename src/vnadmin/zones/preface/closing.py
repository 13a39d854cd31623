"""Parts of a header that stand at the end: the place and date of minutes and petitions, floating boxes read last."""

from __future__ import annotations

from vnadmin.genre.header_line import HeaderKind
from vnadmin.layout.page import Line, Span
from vnadmin.zones.zone import Zones

_TAIL = 25  # lines at the very end in which a floating box of the header may have landed
_WIDTH = 120  # characters of a line of the box
_ABOVE = 4  # lines above the signature block in which `Hà Nội, ngày ...` may stand


def place_and_date(zones: Zones) -> tuple[Span, ...]:
    """The slice of the place and date line; of both lines where a narrow column cut it."""
    lines = zones.preface.place_date
    if len(lines) == 2 and lines[1].index == lines[0].index + 1:
        return (Span(lines[0].start, lines[1].end),)
    return tuple(Span(line.start, line.end) for line in lines)


def closing_place_date(zones: Zones) -> tuple[Line, ...]:
    """`Hà Nội, ngày 12 tháng 3 năm 2020` over the signatures or right under them, where the header has no such line."""
    if zones.preface.place_date:
        return ()
    ending = zones.conclusions
    first = max(ending.start - _ABOVE, zones.preface.end)
    for line in zones.document.lines[first : ending.end + 1]:
        if line.cell is None and zones.document.signs(line).kind is HeaderKind.PLACE_DATE:
            return (line,)
    return ()


def closing_letter_subject(zones: Zones) -> tuple[Line, ...]:
    """`V/v ...` of a letter whose header was a floating box and came last (domain.md 1.3, tail dump)."""
    if zones.preface.letter_subject or zones.preface.type_line:
        return ()
    document = zones.document
    lines = document.lines[max(zones.preface.end, len(document.lines) - _TAIL) :]
    for position, line in enumerate(lines):
        if document.signs(line).kind is HeaderKind.LETTER_SUBJECT and line.cell is None:
            found = [line]
            for later in lines[position + 1 : position + 6]:
                if document.signs(later).kind is not HeaderKind.OTHER or document.signs(later).capitals:
                    break
                if later.end - later.start > _WIDTH:
                    break  # a paragraph of the body
                found.append(later)
            return tuple(found)
    return ()
