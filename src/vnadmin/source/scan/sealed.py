"""Tells the text of a round seal from what is printed beside and across it."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.closing_line import Role
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.signs import line_signs
from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine

_WITHIN = 1.05  # of the radius: the corners of what is a seal's own
_SHORT = 0.45  # of the seal's width: a scrap of the writing along its ring, whose corner may stand out
_BENT = 0.7  # confidence of words that are bent along the ring, however wide
_POSTS = frozenset({Role.AUTHORITY, Role.POST})


def seals_own(lines: Sequence[ReadLine], seals: Sequence[Box]) -> frozenset[int]:
    """The indices of lines that stand within a seal and are its own: `SỞ`, `CÔNG THƯƠNG`, scraps of the ring's writing.

    A post or a name that is printed across a seal stands out of it on one side, for it is set about the middle of its
    column and the seal left of that (NĐ 30/2020, điều 33: on a third of the signature, to its left).
    """
    return frozenset(
        index
        for index, line in enumerate(lines)
        if any(_is_own(line, seal) for seal in seals) and not _is_signers(line.text)
    )


def _is_own(line: ReadLine, seal: Box) -> bool:
    box = line.box
    x, y, across, down = _middle(seal)
    if box.x1 - box.x0 <= 2 * _SHORT * across or all(word.confidence < _BENT for word in line.words):
        return _share((box.x0 + box.x1) / 2 - x, (box.y0 + box.y1) / 2 - y, across, down) <= 1
    corners = ((a, b) for a in (box.x0, box.x1) for b in (box.y0, box.y1))
    return all(_share(a - x, b - y, across, down) <= _WITHIN * _WITHIN for a, b in corners)


def _middle(seal: Box) -> tuple[float, float, float, float]:
    """Middle of a seal, half its width and half its height."""
    return (seal.x0 + seal.x1) / 2, (seal.y0 + seal.y1) / 2, (seal.x1 - seal.x0) / 2, (seal.y1 - seal.y0) / 2


def _share(dx: float, dy: float, across: float, down: float) -> float:
    return (dx / across) ** 2 + (dy / down) ** 2


def _is_signers(text: str) -> bool:
    return line_signs(text).role in _POSTS or name_likeness(text) is NameLikeness.FULL
