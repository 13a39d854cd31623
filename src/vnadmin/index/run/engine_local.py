"""The engine on this machine: the worker processes of `vnadmin.process.pool`, each with its limits."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future

from vnadmin.config import Config
from vnadmin.index.run.engine import Answer, Job, alone, lost, perform, was_killed
from vnadmin.process.pool import Limits, Workers


class LocalEngine:
    """An `Engine` of `count` worker processes.

    Args:
        work: what a worker does with a job; tests put disasters here.
    """

    def __init__(
        self, count: int, config: Config, limits: Limits, work: Callable[[Job, Config], Answer] = perform
    ) -> None:
        self._work = work
        self._count = count
        self._config = config
        self._workers = Workers(count, config=config, limits=limits)
        self._again: set[Job] = set()  # readings whose worker was killed once
        self._answers: queue.SimpleQueue[tuple[Job, Future[object]]] = queue.SimpleQueue()

    @property
    def slots(self) -> int:
        return self._count

    def submit(self, job: Job) -> None:
        future = self._workers.run(self._work, job, self._config)
        future.add_done_callback(lambda done: self._answers.put((job, done)))

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        until = time.monotonic() + seconds
        found: list[tuple[Job, Answer]] = []
        while True:
            try:
                left = until - time.monotonic() if len(found) < at_least else 0.0
                job, future = self._answers.get(timeout=left) if left > 0 else self._answers.get_nowait()
            except queue.Empty:
                return found
            error = future.exception()
            if error is None:
                found.append((job, future.result()))  # type: ignore[arg-type]
            elif again := alone(job):
                for one in again:
                    self.submit(one)
            elif job not in self._again and was_killed(error):
                self._again.add(job)
                self.submit(job)
            else:
                found.append((job, lost(job, error)))

    def close(self, *, kill: bool) -> None:
        self._workers.close(wait=not kill)
