"""Finds signers side by side, two or more, as a joint circular has them: the lines of each, about its own axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vnadmin.genre.bullet import bullets
from vnadmin.genre.closing_line import opens_list
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.layout.placed.geometry import Segment, rows, segment_of

_FEWEST_POSTS, _MOST_POSTS = 2, 6  # more than six posts in a row are a table
_TRIES = 20  # rows of posts that are looked below: a list of members has hundreds, and no names
_FURTHEST_BELOW = 9.0  # heights of a line between two lines of a block: a hand and a seal stand there
_FURTHEST_ASIDE = 0.5  # of the distance of two axes: how far a line's middle lies from its own


def signer_columns(items: Sequence[Segment], height: float) -> tuple[list[Segment], list[list[Segment]]]:
    """The segments of the first such block, and its columns from left to right, lines cut where two were joined.

    Both are empty where posts in a row have no names below: a table's head, a list of members. Two signers none of
    whose lines was cut are the two columns of an end, which may have its list in one of them.
    """
    lines = rows(items)
    at = tries = 0
    while at < len(lines) and tries < _TRIES:
        row = lines[at]
        at += 1
        if len(row) < _FEWEST_POSTS:  # nearly every row
            continue
        heads = [item for item in row if opens_signature(item.text)]
        if not _FEWEST_POSTS <= len(heads) <= _MOST_POSTS:
            continue
        tries += 1
        taken, columns = _block(lines[at - 1 :], [head.middle for head in heads], height)
        found = [item for line in taken for item in line]
        was_cut = sum(map(len, columns)) > len(found)
        if sum(any(map(_is_name, column)) for column in columns) > 1 and (len(heads) > _FEWEST_POSTS or was_cut):
            return found, columns
        at += max(len(taken) - 1, 0)  # what was read of a table is not read again row by row
    return [], []


def _block(
    lines: Sequence[Sequence[Segment]], axes: Sequence[float], height: float
) -> tuple[list[Sequence[Segment]], list[list[Segment]]]:
    """Lines under the heads as far as each part of them stands about an axis; the row of names is the last."""
    taken: list[Sequence[Segment]] = []
    columns: list[list[Segment]] = [[] for _ in axes]
    foot = max(item.y1 for item in lines[0])
    named = False
    for line in lines:
        parts = [(item, part) for item in line for part in _cut_between(item, axes)]
        places = [_column_of(part, axes) for _, part in parts]
        ended = named and not any(_is_name(part) for _, part in parts)
        if ended or None in places or min(item.y0 for item in line) - foot > _FURTHEST_BELOW * height:
            break
        for (_, part), place in zip(parts, places, strict=True):
            if place is not None:
                columns[place].append(part)
        taken.append(line)
        foot = max(item.y1 for item in line)
        named = named or any(_is_name(part) for _, part in parts)
    return taken, columns


def _is_name(item: Segment) -> bool:
    return name_likeness(item.text) >= NameLikeness.CAPITALS


def _column_of(item: Segment, axes: Sequence[float]) -> int | None:
    """The column about whose axis a segment stands; a list of recipients and running text stand about none."""
    if opens_list(item.bare) or item.words[0].text[0] in bullets():
        return None
    place = min(range(len(axes)), key=lambda index: abs(item.middle - axes[index]))
    least = min(after - before for before, after in pairwise(axes))
    inside = sum(item.x0 < axis < item.x1 for axis in axes) < 2
    return place if inside and abs(item.middle - axes[place]) < _FURTHEST_ASIDE * least else None


def _cut_between(item: Segment, axes: Sequence[float]) -> list[Segment]:
    """A segment that runs over axes cut at its widest gaps between them, past what is no word ("CAO _ TÒA")."""
    parts = [item]
    for _ in axes[1:]:
        last = parts[-1]
        over = [axis for axis in axes if last.x0 < axis < last.x1]
        if len(over) < 2:
            break
        words = [word for word in last.words if any(map(str.isalnum, word.text))]
        gaps = [
            (after.x0 - before.x1, after.x0)
            for before, after in pairwise(words)
            if before.x1 > over[0] and after.x0 < over[1]
        ]
        _, at = max(gaps, default=(0.0, last.x0))
        left, right = ([word for word in last.words if (word.x0 < at) is first] for first in (True, False))
        if not (left and right):
            break
        parts[-1:] = [segment_of(left), segment_of(right)]
    return parts
