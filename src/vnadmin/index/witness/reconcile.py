"""The pass over a catalogue: learns what each issuer's sure values show, then puts doubtful readings right. Start reading here.

It goes issuer by issuer, some documents a transaction, and each transaction says how far it came: what was ended goes on there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from vnadmin.index.catalog.corrections import read_document, refresh
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.schema import Document
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.follow.revisions import hold, touch
from vnadmin.index.witness.changes import Change, changes_of, settle
from vnadmin.index.witness.facts import facts_of
from vnadmin.index.witness.kept import forgotten_of, read_known, replace_known, weights
from vnadmin.index.witness.known import Known, learn
from vnadmin.index.witness.propose import Archive, Proposed, propose
from vnadmin.index.witness.schema import ArchiveChange, ArchiveRun, KnownValue

AT_ONCE: Final = 500  # documents of one transaction, but for an issuer with more
_ISSUERS: Final = 100  # issuers that are looked up at once
_CACHED: Final = 64  # issuers whose knowledge is in memory


class Outcome(NamedTuple):
    """What a run did: its number, the changes made by rule, and how many ended."""

    run: int
    made: Counter[str]
    ended: int


def reconcile(writer: Writer, stamp: Callable[[], str]) -> Outcome:
    """Bring the catalogue to what its own documents show; a run that was killed is gone on with.

    Args:
        writer: which holds the catalogue alone.
        stamp: the time of now, as the catalogue writes it.

    Raises:
        CatalogFull, CatalogReadOnly, CatalogUnavailable: it cannot be written.
    """
    run = writer.transact(lambda connection: _begin(connection, stamp()))
    while writer.transact(lambda connection: _learn_some(connection, run)):
        pass
    archive: list[Archive] = []
    while writer.transact(lambda connection: _propose_some(connection, run, archive)):
        pass
    return writer.transact(lambda connection: _end(connection, run, stamp()))


def proposals(connection: Connection) -> Iterator[Proposed]:
    """What a run would make that is not in force yet; nothing is written."""
    keys = connection.scalars(select(Document.issuer_key).where(Document.issuer_key.is_not(None)).distinct()).all()
    known = {key: Known(_learned(connection, key)) for key in sorted(filter(None, keys))}
    issuers = {key: one.weight for key, one in known.items() if one.weight}
    archive = Archive(issuers, lambda key: known.get(key, Known()))
    for key in known:
        documents = facts_of(connection, key)
        found = propose(documents, archive, key)
        for start in range(0, len(found), AT_ONCE):
            part = found[start : start + AT_ONCE]
            standing = {
                (sha256, change.pointer, change.before, change.after)
                for sha256, changes in changes_of(connection, [one.sha256 for one in part]).items()
                for change in changes
            }
            yield from (one for one in part if (one.sha256, one.pointer, one.before, one.after) not in standing)


def undo(writer: Writer, run: int, at: str | None) -> int:
    """Take back what a run made, so that no later run makes it again, or with None as the time let it hold again; how many changes.

    Raises:
        BadCorrection: there is no such run.
    """
    marked = update(ArchiveRun).where(ArchiveRun.id == run).values(undone_at=at)
    if not writer.transact(lambda connection: connection.execute(marked).rowcount):
        raise BadCorrection(f"There is no run {run}.")
    count, undone = 0, at is not None
    while changed := writer.transact(lambda connection: _undo_some(connection, run, undone)):
        count += changed
    return count


def runs(connection: Connection) -> list[dict[str, Any]]:
    """Each run with what it made and what of it is in force, the newest first."""
    in_force = func.count().filter(ArchiveChange.ended_run.is_(None), ArchiveChange.undone.is_(False))
    chosen = select(ArchiveChange.run, func.count().label("made"), in_force.label("in_force")).group_by(
        ArchiveChange.run
    )
    counts = {row.run: (row.made, row.in_force) for row in connection.execute(chosen)}
    return [
        {
            "run": row.id,
            "started_at": row.started_at,
            "ended_at": row.ended_at,
            "undone_at": row.undone_at,
            "made": counts.get(row.id, (0, 0))[0],
            "in_force": counts.get(row.id, (0, 0))[1],
        }
        for row in connection.execute(select(ArchiveRun.__table__).order_by(ArchiveRun.id.desc()))
    ]


def _begin(connection: Connection, at: str) -> int:
    open_ = connection.scalar(select(func.max(ArchiveRun.id)).where(ArchiveRun.ended_at.is_(None)))
    if open_ is not None:
        return open_
    made = connection.execute(insert(ArchiveRun).values(started_at=at, stage="learn", last="")).inserted_primary_key
    return int(made[0]) if made else 0


def _learn_some(connection: Connection, run: int) -> bool:
    """Whether there were issuers left to learn about."""
    keys = _next_issuers(connection, run, "learn")
    if keys is None:
        return False
    for key in keys:
        replace_known(connection, key, _learned(connection, key))
    if not keys:
        gone = ~select(Document.id).where(Document.issuer_key == KnownValue.issuer_key).exists()
        connection.execute(delete(KnownValue).where(gone))
    _came(connection, run, "learn", keys, "propose")
    return True


def _learned(connection: Connection, key: str) -> list[Any]:
    own = (facts for facts in facts_of(connection, key) if facts.key == key)
    return learn(own, forgotten_of(connection, key))


def _propose_some(connection: Connection, run: int, kept: list[Archive]) -> bool:
    hold(connection)  # a correction of the service, which holds no run's lock, waits
    keys = _next_issuers(connection, run, "propose")
    if keys is None:
        return False
    issuers = kept[0].issuers if kept else weights(connection)
    known = lru_cache(_CACHED)(lambda key: read_known(connection, key))
    archive = Archive(issuers, known)
    kept[:] = [archive]
    for key in keys:
        documents = facts_of(connection, key)
        found = propose(documents, archive, key)
        for start in range(0, len(documents), AT_ONCE):
            hashes = dict.fromkeys(facts.sha256 for facts in documents[start : start + AT_ONCE])
            wanted = [(one.sha256, _change(one, run)) for one in found if one.sha256 in hashes]
            _refresh(connection, settle(connection, run, list(hashes), wanted))
    _came(connection, run, "propose", keys, "done")
    return True


def _change(one: Proposed, run: int) -> Change:
    return Change(one.pointer, one.rule, one.before, one.after, one.witness, run)


def _next_issuers(connection: Connection, run: int, stage: str) -> Sequence[str] | None:
    """The next issuers of a stage, with some documents in all; None where the run has left the stage behind."""
    at = connection.execute(select(ArchiveRun.stage, ArchiveRun.last).where(ArchiveRun.id == run)).one()
    if at.stage != stage:
        return None
    rows = connection.execute(
        select(Document.issuer_key, func.count().label("count"))
        .where(Document.issuer_key > at.last)
        .group_by(Document.issuer_key)
        .order_by(Document.issuer_key)
        .limit(_ISSUERS)
    )
    keys: list[str] = []
    held = 0
    for issuer, count in rows:
        held += count
        if keys and held > AT_ONCE:
            break
        keys.append(issuer or "")
    return keys


def _came(connection: Connection, run: int, stage: str, keys: Sequence[str], following: str) -> None:
    values = {"stage": stage, "last": keys[-1]} if keys else {"stage": following, "last": ""}
    connection.execute(update(ArchiveRun).where(ArchiveRun.id == run).values(values))


def _end(connection: Connection, run: int, at: str) -> Outcome:
    connection.execute(update(ArchiveRun).where(ArchiveRun.id == run).values(ended_at=at))
    made = select(ArchiveChange.rule).where(ArchiveChange.run == run)
    ended = select(func.count()).where(ArchiveChange.ended_run == run)
    return Outcome(run, Counter(connection.scalars(made)), connection.scalar(ended) or 0)


def _undo_some(connection: Connection, run: int, undone: bool) -> int:
    hold(connection)
    chosen = (
        select(ArchiveChange.id, ArchiveChange.sha256)
        .where(ArchiveChange.run == run, ArchiveChange.ended_run.is_(None), ArchiveChange.undone.is_(not undone))
        .order_by(ArchiveChange.id)
        .limit(AT_ONCE)
    )
    rows = connection.execute(chosen).all()
    connection.execute(
        update(ArchiveChange).where(ArchiveChange.id.in_([row.id for row in rows])).values(undone=undone)
    )
    _refresh(connection, list(dict.fromkeys(row.sha256 for row in rows)))
    return len(rows)


def _refresh(connection: Connection, hashes: Sequence[str]) -> None:
    touch(connection, hashes)
    for sha256 in hashes:
        if (document := read_document(connection, sha256, corrected=False)) is not None:
            refresh(connection, sha256, document)
