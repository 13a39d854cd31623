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
    made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=before))
    with held(made):
        folder = made if fcntl is None else made.rename(made.with_name(made.name.removeprefix(".")))
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


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep a folder from being swept, as long as this process lives; a disk without locks is never swept."""
    if fcntl is None:
        yield
        return
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def sweep(root: Path, pattern: str = f"{_NAME}*") -> list[str]:
    """Remove the folders of this user that no running program holds; their names."""
    if fcntl is None:
        return []
    removed = []
    for folder in root.glob(pattern):
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
