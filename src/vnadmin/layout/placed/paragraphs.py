"""Decides which lines begin a paragraph: by indent, gap, fill of the line before, markers, centring; over pages too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vnadmin.gazetteer import words_where
from vnadmin.genre.attachment_line import attachment_label
from vnadmin.genre.bullet import bullets
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import subject_label
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.signs import line_signs
from vnadmin.layout.page import Column
from vnadmin.layout.placed.geometry import LaidLine
from vnadmin.text.fold import fold

# Every marker opens a paragraph; "Điều 5 Nghị định số …" is running text.
_MARKERS = frozenset(MarkerKind) - {MarkerKind.PROVISION}
_HEAD = 24  # words of a line that tell with what it opens
_CLOSED = (".", ":", ";", "!", "?", "”", "/.", "…")


@dataclass(slots=True)
class _Measure:
    """How a stream is set on one page."""

    left: float
    right: float
    pitch: float  # usual distance of two baselines, 0 if unknown
    indents: frozenset[int]  # left edges that several lines share, in points


_NOT_MEASURED = _Measure(0.0, 0.0, 0.0, frozenset())  # before the first line


def mark_paragraphs(lines: Sequence[LaidLine]) -> None:
    """Set `starts_paragraph` and `centred` of each line. The lines of one document in reading order."""
    places = [(_stream(line), line.page) for line in lines]
    measures = _measures(lines, places)
    opening = [_opens(line) for line in lines]
    before: LaidLine | None = None
    head: LaidLine | None = None  # the first line of the paragraph that is open
    head_opens = False
    stream_before: Hashable = None
    measure = _NOT_MEASURED
    for index, (line, place) in enumerate(zip(lines, places, strict=True)):
        above, measure, stream = measure, measures[place], place[0]
        plain = line.column is Column.FULL and line.cell is None
        line.centred = (
            plain
            and not opening[index]
            and (_centred(line, measure) or _shares_middle(before, line, measure))
            and not _aligned(line, before)
            and not _aligned(line, lines[index + 1] if index + 1 < len(lines) else None)
        )
        if before is None or head is None or stream != stream_before:
            line.starts_paragraph = True
        elif plain:
            hangs = head_opens and len(head.words) > 1 and abs(line.x0 - head.words[1].x0) < 0.4 * _height(before, line)
            line.starts_paragraph = _starts(before, line, head, above, measure, opens=opening[index], hangs=hangs)
        elif line.cell is not None:
            line.starts_paragraph = opening[index] or _starts_in_cell(before, line, measure)
        else:
            line.starts_paragraph = opening[index] or _starts_in_column(before, line, head)
        if line.starts_paragraph:
            head, head_opens = line, opening[index]
        before, stream_before = line, stream


def _stream(line: LaidLine) -> Hashable:
    """Lines of one stream follow each other: the full lines, one column of a page, one table cell."""
    if line.cell is not None:
        return line.cell
    if line.column is Column.FULL:
        return None
    return line.column, line.page


def _measures(lines: Sequence[LaidLine], places: Sequence[Hashable]) -> dict[Hashable, _Measure]:
    groups: dict[Hashable, list[LaidLine]] = {}
    for line, place in zip(lines, places, strict=True):
        groups.setdefault(place, []).append(line)
    return {place: _measure(group) for place, group in groups.items()}


def _measure(lines: list[LaidLine]) -> _Measure:
    lefts = Counter(round(line.x0) for line in lines)
    rights = Counter(round(line.x1) for line in lines)
    left, right = float(min(lefts)), float(max(rights))
    if len(lines) >= 6:
        # A stray line may stand out of the margins: the edge is where several lines end.
        usual = max(rights, key=lambda edge: (_near(rights, edge), edge))
        if _near(rights, usual) >= max(3, 0.25 * len(lines)):
            right = float(usual)
        shared = [edge for edge in lefts if _near(lefts, edge) >= 2]
        if shared:
            left = float(min(shared))
    return _Measure(left, right, _pitch(lines, right), frozenset(edge for edge in lefts if _near(lefts, edge) >= 3))


def _pitch(lines: list[LaidLine], right: float) -> float:
    """The distance of two lines of one paragraph, for paragraphs may be set further apart; 0 if it cannot be told."""
    sure: list[float] = []
    pitches: Counter[int] = Counter()
    for above, below in pairwise(lines):
        step = below.y1 - above.y1
        if step <= 0:
            continue
        pitches[round(step)] += 1
        goes_on = below.words[0].text[0].islower() and not above.words[-1].text.endswith(_CLOSED)
        if goes_on and step < 3 * above.height and _full(above, below, right):
            sure.append(step)
    if len(sure) >= 2:
        return sorted(sure)[len(sure) // 2]
    if pitches.total() < 3:
        return 0.0
    return float(max(pitches, key=lambda value: (_near(pitches, value), -value)))


def _near(counts: Counter[int], value: int) -> int:
    count = counts.get  # faster than the item of a Counter where there is none
    return count(value - 1, 0) + count(value, 0) + count(value + 1, 0)


def _centred(line: LaidLine, measure: _Measure) -> bool:
    width = measure.right - measure.left
    margin = line.x0 - measure.left
    if not _in_the_middle(line, measure):
        return False
    # A line with the paragraphs' own indent that happens to end as far from the right edge is not centred.
    return margin > 0.3 * width or all(abs(line.x0 - indent) > 0.6 * line.height for indent in measure.indents)


def _shares_middle(before: LaidLine | None, line: LaidLine, measure: _Measure) -> bool:
    """Whether a line stands in the middle, close under a centred one: the indent of the paragraphs below is chance."""
    if before is None or not before.centred or before.page != line.page or not _in_the_middle(line, measure):
        return False
    apart = abs(line.x0 + line.x1 - before.x0 - before.x1) / 2
    return apart < 0.01 * (measure.right - measure.left) and line.y0 - before.y1 < 0.6 * line.height


def _in_the_middle(line: LaidLine, measure: _Measure) -> bool:
    width = measure.right - measure.left
    if width <= 0 or line.x0 - measure.left < 0.03 * width:
        return False
    return abs((line.x0 + line.x1) / 2 - (measure.left + measure.right) / 2) <= 0.03 * width


def _aligned(line: LaidLine, other: LaidLine | None) -> bool:
    """Whether a neighbour has the same left edge and another right one: set to the left, not to the middle."""
    if other is None or other.page != line.page or other.column is not line.column or other.cell is not None:
        return False
    return abs(line.x0 - other.x0) < 0.2 * line.height and abs(line.x1 - other.x1) > 0.5 * line.height


def _opens(line: LaidLine) -> bool:
    """Whether a line opens with a marker or is the heading of an attachment."""
    text = " ".join([word[0] for word in line.words[:_HEAD]]).lstrip('“"')
    if marker_of_text(text, _MARKERS) is not None:
        return True
    return text.startswith("PHỤ") and attachment_label(line_signs(text)) is not None


def _height(before: LaidLine, line: LaidLine) -> float:
    return max(min(line.height, before.height), 1.0)


def _starts(
    before: LaidLine,
    line: LaidLine,
    head: LaidLine,
    above: _Measure,
    measure: _Measure,
    *,
    opens: bool,
    hangs: bool,
) -> bool:
    """Whether a full line begins a paragraph.

    Args:
        before: the line before it.
        line: the line.
        head: the first line of the paragraph that is open.
        above: how the page of `before` is set.
        measure: how its own page is set.
        opens: it opens with a marker.
        hangs: it stands under the first word after the marker of `head`.
    """
    height = _height(before, line)
    same_page = line.page == before.page
    if line.centred or before.centred:
        return not _goes_on_centred(before, line, height, above, measure)
    full = _full(before, line, above.right)
    first = line.words[0].text
    indent = line.x0 - measure.left
    if same_page and line.y0 - before.y1 > 2.2 * height:
        return True
    if opens:
        if not (full and indent < 0.6 * height):
            return True
        # At the margin after a full line a marker may be a word of running text: where paragraphs are indented
        # ("gồm: 1. …; / 2. …"), or by the word before it ("quy định tại Điều / 2. Cơ quan …", "2020 / - 2025").
        indented = head.x0 - (above if head.page == before.page else measure).left > 0.9 * height
        if not (indented or _leads_to_number(before, line)):
            return True
    small = first[0].islower()
    closed = before.words[-1].text.endswith(_CLOSED)
    if small and not closed:
        # Running text: a set-off line that opens with a small letter would be odd.
        return not full and same_page and measure.pitch > 0 and line.y1 - before.y1 > 1.4 * measure.pitch
    if same_page and not closed and _within_item(line, head, indent, height):
        return line.y0 - before.y1 > 0.7 * height
    if not full:
        return True
    if same_page and measure.pitch and line.y1 - before.y1 > max(1.25 * measure.pitch, measure.pitch + 0.3 * height):
        return not small
    if indent > 0.9 * height and not hangs:
        return line.x0 - before.x0 > 0.9 * height or before is head
    return False


def _within_item(line: LaidLine, head: LaidLine, indent: float, height: float) -> bool:
    """Whether a line stands within a set-off list, whose right edge is its own: the bodies under `Kính gửi:`."""
    return head.words[0].text[0] in bullets() and indent > 2.5 * height and line.x0 > head.x0 - 0.5 * height


def _leads_to_number(before: LaidLine, line: LaidLine) -> bool:
    last = before.words[-1].text
    if line.words[0].text[0] in bullets():
        return last[-1].isdigit() and len(line.words) > 1 and line.words[1].text[0].isdigit()
    return last.lower() in words_where("link_words", "kind", "stands before a number") or last.endswith(",")


def _full(before: LaidLine, line: LaidLine, right: float) -> bool:
    """Whether the next line's first word had no room left on the line before."""
    first = line.words[0]
    return before.x1 + 0.25 * before.height + (first.x1 - first.x0) > right - 0.15 * before.height


