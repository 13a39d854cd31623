"""The ledger's rules: what a run does with a file it sees, and what is written when it is done, failed or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, case, exists, or_, select, update

from vnadmin.errors import SourceNotFound, WorkerLost
from vnadmin.index.catalog.errors import UnsafePath
from vnadmin.index.catalog.hand_over import hand_over
from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.schema import Content, Document, File
from vnadmin.index.catalog.write import write_documents
from vnadmin.index.run.ledger_statements import (
    KNOWN_CONTENTS,
    KNOWN_FILES,
    MEMBERS,
    OPENED,
    SETTLED,
    START,
    update_rows,
)
from vnadmin.index.run.ledger_upsert import upsert
from vnadmin.index.run.walk import Seen
from vnadmin.index.run.worker import Fingerprint, Reading
from vnadmin.index.search.index import replace_folders

LAST: Final = 3  # a file during which so many runs in a row ended is read last
GIVEN_UP: Final = 10  # and after so many not again: it may be what ends them


@dataclass(frozen=True, slots=True)
class Policy:
    """Which contents a run reads, besides those that were never read.

    Attributes:
        retry: those that failed.
        versions: those that one of these versions of vnadmin read.
        complete: those of which only the pages with metadata were read.
    """

    retry: bool = False
    versions: frozenset[str] = frozenset()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """A content to be read, and where."""

    sha256: str
    location: str
    last: bool = False


@dataclass(slots=True)
class Plan:
    """What follows from what was seen."""

    fingerprints: list[str] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    failed: list[Seen] = field(default_factory=list)
    known: int = 0
    more: int = 0  # documents that stand for their container, which was counted as one


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as one run writes it. Every method works in the caller's transaction and may be run twice."""

    run: int
    version: str
    policy: Policy
    at: str  # when the run began

    def see(self, connection: Connection, batch: Sequence[Seen]) -> Plan:
        """Enter files that the walk came by, and say which must be opened."""
        plan = Plan()
        unique = {seen.location: seen for seen in batch}
        known = {row.path: row for row in connection.execute(KNOWN_FILES, {"paths": list(unique)})}
        entries: list[dict[str, Any]] = []
        unpacked: list[str] = []
        for seen in unique.values():
            row = known.get(seen.location)
            entry = self._entry(seen, row)
            entries.append(entry)
            if entry["state"] == "unpacked":
                unpacked.append(seen.location)
            elif entry["state"] == "found":
                plan.fingerprints.append(seen.location)
            elif seen.error is not None:
                plan.failed.append(seen)
            elif row is not None and entry["state"] == "done" and self._wanted(row):
                plan.reads.append(Read(row.sha256, seen.location, row.interrupted >= LAST))
            else:
                plan.known += 1
        upsert(connection, File, entries)
        self._see_inside(connection, unpacked, plan)
        return plan

    def _see_inside(self, connection: Connection, containers: Sequence[str], plan: Plan) -> None:
        """What is in containers that did not change is where it was; what of it was not read yet is read."""
        if not containers:
            return
        members = connection.execute(MEMBERS, {"containers": containers}).all()
        connection.execute(
            update(File)
            .where(File.container.in_(containers), File.state.in_(("done", "failed")))
            .values(seen_run=self.run)
        )
        plan.more += len(members) - len(containers)
        for row in members:
            if row.state == "done" and self._wanted(row):
                plan.reads.append(Read(row.sha256, row.path, row.interrupted >= LAST))
            else:
                plan.known += 1

    def _entry(self, seen: Seen, row: Row[*tuple[Any, ...]] | None) -> dict[str, Any]:
        entry = {
            "path": seen.location,
            "size": seen.size,
            "modified": seen.modified,
            "sha256": row.sha256 if row else None,
            "state": "found",
            "error_code": None,
            "error_detail": None,
            "found_at": self.at,
            "seen_run": self.run,
        }
        if seen.error is not None:
            return {**entry, "state": "failed", "error_code": seen.error.code, "error_detail": seen.error.detail}
        if row is None or (row.size, row.modified) != (seen.size, seen.modified):
            return {**entry, "sha256": None}
        if row.state == "failed" and row.error_code != SourceNotFound.code and not self.policy.retry:
            return {**entry, "state": "failed", "error_code": row.error_code, "error_detail": row.error_detail}
        if row.state == "unpacked" and not self.policy.retry:
            return {**entry, "state": "unpacked"}
        if row.sha256 is not None and row.state in ("done", "missing"):
            return {**entry, "state": "done"}
        return entry

    def _wanted(self, content: Row[*tuple[Any, ...]]) -> bool:
        if content.tried_run == self.run:
            return False
        if content.content_state in ("found", "running"):
            return True
        if content.version in self.policy.versions:
            return True
        if content.content_state == "failed":
            return self.policy.retry
        return content.pages == "metadata" and self.policy.complete

    def fingerprinted(self, connection: Connection, results: Sequence[Fingerprint]) -> Plan:
        """Enter the contents that were opened, and say which must be read."""
        plan = Plan()
        opened = [one for result in results for one in result.inside or (result,)]
        hashes = {one.sha256 for one in opened if one.sha256}
        known = {row.sha256: row for row in connection.execute(KNOWN_CONTENTS, {"hashes": list(hashes)})}
        new = {one.sha256: one for one in opened if one.sha256 and one.sha256 not in known}
        upsert(
            connection,
            Content,
            [{"sha256": h, "size": r.size, "state": "found", "tries": 0, "interrupted": 0} for h, r in new.items()],
        )
        update_rows(connection, OPENED, [_opened(result) for result in results])
        for result in results:
            self._unpack(connection, result, plan)
        for one in opened:
            if one.sha256 is None:
                continue
            row = known.get(one.sha256)
            if row is None or self._wanted(row):
                plan.reads.append(Read(one.sha256, one.location, row is not None and row.interrupted >= LAST))
            else:
                plan.known += 1
        return plan

    def _unpack(self, connection: Connection, result: Fingerprint, plan: Plan) -> None:
        """Enter the documents in a container; what was said of the container as one document is said of that one."""
        if not result.inside:
            return
        same = {"found_at": self.at, "seen_run": self.run, "container": result.location, "modified": None}
        upsert(connection, File, [{**_opened(one), **same, "size": one.size} for one in result.inside])
        plan.more += len(result.inside) - 1
        if result.sha256:
            plan.fingerprints += hand_over(
                connection, result.sha256, {one.sha256 for one in result.inside if one.sha256}
            )

    def start(self, connection: Connection, reads: Sequence[Read]) -> None:
        """Note before they are given to workers that these contents are being read."""
        update_rows(connection, START, [{"sha256": read.sha256} for read in reads])

    def settle(self, connection: Connection, readings: Sequence[Reading], at: str) -> Plan:
        """Write what became of contents; a place that has gone is replaced by another of the same content."""
        plan = Plan()
        write_documents(connection, {r.sha256: r.rows for r in readings if r.rows is not None})
        for reading in readings:
            if not reading.opened:
                self._place_lost(connection, reading, plan)
        update_rows(connection, SETTLED, [self._settled(reading, at) for reading in readings if reading.opened])
        return plan

    def _settled(self, reading: Reading, at: str) -> dict[str, Any]:
        return {
            "sha256": reading.sha256,
            "state": "failed" if reading.failure else "done",
            "error_code": reading.failure.code if reading.failure else None,
            "error_detail": reading.failure.detail if reading.failure else None,
            "version": self.version,
            "pages": "metadata" if reading.pages_left else "all",
            "tried_at": at,
            "tried_run": self.run,
            "seconds": round(reading.seconds, 3),
            "interrupted": 0,
        }

    def _place_lost(self, connection: Connection, reading: Reading, plan: Plan) -> None:
        changed = reading.failure is not None and reading.failure.code == "changed"
        connection.execute(
            update(File)
            .where(File.path == reading.location)
            .values(
                state="found" if changed else "failed",
                sha256=None,
                error_code=None if changed or reading.failure is None else reading.failure.code,
                error_detail=None if changed or reading.failure is None else reading.failure.detail,
            )
        )
        release(connection, [reading.sha256])
        if changed:
            plan.fingerprints.append(reading.location)
        other = connection.scalar(
            select(File.path).where(File.sha256 == reading.sha256, IS_PLACED).order_by(File.path).limit(1)
        )
        if other is not None:
            plan.reads.append(Read(reading.sha256, other))

    def gone(self, connection: Connection, roots: Sequence[str]) -> None:
        """Note which files below the roots were not seen on a walk that came to its end; their rows are kept."""
        known = select(Content.sha256).where(Content.tried_run < self.run)
        new = select(File.sha256).where(File.found_at == self.at, File.state == "done", File.sha256.in_(known))
        moved = set(connection.scalars(new))
        for root in roots:
            lost = select(File.sha256).where(_below(root), File.seen_run < self.run, File.state == "done")
            moved.update(connection.scalars(lost))
            connection.execute(
                update(File)
                .where(_below(root), File.seen_run < self.run, File.state != "missing")
                .values(state="missing", error_code=None, error_detail=None)
            )
        replace_folders(connection, sorted(one for one in moved if one))


