"""Runs of the indexer in this process, for tests: an engine that does each job at once, and what a run told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from vnadmin.config import Config
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.dump import dump
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.engine import Answer, Job, perform
from vnadmin.index.run.launch import Options, policy_for, walk_for, work_for
from vnadmin.index.run.run import Indexer, Tally
from vnadmin.index.run.worker import Reading

T = TypeVar("T")


@dataclass
class Inline:
    """An engine without processes. `before` sees each job first, and may play fate."""

    config: Config = field(default_factory=Config)
    before: Callable[[Job], None] = lambda job: None
    slots: int = 2
    jobs: list[Job] = field(default_factory=list)
    waiting: list[Job] = field(default_factory=list)

    def submit(self, job: Job) -> None:
        self.waiting.append(job)
        self.jobs.append(job)

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        found = []
        while self.waiting and len(found) < at_least:
            job = self.waiting.pop(0)
            self.before(job)
            found.append((job, perform(job, self.config)))
        return found

    def close(self, *, kill: bool) -> None:
        """Nothing runs."""

    @property
    def read(self) -> list[str]:
        """The locations that were read, in order."""
        return [job.locations[0] for job in self.jobs if job.kind == "read"]


@dataclass
class Heard:
    """A report that keeps what it is told."""

    readings: list[Reading] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def settled(self, reading: Reading) -> None:
        self.readings.append(reading)

    def refused(self, location: str, code: str, detail: str) -> None:
        self.refusals.append((location, code))

    def turn(self, tally: Tally) -> None:
        """Not kept."""


def run(
    catalog: str,
    *sources: Path | str,
    engine: Inline | None = None,
    report: Heard | None = None,
    version: str = "1.0.0",
    only: str | None = None,
    older_than: str = "",
    retry: bool = False,
    pages: str = "all",
    patience: float = 900.0,
) -> Tally:
    """One run in this process."""
    options = Options(
        tuple(map(str, sources)),
        catalog,
        only=only,  # type: ignore[arg-type]
        version=older_than or version,
        retry=retry,
        pages=pages,  # type: ignore[arg-type]
    )
    writer = Writer(open_catalog(catalog), patience=patience)
    try:
        with writer.alone():
            policy = policy_for(writer, options)
            indexer = Indexer(
                writer, engine or Inline(options.config), report or Heard(), version=version, policy=policy
            )
            roots = walk_for(options).roots() if only is None else []
            return indexer.run(list(options.sources), work_for(writer, options, policy), roots)
    finally:
        writer.engine.dispose()


def lines(catalog: str, *leave_out: str) -> list[str]:
    """Every row of a catalogue, comparable."""
    return asking(catalog, lambda connection: list(dump(connection, leave_out=frozenset(leave_out))))


def asking(catalog: str, question: Callable[[Connection], T]) -> T:
    """The answer to a question to a catalogue."""
    engine = open_catalog(catalog, create=False)
    try:
        with engine.connect() as connection:
            return question(connection)
    finally:
        engine.dispose()
