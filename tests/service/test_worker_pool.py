"""The service's pool: whatever a process does, who waits is told, and the next task is done; no more is let in than fits."""

from __future__ import annotations

import asyncio
import inspect
import operator
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

pytest.importorskip("fastapi", reason="needs the extra [service]")

from vnadmin import errors
from vnadmin.process import pool as library
from vnadmin.process.pool import Limits, begin
from vnadmin.process.wire import pack
from vnadmin_service.pool import pool as module
from vnadmin_service.pool.call import ABANDONED_SECONDS
from vnadmin_service.pool.pool import WorkerPool
from vnadmin_service.pool.turns import Turns
from vnadmin_service.problems import Busy

T = TypeVar("T")


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that read no documents before they are ready."""
    monkeypatch.setattr(module, "begin", begin)


# What a process finds without the modules of the tests, whose import would count towards the time of the task.
DOUBLE = operator.mul, 2
HANG = time.sleep, 3600.0


def wait_for(path: str) -> None:
    """A document that takes as long as the test wants."""
    while not Path(path).exists():
        time.sleep(0.01)


def hang(begun: str) -> None:
    """A parser that never comes back; tells that it has begun."""
    Path(begun).touch()
    time.sleep(3600.0)


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something that happens elsewhere."""
    while not holds():
        await asyncio.sleep(0.01)


def ended(pid: int) -> bool:
    """Whether a process is no more, or waits only to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def stop_iteration() -> None:
    """An error that asyncio's futures do not take."""
    raise StopIteration("x")


def time_out() -> None:
    """An error of the task itself that is no end of its process."""
    raise TimeoutError


def speak_out_of_turn(content: object) -> None:
    """What a process may do that a document has taken over: write something else where its answers go."""
    frame = inspect.currentframe()
    while frame is not None and "answers" not in frame.f_locals:
        frame = frame.f_back
    assert frame is not None
    os.write(frame.f_locals["answers"], pack(content))


@asynccontextmanager
async def started(
    count: int = 1, seconds: float = 900.0, waiting: int = 20, wait_seconds: float = 900.0, keys: int = 0
) -> AsyncIterator[WorkerPool]:
    """A pool that is closed afterwards."""
    pool = WorkerPool(count, Limits(seconds=seconds), waiting=waiting, wait_seconds=wait_seconds, keys=keys)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def in_loop(act: Callable[[], Awaitable[T]]) -> T:
    """Run in an event loop of its own; what never ends is given up."""

    async def bounded() -> T:
        async with asyncio.timeout(110):
            return await act()

    return asyncio.run(bounded())


async def works(pool: WorkerPool) -> None:
    """The next task is done."""
    assert await pool.run(*DOUBLE, b"ab") == b"abab"


def test_tasks_wait_for_a_process_and_are_done_in_order() -> None:
    """More tasks than processes, larger than a pipe holds in both directions."""

    async def act() -> list[bytes]:
        async with started(2) as pool:
            parts = [bytes([number]) * 700_000 for number in range(8)]
            return await asyncio.gather(*(pool.run(*DOUBLE, part) for part in parts))

    assert in_loop(act) == [bytes([number]) * 1_400_000 for number in range(8)]


def test_no_more_is_let_in_than_fits(tmp_path: Path) -> None:
    """Two processes and one place to wait: the fourth is turned away at once, and its place is free again later."""

    async def act() -> None:
        async with started(2, waiting=1) as pool:
            running = [asyncio.create_task(pool.run(wait_for, str(tmp_path / "go"))) for _ in range(3)]
            await asyncio.sleep(0)
            assert pool.full()
            with pytest.raises(Busy):
                await pool.run(*DOUBLE, b"x")
            (tmp_path / "go").touch()
            await asyncio.gather(*running)
            assert not pool.full()
            await works(pool)

    in_loop(act)


def test_what_can_wait_takes_half_of_the_processes(tmp_path: Path) -> None:
    """So a batch leaves the other half to single documents."""

    async def act() -> None:
        async with started(2) as pool:
            batch = [asyncio.create_task(pool.run_in_turn(wait_for, str(tmp_path / "go"))) for _ in range(3)]
            for _ in range(5):
                await works(pool)
            assert not any(task.done() for task in batch)
            (tmp_path / "go").touch()
            await asyncio.gather(*batch)

    in_loop(act)


