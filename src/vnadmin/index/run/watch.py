"""Watches folders: a new file becomes work once it has stopped growing."""

from __future__ import annotations

import dataclasses
import os
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vnadmin.errors import MissingExtra
from vnadmin.index.run.run import batched
from vnadmin.index.run.walk import Seen, Walk, is_junk

QUIET: Final = 3.0  # seconds without a change after which a file is taken to be whole
LONG_AGO: Final = 60.0  # seconds since a file was last written after which nobody is still writing it
RESCAN: Final = 600.0  # seconds between whole walks, for what the system's notices missed


class Watch:
    """Work without an end: what is there, then what comes.

    Args:
        walk: the sources; folders among them are watched.
        poll: look again and again instead of asking the system: network shares give no notice.
        quiet: seconds without a change.
    """

    def __init__(self, walk: Walk, *, poll: bool = False, quiet: float = QUIET) -> None:
        try:
            import watchfiles  # noqa: F401
        except ImportError as error:
            raise MissingExtra("Watching folders needs watchfiles.", "pip install 'vnadmin[index]'") from error
        self._walk = dataclasses.replace(walk, ready=self._whole)
        self._folders = [Path(source).absolute() for source in walk.sources if Path(source).is_dir()]
        self._poll = poll
        self._quiet = quiet
        self._changed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._growing: dict[str, tuple[tuple[int, int], float]] = {}  # file: how it was, and since when
        self._ended = threading.Event()

    def stop(self) -> None:
        """Let the watching end."""
        self._ended.set()

    def __iter__(self) -> Iterator[list[Seen]]:
        thread = threading.Thread(target=self._listen, daemon=True)
        thread.start()  # before the first walk, so that nothing falls between the two
        scanned = time.monotonic()
        yield from batched(self._walk)
        while not self._ended.is_set():
            if time.monotonic() - scanned > RESCAN:
                scanned = time.monotonic()
                yield from batched(self._walk)
            paths = self._drain() | set(self._growing)
            if paths:
                yield from batched(dataclasses.replace(self._walk, sources=tuple(sorted(paths))))
            yield []
        thread.join(timeout=2)

    def _listen(self) -> None:
        from watchfiles import Change, watch

        for changes in watch(
            *self._folders,
            watch_filter=None,
            stop_event=self._ended,
            force_polling=self._poll or None,
            raise_interrupt=False,
            debounce=400,
        ):
            for change, path in sorted(changes):
                if change is not Change.deleted:
                    self._changed.put(path)

    def _drain(self) -> set[str]:
        """Paths that changed and that a walk of their folder would come by."""
        paths: set[str] = set()
        while not self._changed.empty():
            path = Path(self._changed.get())
            folder = next((folder for folder in self._folders if path.is_relative_to(folder)), None)
            hidden = folder is None or any(is_junk(part) for part in path.relative_to(folder).parts)
            if not hidden and path.exists() and not path.is_symlink():
                paths.add(str(path))
        return paths

    def _whole(self, path: str, status: os.stat_result) -> bool:
        """Whether a file has stopped growing: written long ago, or the same for some seconds while we looked."""
        state, now = (status.st_size, status.st_mtime_ns), time.monotonic()
        before = self._growing.get(path)
        if before is None and time.time() - status.st_mtime > LONG_AGO:
            return True
        if before is None or before[0] != state:
            self._growing[path] = (state, now)
            return False
        if now - before[1] < self._quiet:
            return False
        del self._growing[path]
        return True
