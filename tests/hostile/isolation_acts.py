"""What a document that has taken its worker over might try, and the programs around it that the tests kill."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vnadmin.process.pool import Limits, Workers
from vnadmin.process.scratch import scratch


class Order:
    """An answer that is an order to whoever reads it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (self.path,)


def give_order(path: str) -> Order:
    """Have the program do something."""
    return Order(path)


def own_pid() -> int:
    """Which process this is."""
    return os.getpid()


def eat_memory() -> int:
    """Take memory without an end."""
    kept = []
    while True:
        kept.append(bytearray(8 * 1024**2))


def spin() -> None:
    """Burn the processor inside one call of a C function that lets no other thread of Python run."""
    while True:
        sum(range(10**9))


def burn(seconds: float) -> None:
    """Use so much processor time."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def sleep(seconds: float) -> None:
    """Use no processor, and do not come back."""
    time.sleep(seconds)


def write_file(path: str, size: int) -> None:
    """Fill a file."""
    with Path(path).open("wb", buffering=0) as file:
        for _ in range(size // 65536):
            file.write(bytes(65536))


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"


def reach_out(port: int) -> dict[str, str]:
    """Every way to a network, and what became of it."""
    libc = ctypes.CDLL(None, use_errno=True)

    def system_call(number: int, *arguments: int) -> None:
        if libc.syscall(number, *arguments) < 0:
            raise OSError(ctypes.get_errno(), "")

    def from_a_child() -> None:
        child = os.fork()
        if child == 0:
            os._exit(0 if _refused(lambda: socket.create_connection(("127.0.0.1", port), 2)) == "done" else 1)
        if os.waitpid(child, 0)[1] != 0:
            raise PermissionError

    return {
        "tcp": _refused(lambda: socket.create_connection(("127.0.0.1", port), 2)),
        "tcp6": _refused(lambda: socket.socket(socket.AF_INET6)),
        "udp": _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port))),
        "unix": _refused(lambda: socket.socket(socket.AF_UNIX)),
        "netlink": _refused(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
        "name": _refused(lambda: socket.getaddrinfo("vnadmin.example", 80)),
        "io_uring": _refused(lambda: system_call(425, 1, 0)),
        "memory of another": _refused(
            lambda: system_call(310 if os.uname().machine == "x86_64" else 270, os.getppid(), 0, 0, 0, 0, 0)
        ),
        "child": _refused(from_a_child),
    }


def leave_files() -> str:
    """Write a temporary file, say so, and hang."""
    handle, name = tempfile.mkstemp()
    os.write(handle, b"confidential")
    os.close(handle)
    return name


def main() -> None:
    """A program with one worker: print the worker's id once it runs, give it the act, and wait."""
    act, seconds = sys.argv[1], float(sys.argv[2])
    with scratch() as folder, Workers(1, limits=Limits(seconds=600, cpu_seconds=seconds)) as workers:
        print(workers.run(own_pid).result(), folder, workers.run(leave_files).result(), flush=True)
        workers.run({"spin": spin, "sleep": sleep_long}[act]).result()


def sleep_long() -> None:
    """Outlast any test."""
    time.sleep(3600)


if __name__ == "__main__":
    # by its name, under which workers find it
    from tests.hostile import isolation_acts

    isolation_acts.main()