def test_an_error_of_any_kind_comes_back() -> None:
    """StopIteration too, which would leave an asyncio future waiting; none costs the process."""

    async def act() -> None:
        async with started() as pool:
            pid = await pool.run(os.getpid)
            with pytest.raises(Exception, match="StopIteration"):
                await pool.run(stop_iteration)
            with pytest.raises(errors.ParseTimeout):
                await pool.run(time_out)
            assert await pool.run(os.getpid) == pid
            assert (pool.lost, pool.timeouts) == (0, 0)

    in_loop(act)


def test_a_hang_is_cut_off() -> None:
    """By the clock; the process is replaced."""

    async def act() -> None:
        async with started(seconds=10.0) as pool:
            with pytest.raises(errors.ParseTimeout):
                await pool.run(*HANG)
            await works(pool)
            assert (pool.lost, pool.timeouts) == (0, 1)

    in_loop(act)


def test_a_system_that_starts_no_process_costs_an_answer_and_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The task is told so, and the next one is done once there is room again."""

    def refused(*_: object, **__: object) -> object:
        raise BlockingIOError("Resource temporarily unavailable")

    async def act() -> None:
        with monkeypatch.context() as patched:
            patched.setattr("vnadmin.process.worker.subprocess.Popen", refused)
            async with started() as pool:
                with pytest.raises(errors.WorkerLost, match=r"could be started \(BlockingIOError\)"):
                    await pool.run(*DOUBLE, b"x")
                patched.undo()
                await works(pool)

    in_loop(act)


def test_kill_9_costs_the_task_that_ran_and_not_those_that_wait(tmp_path: Path) -> None:
    """Two tasks for one process, which is killed during the first."""

    async def act() -> None:
        async with started() as pool:
            pid = await pool.run(os.getpid)
            first = asyncio.create_task(pool.run(hang, str(tmp_path / "begun")))
            await until((tmp_path / "begun").exists)
            second = asyncio.create_task(pool.run(*DOUBLE, b"x"))
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(errors.WorkerLost):
                await first
            assert await second == b"xx"
            assert (pool.lost, pool.timeouts) == (1, 0)

    in_loop(act)


def test_kill_9_of_an_idle_process_costs_nothing() -> None:
    """Another is started for the next document."""

    async def act() -> None:
        async with started() as pool:
            pid = await pool.run(os.getpid)
            os.kill(pid, signal.SIGKILL)
            await until(lambda: ended(pid))
            await works(pool)
            assert pool.lost == 0

    in_loop(act)


@pytest.mark.parametrize("content", ["no answer", (True, 1), (False, "no error", ""), (True, print, "")])
def test_a_process_that_sends_something_else_is_replaced(content: object) -> None:
    """What is no answer, or holds what is no data, is taken from nobody."""

    async def act() -> None:
        async with started() as pool:
            with pytest.raises(errors.WorkerLost):
                await pool.run(speak_out_of_turn, content)
            await works(pool)
            assert pool.lost == 1

    in_loop(act)


def test_a_task_that_nobody_waits_for_is_dropped_while_it_waits(tmp_path: Path) -> None:
    """And costs no process while it runs."""

    async def act() -> None:
        async with started() as pool:
            running = asyncio.create_task(pool.run(wait_for, str(tmp_path / "go")))
            waiting = asyncio.create_task(pool.run(*HANG))
            await asyncio.sleep(0)
            running.cancel()
            waiting.cancel()
            (tmp_path / "go").touch()
            await works(pool)
            assert (pool.lost, pool.timeouts, pool.running) == (0, 0, 0)

    in_loop(act)


def test_a_process_is_replaced_after_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each task is done all the same, and nothing counts as lost."""
    monkeypatch.setattr(library, "MOST_TASKS", 2)

    async def act() -> None:
        async with started() as pool:
            pids = [await pool.run(os.getpid) for _ in range(6)]
            assert len(set(pids)) == 3
            assert (pool.lost, pool.timeouts) == (0, 0)

    in_loop(act)


def test_closing_tells_all_who_wait_and_leaves_no_process(tmp_path: Path) -> None:
    """One task that runs, one that waits."""

    async def act() -> None:
        async with started() as pool:
            pid = await pool.run(os.getpid)
            tasks = [asyncio.create_task(pool.run(hang, str(tmp_path / "begun"))) for _ in range(2)]
            await until((tmp_path / "begun").exists)
            await pool.close()
            assert [type(end) for end in await asyncio.gather(*tasks, return_exceptions=True)] == [
                asyncio.CancelledError
            ] * 2
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    in_loop(act)


