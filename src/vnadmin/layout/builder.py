"""DocumentBuilder: the only writer of canonical text, with the lines and boxes that point into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from vnadmin.genre.misread import mended_end, mended_formula
from vnadmin.issues import issue
from vnadmin.layout.odd import places_of
from vnadmin.layout.page import (
    PLAIN,
    Box,
    Cell,
    Column,
    Furniture,
    Line,
    Measured,
    Method,
    Page,
    Paragraph,
    SourceDocument,
    Span,
    Style,
    Word,
)
from vnadmin.model import Issue
from vnadmin.text.clean import clean, is_turned
from vnadmin.text.fold import fold, strip_marks

_new_word = partial(tuple.__new__, Word)  # of all its parts at once: a document has thousands


@dataclass(slots=True)
class DocumentBuilder:
    """The only writer of canonical text. A source calls `page`, `line` for each line in order, then `build`."""

    media_type: str
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _lines: list[Line] = field(default_factory=list)
    _furniture: list[tuple[str, Furniture, int, Box | None]] = field(default_factory=list)
    _pages: list[Page] = field(default_factory=list)
    _issues: list[Issue] = field(default_factory=list)
    _paragraph: int = -1
    _measured: list[Measured] = field(default_factory=list)
    _is_read: bool = False
    _turned: list[Span] = field(default_factory=list)
    _layered: set[int] = field(default_factory=set)
    _unsure: list[Span] = field(default_factory=list)
    _odd: list[str | None] = field(default_factory=list)

    def page(self, width: float | None = None, height: float | None = None, method: Method = "markup") -> int:
        """Open the next page and give its number, from 1."""
        self._pages.append(Page(len(self._pages) + 1, width, height, method))
        return len(self._pages)

    @property
    def length(self) -> int:
        """Characters written so far, for a source that keeps a limit."""
        return self._length

    def line(
        self,
        text: str,
        *,
        starts_paragraph: bool = True,
        column: Column = Column.FULL,
        style: Style = PLAIN,
        cell: Cell | None = None,
        box: Box | None = None,
        page: int | None = None,
        confidences: Sequence[float] = (),
        rebuilt: bool = False,
    ) -> None:
        """Append one line without word boxes. A line that is empty after cleaning is dropped.

        `confidences` are those of its words, where an engine read the line; the least of them stands for each word
        where they do not match (words were joined or cut).
        """
        cleaned = clean(text)
        if cleaned:
            if is_turned(text):
                self._turned.append(Span(self._length, self._length + len(cleaned)))
            if confidences:
                self._measure(cleaned, confidences)
            self._append(cleaned, (), starts_paragraph, column, style, cell, box, page, None, rebuilt)

    def words(
        self,
        words: Sequence[tuple[str, Box, float | None]],
        *,
        starts_paragraph: bool = True,
        column: Column = Column.FULL,
        style: Style = PLAIN,
        cell: Cell | None = None,
        page: int | None = None,
        is_note: bool = False,
        unsure: bool = False,
    ) -> None:
        """Append one line given as (text, box, confidence) of its words; words are set apart by one space.

        `is_note`: it is a footnote that stands in the text where its page ends. `unsure`: it may not be what is seen.
        """
        text = " ".join([word[0] for word in words])
        if "  " in text or clean(text) != text:  # hardly a line has a word to clean: look at all of them at once
            turned = is_turned(text)
            words = [(cleaned, box, read) for raw, box, read in words if (cleaned := clean(raw))]
            text = " ".join([word[0] for word in words])
            if turned:
                self._turned.append(Span(self._length, self._length + len(text)))
        if not text:
            return
        if unsure:
            self._unsure.append(Span(self._length, self._length + len(text)))
        if page in self._layered or any(read is not None for _, _, read in words):
            above = self._parts[-1] if self._lines and self._lines[-1].column is column else ""
            mended = mended_end(above, mended_formula(text))
            rebuilt = mended != text
            if rebuilt:
                words = [(own, box, read) for own, (_, box, read) in zip(mended.split(" "), words, strict=True)]
                text = mended
        else:
            rebuilt = False
        placed: list[Word] = []
        start = self._length
        for word, box, confidence in words:
            end = start + len(word)
            placed.append(_new_word((start, end, box, confidence)))
            start = end + 1
            if confidence is not None:
                self._is_read = True
        line_box = Box.around([word[1] for word in words])
        kind = Furniture.FOOTNOTE if is_note else None
        self._append(text, tuple(placed), starts_paragraph, column, style, cell, line_box, page, kind, rebuilt)

    def furniture(self, text: str, kind: Furniture, *, page: int | None = None, box: Box | None = None) -> None:
        """Set aside a line that is not the document's own text; it stands at the end of the canonical text."""
        cleaned = clean(text)
        if cleaned:
            self._furniture.append((cleaned, kind, page or max(len(self._pages), 1), box))

    def layer(self, page: int) -> None:
        """Say that the text of a page is a layer over its picture, which only a machine reads."""
        self._layered.add(page)

    def odd(self, text: str | None) -> None:
        """Say that a piece of the text is set in a way that is not known to be seen; None of the whole text."""
        self._odd.append(text)

    def issue(self, code: str, message: str = "", page: int | None = None) -> None:
        """Report something odd about the source; a `message` says more than the text of the code."""
        self._issues.append(issue(code, message=message, page=page))

    def build(self) -> SourceDocument:
        """Close the document."""
        if not self._pages:
            self.page()
        own = tuple(self._lines)
        for text, kind, page, box in self._furniture:
            self._append(text, (), True, Column.FULL, PLAIN, None, box, page, kind)
        text = "".join([f"{part}\n" for part in self._parts])
        folded = fold(text)
        return SourceDocument(
            text=text,
            folded=folded,
            bare=strip_marks(folded),
            lines=own,
            paragraphs=tuple(_paragraphs(own)),
            furniture=tuple(self._lines[len(own) :]),
            pages=tuple(self._pages),
            media_type=self.media_type,
            issues=tuple(self._issues),
            measured=tuple(self._measured),
            is_read=self._is_read,
            turned=tuple(self._turned),
            layered=frozenset(self._layered),
            unsure=(*self._unsure, *places_of(self._odd, folded)),
        )

    def _measure(self, text: str, confidences: Sequence[float]) -> None:
        words = text.split(" ")
        if len(words) != len(confidences):
            confidences = [min(confidences)] * len(words)
        start = self._length
        for word, confidence in zip(words, confidences, strict=True):
            self._measured.append(Measured(start, start + len(word), confidence))
            start += len(word) + 1
        self._is_read = True

    def _append(
        self,
        text: str,
        words: tuple[Word, ...],
        starts_paragraph: bool,
        column: Column,
        style: Style,
        cell: Cell | None,
        box: Box | None,
        page: int | None,
        furniture: Furniture | None = None,
        rebuilt: bool = False,
    ) -> None:
        if starts_paragraph or self._paragraph < 0:
            self._paragraph += 1
        start, lines, paragraph = self._length, self._lines, self._paragraph
        end = start + len(text)
        self._parts.append(text)
        self._length = end + 1
        page = page or len(self._pages) or 1
        lines.append(Line(len(lines), start, end, page, paragraph, column, style, cell, box, words, furniture, rebuilt))


def _paragraphs(lines: Iterable[Line]) -> Iterable[Paragraph]:
    group: list[Line] = []
    index = 0
    for line in lines:
        if group and line.paragraph != group[-1].paragraph:
            yield Paragraph(index, tuple(group))
            index += 1
            group = []
        group.append(line)
    if group:
        yield Paragraph(index, tuple(group))
