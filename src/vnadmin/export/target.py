"""Where a result is written: the one rule for every `--output`, and the one writer."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from vnadmin.errors import VnadminError

_CATALOGUE: Final = b"SQLite format 3\x00"
_BESIDE: Final = ("-wal", "-shm", "-journal")  # what SQLite keeps of a catalogue that is in use
_ANOTHER: Final = "Name another file."
_STDOUT: Final = frozenset(map(Path, ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")))


class OutputUnwritable(VnadminError):
    """The result cannot be written there."""

    code: ClassVar[str] = "output_unwritable"
    exit_code: ClassVar[int] = 19
    advice: ClassVar[str] = "Name another place: a folder that exists, with room and the right to write there."

    @classmethod
    def of(cls, path: Path | None, error: OSError) -> OutputUnwritable:
        """What the system said."""
        why = error.strerror or type(error).__name__
        return cls(f"{path or 'stdout'} cannot be written: {why}.")


def check_target(path: Path, sources: Iterable[str | os.PathLike[str]] = ()) -> None:
    """Ask before the work is done whether its result may go there.

    Raises:
        OutputUnwritable: it is a source or lies in one, a catalogue, a disk, a folder, or in a folder that is not there.
    """
    try:
        _check(path, sources)
    except OSError as error:
        raise OutputUnwritable.of(path, error) from error


@contextmanager
def opened(path: Path, sources: Iterable[str | os.PathLike[str]] = ()) -> Iterator[BinaryIO]:
    """A file to write into: it appears under its name when it is whole, and till then what stood there stands.

    A link is followed; a device or a pipe is written into, once all is made, and stays what it is.

    Raises:
        OutputUnwritable: as `check_target`; or its disk is full.
    """
    check_target(path, sources)
    try:
        if path in _STDOUT or (path.exists() and not path.is_file()):
            with _passed_on(path) as output:
                yield output
        else:
            with _replacing(Path(os.path.realpath(path))) as output:
                yield output
    except OSError as error:
        raise OutputUnwritable.of(path, error) from error


def write(path: Path, data: bytes, sources: Iterable[str | os.PathLike[str]] = ()) -> None:
    """Write the whole of a result, as `opened`."""
    with opened(path, sources) as output:
        output.write(data)


def _check(path: Path, sources: Iterable[str | os.PathLike[str]]) -> None:
    real = Path(os.path.realpath(path))
    if path in _STDOUT or not path.exists():
        if path not in _STDOUT and not real.parent.is_dir():
            real.parent.stat()  # the system says what is missing
            raise OutputUnwritable(f"{path}: its folder is a file.")
        return
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise OutputUnwritable(f"{path} is a folder.")
    if stat.S_ISBLK(kind):
        raise OutputUnwritable(f"{path} is a disk.")
    if not os.access(path, os.W_OK):
        raise OutputUnwritable(f"{path} is write-protected.")
    if stat.S_ISREG(kind):
        if any(_reads(source, path, real) for source in map(Path, sources)):
            raise OutputUnwritable(f"{path} is read for it.", _ANOTHER)
        if _is_catalogue(real):
            raise OutputUnwritable(f"{path} is a catalogue.", _ANOTHER)


def _reads(source: Path, path: Path, real: Path) -> bool:
    """Whether the file at the path is the source, under whatever name, or lies in the folder that is the source."""
    return real.is_relative_to(source.resolve()) if source.is_dir() else source.exists() and source.samefile(path)


def _is_catalogue(file: Path) -> bool:
    """By its first bytes, whatever it is called; or one of the files that SQLite keeps beside one."""
    if any(file.name.endswith(end) and Path(str(file).removesuffix(end)).exists() for end in _BESIDE):
        return True
    with suppress(PermissionError), file.open("rb") as opening:
        return opening.read(len(_CATALOGUE)) == _CATALOGUE
    return False


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".vnadmin-{os.urandom(4).hex()}.part")
    try:
        with part.open("xb") as output:
            yield output
        if path.exists():
            part.chmod(stat.S_IMODE(path.stat().st_mode))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _passed_on(path: Path) -> Iterator[BinaryIO]:
    """Some forms are written back and forth, which no pipe lets do."""
    with tempfile.TemporaryFile() as made:
        yield made
        made.seek(0)
        if path in _STDOUT:
            shutil.copyfileobj(made, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        with path.open("wb") as output:
            shutil.copyfileobj(made, output)
