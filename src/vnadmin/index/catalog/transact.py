"""Writes to a catalogue: transactions that outlive a restart of the server, and a lock against a second run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from vnadmin.index.catalog.errors import CatalogBusy, CatalogFull, CatalogReadOnly, CatalogUnavailable, from_database

T = TypeVar("T")
_LOCK_NUMBER: Final = 0x766E6164  # "vnad": the advisory lock of PostgreSQL that a run holds
_PAUSES: Final = (0.1, 0.2, 0.5, 1.0, 2.0)  # then two seconds each until patience ends


class Writer:
    """Writes to a catalogue.

    Args:
        patience: seconds that a server may be away before the run gives up; nothing is lost then either.
    """

    def __init__(self, engine: Engine, *, patience: float = 120.0) -> None:
        self.engine = engine
        self.patience = patience
        self._guard: Connection | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the catalogue against other runs. The lock ends with this process, however it ends.

        Raises:
            CatalogBusy: another run holds it.
        """
        if self.engine.dialect.name == "sqlite":
            # of the file itself: a link to it is the same catalogue
            file = Path(self.engine.url.database or "").resolve()
            if file.exists() and file.stat().st_nlink > 1:  # each name would have a journal of its own
                raise CatalogUnavailable(f"The catalogue {file} has several names (hard links).", "Copy it instead.")
            lock = FileLock(f"{file}.lock", timeout=0, mode=0o600)
            try:
                lock.acquire()
            except Timeout:
                raise CatalogBusy from None
            except OSError as error:
                raise CatalogReadOnly(f"The catalogue cannot be written ({error.strerror}).") from error
            try:
                yield
            finally:
                lock.release()
            return
        try:
            try:
                self._take_guard()
            except DBAPIError as error:
                raise from_database(error) from error
            yield
        finally:
            self._drop_guard()

    def _drop_guard(self) -> None:
        if self._guard is not None:
            self._guard.close()
            self._guard = None

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; when the server went away, run it again from its beginning.

        So `work` must give the same result when it runs twice: a server can die after it committed.

        Raises:
            CatalogFull, CatalogReadOnly, CatalogUnavailable: it cannot be written.
        """
        waited, attempt, lost = 0.0, 0, False
        while True:
            try:
                if lost:
                    self._take_guard()
                    lost = False
                with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                    return work(connection)
            except DBAPIError as error:
                if not _passing(error) or waited >= self.patience:
                    raise from_database(error) from error
                lost = self._guard is not None
                pause = _PAUSES[min(attempt, len(_PAUSES) - 1)]
                time.sleep(pause)
                waited, attempt = waited + pause, attempt + 1

    def _take_guard(self) -> None:
        """The advisory lock, on a connection of its own: a server that restarted has forgotten it."""
        self._drop_guard()
        # Not of the pool: a connection that went back there would keep the lock.
        guard = (
            create_engine(self.engine.url, poolclass=NullPool).connect().execution_options(isolation_level="AUTOCOMMIT")
        )
        # A server needs a moment to notice that the run before was killed and to let its lock go.
        for pause in (*_PAUSES, None):
            if guard.scalar(text("SELECT pg_try_advisory_lock(:n)"), {"n": _LOCK_NUMBER}):
                break
            if pause is None:
                guard.close()
                raise CatalogBusy
            time.sleep(pause)
        self._guard = guard


def _passing(error: DBAPIError) -> bool:
    """Whether the trouble may be over in a moment: a server that restarts, another writer that is not done."""
    if isinstance(from_database(error), CatalogFull | CatalogReadOnly):
        return False
    if error.connection_invalidated:
        return True
    said = str(error.orig).lower()
    if isinstance(error.orig, Exception) and type(error.orig).__module__.startswith("sqlite3"):
        return "locked" in said
    return isinstance(error, OperationalError | InterfaceError)
