"""What is known of a run's font in a .docx."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

from vnadmin.source.sight import Colour


class Font(NamedTuple):
    """What is known of a run's font; None where nothing is said.

    A name is kept only where it tells how to read the characters, of a font in an old encoding or a symbol font; that
    of any other is empty.
    """

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    name: str | None = None
    ink: Colour | None = None
    ground: Colour | None = None  # shade or highlight behind the letters
    odd: bool | None = None  # set in a way that is not known to be seen

    def over(self, below: Font) -> Font:
        """This font laid over that of a style."""
        bold, italic, caps, hidden, size, name, ink, ground, odd = self
        return new_font(
            (
                below[0] if bold is None else bold,
                below[1] if italic is None else italic,
                below[2] if caps is None else caps,
                below[3] if hidden is None else hidden,
                below[4] if size is None else size,
                below[5] if name is None else name,
                ink or below[6],
                ground or below[7],
                odd or below[8],
            )
        )


new_font = partial(tuple.__new__, Font)  # of all its parts at once: a document has thousands of runs
NOTHING: Final = Font()
