"""The processes that parse, and the gate before them: so much work is let in and no more."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar, cast

from vnadmin import Config
from vnadmin.errors import ParseTimeout
from vnadmin.isolate import ENDED, Limits, Workers, why
from vnadmin_service.problems import Busy

T = TypeVar("T")


def preload() -> None:
    """Have the server from which processes are forked load the parser once, so that a new process is ready at once."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_forkserver_preload(["vnadmin.pipeline", "vnadmin_service.work"])


class Pool:
    """Runs functions in worker processes with a limit of time and memory each; the event loop only waits."""

    def __init__(self, workers: int, waiting: int, limits: Limits, config: Config) -> None:
        self.capacity = workers + waiting
        self.running = 0
        self.lost = 0
        self.timeouts = 0
        self._workers = Workers(workers, config=config, limits=limits)
        self._shared = asyncio.Semaphore(max(1, workers // 2))

    @property
    def full(self) -> bool:
        """Whether the next document would be turned away."""
        return self.running >= self.capacity

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

    def start(self, function: Callable[..., object], *args: object) -> Future[object]:
        """For threads: the future of the call."""
        return self._workers.run(function, *args)

    def cancel(self, future: Future[object]) -> None:
        """Stop what `start` began, with its process."""
        self._workers.cancel(future)

    async def _wait(self, function: Callable[..., T], args: tuple[object, ...]) -> T:
        # An event and not asyncio.wrap_future: a client that goes away must not kill the process, which would cost more
        # than letting it finish; and an error that asyncio's futures refuse (StopIteration) must not leave us waiting.
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        future = self.start(function, *args)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(ended.set))
        await ended.wait()
        try:
            return cast(T, future.result())
        except ENDED as error:
            reason = why(error)
            if isinstance(reason, ParseTimeout):
                self.timeouts += 1
            else:
                self.lost += 1
            raise reason from None

    def close(self, *, wait: bool) -> None:
        """Finish the running work, or stop it."""
        self._workers.close(wait=wait)
