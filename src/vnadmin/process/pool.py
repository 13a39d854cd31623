"""Parses documents in worker processes that can be killed: time and memory limits each, and no file stops the rest.

The command line, the service and the index all work through this room (docs/decisions/0023).
"""

from __future__ import annotations

import gc
import queue
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import ParseTimeout, VnadminError, WorkerLost
from vnadmin.model import AdminDocument
from vnadmin.process.confine import Limits, allow_processor, ran_out_of_processor
from vnadmin.process.worker import Worker, WorkerDied

__all__ = ["ENDED", "MOST_TASKS", "Limits", "Workers", "allotted", "begin", "result", "why"]

MOST_TASKS = 2000  # of one process: a fresh one now and then, for native libraries leak a little
ENDED = (TimeoutError, WorkerDied, BrokenProcessPool)  # what `why` explains


def begin() -> None:
    """Runs once in each new worker.

    A worker makes many small objects that all die with the document, so collecting often is lost work (an 800-page
    PDF took 15 s, and 9 s with no collection at all). What is imported is never garbage.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def allotted(seconds: float, function: Callable[..., object], *args: object) -> object:
    """One document's work, with its share of processor time."""
    allow_processor(seconds)
    return function(*args)


def _parse(source: str | bytes, config: Config) -> AdminDocument:
    from vnadmin.pipeline import parse

    try:
        return parse(source, config=config)
    except MemoryError:
        raise WorkerLost("The document needs more memory than a worker may use.") from None


class Workers:
    """A pool of worker processes for documents.

    Usage:
        with Workers(2) as workers:
            for name, result in workers.parse_all(paths): ...
    """

    def __init__(self, count: int, *, config: Config = DEFAULT, limits: Limits | None = None) -> None:
        self.count = count
        self.config = config
        self.limits = limits or Limits()
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._seats = [_Seat(self._tasks, self.limits) for _ in range(count)]
        self._started = False
        self._starting = threading.Lock()
        weakref.finalize(self, _abandon, self._seats, self._tasks)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(wait=kind is None)

    def close(self, *, wait: bool = True) -> None:
        """Finish the running work, or with `wait=False` kill it; then what was given and not done is cancelled."""
        if wait:
            _dismiss(self._seats, self._tasks)
        else:
            _abandon(self._seats, self._tasks)
        for seat in self._seats:
            seat.join()

    def run(self, function: Callable[..., object], *args: object) -> Future[object]:
        """Run any importable function in a worker under the same limits."""
        with self._starting:
            if not self._started:
                self._started = True
                for seat in self._seats:
                    seat.start()
        future: Future[object] = Future()
        self._tasks.put((future, (allotted, (self.limits.processor, function, *args))))
        return future

    def cancel(self, future: Future[object]) -> None:
        """Have it not run, or kill the process that runs it; its result is CancelledError."""
        if not future.cancel():
            for seat in self._seats:
                seat.cancel(future)

    def submit(self, source: str | Path | bytes) -> Future[object]:
        """Start parsing; `result(future)` gives the document or raises the error."""
        return self.run(_parse, source if isinstance(source, bytes) else str(source), self.config)

    def parse_all(self, sources: Iterable[str | Path]) -> Iterator[tuple[str, AdminDocument | VnadminError]]:
        """Each source with its document or its error, in the order given; a window of work is kept ahead."""
        window: list[tuple[str, Future[object]]] = []
        for source in sources:
            window.append((str(source), self.submit(source)))
            if len(window) >= 4 * self.count:
                yield _settled(*window.pop(0))
        for name, future in window:
            yield _settled(name, future)


_Task = tuple[Future[object], tuple[Callable[..., object], tuple[object, ...]]]


class _Seat:
    """A thread that keeps one worker at work; it only waits, and replaces the worker that is killed or dies."""

    def __init__(self, tasks: queue.SimpleQueue[_Task | None], limits: Limits) -> None:
        self._tasks = tasks
        self._limits = limits
        self._thread = threading.Thread(target=self._work, name="vnadmin-seat", daemon=True)
        self._worker: Worker | None = None
        self._done = 0
        self._lock = threading.Lock()
        self._current: Future[object] | None = None
        self._unwanted = False
        self._closing = False

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()

    def cancel(self, future: Future[object] | None = None) -> None:
        """Kill the worker if this is what it works on; with no future whatever it works on, and for good."""
        with self._lock:
            if future is None:
                self._closing = True
            elif self._current is not future:
                return
            self._unwanted = self._current is not None
            if self._worker is not None and (self._unwanted or self._closing):
                self._worker.kill()

    def _work(self) -> None:
        self._replace()
        while (task := self._tasks.get()) is not None:
            future, call = task
            if self._closing:
                future.cancel()
            elif future.set_running_or_notify_cancel():
                self._settle(future, call)
            del task, future, call  # a document is not kept until the next one comes
            if self._done >= MOST_TASKS:
                self._replace()
        self._leave()

    def _settle(self, future: Future[object], call: tuple[Callable[..., object], tuple[object, ...]]) -> None:
        """Run one task; what it gives or raises, or what became of its worker, is the future's result."""
        with self._lock:
            self._current = future
        value: object = None
        error: BaseException | None = None
        try:
            if self._worker is None:
                self._replace()
            if self._worker is None:
                raise BrokenProcessPool("No process could be started.")
            self._done += 1
            value = self._worker.call(call, self._limits.seconds)
        except ENDED as trouble:
            error = trouble
            self._leave()
        except BaseException as trouble:  # noqa: BLE001  the function's own error, on its way to who asked
            error = trouble
        with self._lock:
            self._current = None
            if self._unwanted:
                value, error = None, CancelledError()
            self._unwanted = False
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
        if self._worker is None and not self._closing:
            self._replace()  # before the next document comes

    def _replace(self) -> None:
        self._leave()
        try:
            worker = Worker(begin, self._limits)
        except (OSError, EOFError, *ENDED):  # the system has no room for it; tried again with the next document
            return
        with self._lock:
            self._worker = worker
            if self._closing:
                worker.kill()

    def _leave(self) -> None:
        self._done = 0
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()


def _dismiss(seats: list[_Seat], tasks: queue.SimpleQueue[_Task | None]) -> None:
    """Have each stop when it comes to this place in the queue."""
    for _ in seats:
        tasks.put(None)


def _abandon(seats: list[_Seat], tasks: queue.SimpleQueue[_Task | None]) -> None:
    """Have each stop at once."""
    for seat in seats:
        seat.cancel()
    _dismiss(seats, tasks)


def result(future: Future[object]) -> AdminDocument:
    """The document of a future.

    Raises:
        ParseTimeout: it took too long and the worker was killed.
        WorkerLost: the worker died (out of memory, a crash of a native library).
        VnadminError: the document cannot be read.
    """
    try:
        document = future.result()
    except ENDED as error:
        raise why(error) from None
    if not isinstance(document, AdminDocument):
        raise TypeError(f"a worker gave {type(document).__name__}")
    return document


def why(error: TimeoutError | WorkerDied | BrokenProcessPool) -> ParseTimeout | WorkerLost:
    """The documented error for what became of a worker."""
    if isinstance(error, TimeoutError):
        return ParseTimeout()
    if isinstance(error, WorkerDied) and ran_out_of_processor(error.exit_code):
        return ParseTimeout("Reading took more processor time than the limit, and the worker was stopped.")
    return WorkerLost()


def _settled(name: str, future: Future[object]) -> tuple[str, AdminDocument | VnadminError]:
    try:
        return name, result(future)
    except VnadminError as error:
        return name, error
