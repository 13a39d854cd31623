"""One item of an outline, with the slices of its own text."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin.genre.marker import Marker, MarkerKind
from vnadmin.layout.page import Line, SourceDocument, Span


@dataclass(slots=True, eq=False)
class Item:
    """One item while the outline is being read; `lines` are its own, without those of its children."""

    marker: Marker
    lines: list[Line]
    quoted: set[int] = field(default_factory=set)  # indices of those of its lines that stand in a quoted amendment
    children: list[Item] = field(default_factory=list)
    tail: int = 0  # how many of its last lines close the whole document rather than this item

    @property
    def own(self) -> list[Line]:
        """The lines of the item's own text, its marker line first."""
        return self.lines[: -self.tail] if self.tail else self.lines


def text_spans(item: Item) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The slices of the paragraph that the marker opens, and of the unnumbered paragraphs that follow it.

    Where the marker stands alone (`Chương II`), the first are those of the title below it.
    """
    content, groups = item.marker.content, _groups(item)
    if groups and content < item.lines[0].end:
        further = tuple([Span(group[0].start, group[-1].end) for group in groups[1:]]) if len(groups) > 1 else ()
        return (Span(content, groups[0][-1].end),), further
    return tuple([Span(group[0].start, group[-1].end) for group in groups]), ()


def _groups(item: Item) -> list[list[Line]]:
    """The item's own lines by paragraph; a bold title is one of its own, though it may stand close above its text."""
    own = item.own
    groups: list[list[Line]] = []
    if len(own) == 1 and item.marker.content < own[0].end:  # mostly
        return [own]
    for line in own:
        if line is item.lines[0] and item.marker.content >= line.end:
            continue
        if groups:
            last = groups[-1][-1]
            if last.paragraph == line.paragraph and not (last.style.bold and line.style.bold is False):
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


def hand_up(document: SourceDocument, items: list[Item]) -> None:
    """Give what follows the last of several bullets to the item that they stand under: it speaks of all of them (GUIDE)."""
    for item in items:
        if not item.children:  # mostly
            continue
        hand_up(document, item.children)
        *others, last = item.children
        bullets = {child.marker.kind for child in item.children} == {MarkerKind.BULLET}
        if (
            item.marker.kind is MarkerKind.BULLET
            or not (others and bullets)
            or last.children
            or any(len(_groups(child)) > 1 for child in others)
        ):
            continue
        groups = _groups(last)
        if len(groups) > 1 and document.text[groups[0][-1].end - 1] in ".;":
            handed = {line.index for group in groups[1:] for line in group}
            item.lines += [line for line in last.lines if line.index in handed]
            item.quoted |= last.quoted
            last.lines = [line for line in last.lines if line.index not in handed]


def own_paragraphs(item: Item) -> tuple[Span, ...]:
    """The slices of an item's own text, one for each paragraph; quoted amendments order nobody and are left out."""
    spans: list[Span] = []
    previous: Line | None = None
    for line in item.own:
        if line.index in item.quoted:
            continue
        start = item.marker.content if previous is None else line.start
        if previous is not None and line.paragraph == previous.paragraph and spans:
            spans[-1] = Span(spans[-1].start, line.end)
        elif start < line.end:
            spans.append(Span(start, line.end))
        previous = line
    return tuple(spans)
