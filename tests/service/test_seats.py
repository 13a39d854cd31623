"""The event loop's own worker processes: whatever a process does, who waits is told, and the next task is done."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest

pytest.importorskip("fastapi", reason="needs the extra [service]")

from vnadmin.process.pool import ENDED, Limits, begin
from vnadmin.process.wire import pack
from vnadmin.process.worker import WorkerDied
from vnadmin_service import seats as module
from vnadmin_service.seats import Seats

T = TypeVar("T")


def double(data: bytes) -> bytes:
    """A task."""
    return data + data


def hang() -> None:
    """A parser that never comes back."""
    while True:
        time.sleep(0.05)


def stop_iteration() -> None:
    """An error that asyncio's futures do not take."""
    raise StopIteration("x")


def speak_out_of_turn(content: object) -> None:
    """What a process may do that a document has taken over: write something else where its answers go."""
    frame = inspect.currentframe()
    while frame is not None and "outgoing" not in frame.f_locals:
        frame = frame.f_back
    assert frame is not None
    os.write(frame.f_locals["outgoing"].fileno(), pack(content))


@asynccontextmanager
async def seated(count: int = 1, seconds: float = 30.0) -> AsyncIterator[Seats]:
    """Seats that are closed afterwards."""
    seats = Seats(count, Limits(seconds=seconds), begin)
    await seats.start()
    try:
        yield seats
    finally:
        await seats.close()


def in_loop(act: Callable[[], Awaitable[T]]) -> T:
    """Run in an event loop of its own, for a minute at most."""

    async def bounded() -> T:
        async with asyncio.timeout(60):
            return await act()

    return asyncio.run(bounded())


async def works(seats: Seats) -> None:
    """The next task is done."""
    assert (await seats.submit(double, b"ab")).get() == b"abab"


def test_tasks_wait_for_a_process_and_are_done_in_order() -> None:
    """More tasks than processes, larger than a pipe holds in both directions."""

    async def act() -> list[object]:
        async with seated(2) as seats:
            parts = [bytes([number]) * 700_000 for number in range(8)]
            return [outcome.get() for outcome in await asyncio.gather(*(seats.submit(double, p) for p in parts))]

    assert in_loop(act) == [bytes([number]) * 1_400_000 for number in range(8)]


def test_an_error_of_any_kind_comes_back() -> None:
    """StopIteration too, which would leave an asyncio future waiting."""

    async def act() -> None:
        async with seated() as seats:
            assert isinstance((await seats.submit(stop_iteration)).error, StopIteration)
            await works(seats)
            assert (seats.lost, seats.timeouts) == (0, 0)

    in_loop(act)


def test_a_hang_is_cut_off() -> None:
    """By the clock; the process is replaced."""

    async def act() -> None:
        async with seated(seconds=3.0) as seats:
            outcome = await seats.submit(hang)
            assert isinstance(outcome.error, TimeoutError)
            await works(seats)
            assert (seats.lost, seats.timeouts) == (0, 1)

    in_loop(act)


def test_a_system_without_threads_costs_no_answer_and_no_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The task that hung is told so, its process is gone, and the seat works once there are threads again."""

    async def refused(*_: object) -> object:
        raise RuntimeError("can't start new thread")

    async def act() -> None:
        async with seated(seconds=1.0) as seats:
            (worker,) = seats.living
            with monkeypatch.context() as patched:
                patched.setattr(asyncio, "to_thread", refused)
                assert isinstance((await seats.submit(hang)).error, TimeoutError)
                assert worker._process.exitcode is not None
                assert isinstance((await seats.submit(double, b"x")).error, ENDED)
            await works(seats)

    in_loop(act)


def test_kill_9_costs_the_task_that_ran_and_not_those_that_wait() -> None:
    """Two tasks for one process, which is killed during the first."""

    async def act() -> None:
        async with seated() as seats:
            first, second = seats.submit(hang), seats.submit(double, b"x")
            (worker,) = seats.living
            os.kill(worker._process.pid, signal.SIGKILL)
            outcome = await first
            assert isinstance(outcome.error, WorkerDied)
            assert outcome.error.exit_code == -signal.SIGKILL
            assert (await second).get() == b"xx"
            assert (seats.lost, seats.timeouts) == (1, 0)

    in_loop(act)


def test_kill_9_of_an_idle_process_costs_nothing() -> None:
    """It is replaced before a document comes."""

    async def act() -> None:
        async with seated() as seats:
            (worker,) = seats.living
            os.kill(worker._process.pid, signal.SIGKILL)
            while worker in seats.living or not seats.living:
                await asyncio.sleep(0.01)
            await works(seats)

    in_loop(act)


@pytest.mark.parametrize("content", ["no answer", (True, 1), (False, "no error", ""), (True, print, "")])
def test_a_process_that_sends_something_else_is_replaced(content: object) -> None:
    """What is no answer, or holds what is no data, is taken from nobody."""

    async def act() -> None:
        async with seated() as seats:
            outcome = await seats.submit(speak_out_of_turn, content)
            assert isinstance(outcome.error, ENDED)
            await works(seats)
            assert seats.lost == 1

    in_loop(act)


def test_a_task_that_nobody_waits_for_is_dropped_while_it_waits() -> None:
    """And costs no process while it runs."""

    async def act() -> None:
        async with seated() as seats:
            running, waiting = seats.submit(time.sleep, 0.3), seats.submit(hang)
            running.cancel()
            waiting.cancel()
            await works(seats)
            assert (seats.lost, seats.timeouts) == (0, 0)

    in_loop(act)


def test_a_process_is_replaced_after_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each task is done all the same, and nothing counts as lost."""
    monkeypatch.setattr(module, "MOST_TASKS", 2)

    async def act() -> None:
        async with seated() as seats:
            pids = [(await seats.submit(os.getpid)).get() for _ in range(6)]
            assert len(set(pids)) == 3
            assert (seats.lost, seats.timeouts) == (0, 0)

    in_loop(act)


def test_closing_tells_all_who_wait_and_leaves_no_process() -> None:
    """One task that runs, one that waits."""

    async def act() -> None:
        async with seated() as seats:
            (worker,) = seats.living
            tasks = [seats.submit(hang), seats.submit(hang)]
            await asyncio.sleep(0.1)
            await seats.close()
            assert all(task.cancelled() for task in tasks)
            assert worker._process.exitcode is not None

    in_loop(act)
