"""One service for each data folder, and for each name in a database: a second one would take up jobs at which the first still works."""

from __future__ import annotations

import os
import signal
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from vnadmin_service.logs import log

try:
    import fcntl
except ImportError:  # Windows, where nothing of the kind is at hand
    fcntl = None  # type: ignore[assignment]

_KEY: Final = 0x766E6164  # "vnad": the advisory locks of PostgreSQL that are ours
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 2.0)  # seconds: a server notices in a moment that a killed service has gone
_LOOK_SECONDS: Final = 10.0
_PATIENCE_MILLISECONDS: Final = 20_000  # a cut network is known after these, not after a quarter of an hour
# Of a host that lost its power, the server knows after a minute, not after two hours.
# Told in words: a pooler refuses them as options of the connection.
_ALIVE: Final = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


class InUse(Exception):
    """Another program has what this service needs for itself; the message is for the operator."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder against other services. The kernel lets the lock go with this process, however it ends.

    Raises:
        InUse: another service holds it, or its file system keeps no locks.
    """
    if fcntl is None:
        yield
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # never removed: another may just have opened it
    lock = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = os.read(lock, 20).decode("ascii", "replace").strip() or "?"
            raise InUse(
                f"another vnadmin serve (pid {who}) uses VNADMIN_DATA_DIR {folder}; give each service a folder of its own."
            ) from None
        except OSError as error:
            raise InUse(f"VNADMIN_DATA_DIR {folder} cannot be locked: {error.strerror}.") from None
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(lock)


@contextmanager
def alone_in(database: str, machine: str) -> Iterator[None]:
    """Hold the name of this machine in the database of the jobs (PostgreSQL) against a host that has the same.

    A database that does not answer is waited for, as what was left behind may only be taken up under the name. A server that
    was started anew has forgotten who had it: where another service was first, this one stops as on SIGTERM.

    Raises:
        InUse: another service works under this name, at the start or later.
    """
    name, ended = _Name(database, machine), Event()
    taken = InUse(
        f"another vnadmin serve with VNADMIN_MACHINE {machine} works on this database; give each service a name of its own."
    )
    pauses = iter(_PAUSES)
    while not (held := name.take()):
        pause = _PAUSES[-1] if held is None else next(pauses, None)
        if pause is None:
            raise taken
        time.sleep(pause)
    keeper = Thread(target=name.keep, args=(ended,), name="machine", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()
        name.drop()
        if name.lost:
            raise taken from None


class _Name:
    """The advisory lock of a name, on a connection of its own."""

    def __init__(self, database: str, machine: str) -> None:
        options = {"connect_timeout": 5, "tcp_user_timeout": _PATIENCE_MILLISECONDS}
        self._engine = create_engine(database, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=options)
        self.lost = False
        self._machine = machine
        self._lock = {"key": _KEY, "name": zlib.crc32(machine.encode()) - 2**31}
        self._held: Connection | None = None

    def take(self) -> bool | None:
        """Whether the name is ours; None where the database does not answer."""
        try:
            if self._held is not None:
                self._held.execute(text("SELECT 1"))
                return True
        except (SQLAlchemyError, OSError):
            self.drop()
        connection = None
        try:
            connection = self._engine.connect()
            connection.exec_driver_sql(_ALIVE)
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key, :name)"), self._lock):
                self._held = connection
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", error)).partition("\n")[
                0
            ]  # names host, role and database, and no password
            log.warning("the name of this machine waits for the database", reason=reason)
            return None
        finally:
            if connection is not None and self._held is None:
                connection.close()
        return self._held is not None

    def keep(self, ended: Event) -> None:
        """Look now and then whether the name is still ours; where it is another's, stop this service."""
        while not ended.wait(_LOOK_SECONDS):
            if self.take() is False:
                log.error("another service has the name of this machine", machine=self._machine)
                self.lost = True
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def drop(self) -> None:
        """Let the name go."""
        if self._held is not None:
            self._held.invalidate()
            self._held.close()
            self._held = None
