"""Lists the members of a zip archive, and of archives in it, within limits; unsafe names are refused one by one."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat, VnadminError
from vnadmin.index.run.walk_open import MEMBER, NESTED_BYTES, checked, member_at, open_archive, open_file, read_member
from vnadmin.source.packed import BOUNDED

_DRIVE = re.compile(r"[A-Za-z]:")
# What is unpacked bit by bit; the others give all that one block holds, a gigabyte of 700 bytes.
_MACOS: Final = "__MACOSX/"  # resource forks that macOS packs beside each file


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much of one archive is listed.

    Attributes:
        members: entries of one archive.
        depth: archives within archives.
        ratio: bytes unpacked for each byte packed, over the whole archive: text packs to a tenth, a bomb far below.
        floor: an archive may always unpack to this much.
    """

    members: int = 100_000
    depth: int = 3
    ratio: int = 100
    floor: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive; with `error` one that will not be read, `refused` because of its name."""

    location: str
    size: int = 0
    check: str = ""
    error: VnadminError | None = None
    refused: bool = False


def members_of(location: str, limits: ZipLimits) -> Iterator[Member]:
    """The members of the archive at a location, in its own order."""
    try:
        with open_file(location) as file, open_archive(file) as archive:
            yield from _list(archive, file.seek(0, io.SEEK_END), location, limits, 1)
    except VnadminError as error:
        yield Member(location, error=error)


def _list(archive: zipfile.ZipFile, packed: int, location: str, limits: ZipLimits, depth: int) -> Iterator[Member]:
    infos = archive.infolist()
    if len(infos) > limits.members:
        yield Member(location, error=LimitExceeded(f"The archive has more than {limits.members} members."))
        return
    if sum(info.file_size for info in infos) > max(limits.floor, limits.ratio * packed):
        yield Member(location, error=LimitExceeded("The archive unpacks to far more than its size: a zip bomb."))
        return
    names: Counter[str] = Counter()
    for info in infos:
        name = info.filename
        if info.is_dir() or name.startswith(_MACOS):
            continue
        names[name] += 1
        inner = member_at(location, name, names[name])
        trick = _trick(info)
        if trick:
            yield Member(_printable(inner), error=DamagedInput(trick), refused=True)
        elif any(part.startswith(".") for part in name.split("/")):
            continue  # hidden, as in a folder
        elif info.flag_bits & 0x1:
            yield Member(inner, error=EncryptedInput("This member of the archive is protected by a password."))
        elif name.lower().endswith(".zip") and info.compress_type not in BOUNDED:
            yield Member(
                inner, error=UnsupportedFormat("An archive in an archive is packed by bzip2, LZMA or the like.")
            )
        elif name.lower().endswith(".zip"):
            yield from _nested(archive, inner, inner.removeprefix(location + MEMBER), limits, depth)
        else:
            yield Member(inner, info.file_size, f"{info.CRC:08x}")


def _nested(archive: zipfile.ZipFile, location: str, member: str, limits: ZipLimits, depth: int) -> Iterator[Member]:
    if depth >= limits.depth:
        yield Member(location, error=LimitExceeded(f"Archives within archives, more than {limits.depth} deep."))
        return
    try:
        data = checked(read_member(archive, member, NESTED_BYTES), NESTED_BYTES)
        with open_archive(io.BytesIO(data)) as nested:
            yield from _list(nested, len(data), location, limits, depth + 1)
    except VnadminError as error:
        yield Member(location, error=error)


def _trick(info: zipfile.ZipInfo) -> str:
    """What is wrong with a member's name, or nothing."""
    name = info.filename
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "The member's name is an absolute path."
    if ".." in re.split(r"[/\\]", name):
        return "The member's name leads out of the archive (`..`)."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "The member is a symbolic link."
    if MEMBER in name or any(ord(c) < 32 for c in name) or _undecodable(name):
        return "The member's name has control characters or `!/`."
    return ""


def _undecodable(name: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in name)


def _printable(location: str) -> str:
    """A name as the ledger can keep it."""
    return "".join(c if ord(c) >= 32 and not "\ud800" <= c <= "\udfff" else "\ufffd" for c in location)
