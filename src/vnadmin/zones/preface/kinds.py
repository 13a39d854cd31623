"""The kinds of the first lines of a document, as the genre knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.layout.page import Line, SourceDocument


class Kinds:
    """The kinds of the first lines of a document, each found once and only when it is asked for."""

    def __init__(self, document: SourceDocument, lines: Sequence[Line]) -> None:
        self._document = document
        self._lines = lines
        self._known: dict[int, HeaderKind] = {}

    def at(self, position: int) -> HeaderKind:
        """The kind of one line."""
        kind = self._known.get(position)
        if kind is None:
            kind = self._known[position] = header_kind(self._document.line_text(self._lines[position]))
        return kind

    def after(self, position: int, count: int) -> Iterator[HeaderKind]:
        """The kinds of the lines after one, `count` of them at most."""
        return map(self.at, range(position + 1, min(position + 1 + count, len(self._lines))))
