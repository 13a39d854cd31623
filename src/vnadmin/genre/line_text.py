"""LineText: one line as printed, folded and without marks, which is all that the genre is asked about."""

from __future__ import annotations

from vnadmin.text.fold import fold, strip_marks


class LineText:
    """A line in its three readings, position for position the same; a `SourceDocument` cuts them out of its text.

    A reading that is not given is made when it is asked for.
    """

    __slots__ = ("_bare", "_folded", "text")

    def __init__(self, text: str, folded: str | None = None, bare: str | None = None) -> None:
        self.text = text
        self._folded = folded
        self._bare = bare

    @property
    def folded(self) -> str:
        """The line folded."""
        known = self._folded
        if known is None:
            known = self._folded = fold(self.text)
        return known

    @property
    def bare(self) -> str:
        """The line folded and without marks."""
        known = self._bare
        if known is None:
            known = self._bare = strip_marks(self.folded)
        return known

    def part(self, start: int, end: int | None = None) -> LineText:
        """A slice of the line."""
        return LineText(self.text[start:end], self.folded[start:end], self.bare[start:end])


def after_emphasis(line: LineText) -> LineText:
    """The line without the marks of emphasis, quotation and tables that a text file may open it with."""
    start = len(line.text) - len(line.text.lstrip("*_#>|~[ "))
    return line.part(start) if start else line
