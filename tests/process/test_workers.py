"""Worker processes: a hang, a crash and a memory hog each cost one document and never the next."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from vnadmin import VnadminError, errors
from vnadmin.process import program, worker
from vnadmin.process.pool import Limits, Workers, begin, result

TEXT = "Số: 12/UBND-VX\nV/v họp giao ban\n\nKính gửi: Các phòng\n".encode()


# What a worker finds without the modules of the tests, whose import would count towards the time of the task.
HANG = time.sleep, 3600.0  # a parser that never comes back
CRASH = signal.raise_signal, signal.SIGKILL  # a native library that takes the process with it


@pytest.fixture(scope="module")
def workers():
    with Workers(1, limits=Limits(seconds=900.0)) as pool:
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


def test_a_hang_is_cut_off_and_the_next_task_is_done() -> None:
    """Past the time limit the worker is killed and replaced. The next task needs next to no time, so that load does not matter."""
    with Workers(1, limits=Limits(seconds=10.0)) as pool:
        with pytest.raises(errors.ParseTimeout):
            result(pool.run(*HANG))
        assert pool.run(os.getpid).result()


def test_a_killed_worker_costs_one_document(workers: Workers) -> None:
    """kill -9 of a worker: its document fails, the next one is read."""
    with pytest.raises(errors.WorkerLost):
        result(workers.run(*CRASH))
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
    with Workers(2, limits=Limits(seconds=900.0)) as pool:
        with pytest.raises(errors.WorkerLost):
            result(pool.run(fatal))
        assert [pool.run(os.getpid).result(900) for _ in range(20)]


def test_a_cancelled_document_is_stopped_and_the_next_is_read(workers: Workers) -> None:
    """The process that reads it is killed; one that waits is never begun."""
    running, waiting = workers.run(*HANG), workers.run(*HANG)
    while not running.running():
        time.sleep(0.01)
    workers.cancel(waiting)
    workers.cancel(running)
    assert waiting.cancelled()
    with pytest.raises(CancelledError):
        running.result(900)
    assert result(workers.submit(TEXT)).number is not None


def test_what_is_left_at_a_hard_stop_is_cancelled() -> None:
    """`close(wait=False)` ends what runs and what waits, at once."""
    pool = Workers(1, limits=Limits(seconds=900.0))
    futures = [pool.run(*HANG) for _ in range(3)]
    while not futures[0].running():
        time.sleep(0.01)
    pool.close(wait=False)
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(900)


def test_a_batch_gives_each_file_its_document_or_its_error(tmp_path: Path) -> None:
    """In the order given; the bad file in the middle stops nothing."""
    for name, data in (("a.txt", TEXT), ("b.txt", b""), ("c.txt", TEXT)):
        (tmp_path / name).write_bytes(data)
    with Workers(2) as pool:
        outcomes = list(pool.parse_all(sorted(tmp_path.iterdir())))
    assert [Path(name).name for name, _ in outcomes] == ["a.txt", "b.txt", "c.txt"]
    assert [isinstance(outcome, VnadminError) for _, outcome in outcomes] == [False, True, False]


def main_of_a_script() -> None:
    """A function that a script would define itself."""


def test_a_function_of_the_program_itself_is_refused(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker imports `__main__`; the caller is told before anything runs."""
    monkeypatch.setattr(main_of_a_script, "__module__", "__main__")
    with pytest.raises(ValueError, match="module that workers can import"):
        workers.run(main_of_a_script)


def test_workers_that_can_never_start_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first document, and not each of them by `worker_lost`."""
    with Workers(1, begin=lambda: None) as pool, pytest.raises(Exception, match=r"pickle|lambda"):
        pool.submit(TEXT)
    monkeypatch.setattr(sys, "executable", "")
    with Workers(1) as pool, pytest.raises(RuntimeError, match="executable"):
        pool.submit(TEXT)


def chatter() -> str:
    """A library that prints."""
    os.write(1, b"from C")
    print("from Python", flush=True)
    return "done"


def test_what_a_library_prints_is_no_answer(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    """It goes to standard error."""
    pid = workers.run(os.getpid).result()
    assert workers.run(chatter).result() == "done"
    assert workers.run(os.getpid).result() == pid
    assert capfd.readouterr().out == ""


def test_a_task_that_cannot_be_sent_is_told_and_costs_no_process(workers: Workers) -> None:
    """A lambda has no name by which a worker could find it."""
    pid = workers.run(os.getpid).result()
    with pytest.raises(Exception, match=r"pickle|lambda"):
        workers.run(lambda: 1).result(900)
    assert workers.run(os.getpid).result() == pid


def test_where_pipes_have_no_time_limit_a_timer_ends_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: blocking pipes, and the process is killed from outside."""
    monkeypatch.setattr(worker, "_POLLS", False)
    with Workers(1, limits=Limits(seconds=10.0)) as pool:
        with pytest.raises(errors.ParseTimeout):
            result(pool.run(*HANG))
        with pytest.raises(errors.WorkerLost):
            result(pool.run(*CRASH))
        assert pool.run(os.getpid).result()
    with Workers(1, limits=Limits(seconds=900.0)) as pool:
        assert result(pool.submit(TEXT)).number is not None


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program frozen into one executable, this one as it sees itself, and the file of its code."""
    code, executable = tmp_path / "frozen.py", tmp_path / "frozen"
    executable.write_text(f'#!/bin/sh\nexec {sys.executable} {code} "$@"\n')
    executable.chmod(0o700)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))
    return code


@pytest.mark.skipif(sys.platform == "win32", reason="the executable is a shell script")
def test_a_frozen_program_is_started_again_as_its_worker(frozen: Path) -> None:
    """By a hidden argument, which its first call recognises."""
    frozen.write_text(
        "import sys; sys.frozen = True\nfrom vnadmin.process.program import run_frozen\nrun_frozen()\n1 / 0\n"
    )
    with Workers(1) as pool:
        assert result(pool.submit(TEXT)).number is not None


@pytest.mark.skipif(sys.platform == "win32", reason="the executable is a shell script")
def test_a_frozen_program_without_that_call_starts_no_others(frozen: Path) -> None:
    """Each would start the next for ever: the second refuses, and the first is told."""
    frozen.write_text(
        "import sys; sys.frozen = True\nfrom vnadmin.process.pool import Workers\nWorkers(1).submit(b'x')\n"
    )
    with Workers(1) as pool, pytest.raises(errors.WorkerLost, match="could be started"):
        result(pool.submit(TEXT))


def test_a_worker_finds_the_modules_of_its_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module path that was changed while the program ran, but not what lies in the working directory."""
    (tmp_path / "only_here.py").write_text("def answer():\n    return 42\n")
    (tmp_path / "json.py").write_text("1 / 0\n")
    monkeypatch.chdir(tmp_path)
    assert "-P" in program.command()
    with Workers(1) as pool:
        assert result(pool.submit(TEXT)).number is not None
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "json.py").unlink()
    import only_here  # type: ignore[import-not-found]

    made = worker.Worker(begin, Limits())
    try:
        assert made.call((only_here.answer, ()), 20).get() == 42
    finally:
        made.close()
