"""A worker process looked at from outside: what the kernel holds it to, and what is left when it is killed."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile import isolation_acts as acts
from vnadmin import errors
from vnadmin.process.pool import Limits, Workers, result
from vnadmin.process.scratch import sweep
from vnadmin.samples import samples

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")

MEMORY = 600 * 1024**2
NETWORK = ("tcp", "udp", "unix", "child")
SPINNING = 60  # hundredths of a second: a worker uses half of them to start
LETTER = next(item for item in samples() if item.name == "cong-van.txt").read_bytes()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One worker with narrow limits."""
    with Workers(1, limits=Limits(seconds=900.0, memory_bytes=MEMORY, cpu_seconds=7.0, file_bytes=1024**2)) as pool:
        yield pool


def reads_on(workers: Workers) -> bool:
    """Whether the next document is read."""
    return result(workers.submit(LETTER)).number is not None


def limits_of(pid: int) -> dict[str, tuple[str, str]]:
    """Soft and hard limits, as the kernel shows them."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): (line[26:47].strip(), line[47:68].strip()) for line in lines}


def status_of(pid: int, name: str) -> str:
    """One line of what the kernel says of a process."""
    return Path(f"/proc/{pid}/status").read_text().partition(f"\n{name}:")[2].partition("\n")[0].strip()


def processor_ticks(pid: int) -> int:
    """Processor time that a process has used, in hundredths of a second."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def gone(pid: int) -> bool:
    """Whether a process ends; one that nobody has waited for yet has ended, too. What never does is given up."""
    until = time.monotonic() + 900
    while time.monotonic() < until:
        try:
            if status_of(pid, "State").startswith("Z"):
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_the_kernel_shows_the_limits(workers: Workers) -> None:
    """Address space, file size and core have hard limits, which not even the process itself can raise again."""
    found = limits_of(workers.run(acts.own_pid).result())  # type: ignore[arg-type]
    assert found["Max address space"] == (str(MEMORY), str(MEMORY))
    assert found["Max file size"] == (str(1024**2), str(1024**2))
    assert found["Max core file size"] == ("0", "0")
    assert 7 <= int(found["Max cpu time"][0]) < 60


def test_processor_time_is_counted_anew_for_each_document(workers: Workers) -> None:
    """The limit moves on with what the process has used, so that a long life is no reason to be killed."""
    pid = workers.run(acts.own_pid).result()
    first = int(limits_of(pid)["Max cpu time"][0])  # type: ignore[arg-type]
    workers.run(acts.burn, 1.5).result()
    assert workers.run(acts.own_pid).result() == pid
    assert int(limits_of(pid)["Max cpu time"][0]) > first  # type: ignore[arg-type]


def test_memory_has_an_end(workers: Workers) -> None:
    """Past the address space an allocation fails; the worker goes on with the next document."""
    with pytest.raises(MemoryError):
        workers.run(acts.eat_memory).result()
    pid = workers.run(acts.own_pid).result()
    assert int(status_of(pid, "VmPeak").split()[0]) * 1024 <= MEMORY  # type: ignore[arg-type]
    assert reads_on(workers)


def test_processor_time_has_an_end() -> None:
    """A call into C that never returns is ended by the kernel long before the clock's limit: `parse_timeout`."""
    with Workers(1, limits=Limits(seconds=900.0, cpu_seconds=1.0)) as pool:
        pid = pool.run(acts.own_pid).result()
        with pytest.raises(errors.ParseTimeout, match="processor time"):
            result(pool.run(acts.spin))
        assert gone(pid)  # type: ignore[arg-type]
        assert pool.run(acts.own_pid).result() != pid


def test_the_clock_has_an_end() -> None:
    """A worker that uses no processor and does not come back is killed."""
    with Workers(1, limits=Limits(seconds=10.0)) as pool:
        pid = pool.run(acts.own_pid).result()
        with pytest.raises(errors.ParseTimeout):
            result(pool.run(acts.sleep, 3600.0))
        assert gone(pid)  # type: ignore[arg-type]
        assert pool.run(acts.own_pid).result() != pid


def test_files_have_an_end(workers: Workers, tmp_path: Path) -> None:
    """A file that a worker writes stops at the limit."""
    path = tmp_path / "big"
    with pytest.raises(OSError, match="too large"):
        workers.run(acts.write_file, str(path), 8 * 1024**2).result()
    assert path.stat().st_size == 1024**2
    assert reads_on(workers)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="the filter knows these two")
