"""Walks folders, zip archives, lists and URLs: one `Seen` for each file, in a fixed order, none left out in silence."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from vnadmin.errors import LimitExceeded, SourceNotFound, VnadminError
from vnadmin.index.catalog.errors import UnsafePath
from vnadmin.index.run.walk_open import filesystem_of, is_url, location_of
from vnadmin.index.run.walk_zip import ZipLimits, members_of

# Left behind by other programs, never documents: not worth a row.
JUNK: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
JUNK_PREFIXES: Final = (".", "~$")  # hidden; the owner file that Word keeps beside an open document
LIST_LINE: Final = 8192  # characters of one line of a list


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that the walk came by.

    Attributes:
        location: as in `files.path`.
        size, modified: what changes when the content does; of a member those of its archive entry.
        error: why it will not be opened: a symbolic link, a damaged archive, a member with an unsafe name.
    """

    location: str
    size: int = 0
    modified: str = ""
    error: VnadminError | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """What is walked and what is kept out.

    Attributes:
        sources: folders, files, zip archives, URLs, and `@list.txt` or `@-` for a list of those, one a line.
        skip: paths never to be read: the catalogue itself.
        ready: asked for each local file whether it is whole; one that is still growing is passed over.
    """

    sources: tuple[str, ...]
    skip: frozenset[str] = frozenset()
    zip_limits: ZipLimits = field(default_factory=ZipLimits)
    ready: Callable[[str, os.stat_result], bool] | None = None

    def __iter__(self) -> Iterator[Seen]:
        for source in self.sources:
            if source.startswith("@"):
                for line in read_list(source[1:]):
                    yield from self._source(line)
            else:
                yield from self._source(source)

    def roots(self) -> list[str]:
        """The locations below which a file that was not seen has gone; lists have none."""
        return [s if is_url(s) else location_of(str(Path(s).absolute())) for s in self.sources if not s.startswith("@")]

    def _source(self, source: str) -> Iterator[Seen]:
        if is_url(source):
            yield from self._url(source)
            return
        path = os.path.normpath(Path(source).absolute())
        if Path(path).is_dir():
            yield from self._folder(path)
        else:
            yield from self._file(path, named=True)

    def _folder(self, top: str) -> Iterator[Seen]:
        """Depth first, names sorted; a stack, so that no depth of folders is too deep."""
        stack = [top]
        while stack:
            folder = stack.pop()
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                yield Seen(location_of(folder), error=SourceNotFound(f"Cannot list the folder: {error.strerror}."))
                continue
            folders: list[str] = []
            for entry in entries:
                if is_junk(entry.name):
                    continue
                if entry.is_symlink():
                    yield Seen(location_of(entry.path), error=UnsafePath("A symbolic link is not followed."))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    yield from self._file(entry.path)
            stack += reversed(folders)

    def _file(self, path: str, *, named: bool = False) -> Iterator[Seen]:
        """A file, or the members of an archive. One that the user named himself may be a link."""
        if path in self.skip:
            return
        location = location_of(path)
        try:
            status = Path(path).stat(follow_symlinks=named)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "bad path"
            yield Seen(location, error=SourceNotFound(f"Cannot open the file: {reason}."))
            return
        if not stat.S_ISREG(status.st_mode):
            yield Seen(location, error=UnsafePath("It is not a regular file."))
            return
        if self.ready is not None and not self.ready(path, status):
            return
        seen = Seen(location, status.st_size, str(status.st_mtime_ns))
        if path.lower().endswith(".zip"):
            yield from self._archive(seen)
        else:
            yield seen

    def _archive(self, archive: Seen) -> Iterator[Seen]:
        for member in members_of(archive.location, self.zip_limits):
            if member.error is not None and member.refused:
                yield Seen(member.location, error=UnsafePath(member.error.detail))
            else:
                yield Seen(member.location, member.size, f"{archive.modified}/{member.check}", member.error)

    def _url(self, url: str) -> Iterator[Seen]:
        try:
            filesystem, top = filesystem_of(url)
            kind = filesystem.info(top)["type"]
            folders = (
                filesystem.walk(top, detail=True) if kind == "directory" else [("", {}, {top: filesystem.info(top)})]
            )
            for _, _, files in folders:
                for _, info in sorted(files.items()):
                    location = filesystem.unstrip_protocol(info["name"])
                    if not is_junk(location.rsplit("/", 1)[-1]):
                        yield from self._remote(location, info)
        except VnadminError as error:
            yield Seen(url, error=error)
        except OSError as error:
            yield Seen(url, error=SourceNotFound(f"Cannot list the storage: {type(error).__name__}."))

    def _remote(self, location: str, info: dict[str, object]) -> Iterator[Seen]:
        changed = next((info[k] for k in ("ETag", "etag", "mtime", "LastModified", "created") if info.get(k)), "")
        size = info.get("size")
        seen = Seen(location, size if isinstance(size, int) else 0, str(changed)[:40])
        if location.lower().endswith(".zip"):
            yield from self._archive(seen)
        else:
            yield seen


def read_list(name: str) -> Iterator[str]:
    """The lines of a list (`-` is standard input); blank lines and `#` lines are left out.

    Raises:
        SourceNotFound: the list cannot be read.
    """
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            yield from _lines(file, name)
    except OSError as error:
        raise SourceNotFound(f"Cannot read the list {name}: {error.strerror}.") from error


def _lines(file: IO[bytes], name: str) -> Iterator[str]:
    while line := file.readline(LIST_LINE + 1):
        if len(line) > LIST_LINE:
            raise LimitExceeded(f"A line of the list {name} has more than {LIST_LINE} bytes: is it a list?")
        text = os.fsdecode(line.rstrip(b"\r\n")).removeprefix("\ufeff")
        if text.strip() and not text.startswith(("#", "@")):
            yield text


def is_junk(name: str) -> bool:
    """Whether a name is of a file or folder that is never a document."""
    return name.startswith(JUNK_PREFIXES) or name.lower() in JUNK
