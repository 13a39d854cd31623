"""Puts the formulas of a text right that a machine read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vnadmin.genre.misread import LONGEST, mended_formula
from vnadmin.layout.flow.raw import RawLine

_MISREAD: Final = 2  # formulas of a text that a machine read


def with_formulas(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, their formulas put right where several were misread: one alone may be its writer's."""
    short = [(index, line.text) for index, line in enumerate(lines) if 0 < len(line.text) <= LONGEST]
    mended = {index: after for index, text in short if (after := mended_formula(text)) != text}
    if len(mended) < _MISREAD:
        return list(lines)
    return [
        line._replace(text=mended[index], rebuilt=True) if index in mended else line for index, line in enumerate(lines)
    ]
