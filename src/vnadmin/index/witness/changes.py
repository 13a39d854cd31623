"""The readings that the archive put right, as the catalogue keeps them: which are in force, and what a run makes and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from vnadmin.index.witness.schema import ArchiveChange


class Change(NamedTuple):
    """A reading that was put right; in force where the parser still says `before` and no person says otherwise."""

    pointer: str
    rule: str
    before: Any
    after: Any
    witness: Mapping[str, Any]
    run: int


_COLUMNS: Final = tuple(getattr(ArchiveChange, name) for name in Change._fields)
_IN_FORCE: Final = (ArchiveChange.ended_run.is_(None), ArchiveChange.undone.is_(False))
_OF_THESE: Final = ArchiveChange.sha256.in_(bindparam("hashes", expanding=True))
_CHANGES: Final = select(ArchiveChange.sha256, *_COLUMNS).where(_OF_THESE, *_IN_FORCE).order_by(ArchiveChange.id)
# contents of which a reading is put right
PUT_RIGHT: Final = select(ArchiveChange.sha256).where(*_IN_FORCE)


def changes_of(connection: Connection, hashes: Sequence[str]) -> dict[str, list[Change]]:
    """The changes in force, by content."""
    found: dict[str, list[Change]] = {}
    for sha256, *values in connection.execute(_CHANGES, {"hashes": list(hashes)}):
        found.setdefault(sha256, []).append(Change(*values))
    return found


def settle(connection: Connection, run: int, hashes: Sequence[str], wanted: Iterable[tuple[str, Change]]) -> list[str]:
    """Make what a run proposes for these contents, and end what it no longer does.

    What a person undid is not made again.

    Returns:
        The contents that changed.
    """
    standing: dict[tuple[str, str, Any, Any], int] = {}
    undone: set[tuple[str, str, Any, Any]] = set()
    rows = connection.execute(
        select(ArchiveChange.id, ArchiveChange.sha256, ArchiveChange.undone, *_COLUMNS).where(
            ArchiveChange.sha256.in_(hashes), ArchiveChange.ended_run.is_(None)
        )
    )
    for row in rows:
        name = (row.sha256, row.pointer, row.before, row.after)
        if row.undone:
            undone.add(name)
        else:
            standing[name] = row.id
    made: list[dict[str, Any]] = []
    touched: dict[str, None] = {}
    for sha256, change in wanted:
        name = (sha256, change.pointer, change.before, change.after)
        if standing.pop(name, None) is None and name not in undone:
            made.append({"sha256": sha256, **change._asdict(), "run": run, "undone": False})
            touched[sha256] = None
    if made:
        connection.execute(insert(ArchiveChange), made)
    touched |= dict.fromkeys(sha256 for sha256, *_ in standing)
    connection.execute(update(ArchiveChange).where(ArchiveChange.id.in_(standing.values())).values(ended_run=run))
    return list(touched)
