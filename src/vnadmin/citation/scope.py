"""Segments and their scope: paragraphs, each under the headings and introductions that hold for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import Cell, Line, Paragraph, SourceDocument, Span
from vnadmin.outline import Item, text_spans

_TITLE_WORDS = 30
_NONE: Final = (None, None)
_BULLET: Final = MarkerKind.BULLET
_HEADING: Final = MarkerKind.HEADING  # asked of every paragraph: a member of an enum costs more than the question


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The words of a heading (`Điều 1. Bãi bỏ một số văn bản`) or of an introduction (`..., cụ thể như sau:`)."""

    start: int
    end: int
    parent: Scope | None  # what stands over it
    is_opening: bool = False  # stands before the first item


class Place(StrEnum):
    """Which part of the document a segment belongs to; it decides what a mention means there."""

    TITLE = "title"  # trích yếu
    PREAMBLE = "preamble"  # căn cứ ban hành
    BODY = "body"


class Segment(NamedTuple):
    """A paragraph, or an item inside one, to be searched: citations never cross its ends."""

    start: int
    end: int
    place: Place
    words: int  # where its words begin, after the marker
    is_item: bool = False  # opens with a marker: `1.`, `a)`, `-`, `Điều 2.`
    is_opening: bool = False  # stands in the opening passage of a letter, before its first item
    scope: Scope | None = None
    cell: Cell | None = None  # of a data table, where a number may stand alone
    row_type: Span | None = None  # a type that stands alone in an earlier cell of the row


def body_segments(
    document: SourceDocument, paragraphs: Sequence[Paragraph], outline: Sequence[Item], *, opening: bool = True
) -> Iterator[Segment]:
    """Paragraphs in order, each under what holds for it; `opening` says that they open a document."""
    return _Scopes(document, outline).read(paragraphs, opening=opening)


class _Scopes:
    def __init__(self, document: SourceDocument, outline: Sequence[Item]) -> None:
        self._text = document.text
        self._items: dict[int, tuple[Item, Item | None]] = {}  # line -> the item that holds it, and that item's parent
        self._heads: dict[int, Scope] = {}  # first line of an item -> what it says
        self._introductions: dict[int | None, Scope] = {}  # first line of a parent -> over its items
        self._introduction: Scope | None = None  # the plain paragraph before, where it introduces what follows
        self._quoted: set[int] = set()
        self._place(outline, None)

    def _place(self, items: Sequence[Item], parent: Item | None) -> None:
        for item in items:
            for line in item.own:
                self._items[line.index] = item, parent
            self._quoted |= item.quoted
            self._place(item.children, item)

    def read(self, paragraphs: Sequence[Paragraph], *, opening: bool) -> Iterator[Segment]:
        """See `body_segments`."""
        first = opening
        for paragraph in self._titles_joined(paragraphs):
            for lines in self._parts(paragraph):
                start, end, cell = lines[0].start, lines[-1].end, lines[0].cell
                item, parent = self._items.get(lines[0].index, _NONE)
                if item is not None and item.lines[0] is lines[0]:
                    opening = False
                    words = min(item.marker.content, end)
                    # "- Căn cứ ..., Sở Y tế thông báo:" ends the preamble
                    opens = first and item.marker.kind is _BULLET
                    over = self._over(item, parent)
                    yield Segment(start, end, Place.BODY, words, is_item=True, is_opening=opens, scope=over)
                    first = False
                    continue
                first = False
                above = self._heads.get(item.lines[0].index) if item is not None else None
                scope = None if lines[0].index in self._quoted else self._introduction or above
                yield Segment(start, end, Place.BODY, start, is_opening=opening, scope=scope, cell=cell)
                if cell is None:
                    self._introduction = self._after(start, end, above, opening=opening)

    def _titles_joined(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """The paragraphs, the lines of a chapter's title in capitals as one: each may be a paragraph of its own."""
        held: Paragraph | None = None
        for paragraph in paragraphs:
            if held is not None and self._title_goes_on(held, paragraph):
                held = Paragraph(held.index, held.lines + paragraph.lines)
                continue
            if held is not None:
                yield held
            held = paragraph
        if held is not None:
            yield held

    def _title_goes_on(self, held: Paragraph, paragraph: Paragraph) -> bool:
        last, first = held.lines[-1], paragraph.lines[0]
        above = self._items.get(last.index)
        if above is None or above[0].marker.kind is not _HEADING or self._items.get(first.index) != above:
            return False
        if first.cell is not None or last.cell is not None:
            return False
        return in_capitals(self._text[last.start : last.end]) and in_capitals(self._text[first.start : first.end])

    def _parts(self, paragraph: Paragraph) -> Iterator[Sequence[Line]]:
        """The lines of a paragraph, cut where an item opens inside it."""
        start = 0
        for position, line in enumerate(paragraph.lines[1:], 1):
            item, _ = self._items.get(line.index, _NONE)
            if item is not None and item.lines[0] is line:
                yield paragraph.lines[start:position]
                start = position
        yield paragraph.lines[start:]

    def _over(self, item: Item, parent: Item | None) -> Scope | None:
        """The headings and introductions over an item; an introduction right before it holds for its later siblings too."""
        key = parent.lines[0].index if parent else None
        if self._introduction is not None:
            self._introductions[key] = self._introduction
            self._introduction = None
        above = self._introductions.get(key) or (self._heads.get(key) if key is not None else None)
        self._heads[item.lines[0].index] = Scope(*_head_span(item), above)
        return above

    def _after(self, start: int, end: int, above: Scope | None, *, opening: bool) -> Scope | None:
        """The introduction that holds after a plain paragraph: that paragraph, the one before it, or none."""
        words, last = self._text[start:end], self._text[end - 1]
        if last == ":":
            return Scope(start, end, self._introduction.parent if self._introduction else above, opening)
        if last not in ".;,/" and (above is None or in_capitals(words)) and len(words.split()) <= _TITLE_WORDS:
            return Scope(start, end, None, opening)  # a heading without a number
        return self._introduction if last in ";," else None


def _head_span(item: Item) -> tuple[int, int]:
    spans, _ = text_spans(item)
    return (spans[0].start, spans[-1].end) if spans else (item.marker.content, item.marker.content)
