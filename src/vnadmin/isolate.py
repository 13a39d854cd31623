"""Parses documents in worker processes that can be killed: time and memory limits each, and no file stops the rest.

The command line, the service and the index all work through this room. The pool is pebble's (docs/decisions/0004).
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import ParseTimeout, VnadminError, WorkerLost
from vnadmin.model import AdminDocument


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use for one document.

    Attributes:
        seconds: wall clock; past it the worker is killed and `ParseTimeout` raised.
        memory_bytes: address space (RLIMIT_AS, where the system has it); past it `WorkerLost`. 0 is no limit.
    """

    seconds: float = 120.0
    memory_bytes: int = 4 * 1024**3


def _start(memory_bytes: int) -> None:
    """Runs once in each new worker.

    A worker makes many small objects that all die with the document, so collecting often is lost work (an 800-page
    PDF took 15 s, and 9 s with no collection at all). What is imported is never garbage.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        import resource
    except ImportError:  # Windows has no rlimits; the time limit holds there too
        return
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=2000,  # a fresh process now and then: native libraries leak a little
            initializer=_start,
            initargs=(self.limits.memory_bytes,),
            context=multiprocessing.get_context("forkserver" if hasattr(multiprocessing, "reduction") else "spawn"),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(wait=kind is None)

    def close(self, *, wait: bool = True) -> None:
        """Finish the running work, or with `wait=False` kill it."""
        if wait:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def run(self, function: Callable[..., object], *args: object) -> Future[object]:
        """Run any importable function in a worker under the same limits."""
        future: Future[object] = self._pool.schedule(function, args=list(args), timeout=self.limits.seconds)
        return future

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


def result(future: Future[object]) -> AdminDocument:
    """The document of a future.

    Raises:
        ParseTimeout: it took too long and the worker was killed.
        WorkerLost: the worker died (out of memory, a crash of a native library).
        VnadminError: the document cannot be read.
    """
    try:
        document = future.result()
    except TimeoutError:
        raise ParseTimeout from None
    except ProcessExpired:
        raise WorkerLost from None
    if not isinstance(document, AdminDocument):
        raise TypeError(f"a worker gave {type(document).__name__}")
    return document


def _settled(name: str, future: Future[object]) -> tuple[str, AdminDocument | VnadminError]:
    try:
        return name, result(future)
    except VnadminError as error:
        return name, error