def release(connection: Connection, hashes: Sequence[str] | None = None, *, interrupted: bool = False) -> None:
    """Contents that were being read go back to what they were: all of them, or these.

    With `interrupted` because a run ended without a word, perhaps because of one of them.
    """
    was_read = exists().where(Document.sha256 == Content.sha256)
    before = case((Content.error_code.is_not(None), "failed"), (was_read, "done"), else_="found")
    which = Content.state == "running"
    if hashes is not None:
        which = and_(which, Content.sha256.in_(hashes))
    connection.execute(
        update(Content)
        .where(which)
        .values(state=before, interrupted=Content.interrupted + (1 if interrupted else 0))
        .execution_options(synchronize_session=False)
    )
    if interrupted:
        connection.execute(
            update(Content)
            .where(Content.interrupted >= GIVEN_UP, Content.state == "found")
            .values(
                state="failed",
                error_code=WorkerLost.code,
                error_detail=f"{GIVEN_UP} runs in a row ended while it was being read.",
            )
        )


def failed_places(connection: Connection, after: str, limit: int) -> list[str]:
    """Paths that could not be opened, in order, after a path: for `--only failed`."""
    rows = connection.scalars(
        select(File.path)
        .where(File.path > after, File.state == "failed", File.error_code != UnsafePath.code)
        .order_by(File.path)
        .limit(limit)
    )
    return list(rows)


