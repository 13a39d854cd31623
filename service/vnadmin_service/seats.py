"""Worker processes in the hands of the event loop: no thread stands between a request and its document.

`vnadmin.process.pool.Workers` keeps a thread for each process, which suits callers that wait. Here two changes of threads
for each request would cost a good part of what the server spends on it (docs/decisions/0024).
"""

from __future__ import annotations

import asyncio
import os
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import TimeoutError
from concurrent.futures.process import BrokenProcessPool

from vnadmin.errors import ParseTimeout
from vnadmin.process.pool import ENDED, MOST_TASKS, Limits, allotted, why
from vnadmin.process.wire import Inbox, NotData, Outcome, pack, unpack
from vnadmin.process.worker import Worker, WorkerDied

_READ_BYTES = 1 << 16  # what a pipe holds
_NOTHING = memoryview(b"")


class _Task:
    """A task as its message, and who waits for it."""

    __slots__ = ("answer", "message")

    def __init__(self, message: memoryview, answer: asyncio.Future[Outcome]) -> None:
        self.message = message
        self.answer = answer

    def settle(self, outcome: Outcome) -> None:
        """Tell whoever still waits."""
        if not self.answer.done():
            self.answer.set_result(outcome)


class Seats:
    """So many worker processes, and the tasks that wait for one; all of it in one event loop."""

    def __init__(self, count: int, limits: Limits, begin: Callable[[], None]) -> None:
        self.lost = 0
        self.timeouts = 0
        self.limits = limits
        self.begin = begin
        self.closing = False
        self.living: set[Worker] = set()
        self._processor = limits.processor
        self._seats = [_Seat(self) for _ in range(count)]
        self._free: list[_Seat] = []
        self._waiting: deque[_Task] = deque()
        weakref.finalize(self, _kill, self.living)

    async def start(self) -> None:
        """Start the processes. One that cannot be started is tried again with a task."""
        await asyncio.gather(*(seat.open() for seat in self._seats))
        self._free = list(self._seats)

    def submit(self, function: Callable[..., object], *args: object) -> asyncio.Future[Outcome]:
        """Have an importable function called in a process, as soon as one is free.

        What comes of it is a result in any case, since asyncio's futures refuse some errors (StopIteration). A task
        that nobody waits for any more is dropped while it waits, and otherwise finished: a client that goes away does
        not cost a process.
        """
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        task = _Task(pack((allotted, (self._processor, function, *args))), answer)
        if self._free:
            self._free.pop().take(task)
        else:
            self._waiting.append(task)
        return answer

    def free(self, seat: _Seat) -> None:
        """A seat has nothing to do: it gets the next task."""
        while self._waiting:
            task = self._waiting.popleft()
            if not task.answer.done():
                seat.take(task)
                return
        self._free.append(seat)

    def away(self, seat: _Seat) -> None:
        """A seat has no process for now."""
        if seat in self._free:
            self._free.remove(seat)

    def count(self, error: BaseException | None) -> None:
        """Note what became of a process."""
        if isinstance(error, ENDED):
            if isinstance(why(error), ParseTimeout):
                self.timeouts += 1
            else:
                self.lost += 1

    async def close(self) -> None:
        """Kill the processes; whoever still waits is told by CancelledError."""
        self.closing = True
        for task in self._waiting:
            task.answer.cancel()
        self._waiting.clear()
        await asyncio.gather(*(seat.close() for seat in self._seats))


