"""The engine on a Ray cluster: each job is a Ray task, done by the same worker process with the same limits as here."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import redirect_stdout
from functools import lru_cache
from typing import Any, Final

from vnadmin.config import Config
from vnadmin.errors import MissingExtra, WorkerLost
from vnadmin.index.catalog.errors import EngineUnavailable
from vnadmin.index.run.engine import Answer, Job, lost
from vnadmin.index.run.engine_local import LocalEngine
from vnadmin.index.run.worker import Failure, Fingerprint, Reading
from vnadmin.process.pool import Limits

RETRIES: Final = 3  # times that Ray starts a task again whose node or process died
LOOK: Final = 10.0  # seconds after which nodes that came or went are counted again


class RayEngine:
    """An `Engine` on a cluster.

    Args:
        address: `ray://head:10001` for a client outside the cluster; `ray:auto` or `ray:head:6379` on one of its nodes.
    """

    def __init__(self, address: str, config: Config, limits: Limits) -> None:
        try:
            import ray
        except ImportError as error:
            raise MissingExtra("The engine ray:// needs Ray.", "pip install 'vnadmin[ray]'") from error
        self._ray: Any = ray
        # Ray prints what it hears from the nodes, where `--json` is read by a machine.
        self._quiet = redirect_stdout(sys.stderr)
        self._quiet.__enter__()
        target = address if address.startswith("ray://") else address.removeprefix("ray:") or "auto"
        try:
            ray.init(address=target, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
            self._quiet.__exit__(None, None, None)
            raise EngineUnavailable(f"The cluster at {target} does not answer ({type(error).__name__}).") from error
        task = ray.remote(perform_there).options(
            num_cpus=1, max_retries=RETRIES, scheduling_strategy="SPREAD", retry_exceptions=False
        )
        self._start = task.remote
        self._settings = (config, limits)
        self._pending: dict[Any, Job] = {}
        self._slots = 1
        self._looked = float("-inf")

    @property
    def slots(self) -> int:
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            self._slots = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        return self._slots

    def submit(self, job: Job) -> None:
        self._pending[self._start(job, *self._settings)] = job

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        if not self._pending:
            time.sleep(seconds)
            return []
        wanted = max(1, min(at_least, len(self._pending)))
        try:
            ready, _ = self._ray.wait(list(self._pending), num_returns=wanted, timeout=seconds)
            return [pair for reference in ready for pair in self._answer(reference)]
        except (ConnectionError, self._ray.exceptions.RaySystemError) as error:
            raise EngineUnavailable(f"The cluster has gone ({type(error).__name__}).") from error

    def _answer(self, reference: Any) -> list[tuple[Job, Answer]]:
        job = self._pending.pop(reference)
        try:
            pairs: list[tuple[Job, Answer]] = self._ray.get(reference)
        except (self._ray.exceptions.WorkerCrashedError, self._ray.exceptions.NodeDiedError):
            return [(job, _worker_lost(job))]
        except self._ray.exceptions.RayTaskError as error:
            return [(job, lost(job, error))]
        return pairs

    def close(self, *, kill: bool) -> None:
        if kill:
            for reference in self._pending:
                self._ray.cancel(reference, force=True)
        self._ray.shutdown()
        self._quiet.__exit__(None, None, None)


def perform_there(job: Job, config: Config, limits: Limits) -> list[tuple[Job, Answer]]:
    """The task, on a node: give the job to this process's worker, and wait for it."""
    engine = _engine(config, limits)
    engine.submit(job)
    pairs: list[tuple[Job, Answer]] = []
    while sum(len(done.locations) for done, _ in pairs) < len(job.locations):
        pairs += engine.finished(5.0, 1)
    return pairs


@lru_cache(maxsize=1)
def _engine(config: Config, limits: Limits) -> LocalEngine:
    """One worker for each process of Ray, kept: starting one takes longer than reading a document."""
    return LocalEngine(1, config, limits)


def _worker_lost(job: Job) -> Answer:
    failure = Failure(WorkerLost.code, f"The node died {RETRIES + 1} times while reading.")
    if job.kind == "fingerprint":
        return [Fingerprint(location, failure=failure) for location in job.locations]
    return Reading(job.locations[0], job.sha256, failure=failure)
