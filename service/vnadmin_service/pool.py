"""The worker processes as the event loop uses them, with a limit on the documents that are accepted at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

from starlette.requests import ClientDisconnect, Request

from vnadmin.errors import WorkerLost
from vnadmin.process.pool import ENDED, Limits, Workers, why
from vnadmin_service.room import WaitingRoom
from vnadmin_service.work import begin

T = TypeVar("T")
_MOMENT = 0.005  # seconds


class WorkerPool:
    """Runs functions in worker processes with a limit of time and memory each; the event loop only waits."""

    def __init__(
        self, workers: int, limits: Limits, *, waiting: int = 0, wait_seconds: float = 1.0, keys: int = 0
    ) -> None:
        self._count = workers
        self._working = 0
        self._room = WaitingRoom(waiting, wait_seconds, keys, self._leave)
        self._workers = Workers(workers, limits=limits, begin=begin)
        self._shared = asyncio.Semaphore(max(1, workers // 2))

    @property
    def capacity(self) -> int:
        """Documents that are let in at a time."""
        return self._count + self._room.places

    @property
    def running(self) -> int:
        """Documents that are worked on or wait for it."""
        return self._working + len(self._room)

    def full(self, owner: str = "") -> bool:
        """Whether the next document of this owner would be turned away."""
        return self._working >= self._count and self._room.full(owner, asyncio.get_running_loop().time())

    @property
    def lost(self) -> int:
        """Processes that died."""
        return self._workers.lost

    @property
    def timeouts(self) -> int:
        """Processes that were stopped because a document took too long."""
        return self._workers.timeouts

    async def start(self) -> None:
        """Start the processes. One that cannot be started is tried again with a document."""
        await asyncio.to_thread(self._workers.start, wait=True)

    async def run(self, function: Callable[..., T], *args: object, owner: str = "") -> T:
        """The result of an importable function called in a worker, or its error.

        Raises:
            Busy: all processes are at work, and none was free in the time that one may wait.
            ParseTimeout, WorkerLost: it took too long, or its process died.
        """
        if self._working < self._count:
            self._working += 1
        else:
            await self._room.wait(owner)  # whose process is handed over, so that it stays counted
        try:
            return await self.run_now(function, *args)
        finally:
            self._leave()

    def _leave(self) -> None:
        """Under overload a process is kept a moment for whoever asks next, who need not wait at all then."""
        if len(self._room) > self._count:
            self._working -= 1
            asyncio.get_running_loop().call_later(_MOMENT, self._offer)
        elif not self._room.let_in():
            self._working -= 1

    def _offer(self) -> None:
        if self._working < self._count and self._room.let_in():
            self._working += 1

    async def run_in_turn(self, function: Callable[..., T], *args: object, asked: Request | None = None) -> T:
        """For work that can wait, such as the parts of a batch: it takes at most half of the processes.

        Raises:
            ClientDisconnect: who asked went away before the turn came; others wait behind.
        """
        async with self.turn():
            if asked is not None and await asked.is_disconnected():
                raise ClientDisconnect
            return await self.run_now(function, *args)

    def turn(self) -> asyncio.Semaphore:
        """What `run_in_turn` waits for, for who has something to get ready in its turn."""
        return self._shared

    async def run_now(self, function: Callable[..., T], *args: object) -> T:
        """For who has its turn or its place.

        A task that nobody waits for any more, as its client went away, is dropped if it has not begun, and else
        finished: it does not cost a process.
        """
        try:
            return cast(T, await asyncio.wrap_future(self._workers.run(function, *args)))
        except ENDED as error:
            raise why(error) from None
        except MemoryError:  # before or after the parse, which tells by itself
            raise WorkerLost("The document needs more memory than a worker may use.") from None

    async def close(self) -> None:
        """Stop the processes and what they work on; whoever still waits is told by CancelledError."""
        self._room.close()
        await asyncio.to_thread(self._workers.close, wait=False)