def _goes_on_centred(before: LaidLine, line: LaidLine, height: float, above: _Measure, measure: _Measure) -> bool:
    """A centred title over several lines: same case, close together, and its lines long."""
    if line.page != before.page or line.y0 - before.y1 > 0.9 * height or before.words[-1].text.endswith(_CLOSED):
        return False
    first, last = line.words[0].text, before.words[-1].text
    if in_capitals(before.text) != in_capitals(line.text) or (
        len(first) > 1 and in_capitals(first) and not in_capitals(last)
    ):
        return False
    if first[0].islower():
        return True
    if line.centred != before.centred:  # a first line as wide as the page, its rest in the middle
        even = abs((before.x0 + before.x1) / 2 - (above.left + above.right) / 2) < 0.02 * (above.right - above.left)
        return line.centred and even and before.x0 < above.left + height and _full(before, line, above.right)
    return before.x1 - before.x0 > 0.45 * (measure.right - measure.left)


def _starts_in_column(before: LaidLine, line: LaidLine, head: LaidLine) -> bool:
    """In the header and the end the lines are short by nature, so only words tell what goes on."""
    first = line.words[0].text
    if line.y0 - before.y1 > 1.2 * max(line.height, before.height):
        return True
    if subject_label(fold(head.text)) is not None:  # V/v under the number (ô 5b)
        return False
    closed = before.words[-1].text.endswith((";", ".", ":"))
    if head.words[0].text[0] in bullets():
        return closed and not first[0].islower()
    return closed or not (first[0].islower() or first[0] == "(")


def _starts_in_cell(before: LaidLine, line: LaidLine, measure: _Measure) -> bool:
    first = line.words[0].text
    if before.page != line.page:
        return not first[0].islower()
    if first[0].islower() and not before.words[-1].text.endswith(_CLOSED):
        return False
    if line.y0 - before.y1 > 1.2 * max(line.height, before.height):
        return True
    return before.words[-1].text.endswith((".", ":", ";")) and not _full(before, line, measure.right)
