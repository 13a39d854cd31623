"""One worker process: started as a program, given work over its pipes, and killed when its time is over.

No lock is shared with any other worker, so one that dies, wherever it just was, keeps no other from going on
(docs/decisions/0023).
"""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vnadmin.process.confine import Limits
from vnadmin.process.program import command, environment, prepare
from vnadmin.process.wire import READ_BYTES, Inbox, NotData, Outcome, Task, pack, unpack

_START_SECONDS = 120.0  # for a process to be ready, on a machine that has much else to do
_END_SECONDS = 5.0
_POLLS = hasattr(select, "poll")  # pipes can be waited for with a time limit; not on Windows
_STARTING = threading.Lock()  # on Windows a process inherits the pipes of another that is started at that moment


class WorkerDied(Exception):
    """The process ended without an answer; negative exit codes are signals."""

    def __init__(self, exit_code: int | None = None) -> None:
        self.exit_code = exit_code
        super().__init__(f"exit code {exit_code}")


class WorkerNotStarted(WorkerDied):
    """The system could not start the process, or it could not get ready."""


class Worker:
    """A process and our ends of its two pipes.

    Raises:
        WorkerNotStarted: there is none.
    """

    def __init__(self, begin: Callable[[], None], limits: Limits) -> None:
        pipe = subprocess.PIPE
        try:
            with _STARTING:
                self._process = subprocess.Popen(  # noqa: S603  ourselves
                    command(), bufsize=0, stdin=pipe, stdout=pipe, env=environment()
                )
        except (OSError, MemoryError) as error:
            raise WorkerNotStarted from error
        assert self._process.stdin is not None and self._process.stdout is not None
        self._out, self._in = self._process.stdin, self._process.stdout
        if _POLLS:
            os.set_blocking(self._out.fileno(), False)
            os.set_blocking(self._in.fileno(), False)
            self._readable, self._writable = select.poll(), select.poll()
            self._readable.register(self._in.fileno(), select.POLLIN)
            self._writable.register(self._out.fileno(), select.POLLOUT)
        try:
            trouble = self.call((prepare, (os.getpid(), limits, begin)), _START_SECONDS).error
        except (TimeoutError, WorkerDied, MemoryError, RuntimeError) as error:  # RuntimeError: no thread for the timer
            trouble = error
        if trouble is not None:
            self.close()
            raise WorkerNotStarted(self._process.returncode) from trouble

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def call(self, task: Task, seconds: float) -> Outcome:
        """What the function returned or raised.

        Raises:
            TimeoutError: it took longer; the process has to be killed.
            WorkerDied: the process is no more, or not itself any more.
        """
        until = time.monotonic() + seconds
        with self._killed_at(until):
            self._send(pack(task), until)
            try:
                return unpack(self._receive(until))
            except NotData:
                raise WorkerDied from None

    def kill(self) -> None:
        """End the process, whatever it does; a call that waits for it ends by WorkerDied. From any thread."""
        self._process.kill()

    def close(self) -> None:
        """Let go of the pipes, and of the process if it still runs."""
        self._in.close()
        self._out.close()
        self._process.kill()
        self._exit_code()

    def _send(self, message: memoryview, until: float) -> None:
        while message:
            try:
                message = message[os.write(self._out.fileno(), message) :]
            except BlockingIOError:
                self._wait(self._writable, until)
            except OSError:  # a broken pipe
                raise WorkerDied(self._exit_code()) from None

    def _receive(self, until: float) -> memoryview:
        inbox = Inbox()
        while True:
            if _POLLS:
                self._wait(self._readable, until)
            data = os.read(self._in.fileno(), READ_BYTES)
            if not data:
                raise WorkerDied(self._exit_code())
            if (message := inbox.feed(data)) is not None:
                return message

    def _wait(self, pipe: select.poll, until: float) -> None:
        if not pipe.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError

    @contextmanager
    def _killed_at(self, until: float) -> Iterator[None]:
        """Where no pipe can be waited for with a time limit, a timer kills the process, which closes its pipes."""
        if _POLLS:
            yield
            return
        timer = threading.Timer(until - time.monotonic(), self.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        except WorkerDied:
            if time.monotonic() >= until:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()

    def _exit_code(self) -> int | None:
        for _ in range(2):
            try:
                return self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:  # it closed its pipe and lives on
                self._process.kill()
        return None
