"""LineText: one line as printed, folded and without marks, which is all that the genre is asked about."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.text.fold import fold, strip_marks


class LineText(NamedTuple):
    """A line in its three readings, position for position the same; a `SourceDocument` cuts one out of its text."""

    text: str
    folded: str
    bare: str


def line_text(text: str) -> LineText:
    """A line that belongs to no document yet."""
    folded = fold(text)
    return LineText(text, folded, strip_marks(folded))


def after_emphasis(line: LineText) -> LineText:
    """The line without the marks of emphasis, quotation and tables that a text file may open it with."""
    start = len(line.text) - len(line.text.lstrip("*_#>|~[ "))
    return LineText(*(reading[start:] for reading in line)) if start else line
