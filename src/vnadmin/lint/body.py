"""Rules over the body: numbering that repeats or skips, and blanks that were left (NĐ 30/2020, Phụ lục I, II.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vnadmin.genre.marker import MarkerKind, read_label
from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.model import Directive
from vnadmin.text.fold import fold

# Series whose numbers are compared. Bullets have none; 1.1 follows the item above it, and a1, i) and the steps of a
# procedure are seen too seldom to be sure.
_COUNTED: Final = frozenset(
    {MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.UPPER, MarkerKind.ROMAN, MarkerKind.HEADING, MarkerKind.PROVISION}
)
# Dots that wait for a pen: "ngày … tháng … năm", "số ......"; "..." closes a list of examples
_BLANK: Final = re.compile(
    r"(?:số|ngày|tháng|năm|ông|bà|quyển|khoản)\s*:?\s*(?:…{1,}|\.{3,}|_{3,})(?!\w)|…{4,}|\.{8,}|_{4,}"
)


def numbering(view: View) -> Iterator[Finding]:
    """Siblings with the number of the one before, or past one that is not there; a new list may open with its first."""
    yield from _siblings(view, view.document.directives, "/directives")
    for pointer, item in view.document.walk():
        yield from _siblings(view, item.children, f"{pointer}/children")


def _siblings(view: View, items: Sequence[Directive], parent: str) -> Iterator[Finding]:
    last: dict[str, tuple[int, str]] = {}
    for index, item in enumerate(items):
        series, value = _value(item.marker)
        if value is None:
            continue
        before, shown = last.get(series, (None, ""))
        last[series] = value, item.marker
        if before is None or value in (before + 1, 1):
            if before == 1 and value == 1:
                yield view.found("item_repeated", f"{parent}/{index}/marker", item.marker)
            continue
        code = "item_repeated" if value <= before else "item_skipped"
        yield view.found(code, f"{parent}/{index}/marker", f"{shown}, {item.marker}")


def _value(label: str) -> tuple[str, int | None]:
    """The series of a marker and its value: `Điều 5`, `5`, `đ`, `IV`; 1.1 and 5a are not compared."""
    marker = next((reading for reading in read_label(label) if reading.kind in _COUNTED), None)
    if marker is None or len(marker.value) != 1:
        return "", None
    figures = any(map(str.isdigit, label))
    return f"{marker.series}{marker.kind}{figures}", marker.value[0]


def blank_left(view: View) -> Iterator[Finding]:
    """Dots to be filled in, in the items of a document that was numbered and dated; the first one."""
    document = view.document
    if not document.number or not document.number.sequence or not document.issued_on or len(document.issued_on) < 10:
        return  # a draft
    if view.number_year:
        return  # normative acts show how forms are to be filled in
    for pointer, item in view.document.walk():
        for place in [f"{pointer}/text", *(f"{pointer}/paragraphs/{i}" for i in range(len(item.paragraphs)))]:
            start, end = view.span(place)
            match = _BLANK.search(fold(document.text[start:end]))
            if match:
                words = document.text[start + match.start() : start + match.end()]
                yield Finding(
                    "blank_left", place, start + match.start(), start + match.end(), " ".join(words.split())[:40]
                )
                return