def contents_to_repeat(
    connection: Connection, after: str, limit: int, *, roots: Sequence[str], failed: bool, versions: frozenset[str]
) -> list[Read]:
    """Contents for `--only`, in order of their SHA-256, after one; each with one of its places below the roots."""
    which = [Content.state == "failed"] if failed else []
    if versions:
        which.append(and_(Content.state.in_(("done", "failed")), Content.version.in_(sorted(versions))))
    place = select(File.path).where(File.sha256 == Content.sha256, IS_PLACED)
    if roots:
        place = place.where(or_(*(_below(root) for root in roots)))
    first = place.order_by(File.path).limit(1).correlate(Content).scalar_subquery()
    rows = connection.execute(
        select(Content.sha256, first.label("path"))
        .where(Content.sha256 > after, or_(*which))
        .order_by(Content.sha256)
        .limit(limit)
    )
    return [Read(row.sha256, row.path or "") for row in rows]


def versions_in(connection: Connection) -> list[str]:
    """The versions of vnadmin that read something in this catalogue."""
    return [v for v in connection.scalars(select(Content.version).distinct()) if v]


def _opened(result: Fingerprint) -> dict[str, Any]:
    failure = result.failure
    return {
        "path": result.location,
        "sha256": None if result.inside else result.sha256,
        "state": "failed" if failure else "unpacked" if result.inside else "done",
        "error_code": failure.code if failure else None,
        "error_detail": failure.detail if failure else None,
    }


def _below(root: str) -> Any:
    """Files at a location, below it as a folder, or in it as an archive."""
    stem = root.rstrip("/")
    # The order of text differs between databases, so a prefix is compared as such; `_` and `%` in names are escaped.
    return or_(
        File.path == root,
        File.path.startswith(stem + "/", autoescape=True),
        File.path.startswith(stem + "!/", autoescape=True),
    )
