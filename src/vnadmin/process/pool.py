"""Parses documents in worker processes that can be killed: time and memory limits each, and no file stops the rest.

The command line, the service and the index all work through this room (docs/decisions/0023).
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vnadmin.config import DEFAULT, MOST_THREADS, Config
from vnadmin.errors import ParseTimeout, VnadminError, WorkerLost
from vnadmin.process import tasks
from vnadmin.process.confine import Limits, ran_out_of_processor
from vnadmin.process.program import command
from vnadmin.process.tasks import begin
from vnadmin.process.wire import Outcome, Task, pack
from vnadmin.process.worker import Worker, WorkerDied, WorkerNotStarted

if TYPE_CHECKING:
    from vnadmin.model import AdminDocument

__all__ = ["ENDED", "MOST_TASKS", "Limits", "Workers", "begin", "result", "why"]

MOST_TASKS = 10_000  # of one process: a fresh one now and then, for native libraries leak a little
ENDED = (TimeoutError, WorkerDied)  # what `why` explains


class Workers:
    """A pool of worker processes for documents.

    Usage:
        with Workers(2) as workers:
            for name, result in workers.parse_all(paths):
                print(name, result)

    Each process is a program of its own that imports nothing of the caller's `__main__`, so this needs no guard in a
    script and works in a notebook. Attributes for who watches: `lost` and `timeouts` count processes that died, and
    those that were stopped because a document took too long.

    Args:
        count: processes.
        config: of the documents. Where it names no `ocr_threads`, the processes share the processors.
        limits: what each may use for a document.
        begin: an importable function that each calls before its first document.
    """

    def __init__(
        self,
        count: int,
        *,
        config: Config = DEFAULT,
        limits: Limits | None = None,
        begin: Callable[[], None] = begin,
    ) -> None:
        self.count = count
        share = min(MOST_THREADS, max(1, (os.cpu_count() or 1) // count))
        self.config = config if config.ocr_threads else replace(config, ocr_threads=share)
        self.limits = limits or Limits()
        self._processor = self.limits.processor  # which asks the system how many processors there are
        self._begin = begin
        self._tasks: queue.SimpleQueue[_Given | None] = queue.SimpleQueue()
        self._supervisors = [_Supervisor(self._tasks, self.limits, begin) for _ in range(count)]
        self._started = False
        self._starting = threading.Lock()
        weakref.finalize(self, _abandon, self._supervisors, self._tasks)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(wait=kind is None)

    @property
    def lost(self) -> int:
        """Processes that died with a document."""
        return sum(supervisor.lost for supervisor in self._supervisors)

    @property
    def timeouts(self) -> int:
        """Processes that were stopped because a document took too long."""
        return sum(supervisor.timeouts for supervisor in self._supervisors)

    def start(self, *, wait: bool = False) -> None:
        """Start the processes, as the first document does else; with `wait` until they are ready or could not start."""
        with self._starting:
            if not self._started:
                command()  # what can never start is refused here, and not document by document
                pack(self._begin)
                self._started = True
                for supervisor in self._supervisors:
                    supervisor.start()
        if wait:
            for supervisor in self._supervisors:
                supervisor.tried.wait()

    def close(self, *, wait: bool = True) -> None:
        """Finish the running work, or with `wait=False` kill it; then what was given and not done is cancelled."""
        if wait:
            _dismiss(self._supervisors, self._tasks)
        else:
            _abandon(self._supervisors, self._tasks)
        for supervisor in self._supervisors:
            supervisor.join()

    def run(self, function: Callable[..., object], *args: object) -> Future[object]:
        """Run any importable function in a worker under the same limits.

        Raises:
            ValueError: the function stands in the program that runs, which no worker imports.
        """
        if getattr(function, "__module__", "") == "__main__":
            raise ValueError(f"{function!r} has to be in a module that workers can import.")
        self.start()
        future: Future[object] = Future()
        self._tasks.put((future, (tasks.allotted, (self._processor, function, *args))))
        return future

    def cancel(self, future: Future[object]) -> None:
        """Have it not run, or kill the process that runs it; its result is CancelledError."""
        if not future.cancel():
            for supervisor in self._supervisors:
                supervisor.cancel(future)

    def submit(self, source: str | Path | bytes) -> Future[object]:
        """Start parsing; `result(future)` gives the document or raises the error."""
        return self.run(tasks.parse, source if isinstance(source, bytes) else str(source), self.config)

    def parse_all(self, sources: Iterable[str | Path]) -> Iterator[tuple[str, AdminDocument | VnadminError]]:
        """Each source with its document or its error, in the order given; a window of work is kept ahead.

        A mail, a zip or a portfolio gives each document inside it, as `ho-so.zip!/quyet-dinh.pdf`.
        """
        window: list[tuple[str, Future[object]]] = []
        for source in sources:
            window.append((str(source), self.run(tasks.parse_each, str(source), self.config)))
            if len(window) >= 4 * self.count:
                yield from settled(*window.pop(0))
        for name, future in window:
            yield from settled(name, future)


_Given = tuple[Future[object], Task]


class _Supervisor:
    """A thread that keeps one worker at work; it only waits, and replaces the worker that is killed or dies."""

    def __init__(self, tasks: queue.SimpleQueue[_Given | None], limits: Limits, begin: Callable[[], None]) -> None:
        self.lost = 0
        self.timeouts = 0
        self.tried = threading.Event()  # to start the first worker
        self._tasks = tasks
        self._limits = limits
        self._begin = begin
        self._thread = threading.Thread(target=self._work, name="vnadmin-worker", daemon=True)
        self._worker: Worker | None = None
        self._refused = WorkerNotStarted()  # why there is none
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
        if hasattr(signal, "pthread_sigmask"):  # inherited by the worker: Ctrl-C while it starts is not for it either
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        self._replace()
        self.tried.set()
        while (given := self._tasks.get()) is not None:
            future, task = given
            if self._closing:
                future.cancel()
            elif future.set_running_or_notify_cancel():
                self._settle(future, task)
            del given, future, task  # a document is not kept until the next one comes
            if self._done >= MOST_TASKS:
                self._replace()
        self._leave()

    def _settle(self, future: Future[object], task: Task) -> None:
        """Run one task; what it gives or raises, or what became of its worker, is the future's result."""
        with self._lock:
            self._current = future
        ended: TimeoutError | WorkerDied | None = None
        try:
            outcome = self._answer(task)
        except ENDED as error:
            outcome, ended = Outcome(error=error), error
            self._leave()
        except Exception as error:  # noqa: BLE001  the worker boundary: a task that cannot be sent, told to who asked
            outcome = Outcome(error=error)
        with self._lock:
            self._current = None
            unwanted, self._unwanted = self._unwanted, False
        if unwanted:
            outcome = Outcome(error=CancelledError())
        elif ended is not None:
            self._count(ended)
        if outcome.error is None:
            future.set_result(outcome.value)
        else:
            future.set_exception(outcome.error)
        if self._worker is None and not self._closing:
            self._replace()  # before the next document comes

    def _count(self, ended: TimeoutError | WorkerDied) -> None:
        if isinstance(why(ended), ParseTimeout):
            self.timeouts += 1
        else:
            self.lost += 1

    def _answer(self, task: Task) -> Outcome:
        if self._worker is None or not self._worker.alive:
            self._replace()
        if self._worker is None:
            raise self._refused
        self._done += 1
        return self._worker.call(task, self._limits.seconds)

    def _replace(self) -> None:
        self._leave()
        try:
            worker = Worker(self._begin, self._limits)
        except WorkerNotStarted as error:  # tried again with the next document
            self._refused = error
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


