"""The worker processes as the event loop uses them, with a limit on the documents that are accepted at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from vnadmin.errors import WorkerLost
from vnadmin.process.pool import ENDED, Limits, Workers, why
from vnadmin_service.problems import Busy
from vnadmin_service.work import begin

T = TypeVar("T")


class WorkerPool:
    """Runs functions in worker processes with a limit of time and memory each; the event loop only waits."""

    def __init__(self, workers: int, waiting: int, limits: Limits) -> None:
        self.capacity = workers + waiting
        self.running = 0
        self._workers = Workers(workers, limits=limits, begin=begin)
        self._shared = asyncio.Semaphore(max(1, workers // 2))

    @property
    def full(self) -> bool:
        """Whether the next document would be turned away."""
        return self.running >= self.capacity

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

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place among the documents that are worked on.

        Raises:
            Busy: there is none.
        """
        if self.full:
            raise Busy
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """The result of an importable function called in a worker, or its error; turned away when all are busy.

        Raises:
            Busy: all processes are at work.
            ParseTimeout, WorkerLost: it took too long, or its process died.
        """
        with self.place():
            return await self.run_now(function, *args)

    async def run_in_turn(self, function: Callable[..., T], *args: object) -> T:
        """For work that can wait, such as the parts of a batch: it takes at most half of the processes."""
        async with self.turn():
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
        await asyncio.to_thread(self._workers.close, wait=False)
