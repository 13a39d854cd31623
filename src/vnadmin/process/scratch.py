"""One folder for all temporary files of a program and of its workers; what a killed program left, the next removes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be removed and the system cleans up
    fcntl = None  # type: ignore[assignment]

_NAME = "vnadmin-run-"  # nothing else is called so: what has this name and no lock is removed
_UNFINISHED = ".vnadmin-run-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Have everything temporary in one folder, which goes with the program. For programs, not for a library's caller.

    The folder is locked as long as this process lives, so that another program can tell what `kill -9` left behind.
    """
    before = tempfile.gettempdir()
    variable = os.environ.get("TMPDIR")
    sweep(Path(before))
    folder, lock = _claim(Path(before))
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(root: Path) -> list[str]:
    """Remove the folders of programs of this user that are no longer running; their names."""
    if fcntl is None:
        return []
    removed = []
    for folder in root.glob(f"{_NAME}*"):
        with suppress(OSError):  # it has just gone, is somebody else's, or its program runs
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid != os.getuid():
                    continue
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                removed.append(folder.name)
            finally:
                os.close(lock)
    return removed


def _claim(root: Path) -> tuple[Path, int | None]:
    """A new folder and its lock; it gets the name that `sweep` looks for once it is locked."""
    made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
    if fcntl is None:
        return made, None
    lock = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return made.rename(root / made.name.removeprefix(".")), lock
