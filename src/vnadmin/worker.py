"""One worker process: started, given work over a pipe of its own, and killed when its time is over.

No lock is shared with any other worker, so one that dies, wherever it just was, keeps no other from going on
(docs/decisions/0023: what pebble's pool did then).
"""

from __future__ import annotations

import ctypes
import gc
import io
import multiprocessing
import os
import pickle
import select
import signal
import struct
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import TimeoutError
from dataclasses import is_dataclass
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from pydantic import BaseModel

from vnadmin.confine import Limits, confine
from vnadmin.errors import VnadminError

_OURS = frozenset({"vnadmin", "vnadmin_service"})
_HEAD = struct.Struct("!Q")
_START_SECONDS = 120.0  # for a process to say that it is ready, on a machine that has much else to do
_STARTING = threading.Lock()  # multiprocessing looks after all children of this process at every start
_IDLE_MILLISECONDS = 1000
Task = tuple[Callable[..., object], tuple[object, ...]]


class WorkerDied(Exception):
    """The process ended without an answer; negative exit codes are signals."""

    def __init__(self, exit_code: int | None = None) -> None:
        self.exit_code = exit_code
        super().__init__(f"exit code {exit_code}")


class WorkerFault(Exception):
    """An error of a library's own class, by its name: only errors that are built in or ours leave a worker whole."""


class RemoteTrace(Exception):
    """Where in the worker an error came from, as text: the cause of the error that is raised here."""


def context() -> BaseContext:
    """How processes are started: never by forking the caller's, which may have threads."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


class _Answers(pickle.Unpickler):
    """Makes data only, so that a worker which a document has taken over cannot have anything called out here."""

    def find_class(self, module: str, name: str) -> type:
        """A built-in error, or a model, data class, tuple, string, enumeration or error of ours."""
        if module == "builtins" or module.partition(".")[0] in _OURS:
            kind = super().find_class(module, name)
            kinds = (Exception,) if module == "builtins" else (BaseModel, tuple, str, Enum, Exception)
            if isinstance(kind, type) and (issubclass(kind, kinds) or is_dataclass(kind)):
                return kind
        raise pickle.UnpicklingError("no data")


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

    def call(self, task: Task, seconds: float) -> object:
        """What the function returns, or raises.

        Raises:
            TimeoutError: it took longer; the process has to be killed.
            WorkerDied: the process is no more.
        """
        until = time.monotonic() + seconds
        self._send(pickle.dumps(task, pickle.HIGHEST_PROTOCOL), until)
        answer = self._receive(until)
        try:
            worked, value, trace = _Answers(io.BytesIO(answer)).load()
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError):
            raise WorkerDied from None  # it is not itself any more
        if worked:
            return value
        if trace:
            value.__cause__ = RemoteTrace(trace)
        raise value

    def kill(self) -> None:
        """End the process, whatever it does; a call that waits for it ends by WorkerDied. From any thread."""
        self._process.kill()

    def close(self) -> None:
        """Let go of the pipes, and of the process if it still runs."""
        self._in.close()
        self._out.close()
        self._process.kill()
        self._exit_code()

    def _send(self, data: bytes, until: float) -> None:
        for part in (_HEAD.pack(len(data)), data):
            rest = memoryview(part)
            while rest:
                try:
                    rest = rest[os.write(self._out.fileno(), rest) :]
                except BlockingIOError:
                    self._wait(self._writable, until)
                except BrokenPipeError:
                    raise WorkerDied(self._exit_code()) from None

    def _receive(self, until: float) -> bytearray:
        (length,) = _HEAD.unpack(self._read(_HEAD.size, until))
        return self._read(length, until)

    def _read(self, length: int, until: float) -> bytearray:
        found = bytearray()
        while len(found) < length:
            self._wait(self._readable, until)
            data = os.read(self._in.fileno(), min(length - len(found), 1 << 20))
            if not data:
                raise WorkerDied(self._exit_code())
            found += data
        return found

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
    try:
        _write(out, b"ready")
        while True:
            if not asked.poll(_IDLE_MILLISECONDS):
                _tidy()
            _write(out, _answer(_read_task(into)))
    except (EOFError, BrokenPipeError):
        return


def _tidy() -> None:
    """Give back the memory of past documents, while there is no other one."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None  # glibc's
    if trim is not None:
        trim(0)


def _answer(data: bytearray) -> bytes:
    trace = ""
    try:
        function, arguments = pickle.loads(data)  # noqa: S301  from the program that started us
        return pickle.dumps((True, function(*arguments), trace), pickle.HIGHEST_PROTOCOL)
    except VnadminError as error:
        failure: Exception = error
    except Exception as error:  # noqa: BLE001  the worker boundary: whatever went wrong is the answer
        kind, trace = type(error), traceback.format_exc()
        whole = kind.__module__.partition(".")[0] in _OURS | {"builtins"}
        failure = error if whole else WorkerFault(f"{kind.__module__}.{kind.__qualname__}")
    # its frames hold the document, and one of them is this one, which holds the error: a circle kept for long
    failure.__traceback__ = failure.__context__ = failure.__cause__ = None
    try:
        return pickle.dumps((False, failure, trace), pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return pickle.dumps((False, WorkerFault(type(failure).__qualname__), trace), pickle.HIGHEST_PROTOCOL)


def _write(pipe: int, data: bytes) -> None:
    for part in (_HEAD.pack(len(data)), data):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(pipe, rest) :]


def _read_task(pipe: int) -> bytearray:
    (length,) = _HEAD.unpack(_read_exactly(pipe, _HEAD.size))
    return _read_exactly(pipe, length)


def _read_exactly(pipe: int, length: int) -> bytearray:
    found = bytearray()
    while len(found) < length:
        data = os.read(pipe, min(length - len(found), 1 << 20))
        if not data:
            raise EOFError
        found += data
    return found
