"""What an engine is: it runs the worker's two functions somewhere, within limits, and answers for every job."""

from __future__ import annotations

from concurrent.futures import TimeoutError
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from vnadmin.config import Config
from vnadmin.errors import ParserFault, ParseTimeout, WorkerLost
from vnadmin.index.run.worker import Failure, Fingerprint, Reading, fingerprint, read
from vnadmin.process.confine import ran_out_of_processor
from vnadmin.process.worker import WorkerDied


@dataclass(frozen=True, slots=True)
class Job:
    """Fingerprints of some locations, or the reading of one."""

    kind: Literal["fingerprint", "read"]
    locations: tuple[str, ...]
    sha256: str = ""


_KILLED = frozenset({-9, -15})  # SIGKILL, SIGTERM

Answer: TypeAlias = "list[Fingerprint] | Reading"


class Engine(Protocol):
    """Runs jobs; every job that was submitted is answered once, whatever happens to its worker."""

    @property
    def slots(self) -> int:
        """How many files are read at the same time, now."""

    def submit(self, job: Job) -> None:
        """Start a job."""

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        """Jobs that ended; waits until there are `at_least` so many or the time is up."""

    def close(self, *, kill: bool) -> None:
        """End the workers; with `kill` whatever they do."""


def perform(job: Job, config: Config) -> Answer:
    """The job itself: what a worker process runs, of whatever engine."""
    if job.kind == "fingerprint":
        return fingerprint(job.locations, config)
    return read(job.locations[0], job.sha256, config)


def lost(job: Job, error: BaseException) -> Answer:
    """The answer for a job whose worker gave none."""
    if isinstance(error, TimeoutError):
        failure = Failure(ParseTimeout.code, "Reading took longer than the limit, and the worker was stopped.")
    elif isinstance(error, WorkerDied) and ran_out_of_processor(error.exit_code):
        failure = Failure(ParseTimeout.code, "Reading took more processor time than the limit.")
    elif isinstance(error, MemoryError):
        failure = Failure(WorkerLost.code, "The document needs more memory than a worker may use.")
    elif isinstance(error, WorkerDied):
        failure = Failure(WorkerLost.code, "The worker died while reading: out of memory, or a crash of a library.")
    else:
        failure = Failure.of(ParserFault.of(error))
    if job.kind == "fingerprint":
        return [Fingerprint(location, failure=failure) for location in job.locations]
    return Reading(job.locations[0], job.sha256, failure=failure)


def was_killed(error: BaseException) -> bool:
    """Whether a worker was killed from outside, as by the kernel for another's memory: that may not be its file's doing."""
    return isinstance(error, WorkerDied) and error.exit_code in _KILLED


def alone(job: Job) -> list[Job]:
    """A lost batch of fingerprints again, one by one, so that only the guilty file is blamed."""
    if job.kind == "fingerprint" and len(job.locations) > 1:
        return [Job("fingerprint", (location,)) for location in job.locations]
    return []
