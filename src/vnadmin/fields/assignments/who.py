"""Cells that name bodies: who leads, and who helps (`Sở Y tế/Sở Tài chính`, `Công an huyện (phối hợp với UBND thị trấn)`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vnadmin.fields.directives.bodies import split_bodies
from vnadmin.found import trimmed
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.text.pattern import pattern

# "phối hợp với", "(phối hợp cùng", "- Phối hợp:", "Đơn vị phối hợp:"
_HELPS = pattern(
    r"(?:[-+•(,;.]\s*+)?(?:(?:cơ quan|đơn vị|các đơn vị) )?(?<!\w)phối hợp(?: thực hiện)?(?:\s++(?:với|cùng với|cùng))?\s*+:?+"
)
# "- Chủ trì:", "Cơ quan chủ trì:"
_LEADS = pattern(r"[-+•]?\s*+(?:(?:cơ quan|đơn vị) )?chủ trì(?: thực hiện)?\s*+:")
# "Ban Chỉ huy Quân sự chủ trì"
_LED = pattern(r"\s++(?:là\s++)?(?:cơ quan |đơn vị )?chủ trì(?: thực hiện)?[\s,;:.-]*+$")
_NEXT = pattern(r"[;\n]|/(?=\s*+\p{Lu})")
_EDGE: Final = "-–+•,;:.()/"


def runs(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The slices of a cell's lines, those that follow each other in the text as one."""
    spans: list[Span] = []
    for line in lines:
        if spans and line.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return tuple(spans)


def read_lead(document: SourceDocument, lines: Sequence[Line]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The cell of who without a note on who helps, and those who help."""
    cell = runs(lines)
    if len(cell) > 1:  # cut by the end of a page
        return cell, ()
    start, end = cell[0]
    match = _HELPS.search(document.folded, start, end)
    opening = _LEADS.match(document.folded, start, end)
    first = opening.end() if opening else start
    if match is None or match.start() <= first:
        return (trimmed(document, first, end, _EDGE) if opening else cell[0],), ()
    led = _LED.search(document.folded, first, match.start())
    lead = trimmed(document, first, led.start() if led else match.start(), _EDGE)
    return (lead,), tuple(_bodies(document, match.end(), end))


def read_shared(document: SourceDocument, lines: Sequence[Line]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The first body of a column `Chủ trì/phối hợp`, and the rest; words that say who is who come before the order."""
    lead, partners = read_lead(document, lines)
    if partners or len(lead) > 1:
        return lead, partners
    first, *rest = list(_bodies(document, *lead[0])) or lead
    return (first,), tuple(rest)


def read_partners(document: SourceDocument, lines: Sequence[Line]) -> tuple[Span, ...]:
    """Those who help: the bodies of a cell of their own."""
    return tuple(body for start, end in runs(lines) for body in _bodies(document, start, end))


def read_note(document: SourceDocument, lines: Sequence[Line]) -> tuple[Span, ...]:
    """Those who help, by a note that opens so: `Phối hợp với Đoàn Thanh niên`."""
    start, end = runs(lines)[0]
    match = _HELPS.match(document.folded, start, end)
    return tuple(_bodies(document, match.end(), end)) if match else ()


def _bodies(document: SourceDocument, start: int, end: int) -> Iterator[Span]:
    """The bodies of a stretch: a line that wraps belongs to the one before it."""
    first = start
    for match in _NEXT.finditer(document.text, start, end):
        if document.text[match.start()] == "\n" and not _ends_body(document, match.start(), match.end()):
            continue
        yield from _split(document, first, match.start())
        first = match.end()
    yield from _split(document, first, end)


def _ends_body(document: SourceDocument, end: int, start: int) -> bool:
    """Whether a line end parts two bodies: a mark stands before it or a dash after it."""
    return document.text[end - 1] in ";.,:" or document.text[start : start + 1] in "-–+•"


def _split(document: SourceDocument, start: int, end: int) -> Iterator[Span]:
    for body in split_bodies(document, start, end):
        span = trimmed(document, *body, _EDGE)
        if span.end > span.start:
            yield span
