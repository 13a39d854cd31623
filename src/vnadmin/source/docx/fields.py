"""Fields of a paragraph: the code of one stands between its begin and what sets its result apart, and nobody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from lxml.etree import _Element

from vnadmin.source.docx.names import W

FIELD: Final = W + "fldChar"
_PART: Final = W + "fldCharType"
_LONGEST: Final = 200  # runs of a code


class Fields:
    """Those that are open in a paragraph."""

    __slots__ = ("_results", "codes")

    def __init__(self) -> None:
        self.codes = 0  # whose code is being read
        self._results = 0

    def take(self, item: _Element) -> None:
        """Begin, separate or end."""
        part = item.get(_PART)
        if part == "begin":
            self.codes += _has_result(item)
        elif part == "separate" and self.codes:
            self.codes, self._results = self.codes - 1, self._results + 1
        elif part == "end" and self._results:
            self._results -= 1
        elif part == "end" and self.codes:
            self.codes -= 1


def _has_result(begin: _Element) -> bool:
    """Whether a field that begins here has a result in this paragraph, set apart from its code."""
    run = begin.getparent()
    runs = () if run is None else islice(run.itersiblings(), _LONGEST)
    # `map` looks at a run when it is asked for; mypyc makes a list of what stands in brackets
    groups = chain((begin.itersiblings(),), map(_fields_of, runs))
    return next((item.get(_PART) for group in groups for item in group if item.tag == FIELD), None) == "separate"


def _fields_of(run: _Element) -> Iterator[_Element]:
    return run.iter(FIELD)
