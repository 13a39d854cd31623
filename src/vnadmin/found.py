"""Found: a value together with the slices it was read from, the rule that read it and how sure that rule is.

Fields and citations give values as `Found` leaves inside frozen dataclasses whose attributes bear the names of
the public model; `assemble` walks them once and splits values from evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import DASHES, collapse
from vnadmin.text.pattern import pattern

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """One leaf value. `spans` are the slices of the canonical text it was read from, in reading order."""

    value: T
    spans: tuple[Span, ...]
    rule: str
    grade: Grade = Grade.CERTAIN


_PARTED_FIGURES = pattern(
    rf"(?<=\d[-{DASHES}]) *\n *(?=\d)"
)  # "năm học 2026-" / "2027": a line end is no blank within figures


def quote(
    document: SourceDocument,
    spans: Span | Iterable[Span],
    rule: str,
    grade: Grade = Grade.CERTAIN,
) -> Found[str]:
    """The text of one or more slices, white space collapsed, as a Found value; slices are joined by one space."""
    pieces = (spans,) if isinstance(spans, Span) else tuple(spans)
    if len(pieces) == 1:  # mostly
        value = document.text[pieces[0].start : pieces[0].end]
    else:
        value = "\n".join([document.text[start:end] for start, end in pieces])
    if "\n" in value:
        value = _PARTED_FIGURES.sub("", value)
    if "\n" in value or "  " in value:  # the canonical text has no other white space
        value = collapse(value)
    return Found(value.strip(), pieces, rule, grade)


def trimmed(document: SourceDocument, start: int, end: int, strip: str = "") -> Span:
    """The slice without the white space, and the characters of `strip`, at its ends."""
    text = document.text
    junk = strip + " \n"
    while start < end and text[start] in junk:
        start += 1
    while end > start and text[end - 1] in junk:
        end -= 1
    return Span(start, end)
