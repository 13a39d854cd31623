"""The document as it is shown: its text cut into marked pieces, its pages with boxes and selectable words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vnadmin.model import AdminDocument, Evidence, Grade
from vnadmin.model.sheet import Band, SheetLine
from vnadmin_service.review.corrections import CONFIRMED, PERSON, State
from vnadmin_service.review.values import BadValue
from vnadmin_service.review.work import LineAt


class Piece(NamedTuple):
    """A stretch of the text under the same values, innermost first."""

    start: int
    text: str
    pointers: tuple[str, ...]
    field: str
    grade: str


class Box(NamedTuple):
    """The place of a value on a page."""

    pointer: str
    x: float
    y: float
    width: float
    height: float
    field: str
    grade: str
    quote: str


class PageView(NamedTuple):
    """One page: its size in points and the boxes on it, the largest first so that none hides another."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]


class PlacedWord(NamedTuple):
    """A word as text over the picture; `size` is the height of its line."""

    start: int
    text: str
    x: float
    y: float
    width: float
    size: float


def field_of(pointer: str) -> str:
    """The field that a pointer leads into."""
    return pointer.split("/", 2)[1]


def layer_of(pointer: str) -> str:
    """To which of the layers that a reader switches a value belongs: `citations`, `tasks`, else `header`."""
    if "/legal_references" in pointer:
        return "citations"
    return "tasks" if pointer.startswith(("/directives", "/assignments")) else "header"


def grade_of(entry: Evidence) -> str:
    """The class of a value: a person's, or the machine's grade."""
    return entry.rule if entry.rule in (PERSON, CONFIRMED) else str(entry.grade)


def seen_evidence(state: State) -> Mapping[str, Sequence[Evidence]]:
    """The evidence of a document; that of a value which a person confirmed says so."""
    confirmed = {pointer for pointer in state.was if pointer in state.evidence and state.seen(pointer) == CONFIRMED}
    said = {p: [one.model_copy(update={"rule": CONFIRMED}) for one in state.evidence[p]] for p in confirmed}
    return {**state.evidence, **said}


def pieces(text: str, evidence: Mapping[str, Sequence[Evidence]], cuts: Iterable[int] = ()) -> list[Piece]:
    """The text, cut at every edge of a span, and where else it is told to be."""
    spans = [(entry, pointer) for pointer, entries in evidence.items() for entry in entries]
    edges = sorted({0, len(text), *(e.start for e, _ in spans), *(e.end for e, _ in spans), *cuts})
    opening: dict[int, list[tuple[Evidence, str]]] = defaultdict(list)
    for entry, pointer in spans:
        opening[entry.start].append((entry, pointer))
    found: list[Piece] = []
    live: list[tuple[Evidence, str]] = []
    for start, end in pairwise(edges):
        live = [item for item in live if item[0].end > start] + opening.get(start, [])
        live.sort(key=lambda item: item[0].end - item[0].start)
        pointers = tuple(pointer for _, pointer in live)
        field, grade = (field_of(pointers[0]), grade_of(live[0][0])) if live else ("", "")
        found.append(Piece(start, text[start:end], pointers, field, grade))
    return found


def sheet_bands(
    text: str, evidence: Mapping[str, Sequence[Evidence]], bands: Sequence[Band]
) -> list[tuple[bool, list[list[tuple[SheetLine, list[Piece]]]]]]:
    """Each band as its columns of lines, a line as its pieces; and whether it is a row of a table."""
    cuts = {edge for band in bands for column in band.columns for line in column for edge in (line.start, line.end)}
    cut = pieces(text, evidence, cuts)

    def within(line: SheetLine) -> list[Piece]:
        first = bisect_left(cut, line.start, key=lambda piece: piece.start)
        return cut[first : bisect_left(cut, line.end, key=lambda piece: piece.start)]

    return [(band.is_row, [[(line, within(line)) for line in column] for column in band.columns]) for band in bands]


def page_views(document: AdminDocument, evidence: Mapping[str, Sequence[Evidence]]) -> list[PageView]:
    """The pages that have a size; none for formats without pages."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for pointer, entries in evidence.items():
        for entry in entries:
            for x0, y0, x1, y1 in entry.boxes:
                boxes[entry.page].append(
                    Box(pointer, x0, y0, x1 - x0, y1 - y0, field_of(pointer), grade_of(entry), entry.quote)
                )
    return [
        PageView(
            page.number,
            page.width,
            page.height,
            tuple(sorted(boxes[page.number], key=lambda box: -box.width * box.height)),
        )
        for page in document.source.pages
        if page.width and page.height
    ]


def words(text: str, lines: Sequence[LineAt], page: int) -> list[PlacedWord]:
    """The words of a page in the order of the text, each with the blank behind it, so that a selection has them."""
    found = []
    for line in lines:
        if line.page != page or not line.words:
            continue
        size = max(word.box[3] - word.box[1] for word in line.words)
        base = max(word.box[3] for word in line.words)
        for word in line.words:
            x0, _, x1, y1 = word.box
            found.append(
                PlacedWord(
                    word.start, text[word.start : word.end], x0, (base if base - y1 < size / 2 else y1), x1 - x0, size
                )
            )
    return found


def selected(document: AdminDocument, lines: Sequence[LineAt], start: int, end: int) -> Evidence:
    """Evidence for what a person selected, without blanks at its ends.

    Raises:
        BadValue: nothing of the document's text is selected.
    """
    text = document.text
    if not 0 <= start < end <= len(text):
        raise BadValue("bad_selection")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise BadValue("bad_selection")
    first = max(bisect_right(lines, start, key=lambda line: line.start) - 1, 0)
    page, boxes = (lines[first].page if lines else 1), []
    for line in lines[first:]:
        if line.start >= end or line.page != page:
            break
        covered = [word.box for word in line.words if word.start < end and word.end > start]
        if covered:
            boxes.append((
                min(b[0] for b in covered), min(b[1] for b in covered),
                max(b[2] for b in covered), max(b[3] for b in covered),
            ))  # fmt: skip
    return Evidence(
        start=start, end=end, quote=text[start:end], page=page, boxes=boxes, rule=PERSON, grade=Grade.CERTAIN
    )
