"""One run of the indexer: walk, fingerprint, read, write, until all is done or someone stops it. Start reading here.

Everything that matters is in the catalogue before it is done: a content is noted as `running` before a worker gets it,
and what became of it is written in one transaction with its document. So a run may end at any moment, and the next one
goes on from the ledger; only what was with the workers at that moment is read again.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from sqlalchemy import Connection, insert, update

from vnadmin.index.catalog.schema import Run
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.engine import Answer, Engine, Job
from vnadmin.index.run.ledger import Ledger, Plan, Policy, Read, release
from vnadmin.index.run.walk import Seen
from vnadmin.index.run.worker import Fingerprint, Reading

BATCH: Final = 64  # files entered, or contents fingerprinted, at once
AHEAD: Final = 72  # jobs for each slot that are with the engine, so that no worker waits for the catalogue
GATHER: Final = 48  # jobs for each slot that are written at once, if they end within
# Seconds: a transaction costs as much as some documents, and the search index is merged less often for larger ones; but
# what it waits for is read again after a kill.
PATIENCE: Final = 0.75
CHANGES: Final = 3  # times that a file may change under our hands before it is left for the next run

# What a run works off: batches of files that were seen or contents to read; an empty one where nothing is there yet.
Work: TypeAlias = "Iterable[list[Seen] | list[Read]]"


class Report(Protocol):
    """Is told what happens; the live view, the JSON lines, or nobody."""

    def settled(self, reading: Reading) -> None:
        """A content was read, or failed."""

    def refused(self, location: str, code: str, detail: str) -> None:
        """A file could not be opened."""

    def turn(self, tally: Tally) -> None:
        """A turn of the loop is over."""


@dataclass(slots=True)
class Tally:
    """What one run did so far."""

    seen: int = 0
    known: int = 0  # files whose content was read before, by this run or an earlier one
    done: int = 0
    failed: int = 0  # contents that could not be read, and files that could not be opened
    codes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    stopped: bool = False

    def add_failure(self, code: str) -> None:
        self.failed += 1
        self.codes[code] += 1

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "seen": self.seen,
            "known": self.known,
            "done": self.done,
            "failed": self.failed,
            "codes": dict(sorted(self.codes.items())),
            "seconds": round(self.seconds, 1),
            "stopped": self.stopped,
        }


class Indexer:
    """Runs one pass over its work."""

    def __init__(self, writer: Writer, engine: Engine, report: Report, *, version: str, policy: Policy) -> None:
        self._writer = writer
        self._engine = engine
        self._report = report
        self._version = version
        self._policy = policy
        self._stop = False
        self._to_fingerprint: deque[str] = deque()
        self._to_read: deque[Read] = deque()
        self._to_read_last: deque[Read] = deque()
        # contents queued or being read: a copy seen meanwhile waits for no second reading
        self._active: set[str] = set()
        self._reading = 0
        self._opening = 0
        self._changes: Counter[str] = Counter()
        self.tally = Tally()

    def stop(self) -> None:
        """End after the present turn; what is with the workers is read again by the next run."""
        self._stop = True

    def run(self, sources: list[str], work: Work, roots: list[str]) -> Tally:
        """Do all the work.

        Args:
            sources: as the user named them, for the record.
            work: what is to be done.
            roots: where files that were not seen have gone; empty when the work is not a whole walk.

        Raises:
            VnadminError: the catalogue cannot be written; all that was written stays, and the next run goes on.
        """
        started = time.monotonic()
        ledger = self._begin(sources)
        batches = iter(work)
        exhausted = False
        while not self._stop:
            while not exhausted and self._hungry():
                batch = next(batches, None)
                exhausted = batch is None
                if not batch:
                    break
                self._take(ledger, batch)
            idle = not (self._reading or self._opening)
            if exhausted and idle and not (self._to_fingerprint or self._to_read or self._to_read_last):
                break
            self._turn(ledger, exhausted)
            self.tally.seconds = time.monotonic() - started
            self._report.turn(self.tally)
        self.tally.stopped = self._stop
        self._end(ledger, [] if self._stop else roots)
        return self.tally

    def _begin(self, sources: list[str]) -> Ledger:
        at = stamp()

        def begin(connection: Connection) -> int:
            release(connection, interrupted=True)
            statement = insert(Run).values(started_at=at, version=self._version, sources=sources)
            key = connection.execute(statement).inserted_primary_key
            return int(key[0]) if key else 0

        return Ledger(self._writer.transact(begin), self._version, self._policy, at)

    def _end(self, ledger: Ledger, roots: list[str]) -> None:
        def end(connection: Connection) -> None:
            release(connection)
            ledger.gone(connection, roots)
            connection.execute(
                update(Run).where(Run.id == ledger.run).values(ended_at=stamp(), summary=self.tally.as_dict())
            )

        self._writer.transact(end)

    def _hungry(self) -> bool:
        """Whether the queues are short: the walk is never far ahead of the reading, so memory stays flat."""
        return len(self._to_fingerprint) < BATCH and len(self._to_read) < AHEAD * self._engine.slots + BATCH

    def _take(self, ledger: Ledger, batch: list[Seen] | list[Read]) -> None:
        reads = [item for item in batch if isinstance(item, Read)]
        seen = [item for item in batch if isinstance(item, Seen)]
        plan = self._writer.transact(lambda connection: ledger.see(connection, seen)) if seen else Plan()
        plan.reads += reads
        self.tally.seen += len(batch)
        self._follow(plan)

    def _follow(self, plan: Plan) -> None:
        for seen in plan.failed:
            if seen.error is not None:
                self._refused(seen.location, seen.error.code, seen.error.detail)
        self.tally.known += plan.known
        self.tally.seen += plan.more
        self._to_fingerprint += plan.fingerprints
        for read in plan.reads:
            if read.sha256 in self._active:
                self.tally.known += 1
                continue
            self._active.add(read.sha256)
            (self._to_read_last if read.last else self._to_read).append(read)

    def _turn(self, ledger: Ledger, exhausted: bool) -> None:
        """Give work to the engine, take what it finished, and write both in one transaction."""
        while self._to_fingerprint and self._opening < 2 * BATCH:
            count = min(BATCH, len(self._to_fingerprint))
            self._opening += count
            self._engine.submit(Job("fingerprint", tuple(self._to_fingerprint.popleft() for _ in range(count))))
        enough = GATHER * self._engine.slots
        answers = self._engine.finished(PATIENCE, at_least=enough if self._reading > enough else 1)
        readings = [answer for _, answer in answers if isinstance(answer, Reading)]
        prints = [one for _, answer in answers if isinstance(answer, list) for one in answer]
        starting = self._next_reads(exhausted, freed=len(readings))
        plan = Plan()
        if readings or prints or starting:
            plan = self._writer.transact(lambda connection: self._write(connection, ledger, readings, prints, starting))
        for read in starting:
            self._engine.submit(Job("read", (read.location,), read.sha256))
        self._reading += len(starting) - len(readings)
        self._account(answers)
        self._changes.update(plan.fingerprints)
        for location in [changed for changed in plan.fingerprints if self._changes[changed] >= CHANGES]:
            plan.fingerprints.remove(location)
            self._refused(location, "changed", "The file changes while it is indexed; the next run takes it up.")
        self._follow(plan)

    def _next_reads(self, exhausted: bool, freed: int) -> list[Read]:
        room = AHEAD * self._engine.slots - self._reading + freed
        queue = self._to_read
        if not queue and exhausted and not self._reading and not self._opening and not self._to_fingerprint:
            queue, room = self._to_read_last, 1  # one by one: whatever it does, it does to itself
        return [queue.popleft() for _ in range(min(room, len(queue)))]

    def _write(
        self,
        connection: Connection,
        ledger: Ledger,
        readings: list[Reading],
        prints: list[Fingerprint],
        starting: list[Read],
    ) -> Plan:
        plan = ledger.settle(connection, readings, stamp()) if readings else Plan()
        if prints:
            more = ledger.fingerprinted(connection, prints)
            plan.reads += more.reads
            plan.known += more.known
            plan.more += more.more
            plan.fingerprints += more.fingerprints
        if starting:
            ledger.start(connection, starting)
        return plan

    def _account(self, answers: list[tuple[Job, Answer]]) -> None:
        """Count what was written, and let what is no longer active go."""
        for job, answer in answers:
            if isinstance(answer, Reading):
                self._active.discard(answer.sha256)
                if answer.opened:
                    self._report.settled(answer)
                    if answer.failure:
                        self.tally.add_failure(answer.failure.code)
                    else:
                        self.tally.done += 1
                elif answer.failure and answer.failure.code != "changed":
                    self._refused(answer.location, answer.failure.code, answer.failure.detail)
                continue
            self._opening -= len(job.locations)
            for one in (one for result in answer for one in (result, *result.inside)):
                if one.failure:
                    self._refused(one.location, one.failure.code, one.failure.detail)

    def _refused(self, location: str, code: str, detail: str) -> None:
        self.tally.add_failure(code)
        self._report.refused(location, code, detail)


def batched(items: Iterable[Seen]) -> Iterator[list[Seen]]:
    """A walk as work."""
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch


def stamp() -> str:
    """Now, as the catalogue writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
