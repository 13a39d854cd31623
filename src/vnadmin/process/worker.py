"""One worker process: started, given work over a pipe of its own, and killed when its time is over.

No lock is shared with any other worker, so one that dies, wherever it just was, keeps no other from going on
(docs/decisions/0023: what pebble's pool did then).
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from vnadmin.process.confine import Limits, confine
from vnadmin.process.wire import Inbox, NotData, Task, pack, perform, unpack

_START_SECONDS = 120.0  # for a process to say that it is ready, on a machine that has much else to do
_STARTING = threading.Lock()  # multiprocessing looks after all children of this process at every start
_IDLE_MILLISECONDS = 1000
_READ_BYTES = 1 << 16  # what a pipe holds


class WorkerDied(Exception):
    """The process ended without an answer; negative exit codes are signals."""

    def __init__(self, exit_code: int | None = None) -> None:
        self.exit_code = exit_code
        super().__init__(f"exit code {exit_code}")


def context() -> BaseContext:
    """How processes are started: never by forking the caller's, which may have threads."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


class Worker:
    """A process and our ends of its two pipes."""

    def __init__(self, start: Callable[[], None], limits: Limits) -> None:
        ways = context()
        theirs_in, ours_out = ways.Pipe(duplex=False)
        ours_in, theirs_out = ways.Pipe(duplex=False)
        self._in, self._out = ours_in, ours_out
        self._process = ways.Process(target=_live, args=(theirs_in, theirs_out, start, limits), name="vnadmin-worker")  # type: ignore[attr-defined]
        with _STARTING:
            self._process.start()
        theirs_in.close()
        theirs_out.close()
        os.set_blocking(ours_out.fileno(), False)
        os.set_blocking(ours_in.fileno(), False)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(ours_in.fileno(), select.POLLIN)
        self._writable.register(ours_out.fileno(), select.POLLOUT)
        try:
            self._receive(time.monotonic() + _START_SECONDS)  # it is ready
        except (TimeoutError, WorkerDied):
            self.close()
            raise

    @property
    def answers(self) -> int:
        """The pipe to read answers from, for an event loop; it does not block."""
        return self._in.fileno()

    @property
    def tasks(self) -> int:
        """The pipe to write tasks to, for an event loop; it does not block."""
        return self._out.fileno()

    def call(self, task: Task, seconds: float) -> object:
        """What the function returns, or raises.

        Raises:
            TimeoutError: it took longer; the process has to be killed.
            WorkerDied: the process is no more.
        """
        until = time.monotonic() + seconds
        self._send(pack(task), until)
        try:
            return unpack(self._receive(until)).get()
        except NotData:
            raise WorkerDied from None

    def kill(self) -> None:
        """End the process, whatever it does; a call that waits for it ends by WorkerDied. From any thread."""
        self._process.kill()

    def close(self) -> int | None:
        """Let go of the pipes, and of the process if it still runs; its exit code."""
        self._in.close()
        self._out.close()
        self._process.kill()
        return self._exit_code()

    def bury(self) -> int | None:
        """After the process closed its pipe: the exit code that it ended with, or with which it had to be ended."""
        code = self._exit_code()
        self.close()
        return code

    def _send(self, message: memoryview, until: float) -> None:
        while message:
            try:
                message = message[os.write(self._out.fileno(), message) :]
            except BlockingIOError:
                self._wait(self._writable, until)
            except BrokenPipeError:
                raise WorkerDied(self._exit_code()) from None

    def _receive(self, until: float) -> memoryview:
        inbox = Inbox()
        while True:
            self._wait(self._readable, until)
            data = os.read(self._in.fileno(), _READ_BYTES)
            if not data:
                raise WorkerDied(self._exit_code())
            if (message := inbox.feed(data)) is not None:
                return message

    def _wait(self, pipe: select.poll, until: float) -> None:
        if not pipe.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError

    def _exit_code(self) -> int | None:
        with _STARTING:
            self._process.join(5)
            if self._process.exitcode is None:  # it closed its pipe and lives on
                self._process.kill()
                self._process.join(5)
            code: int | None = self._process.exitcode
            return code


def _live(incoming: Connection, outgoing: Connection, start: Callable[[], None], limits: Limits) -> None:
    """The life of a worker: confine itself, then answer one task after the other until nobody asks any more."""
    # Ctrl-C, and systemd's SIGTERM to all processes, are for the program: it lets us finish, and we end with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    confine(limits)
    start()
    out, into = outgoing.fileno(), incoming.fileno()
    asked = select.poll()
    asked.register(into, select.POLLIN)
    inbox = Inbox()
    try:
        _write(out, pack("ready"))
        while True:
            if not asked.poll(_IDLE_MILLISECONDS):
                _tidy()
            data = os.read(into, _READ_BYTES)
            if not data:
                return
            if (message := inbox.feed(data)) is not None:
                _write(out, perform(message))
                del message  # nor the document, while it waits for the next one
    except BrokenPipeError:
        return


def _tidy() -> None:
    """Give back the memory of past documents, while there is no other one."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None  # glibc's
    if trim is not None:
        trim(0)


def _write(pipe: int, message: memoryview) -> None:
    while message:
        message = message[os.write(pipe, message) :]