def test_there_is_no_network(workers: Workers) -> None:
    """No kind of socket, no name, no way around by io_uring, another process or a child; nobody hears of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        tried = workers.run(acts.reach_out, server.getsockname()[1]).result()
        with pytest.raises(TimeoutError):
            server.accept()
    assert isinstance(tried, dict)
    assert tried.pop("name") == "gaierror"
    assert tried == dict.fromkeys(
        ("tcp", "tcp6", "udp", "unix", "netlink", "io_uring", "memory of another", "child"), "PermissionError"
    )
    pid = workers.run(acts.own_pid).result()
    assert (status_of(pid, "Seccomp"), status_of(pid, "NoNewPrivs")) == ("2", "1")  # type: ignore[arg-type]


def test_an_answer_is_data_and_no_order(workers: Workers, tmp_path: Path) -> None:
    """A worker that was taken over cannot have the program call anything: its answer is refused, and it is killed."""
    pid = workers.run(acts.own_pid).result()
    with pytest.raises(errors.WorkerLost):
        result(workers.run(acts.give_order, str(tmp_path / "made")))
    assert not (tmp_path / "made").exists()
    assert gone(pid)  # type: ignore[arg-type]
    assert reads_on(workers)


def test_a_worker_may_be_given_the_network() -> None:
    """For files at URLs: then the same attempts arrive."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        Workers(1, limits=Limits(seconds=900.0, network=True)) as pool,
    ):
        server.settimeout(5)
        tried = pool.run(acts.reach_out, server.getsockname()[1]).result()
        server.accept()[0].close()
    assert isinstance(tried, dict)
    # whether it may look into another process, the system decides by its user and its settings
    assert {way: tried[way] for way in NETWORK} == dict.fromkeys(NETWORK, "done")


@pytest.mark.parametrize("name", sorted(item.name for item in samples()))
def test_nothing_is_left_of_a_document_whose_worker_is_killed(
    name: str, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading writes no file, so `kill -9` at any moment leaves none."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    data = next(item for item in samples() if item.name == name).read_bytes()
    with Workers(1, limits=Limits(seconds=900.0)) as pool:
        pid = pool.run(acts.own_pid).result()
        reading = [pool.submit(data) for _ in range(40)]
        reading[0].result()
        os.kill(pid, signal.SIGKILL)  # type: ignore[arg-type]
        for future in reading[1:]:
            pool.cancel(future)
        with pytest.raises((errors.WorkerLost, CancelledError)):
            for future in reading:
                result(future)
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        yield Path(folder)


@contextmanager
def program(act: str, seconds: float, folder: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path, Path]]:
    """A program with a worker at work: the program, its worker's id, its folder, the file that the worker left."""
    command = [sys.executable, "-m", "tests.hostile.isolation_acts", act, str(seconds)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a job behind `&` ignores Ctrl-C, and hands that on
    ) as run:
        assert run.stdout is not None
        pid, scratch, left = run.stdout.readline().split()
        while act == "spin" and processor_ticks(int(pid)) < SPINNING:
            time.sleep(0.05)  # not yet at work
        try:
            yield run, int(pid), Path(scratch), Path(left)
        finally:
            run.send_signal(signal.SIGCONT)
            run.kill()


@pytest.mark.parametrize("act", ["spin", "sleep"])
def test_a_worker_does_not_outlive_its_program(act: str, short_path: Path) -> None:
    """`kill -9` of the program ends a worker that hangs, wherever; the next program removes what was left on disk."""
    with program(act, 600.0, short_path) as (run, worker, folder, left):
        assert left.parent == folder
        assert sweep(short_path) == []  # it runs
        assert left.exists()
        run.kill()
        run.wait()
        assert gone(worker)
    assert sweep(short_path) == [folder.name]
    assert list(short_path.iterdir()) == []


def test_processor_time_ends_when_nobody_watches(short_path: Path) -> None:
    """A program that stands still kills nobody; the kernel does."""
    with program("spin", 1.0, short_path) as (run, worker, _, _):
        run.send_signal(signal.SIGSTOP)
        assert gone(worker)


def test_a_program_that_ends_in_good_order_leaves_nothing(short_path: Path) -> None:
    """Ctrl-C: the folder goes with the program."""
    with program("sleep", 600.0, short_path) as (run, worker, _, _):
        run.send_signal(signal.SIGINT)
        run.wait(900)
        assert gone(worker)
    assert list(short_path.iterdir()) == []
