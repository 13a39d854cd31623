"""Groups the lines of signatures into one block for each signer."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.zones.conclusions_lines import Role

_POSTS = (Role.AUTHORITY, Role.POST, Role.CAPITALS, Role.OTHER)


def signature_blocks(document: SourceDocument, lines: Sequence[tuple[Line, Role]]) -> tuple[tuple[Line, ...], ...]:
    """Blocks in reading order: a block ends with its name, or where the next signer's column begins."""
    blocks: list[tuple[Line, ...]] = []
    for run in _runs(lines):
        blocks.extend(_blocks_of_run(run))
    return tuple(block for block in blocks if block)


def _runs(lines: Sequence[tuple[Line, Role]]) -> list[list[tuple[Line, Role]]]:
    """Lines of one column (or one cell of a table) one after the other."""
    runs: list[list[tuple[Line, Role]]] = []
    place: tuple[object, ...] | None = None
    for line, what in lines:
        here = (line.column is Column.LEFT, line.cell)
        if place is None or here != place:
            runs.append([])
            place = here
        runs[-1].append((line, what))
    return runs


def _blocks_of_run(run: list[tuple[Line, Role]]) -> list[tuple[Line, ...]]:
    blocks: list[list[tuple[Line, Role]]] = [[]]
    for number, (line, what) in enumerate(run):
        current = blocks[-1]
        seen = {r for _, r in current}
        if what is not Role.NAME and Role.NAME in seen:
            blocks.append([])
        elif what in (Role.AUTHORITY, Role.POST) and seen & {Role.MARK, Role.DOTS} and _named_later(run, number):
            # "KT. BỘ TRƯỞNG ... (Đã ký)" without a name, then the next signer's authority; a second title above
            # the name is a post without one
            if what is Role.AUTHORITY:
                blocks.append([])
        elif what is Role.NAME and Role.NAME in seen:
            blocks.append([])
        blocks[-1].append((line, what))
    blocks = _paired(blocks)
    return [tuple(line for line, _ in block) for block in blocks]


def _named_later(run: list[tuple[Line, Role]], number: int) -> bool:
    return any(what is Role.NAME for _, what in run[number:])


def _paired(blocks: list[list[tuple[Line, Role]]]) -> list[list[tuple[Line, Role]]]:
    """Posts of two signers printed above both names: the lines are dealt out in order of appearance."""
    paired: list[list[tuple[Line, Role]]] = []
    number = 0
    while number < len(blocks):
        group = [blocks[number]]
        while number + len(group) < len(blocks) and not any(r in _POSTS for _, r in blocks[number + len(group)]):
            group.append(blocks[number + len(group)])
        posts = [item for item in blocks[number] if item[1] in _POSTS]
        count = len(group)
        if count > 1 and len(posts) >= count and len(posts) % count == 0:
            each = len(posts) // count
            side_by_side = each > 1 and all(posts[i][1] is posts[0][1] for i in range(count))
            for signer in range(count):
                mine = posts[signer::count] if side_by_side else posts[signer * each : (signer + 1) * each]
                rest = [item for item in group[signer] if item[1] not in _POSTS]
                paired.append(mine + rest)
        else:
            paired.extend(group)
        number += count
    return paired
