"""One service for each data folder: what a second one took up would be jobs at which the first still works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nothing of the kind is at hand
    fcntl = None  # type: ignore[assignment]


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
