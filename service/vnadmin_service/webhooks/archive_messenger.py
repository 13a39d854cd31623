"""ArchiveMessenger: tells programs that the archive changed. What changed they ask for: `/v1/archive/changes`, `corrections`.

A message says no more than the number of the last change; up to which one a program was told stands in the database, so that no stop
loses a message. One may come twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vnadmin import VnadminError
from vnadmin_service.access.log import now
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.settings import Settings
from vnadmin_service.webhooks.deliver import GONE, deliver
from vnadmin_service.webhooks.subscriptions import Subscription, Subscriptions

_LOOK_SECONDS: Final = 2.0  # what changes within them is told at once
_AT_A_TIME: Final = 4


class ArchiveMessenger:
    """Looks every other second. head: the number of the archive's last change."""

    def __init__(
        self, subscriptions: Subscriptions, head: Callable[[], int], settings: Settings, metrics: Metrics
    ) -> None:
        self._subscriptions = subscriptions
        self._head = head
        self._settings = settings
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="archive-webhooks")
        self._running: dict[str, asyncio.Task[None]] = {}  # by owner
        self._looking = asyncio.create_task(self._look_often())

    def close(self) -> None:
        """Begin nothing more. What is being sent is sent again, unless its end was noted."""
        self._looking.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look_often(self) -> None:
        while True:
            try:
                await self._look()
            except (DBAPIError, PoolTimeout, VnadminError) as error:  # of the jobs, of the archive: away for a while
                log.warning("webhooks of the archive", error=type(error).__name__)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self) -> None:
        if not await asyncio.to_thread(self._subscriptions.any):
            return
        number = await asyncio.to_thread(self._head)
        for one in await asyncio.to_thread(self._subscriptions.due, number):
            if one.owner not in self._running:
                task = self._running[one.owner] = asyncio.create_task(self._tell(one, number))
                task.add_done_callback(partial(self._ended, one.owner))

    def _ended(self, owner: str, _: asyncio.Task[None]) -> None:
        del self._running[owner]

    async def _tell(self, one: Subscription, number: int) -> None:
        with suppress(DBAPIError, PoolTimeout, RuntimeError):  # looked at again; RuntimeError: the threads are closed
            if await asyncio.to_thread(self._subscriptions.claim, one):
                await asyncio.get_running_loop().run_in_executor(self._threads, self._send, one, number)

    def _send(self, one: Subscription, number: int) -> None:
        message = {"type": "archive.changed", "timestamp": now(), "data": {"revision": number}}
        outcome = deliver(self._settings, one.owner, one.url, f"archive_{number}", message)
        if outcome is None:
            self._subscriptions.tell(one, number)
        elif outcome == GONE:
            self._subscriptions.end(one.owner, one.url)
        result = "delivered" if outcome is None else "given up" if outcome == GONE else "failed"
        self._metrics.webhooks.labels(result).inc()
        log.info("webhook of the archive", outcome=result, attempt=one.attempts + 1, why=outcome)
