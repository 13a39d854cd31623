"""Mends family names that OCR damaged, and the military rank before a name."""

from __future__ import annotations

from functools import cache

from vnadmin.gazetteer import words, words_where
from vnadmin.source.scan.mending.phrases import distance

_MARGIN = 0.5  # by which the second best must be worse where a letter is wrong
_FREQUENT = 16  # family names that most people have stand first in the table


@cache
def _family_names() -> tuple[str, ...]:
    return tuple(name.lower() for name in words("surnames"))


def family_name(read: str) -> str:
    """The family name that was meant, where it is no known one and one alone is as near as that."""
    low = read.lower()
    names = _family_names()
    if low in names or len(low) < 2:
        return read
    scored = sorted((distance(low, name), index, name) for index, name in enumerate(names))
    cost, index, name = scored[0]
    ending = family_name_of_two(low[1:])
    if ending:
        return ending
    other_letter = cost >= 1
    if other_letter and (len(name) < 4 or len(name) != len(low) or low[1:] != name[1:] or index >= _FREQUENT):
        return read
    if cost > 1 or (scored[1][0] - cost < 0.2 and scored[1][1] < _FREQUENT):
        return read
    return name.title()


@cache
def family_name_of_two(letter: str) -> str | None:
    """The frequent family name of two letters that alone ends in this one: "Xê Quân" is Lê, "8õ Thị Sáu" Võ."""
    found = [name for name in _family_names() if len(name) == 2 and name[1:] == letter]
    return found[0].title() if len(found) == 1 and found[0] in _family_names()[:_FREQUENT] else None


def family_name_under_a_seal(read: str) -> str | None:
    """The family name that a word of a few wrong letters can be ("QNgyyễn"), None where several are as near.

    A rare one must be all but read ("Hã Văn" is Hà): "Điệm" was Phạm, not Diêm. The most frequent one, that of two
    persons of five, may be a letter further than another.
    """
    low = read.lower()
    if len(low) < 2:
        return None
    costs = sorted((distance(low, name), name) for name in _family_names())
    cost, name = costs[0]
    if cost <= max(0.1 * len(name), 0.25) and (cost < 0.2 or costs[1][0] - cost >= 0.4):
        return name.title()
    frequent = _family_names()[:_FREQUENT]
    ending = family_name_of_two(low[1:])
    if ending:
        return ending
    near = sorted((distance(low, name) - (0.75 if not index else 0.0), name) for index, name in enumerate(frequent))
    (cost, name), (second, _) = near[:2]
    return name.title() if cost <= 0.25 * len(name) and second - cost >= 0.4 else None


def rank_under_a_seal(read: str) -> str | None:
    """The military rank of which a stretch of letters has lost a letter and some marks: "Đàiưởng" is Đại tướng."""
    costs = sorted(
        (distance(read.lower(), rank.replace(" ", "")), rank) for rank in words_where("ranks", "kind", "rank")
    )
    (cost, rank), (second, _) = costs[:2]
    return rank.capitalize() if cost <= 0.2 * len(rank) and second - cost >= _MARGIN else None
