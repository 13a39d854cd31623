"""Worker processes: a hang, a crash and a memory hog each cost one document and never the next."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from vnadmin import VnadminError, errors
from vnadmin.process.pool import Limits, Workers, result

TEXT = "Số: 12/UBND-VX\nV/v họp giao ban\n\nKính gửi: Các phòng\n".encode()


def hang() -> None:
    """A parser that never comes back."""
    while True:
        time.sleep(0.05)


def crash() -> None:
    """A native library that takes the process with it."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def workers():
    with Workers(1, limits=Limits(seconds=3.0)) as pool:
        yield pool


def test_a_document_comes_back_from_a_worker(workers: Workers) -> None:
    """The same document as in the caller's own process."""
    import vnadmin

    assert result(workers.submit(TEXT)) == vnadmin.parse(TEXT)


def test_an_error_comes_back_as_itself(workers: Workers) -> None:
    """Class, detail and advice survive the way from the worker."""
    with pytest.raises(errors.EmptyInput) as caught:
        result(workers.submit(b""))
    assert str(caught.value) == str(errors.EmptyInput())


def test_a_hang_is_cut_off_and_the_next_document_is_read(workers: Workers) -> None:
    """Past the time limit the worker is killed and replaced."""
    with pytest.raises(errors.ParseTimeout):
        result(workers.run(hang))  # type: ignore[arg-type]
    assert result(workers.submit(TEXT)).number is not None


def test_a_killed_worker_costs_one_document(workers: Workers) -> None:
    """kill -9 of a worker: its document fails, the next one is read."""
    with pytest.raises(errors.WorkerLost):
        result(workers.run(crash))  # type: ignore[arg-type]
    assert result(workers.submit(TEXT)).number is not None


class Fatal:
    """A value whose writing takes the process with it, as running out of memory does."""

    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def fatal() -> Fatal:
    """A document whose answer is too much."""
    return Fatal()


def test_a_worker_that_dies_in_its_answer_holds_nobody_up() -> None:
    """No lock is left held: the other worker and the one that takes its place go on."""
    with Workers(2, limits=Limits(seconds=30.0)) as pool:
        with pytest.raises(errors.WorkerLost):
            result(pool.run(fatal))
        assert [pool.run(os.getpid).result(20) for _ in range(20)]


def test_a_cancelled_document_is_stopped_and_the_next_is_read(workers: Workers) -> None:
    """The process that reads it is killed; one that waits is never begun."""
    running, waiting = workers.run(hang), workers.run(hang)
    while not running.running():
        time.sleep(0.01)
    workers.cancel(waiting)
    workers.cancel(running)
    assert waiting.cancelled()
    with pytest.raises(CancelledError):
        running.result(20)
    assert result(workers.submit(TEXT)).number is not None


def test_what_is_left_at_a_hard_stop_is_cancelled() -> None:
    """`close(wait=False)` ends what runs and what waits, at once."""
    pool = Workers(1, limits=Limits(seconds=60.0))
    futures = [pool.run(hang) for _ in range(3)]
    while not futures[0].running():
        time.sleep(0.01)
    pool.close(wait=False)
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(20)


def test_a_batch_gives_each_file_its_document_or_its_error(tmp_path: Path) -> None:
    """In the order given; the bad file in the middle stops nothing."""
    for name, data in (("a.txt", TEXT), ("b.txt", b""), ("c.txt", TEXT)):
        (tmp_path / name).write_bytes(data)
    with Workers(2) as pool:
        outcomes = list(pool.parse_all(sorted(tmp_path.iterdir())))
    assert [Path(name).name for name, _ in outcomes] == ["a.txt", "b.txt", "c.txt"]
    assert [isinstance(outcome, VnadminError) for _, outcome in outcomes] == [False, True, False]
