"""The kinds of the first lines of a document, as the genre knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from vnadmin.genre.document_type import type_words
from vnadmin.genre.header_line import HeaderKind
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.fold import fold


@cache
def _type_names() -> tuple[str, ...]:
    return tuple(fold(word.name) for word in type_words().values())


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
            kind = self._document.signs(self._lines[position]).kind
            if (
                kind is HeaderKind.NUMBER
                and position
                and self._is_cited(self._lines[position - 1], self._lines[position])
            ):
                kind = HeaderKind.OTHER
            self._known[position] = kind
        return kind

    def _is_cited(self, above: Line, line: Line) -> bool:
        """`... MỘT SỐ NỘI DUNG CỦA NGHỊ ĐỊNH` / `SỐ 68/2017/NĐ-CP NGÀY 25 ...`: the number of what the line above ends with.

        So is `V/v triển khai Nghị định` / `số 17/2026/NĐ-CP của Chính phủ`: in small letters a number goes on with its line.
        """
        words = self._document.folded_of(above).rstrip(" *_")
        if above.column is not line.column or above.cell != line.cell or ":" in self._document.of(line)[:8]:
            return False
        joint = " " if self._document.of(line).startswith("s") else " của "
        return any(words.endswith(f"{joint}{name}") for name in _type_names())

    def after(self, position: int, count: int) -> Iterator[HeaderKind]:
        """The kinds of the lines after one, `count` of them at most."""
        return map(self.at, range(position + 1, min(position + 1 + count, len(self._lines))))