class _Seat:
    """One process and what it works on. Nothing here waits, but for starting or ending a process: in a thread."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats
        self._worker: Worker | None = None
        self._task: _Task | None = None
        self._left = _NOTHING  # of the task's message, when the pipe was full
        self._inbox = Inbox()
        self._until = 0.0
        self._alarm: asyncio.TimerHandle | None = None
        self._done = 0
        self._chore: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Have a process, if the system has room for one."""
        try:
            worker = await asyncio.to_thread(Worker, self._seats.begin, self._seats.limits)
        except (
            OSError,
            EOFError,
            RuntimeError,
            *ENDED,
        ):  # RuntimeError: there is no thread left; the next task tries again
            return
        self._worker = worker
        self._seats.living.add(worker)
        self._done = 0
        self._inbox = Inbox()
        asyncio.get_running_loop().add_reader(worker.answers, self._read, worker)

    async def close(self) -> None:
        """End the process; whoever waits for it is told by CancelledError."""
        task, self._task = self._task, None
        if task is not None:
            task.answer.cancel()
        if self._chore is not None:
            await asyncio.wait([self._chore])
        if self._worker is not None:
            await _ended(self._let_go(self._worker).close)

    def take(self, task: _Task) -> None:
        """Begin with a task."""
        self._task = task
        if self._worker is None:
            self._chore = asyncio.create_task(self._open_for_task())
        else:
            self._ask(self._worker, task)

    async def _open_for_task(self) -> None:
        await self.open()
        if self._worker is None:
            self._settle(Outcome(error=BrokenProcessPool("No process could be started.")))
        elif self._task is not None:
            self._ask(self._worker, self._task)

    def _ask(self, worker: Worker, task: _Task) -> None:
        loop = asyncio.get_running_loop()
        self._done += 1
        self._until = loop.time() + self._seats.limits.seconds
        if self._alarm is None:
            self._alarm = loop.call_at(self._until, self._look, worker)
        self._left = task.message
        self._write(worker)
        if self._left:
            loop.add_writer(worker.tasks, self._write_more, worker)

    def _look(self, worker: Worker) -> None:
        """The time of a task is over: of this one, or of one before it, since making a timer for each costs more."""
        loop, self._alarm = asyncio.get_running_loop(), None
        if self._task is None:
            return
        if loop.time() >= self._until:
            self._replace(worker, TimeoutError())
        else:
            self._alarm = loop.call_at(self._until, self._look, worker)

    def _write(self, worker: Worker) -> None:
        try:
            self._left = self._left[os.write(worker.tasks, self._left) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:  # it is dead, as its other pipe is about to tell
            self._left = _NOTHING

    def _write_more(self, worker: Worker) -> None:
        self._write(worker)
        if not self._left:
            asyncio.get_running_loop().remove_writer(worker.tasks)

    def _read(self, worker: Worker) -> None:
        try:
            data = os.read(worker.answers, _READ_BYTES)
        except BlockingIOError:
            return
        if not data:
            self._replace(worker, None)
            return
        answer = self._inbox.feed(data)
        if answer is None:
            return
        try:
            outcome = unpack(answer)
        except NotData:
            self._replace(worker, WorkerDied())
            return
        if self._task is None:  # it was not asked
            self._replace(worker, WorkerDied())
        else:
            self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        """Tell what came of the task, and go on to the next."""
        task, self._task = self._task, None
        if task is not None:
            task.settle(outcome)
        if self._worker is not None and self._done >= MOST_TASKS:
            self._chore = asyncio.create_task(self._renew(self._let_go(self._worker)))
        elif not self._seats.closing:
            self._seats.free(self)

    def _replace(self, worker: Worker, error: BaseException | None) -> None:
        """The process is lost, and the task with it: by this error, or with none by the end of the process."""
        self._let_go(worker)
        self._seats.away(self)
        self._chore = asyncio.create_task(self._bury(worker, error))

    def _let_go(self, worker: Worker) -> Worker:
        loop = asyncio.get_running_loop()
        loop.remove_reader(worker.answers)
        loop.remove_writer(worker.tasks)
        self._worker, self._left = None, _NOTHING
        self._seats.living.discard(worker)
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        return worker

    async def _bury(self, worker: Worker, error: BaseException | None) -> None:
        if error is None:
            error = WorkerDied(await _ended(worker.bury))
        else:
            await _ended(worker.close)
        self._seats.count(error)
        task, self._task = self._task, None
        if task is not None:
            task.settle(Outcome(error=error))
        await self._reopen()

    async def _renew(self, worker: Worker) -> None:
        await _ended(worker.close)
        await self._reopen()

    async def _reopen(self) -> None:
        """Have the next process before the next document comes."""
        if not self._seats.closing:
            await self.open()
            if not self._seats.closing:
                self._seats.free(self)


async def _ended(end: Callable[[], int | None]) -> int | None:
    """End a process by this method of its worker, and wait for it: in a thread, or where the system has none left here."""
    try:
        return await asyncio.to_thread(end)
    except RuntimeError:
        return end()


def _kill(living: set[Worker]) -> None:
    for worker in living:
        worker.kill()
