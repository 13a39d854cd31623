"""The processes that parse, and the gate before them: so much work is let in and no more."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from vnadmin.errors import WorkerLost
from vnadmin.process.pool import ENDED, Limits, why
from vnadmin_service.problems import Busy
from vnadmin_service.seats import Seats
from vnadmin_service.work import begin

T = TypeVar("T")


def preload() -> None:
    """Have the server from which processes are forked read a document of each kind once: a process that replaces
    another has all of it, and the first document that it reads takes no longer than any other (it took 0.6 s).
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_forkserver_preload(["vnadmin_service.warmed"])


class Pool:
    """Runs functions in worker processes with a limit of time and memory each; the event loop only waits."""

    def __init__(self, workers: int, waiting: int, limits: Limits) -> None:
        self.capacity = workers + waiting
        self.running = 0
        self._seats = Seats(workers, limits, begin)
        self._shared = asyncio.Semaphore(max(1, workers // 2))

    @property
    def full(self) -> bool:
        """Whether the next document would be turned away."""
        return self.running >= self.capacity

    @property
    def lost(self) -> int:
        """Processes that died."""
        return self._seats.lost

    @property
    def timeouts(self) -> int:
        """Processes that were stopped because a document took too long."""
        return self._seats.timeouts

    async def start(self) -> None:
        """Start the processes."""
        await self._seats.start()

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
            return await self._wait(function, args)

    async def run_in_turn(self, function: Callable[..., T], *args: object) -> T:
        """For work that can wait, such as the parts of a batch: it takes at most half of the processes."""
        async with self._shared:
            return await self._wait(function, args)

    async def _wait(self, function: Callable[..., T], args: tuple[object, ...]) -> T:
        outcome = await self._seats.submit(function, *args)
        if isinstance(outcome.error, ENDED):
            raise why(outcome.error) from None
        if isinstance(outcome.error, MemoryError):  # before or after the parse, which tells by itself
            raise WorkerLost("The document needs more memory than a worker may use.")
        return cast(T, outcome.get())

    async def close(self) -> None:
        """Stop the processes, and what they work on."""
        await self._seats.close()