def _dismiss(supervisors: list[_Supervisor], tasks: queue.SimpleQueue[_Given | None]) -> None:
    """Have each stop when it comes to this place in the queue."""
    for _ in supervisors:
        tasks.put(None)


def _abandon(supervisors: list[_Supervisor], tasks: queue.SimpleQueue[_Given | None]) -> None:
    """Have each stop at once."""
    for supervisor in supervisors:
        supervisor.cancel()
    _dismiss(supervisors, tasks)


def result(future: Future[object]) -> AdminDocument:
    """The document of a future.

    Raises:
        ParseTimeout: it took too long and the worker was killed.
        WorkerLost: the worker died (out of memory, a crash of a native library).
        VnadminError: the document cannot be read.
    """
    from vnadmin.model import AdminDocument

    try:
        document = future.result()
    except ENDED as error:
        raise why(error) from None
    if not isinstance(document, AdminDocument):
        raise TypeError(f"a worker gave {type(document).__name__}")
    return document


def why(error: TimeoutError | WorkerDied) -> ParseTimeout | WorkerLost:
    """The documented error for what became of a worker."""
    if isinstance(error, TimeoutError):
        return ParseTimeout()
    if isinstance(error, WorkerDied) and ran_out_of_processor(error.exit_code):
        return ParseTimeout("Reading took more processor time than the limit, and the worker was stopped.")
    if isinstance(error, WorkerNotStarted):
        return WorkerLost(f"No worker process could be started ({type(error.__cause__).__name__}).")
    return WorkerLost()


def settled(name: str, future: Future[object]) -> Iterator[tuple[str, Any]]:
    """What a future of a task with several answers gives, each under the name of its file and its own in it."""
    try:
        found = cast("tuple[tuple[str, Any], ...]", future.result())
    except ENDED as error:
        yield name, why(error)
    except VnadminError as error:
        yield name, error
    else:
        for inner, outcome in found:
            yield f"{name}!/{inner}" if inner else name, outcome
