"""Messenger: tells of ended jobs. What is to be told stands in the database beside the job, so that no stop loses it.

A job's end is the message: whoever ended it, and whether this process was told or not, the next look finds it.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vnadmin_service.jobs.files import Job, iso
from vnadmin_service.jobs.patience import patiently
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.settings import Settings
from vnadmin_service.shares import Shares
from vnadmin_service.webhooks.deliver import GONE, deliver
from vnadmin_service.webhooks.table import PAUSES, Due, WebhookTable

_LOOK_SECONDS = 5.0
_AT_A_TIME = 8


class Messenger:
    """Delivers in threads of its own, so many at a time; of several keys one takes half of them at most."""

    def __init__(self, table: WebhookTable, settings: Settings, metrics: Metrics) -> None:
        self._table = table
        self._settings = settings
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="webhooks")
        self._shares = Shares(_AT_A_TIME, settings.keys)
        self._stop = Event()
        self._awake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._running: dict[str, asyncio.Task[None]] = {}  # by job
        self._looking = self._loop.create_task(self._look_often())

    def wake(self) -> None:
        """A job has ended. From any thread."""
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._awake.set)

    def close(self) -> None:
        """Begin nothing more. What is being sent is not waited for: without a note of its end it is sent again."""
        self._stop.set()
        self._looking.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look_often(self) -> None:
        while True:
            self._awake.clear()
            try:
                await self._look()
            except (DBAPIError, PoolTimeout) as error:
                log.warning("webhooks' database", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), _LOOK_SECONDS)

    async def _look(self) -> None:
        if len(self._running) == _AT_A_TIME:
            return
        for due in await asyncio.to_thread(self._table.due, 8 * _AT_A_TIME):
            if due.job.id not in self._running and self._shares.take(due.job.owner, 1):
                task = self._running[due.job.id] = self._loop.create_task(self._deliver(due))
                task.add_done_callback(partial(self._ended, due.job))

    def _ended(self, job: Job, task: asyncio.Task[None]) -> None:
        del self._running[job.id]
        self._shares.give(job.owner, 1)
        self._awake.set()

    async def _deliver(self, due: Due) -> None:
        with suppress(DBAPIError, PoolTimeout, RuntimeError):  # looked at again; RuntimeError: the threads are closed
            if await asyncio.to_thread(self._table.claim, due):
                await self._loop.run_in_executor(self._threads, self._send, due)

    def _send(self, due: Due) -> None:
        """One try, in a thread, and what came of it."""
        job = due.job.id
        outcome = deliver(self._settings, due.job.owner, due.url, f"job_{job}", _message(due.job))
        if outcome is None:
            patiently(self._table.delivered, job, stop=self._stop)
        elif outcome == GONE:
            patiently(self._table.give_up, job, stop=self._stop)
        last = outcome == GONE or due.attempts == len(PAUSES)
        result = "delivered" if outcome is None else "given up" if last else "failed"
        self._metrics.webhooks.labels(result).inc()
        log.info("webhook", job=job, outcome=result, attempt=due.attempts + 1, why=outcome)


def _message(job: Job) -> dict[str, object]:
    """What is told: how it ended, and nothing that the document says."""
    times = {
        name: iso(seconds) for name, seconds in (("created_at", job.created), ("ended_at", job.ended or job.created))
    }
    pages = {"done": job.pages_done, "total": job.pages_total}
    data = {"id": job.id, "status": job.status, **times, "pages": pages, "code": job.error}
    return {"type": f"job.{job.status}", "timestamp": times["ended_at"], "data": data}
