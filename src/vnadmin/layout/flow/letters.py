"""Lines whose letters are not those that were meant: typed in an old encoding, or misread by a machine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from vnadmin.genre.misread import LONGEST, mended_formula
from vnadmin.layout.flow.raw import RawLine
from vnadmin.text import legacy

_UNICODE = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")  # letters that no old encoding has: some of the text is in Unicode
_MISREAD: Final = 2  # formulas of a text that a machine read


def decode_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines typed in an old encoding whose font does not say so, alone or among lines in Unicode."""
    signed = [line for line in lines if legacy.has_signs(line.text)]
    if not signed:
        return list(lines)
    whole = "\n".join(line.text for line in lines)
    encoding = legacy.looks_legacy(whole)
    if encoding is not None and not _UNICODE.search(whole):
        return [line._replace(text=legacy.convert(line.text, None, encoding)) for line in lines]
    votes = Counter(filter(None, (legacy.looks_legacy(line.text) for line in signed)))
    if not votes:
        return list(lines)
    encoding = votes.most_common(1)[0][0]
    return [
        line._replace(text=legacy.convert(line.text, None, encoding)) if legacy.has_signs(line.text) else line
        for line in lines
    ]


def with_formulas(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, their formulas put right where several were misread: one alone may be its writer's."""
    short = [(index, line.text) for index, line in enumerate(lines) if 0 < len(line.text) <= LONGEST]
    mended = {index: after for index, text in short if (after := mended_formula(text)) != text}
    if len(mended) < _MISREAD:
        return list(lines)
    return [
        line._replace(text=mended[index], rebuilt=True) if index in mended else line for index, line in enumerate(lines)
    ]
