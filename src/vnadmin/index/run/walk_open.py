"""Locations and how they are opened: a path, a URL, a member of a zip archive (`a.zip!/b.zip!/c.docx`), a document in a mail.

Of members that have one name the second is at `a.zip!/c.docx!//2`: no member's own name may begin with a slash.

A member is read into memory within limits and never written to disk, so its name can do no harm.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import urllib.parse
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from vnadmin.config import DEFAULT
from vnadmin.errors import (
    DamagedInput,
    EmptyInput,
    EncryptedInput,
    LimitExceeded,
    MissingExtra,
    SourceNotFound,
    VnadminError,
)
from vnadmin.index.run.walk_inside import taken_out
from vnadmin.source.packed import DAMAGED_ZIP

MEMBER: Final = "!/"
_NTH: Final = MEMBER + "/"
NESTED_BYTES: Final = 256 * 1024 * 1024  # size of an archive within an archive, which is held in memory
# A path whose bytes are no UTF-8 (archives of 1999 have TCVN3 file names), or in a folder `a.zip!` beside `a.zip`.
_BYTES_SCHEME: Final = "file-bytes:"


def location_of(path: str) -> str:
    """The location of a local path: the path itself where it is text, and not that of a member of an archive, too."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _quoted(path)
    return _quoted(path) if MEMBER in path and split_members(path)[1] else path


def _quoted(path: str) -> str:
    return _BYTES_SCHEME + urllib.parse.quote_from_bytes(os.fsencode(path))


def member_at(archive: str, name: str, nth: int) -> str:
    """The location of the n-th member of this name, from one, in the archive at a location."""
    return f"{archive}{MEMBER}{name}" + (f"{_NTH}{nth}" if nth > 1 else "")


def path_of(location: str) -> str:
    """The local path of a location."""
    if location.startswith(_BYTES_SCHEME):
        return os.fsdecode(urllib.parse.unquote_to_bytes(location.removeprefix(_BYTES_SCHEME)))
    return location


def is_url(location: str) -> bool:
    """Whether fsspec opens it: `s3://bucket/a.pdf`."""
    return "://" in location.partition(MEMBER)[0] and not os.path.lexists(location)


def split_members(location: str) -> tuple[str, list[str]]:
    """The file, and the member of it, and the member of that: archives nest."""
    parts = re.split(r"!/(?!/)", location)
    for i in range(1, len(parts)):
        outer = MEMBER.join(parts[:i])
        if is_url(outer) or Path(path_of(outer)).is_file():
            return outer, parts[i:]  # a folder may be called `x!`, so the first part that is a file
    return location, []


def open_location(location: str, max_bytes: int) -> bytes:
    """The bytes of the content at a location, never more than the limit.

    Raises:
        VnadminError: it is not there, not a regular file, empty, too large, damaged or encrypted.
    """
    outer, members = split_members(location)
    zipped = _zipped(outer, members)
    if not zipped:
        with open_file(outer) as file:
            data = checked(_read(file, _size_of(file), max_bytes), max_bytes)
    else:
        archive = _archive(outer, tuple(zipped[:-1]), _stamp(outer))
        data = checked(read_member(archive, zipped[-1], max_bytes), max_bytes)
    if len(zipped) == len(members):
        return data
    return checked(
        taken_out(data, MEMBER.join(members[len(zipped) :]), replace(DEFAULT, max_bytes=max_bytes)), max_bytes
    )


def _zipped(outer: str, members: list[str]) -> list[str]:
    """The members that archives hold which the walk takes for such by their names; what follows stands in a mail or the like."""
    names = [outer, *members]
    count = next(
        (i for i, name in enumerate(names) if not name.partition(_NTH)[0].lower().endswith(".zip")), len(members)
    )
    return members[:count]


@lru_cache(maxsize=2)
def _archive(outer: str, inner: tuple[str, ...], stamp: str) -> zipfile.ZipFile:
    """An open archive, kept open: its members come one after another, and its directory is read once."""
    if inner:
        data = read_member(_archive(outer, inner[:-1], stamp), inner[-1], NESTED_BYTES)
        return open_archive(io.BytesIO(checked(data, NESTED_BYTES)))
    if is_url(outer):
        return open_archive(open_file(outer))
    with open_file(outer):  # is it a regular file?
        return open_archive(path_of(outer))  # by its path, so that it is closed with the archive


