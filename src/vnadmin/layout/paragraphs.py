"""Decides which lines begin a paragraph: by indent, gap, fill of the line before, markers and centring, over page breaks too."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnadmin.layout.geometry import LaidLine
from vnadmin.layout.page import Column

# What opens an item: "1.", "1.2.", "a)", "đ)", "I.", "II -", "- ", "+ ", "Điều 5.", "(1)". A number alone is none ("30 ngày").
_MARKER = regex.compile(
    r"(?:[-+*•–—·▪●○➢✓\uf000-\uf0ff]|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]|\(?[a-zđ][.)]|[IVX]{1,5}[.)]|[IVX]{1,5}$|[A-Z][.)]"
    r"|\d{1,3}(?:\.\d{1,2}){1,3}$|\d{1,2}-$)"
)
_ARTICLE = regex.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ|PHỤ|Bước)$")
_ENDS = (".", ":", ";", "./.", "!", "?", "”.", "”;")


def mark_paragraphs(lines: Sequence[LaidLine]) -> None:
    """Set `starts_paragraph` and `centred` of each line. The lines of one document in reading order."""
    measures = _measures(lines)
    before: LaidLine | None = None
    last_full: LaidLine | None = None
    for line in lines:
        left, right = measures[_stream(line)]
        line.centred = line.column is Column.FULL and line.cell is None and _centred(line, left, right)
        if before is None or _stream(line) != _stream(before):
            # After a region of another kind: a paragraph goes on only over a page break.
            line.starts_paragraph = True
            if last_full is not None and line.column is Column.FULL and line.cell is None and line.page != last_full.page:
                pass
        else:
            line.starts_paragraph = _starts(before, line, left, right)
        before = line
        if line.column is Column.FULL and line.cell is None:
            last_full = line


def _stream(line: LaidLine) -> tuple[object, ...]:
    """Lines of one stream follow each other: the full lines, one column of a page, one table cell."""
    if line.cell is not None:
        return line.cell
    if line.column is Column.FULL:
        return (Column.FULL,)
    return (line.column, line.page)


def _measures(lines: Sequence[LaidLine]) -> dict[tuple[object, ...], tuple[float, float]]:
    """Left and right edge of each stream's text."""
    found: dict[tuple[object, ...], tuple[list[float], list[float]]] = {}
    for line in lines:
        lefts, rights = found.setdefault(_stream(line), ([], []))
        lefts.append(line.x0)
        rights.append(line.x1)
    return {stream: (_low(lefts), _high(rights)) for stream, (lefts, rights) in found.items()}


def _low(values: list[float]) -> float:
    """The left margin: the leftmost edge that more than a stray line keeps."""
    ordered = sorted(values)
    return ordered[len(ordered) // 20]


def _high(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[-1 - len(ordered) // 20]


def _centred(line: LaidLine, left: float, right: float) -> bool:
    measure = right - left
    if measure <= 0:
        return False
    off = abs((line.x0 + line.x1) / 2 - (left + right) / 2)
    return off < 0.03 * measure and line.x0 - left > 0.04 * measure and right - line.x1 > 0.04 * measure


def _starts(before: LaidLine, line: LaidLine, left: float, right: float) -> bool:
    """Whether `line` begins a paragraph, `before` being the line before it in the same stream."""
    height = max(min(line.height, before.height), 1.0)
    measure = right - left
    first = line.words[0].text
    if line.centred or before.centred:
        if line.centred != before.centred:
            return True
        return not _goes_on_centred(before, line, height, measure)
    if line.page == before.page and line.cell is None and line.y0 - before.y1 > 1.6 * height:
        return True
    indent = line.x0 - left
    if _MARKER.match(first) or _ARTICLE.match(first):
        # A marker at the margin may be a word of running text ("… khoản 2 và / 3. …") if the line before is full.
        if indent > 0.6 * height or not _full(before, line, right) or before.words[-1].text.endswith(_ENDS):
            return True
    if line.x0 - before.x0 > 0.9 * height and indent > 0.9 * height:
        return True
    return not _full(before, line, right)


def _full(before: LaidLine, line: LaidLine, right: float) -> bool:
    """Whether the next line's first word had no room left on the line before."""
    first = line.words[0]
    space = 0.25 * before.height
    return before.x1 + space + (first.x1 - first.x0) > right - 0.15 * before.height


def _goes_on_centred(before: LaidLine, line: LaidLine, height: float, measure: float) -> bool:
    """A centred title over several lines: same case, close together, and its lines long."""
    if line.page != before.page or line.y0 - before.y1 > 0.9 * height:
        return False
    if before.text.isupper() != line.text.isupper():
        return False
    return before.x1 - before.x0 > 0.45 * measure
