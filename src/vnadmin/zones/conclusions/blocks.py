"""Groups the lines of signatures into one block for each signer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vnadmin.genre.closing_line import Role
from vnadmin.zones.conclusions.evidence import Signed

_POSTS = (Role.AUTHORITY, Role.POST, Role.CAPITALS, Role.OTHER)


def signature_blocks(lines: Sequence[Signed]) -> list[list[Signed]]:
    """Blocks in reading order: a block ends with its name, or where the next signer's column begins."""
    return [block for run in _runs(lines) for block in _paired(_blocks_of_run(run)) if block]


def _runs(lines: Sequence[Signed]) -> list[list[Signed]]:
    """Lines of one column (or one cell of a table) one after the other."""
    rows = [(a.role, b.role) for a, b in pairwise(lines) if a.line.index == b.line.index and a.place != b.place]
    if rows and all(post in _POSTS[:2] and name is Role.NAME for post, name in rows):
        return [list(lines)]  # "CHỦ TỊCH          Hoàng Thị Lan": a post and its signer, wide blanks between them
    if rows:
        # rows of several columns ("THƯ KÝ      CHỦ TỌA"): a line that stands alone is of the last column
        last = max(signed.place for signed in lines)
        columns: dict[int, list[Signed]] = {}
        lines = _dealt_out(lines)
        for signed in lines:
            columns.setdefault(signed.place or last, []).append(signed)
        return [columns[place] for place in sorted(columns)]
    runs: list[list[Signed]] = []
    before: tuple[object, ...] | None = None
    for signed in lines:
        here = (signed.place == 1, signed.line.cell)
        if here != before:
            runs.append([])
            before = here
        runs[-1].append(signed)
    if [{signed.role is Role.NAME for signed in run} for run in runs] == [{False}, {True}] and len(runs[1]) == 1:
        return [list(lines)]  # "CHỦ TỊCH" / "Hoàng Thị Lan", which stood on one line and were taken for two columns
    return runs


def _dealt_out(lines: Sequence[Signed]) -> list[Signed]:
    """`THƯ KÝ` / `CHỦ TỌA` on a line each over both names in a row: one post for each column."""
    alone = [signed for signed in lines if not signed.place]
    places = sorted({signed.place for signed in lines} - {0})
    if len(alone) != len(places) or any(s.role in _POSTS[:2] for s in lines if s.place):
        return list(lines)
    own = dict(zip(map(id, alone), places, strict=True))
    return [signed._replace(place=own.get(id(signed), signed.place)) for signed in lines]


def _blocks_of_run(run: Sequence[Signed]) -> list[list[Signed]]:
    blocks: list[list[Signed]] = [[]]
    for number, signed in enumerate(run):
        seen = {s.role for s in blocks[-1]}
        if (Role.NAME in seen and not _signs_the_name_above(run, number)) or (
            # "KT. BỘ TRƯỞNG ... (Đã ký)" without a name, then the next signer's authority; a second title above
            # the name is a post without one
            signed.role is Role.AUTHORITY
            and (seen & {Role.MARK, Role.DOTS} or Role.POST in seen)
            and _lost_a_name(run)
            and _named_later(run, number)
        ):
            blocks.append([])
        blocks[-1].append(signed)
    return blocks


def _signs_the_name_above(run: Sequence[Signed], number: int) -> bool:
    """`(đã ký)` or the post, typed below the name and not above it."""
    following = run[number + 1].role if number + 1 < len(run) else None
    return run[number].role is Role.BELOW or (run[number].role is Role.MARK and following is not Role.NAME)


def _lost_a_name(run: Sequence[Signed]) -> bool:
    """Whether a seal hid a signer's name: there are fewer names than signs of authority (`KT. BỘ TRƯỞNG` is one).

    Where both posts stand above both names there are as many.
    """
    signs = sum(
        signed.role is Role.AUTHORITY and (not number or run[number - 1].role is not Role.AUTHORITY)
        for number, signed in enumerate(run)
    )
    return sum(signed.role is Role.NAME for signed in run) < signs


def _named_later(run: Sequence[Signed], number: int) -> bool:
    return any(signed.role is Role.NAME for signed in run[number:])


def _paired(blocks: list[list[Signed]]) -> list[list[Signed]]:
    """Posts of two signers printed above both names: the lines are dealt out in order of appearance."""
    paired: list[list[Signed]] = []
    number = 0
    while number < len(blocks):
        group = [blocks[number]]
        while number + len(group) < len(blocks) and not any(s.role in _POSTS for s in blocks[number + len(group)]):
            group.append(blocks[number + len(group)])
        posts = [s for s in blocks[number] if s.role in _POSTS]
        count = len(group)
        if count > 1 and len(posts) >= count and len(posts) % count == 0:
            each = len(posts) // count
            side_by_side = each > 1 and all(posts[i].role is posts[0].role for i in range(count))
            for signer in range(count):
                mine = posts[signer::count] if side_by_side else posts[signer * each : (signer + 1) * each]
                paired.append(mine + [s for s in group[signer] if s.role not in _POSTS])
        else:
            paired.extend(group)
        number += count
    return paired