def _stamp(outer: str) -> str:
    """What changes when the archive does."""
    if is_url(outer):
        filesystem, path = filesystem_of(outer)
        return str(filesystem.ukey(path))
    try:
        status = Path(path_of(outer)).stat()
    except (OSError, ValueError) as error:
        raise SourceNotFound("Cannot open the file: it has gone.") from error
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def open_file(location: str) -> IO[bytes]:
    """A seekable binary file at a path or URL.

    Raises:
        SourceNotFound: there is none, or it is no regular file.
    """
    if is_url(location):
        filesystem, path = filesystem_of(location)
        try:
            file: IO[bytes] = filesystem.open(path, "rb")
        except (OSError, ValueError) as error:
            raise SourceNotFound(f"Cannot open the file: {type(error).__name__}.") from error
        return file
    try:
        # O_NONBLOCK: opening a pipe must not wait for its writer.
        descriptor = os.open(path_of(location), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "bad path"
        raise SourceNotFound(f"Cannot open the file: {reason}.") from error
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise SourceNotFound("Cannot open the file: it is not a regular file.")
    return file


def filesystem_of(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the path on it.

    Raises:
        MissingExtra: fsspec or the package of this kind of storage is not installed.
    """
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra("Reading from URLs needs fsspec.", "pip install 'vnadmin[index]'") from error
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise MissingExtra(f"Storage of this kind needs a package: {error}.") from error
    return filesystem, str(path)


def open_archive(file: IO[bytes] | str) -> zipfile.ZipFile:
    """A zip archive.

    Raises:
        DamagedInput: it is none, or damaged.
    """
    try:
        return zipfile.ZipFile(file)
    except DAMAGED_ZIP as error:
        raise DamagedInput(f"The archive is damaged ({type(error).__name__}).") from error


def read_member(archive: zipfile.ZipFile, member: str, max_bytes: int) -> bytes:
    """One member of an open archive.

    Raises:
        VnadminError: it is not there, encrypted, damaged, or unpacks to more than the limit, whatever it declares.
    """
    try:
        info = _info(archive, member)
        if info.flag_bits & 0x1:
            raise EncryptedInput("This member of the archive is protected by a password.")
        with archive.open(info) as file:
            return file.read(max_bytes + 1)
    except KeyError as error:
        raise SourceNotFound("The archive has no such member.") from error
    except DAMAGED_ZIP as error:
        raise DamagedInput(f"The archive is damaged here ({type(error).__name__}).") from error


def _info(archive: zipfile.ZipFile, member: str) -> zipfile.ZipInfo:
    """The entry of a member; of several with one name the first, or that which is numbered."""
    name, _, nth = member.partition(_NTH)
    if not nth and len(archive.infolist()) == len(archive.NameToInfo):
        return archive.getinfo(name)
    found = [info for info in archive.infolist() if info.filename == name]
    place = int(nth or 1) if (nth or "1").isdecimal() else 0
    if not 1 <= place <= len(found):
        raise KeyError(member)
    return found[place - 1]


def _size_of(file: IO[bytes]) -> int | None:
    """The size that a local file has now; None of one that fsspec opened."""
    return os.fstat(file.fileno()).st_size if isinstance(file, io.BufferedReader) else None


def _read(file: IO[bytes], size: int | None, max_bytes: int) -> bytes:
    """Python lays out as many bytes as it is asked for, so it is asked for those of the file, not of the limit."""
    wanted = max_bytes if size is None else min(size, max_bytes)
    try:
        data = file.read(wanted + 1)
        return data + file.read(max_bytes - wanted) if len(data) > wanted else data  # it grew meanwhile
    except OSError as error:
        raise SourceNotFound(f"Cannot read the file: {error.strerror or type(error).__name__}.") from error


def checked(data: bytes, max_bytes: int) -> bytes:
    """The data, unless it is nothing or too much."""
    if not data:
        raise EmptyInput
    if len(data) > max_bytes:
        raise LimitExceeded(f"The file is larger than {max_bytes} bytes (Config.max_bytes).")
    return data


def file_of(paths: Sequence[str], sha256: str, max_bytes: int) -> bytes:
    """The content from the first of its places that still holds it: to be run where strangers' files are read.

    Raises:
        SourceNotFound: none does.
    """
    for location in paths:
        try:
            data = open_location(location, max_bytes)
        except VnadminError:
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    raise SourceNotFound(
        f"The file of a document has gone: {paths[0].rpartition('/')[2] if paths else sha256[:12]}.",
        "Put it back, or run `vnadmin index` where it is now.",
    )
