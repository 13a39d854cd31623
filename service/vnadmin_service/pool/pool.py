"""The worker processes as the event loop uses them, with a limit on the documents that are accepted at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

from vnadmin.process.pool import Limits, Workers
from vnadmin_service.pool.call import call
from vnadmin_service.pool.room import WaitingRoom
from vnadmin_service.pool.turns import Turns
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
        self._turns = Turns(max(1, workers // 2), self._leave_turn)

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

    async def run(self, function: Callable[..., T], *args: object, owner: str = "", asked: Request | None = None) -> T:
        """The result of an importable function called in a worker, or its error.

        Raises:
            Busy: all processes are at work, and none was free in the time that one may wait.
            ParseTimeout, WorkerLost: it took too long, or its process died.
            ClientDisconnect: who asked went away.
        """
        if self._working < self._count:
            self._working += 1
        else:
            await self._room.wait(owner)  # whose process is handed over, so that it stays counted
        return await call(self._workers, self._leave, asked, function, *args)

    async def run_in_turn(
        self, function: Callable[..., T], *args: object, owner: str = "", asked: Request | None = None
    ) -> T:
        """For work that can wait, such as the parts of a batch: it takes at most half of the processes.

        Raises:
            ClientDisconnect: who asked went away.
        """
        whose = owner if asked is None else str(asked.scope["state"]["owner"])
        async with self.turn(whose) as turn:
            if asked is not None and await asked.is_disconnected():
                raise ClientDisconnect
            return await turn.run(function, *args, asked=asked)

    @asynccontextmanager
    async def turn(self, owner: str) -> AsyncIterator[Turn]:
        """A turn as `run_in_turn` takes it, for who has something to get ready in it."""
        if self._working < self._count and self._turns.take(owner):
            self._working += 1
        else:
            await self._turns.wait(owner)  # whose process is handed over
        turn = Turn(self._workers, partial(self._leave_turn, owner))
        try:
            yield turn
        finally:
            turn.end()

    def _leave(self) -> None:
        """A free process goes to who waits for a turn, after a turn to a document: neither keeps the other out.

        Under overload it is kept a moment for whoever asks next, who need not wait at all then.
        """
        if not self._turns.let_in():
            self._hand_on()

    def _leave_turn(self, owner: str) -> None:
        self._turns.give(owner)
        self._hand_on()

    def _hand_on(self) -> None:
        if len(self._room) > self._count:
            self._working -= 1
            asyncio.get_running_loop().call_later(_MOMENT, self._offer)
        elif not (self._room.let_in() or self._turns.let_in()):
            self._working -= 1

    def _offer(self) -> None:
        if self._working < self._count and (self._room.let_in() or self._turns.let_in()):
            self._working += 1

    async def close(self) -> None:
        """Stop the processes and what they work on; whoever still waits is told by CancelledError."""
        self._room.close()
        self._turns.close()
        await asyncio.to_thread(self._workers.close, wait=False)


class Turn:
    """A process for one call. Its end is the end of the call, also where who called does not wait for it."""

    def __init__(self, workers: Workers, leave: Callable[[], None]) -> None:
        self._workers = workers
        self._leave: Callable[[], None] | None = leave

    async def run(self, function: Callable[..., T], *args: object, asked: Request | None = None) -> T:
        """As `WorkerPool.run`; once."""
        if self._leave is None:
            raise RuntimeError("a turn is for one call")
        leave, self._leave = self._leave, None
        return await call(self._workers, leave, asked, function, *args)

    def end(self) -> None:
        """Give it back, if nothing was called."""
        if self._leave is not None:
            self._leave()
            self._leave = None