def test_a_burst_waits_and_is_answered(tmp_path: Path) -> None:
    """One process, five at once: none is turned away, and the one who came last goes first."""
    done: list[int] = []

    async def one(pool: WorkerPool, number: int) -> None:
        await (pool.run(wait_for, str(tmp_path / "go")) if number == 0 else pool.run(*DOUBLE, b"x"))
        done.append(number)

    async def act() -> None:
        async with started(1, waiting=4) as pool:
            tasks = []
            for number in range(5):
                tasks.append(asyncio.create_task(one(pool, number)))
                await asyncio.sleep(0)
            assert pool.running == 5
            (tmp_path / "go").touch()
            await asyncio.gather(*tasks)
            assert pool.running == 0

    in_loop(act)
    assert done == [0, 4, 3, 2, 1]


def test_who_waits_too_long_is_turned_away_and_its_place_is_free(tmp_path: Path) -> None:
    """In its time; and whoever goes away while it waits, or at the very moment that it is let in, keeps no place."""

    async def act() -> None:
        async with started(1, waiting=2, wait_seconds=0.3) as pool:
            first = asyncio.create_task(pool.run(wait_for, str(tmp_path / "go")))
            await asyncio.sleep(0)
            gone = asyncio.create_task(pool.run(*DOUBLE, b"x"))
            await asyncio.sleep(0)
            gone.cancel()
            with pytest.raises(Busy):
                await pool.run(*DOUBLE, b"x")
            assert pool.running == 1
            let_in = asyncio.create_task(pool.run(*DOUBLE, b"x"))
            await asyncio.sleep(0)
            (tmp_path / "go").touch()
            first.add_done_callback(lambda _: let_in.cancel())
            await first
            await asyncio.wait([let_in, gone])
            await works(pool)
            assert pool.running == 0

    in_loop(act)


def test_one_of_several_keys_takes_half_of_the_places(tmp_path: Path) -> None:
    async def act() -> None:
        async with started(1, waiting=4, wait_seconds=0.2, keys=2) as pool:
            first = asyncio.create_task(pool.run(wait_for, str(tmp_path / "go")))
            await asyncio.sleep(0)
            mine = [asyncio.create_task(pool.run(*DOUBLE, b"x", owner="mine")) for _ in range(3)]
            await asyncio.sleep(0)
            assert (pool.full("mine"), pool.full("yours")) == (True, False)
            assert pool.running == 3
            (tmp_path / "go").touch()
            await asyncio.gather(first, *mine, return_exceptions=True)

    in_loop(act)


def test_what_nobody_waits_for_is_stopped_and_holds_its_place_until_then(tmp_path: Path) -> None:
    """Seen: the turn was free at once, and the worker read on for a minute."""

    async def act() -> None:
        async with started(2) as pool:
            left = asyncio.create_task(pool.run_in_turn(hang, str(tmp_path / "begun")))
            await until((tmp_path / "begun").exists)
            left.cancel()
            next_one = asyncio.create_task(pool.run_in_turn(*DOUBLE, b"x"))
            await asyncio.sleep(ABANDONED_SECONDS / 4)
            assert (pool.running, next_one.done()) == (1, False)
            assert await next_one == b"xx"
            await until(lambda: pool.running == 0)
            assert (pool.lost, pool.timeouts) == (0, 0)

    in_loop(act)


def test_what_takes_its_turn_counts_as_at_work(tmp_path: Path) -> None:
    """Seen: a letter was let in behind a batch, and waited for its document in place of the second that one may wait."""

    async def act() -> None:
        async with started(1, wait_seconds=0.2) as pool:
            part = asyncio.create_task(pool.run_in_turn(wait_for, str(tmp_path / "go")))
            await until(lambda: pool.running == 1)
            with pytest.raises(Busy):
                await pool.run(*DOUBLE, b"x")
            (tmp_path / "go").touch()
            await part
            await works(pool)

    in_loop(act)


def test_turns_go_around_the_owners() -> None:
    """Who asked for a hundred turns has the second when everybody has had one; who gave up has none."""

    async def act() -> list[str]:
        turns = Turns(1, lambda _: None)
        assert turns.take("a")
        got: list[str] = []

        async def one(owner: str) -> None:
            await turns.wait(owner)
            got.append(owner)

        tasks = [asyncio.create_task(one(owner)) for owner in ("a", "a", "a", "b", "b", "c")]
        await asyncio.sleep(0)
        tasks[3].cancel()
        for owner in ("a", "a", "b", "c", "a"):
            turns.give(owner)
            assert turns.let_in()
            await asyncio.sleep(0)
        await asyncio.wait(tasks)
        return got

    assert in_loop(act) == ["a", "b", "c", "a", "a"]
