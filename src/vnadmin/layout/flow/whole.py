"""Facts of a whole text: which of its lines hold what a step looks for, asked of all lines at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.fold import fold


class WholeText:
    """The lines of a text as one, for questions to which nearly every line says no.

    A hint takes at least what its step takes: a line without one is passed over, and one with it is looked at.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, lines: Sequence[RawLine]) -> None:
        texts = [line.text for line in lines]
        self.text = "\n".join(texts)
        self._starts = [0, *accumulate([len(text) + 1 for text in texts])]

    def holding(self, hint: re.Pattern[str], *, folded: bool = False) -> set[int]:
        """The positions of the lines that hold it; `folded`: the hint is one of folded text, in which line ends are blanks."""
        text = fold(self.text) if folded else self.text
        return {bisect_right(self._starts, match.start()) - 1 for match in hint.finditer(text)}
