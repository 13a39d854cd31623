"""Files that come in through the page: kept in a folder of the archive, and read into the catalogue by `vnadmin index`."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, and_, false, func, not_, or_, select

from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.schema import Content, Document, File
from vnadmin.index.run.walk_open import location_of
from vnadmin.process.scratch import held, sweep
from vnadmin.text.printable import file_name
from vnadmin_service.archive.catalog_runs import CatalogRuns
from vnadmin_service.archive.graph import name_of
from vnadmin_service.work import Upload

_HALF: Final = f"*/.{6 * '[0-9]'}-{4 * '[0-9a-f]'}"  # folders whose files are being written
_LONGEST: Final = 200  # bytes of a file's name without its ending: with it and a number before it at most 255


class Arrived(NamedTuple):
    """A file that came in, or a document in it. state: `waiting`, `done`, `failed`; `known`: the archive had it before."""

    name: str
    state: str
    sha256: str | None = None
    title: str = ""
    code: str = ""
    known: bool = False


class Intake:
    """The folder, whose files the runs of the catalogue read. memory_mb: what their worker may use."""

    def __init__(self, folder: Path, runs: CatalogRuns, memory_mb: int) -> None:
        self.folder = folder
        self._runs = runs
        self._memory_mb = memory_mb
        self._taking: set[asyncio.Task[None]] = set()

    async def resume(self) -> None:
        """Begin one run over the whole folder: it reads what a stop left unread, and passes over what the ledger has.

        Not over an empty folder, which may be a disk that is not there yet: all files would be told as gone. What was half
        written when a service was killed is removed: nobody was told that it is kept.
        """
        await asyncio.to_thread(sweep, self.folder, _HALF)
        if await asyncio.to_thread(lambda: self.folder.is_dir() and any(self.folder.iterdir())):
            self._begin(self.folder)

    async def keep(self, uploads: Sequence[Upload]) -> str:
        """Put files into a folder of their own and begin to read them; returns its name, by day.

        Both is one task, which a request that is ended midway leaves to itself; what the service's end leaves unread, its next
        start reads.

        Raises:
            OSError: the folder cannot be written; then none of the files is kept.
        """
        now = dt.datetime.now().astimezone()
        batch = f"{now:%Y-%m-%d}/{now:%H%M%S}-{secrets.token_hex(2)}"
        place = self.folder / batch
        task = asyncio.create_task(self._take(place, uploads))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)
        await asyncio.shield(task)
        return batch

    async def _take(self, place: Path, uploads: Sequence[Upload]) -> None:
        await asyncio.to_thread(_write, place, uploads)
        self._begin(place)

    def _begin(self, place: Path) -> None:
        self._runs.begin("index", str(place), "-j", "1", "--memory", str(self._memory_mb))

    async def stop(self) -> None:
        """See that all that came in is kept; what `CatalogRuns` does not read of it stays in its folder for `resume`."""
        await asyncio.gather(*self._taking, return_exceptions=True)

    def files(self, batch: str) -> list[str]:
        """The places of the files that came in together; none where there is no such folder."""
        place = self.folder / batch
        return [location_of(str(path)) for path in sorted(place.iterdir())] if place.is_dir() else []


def _write(place: Path, uploads: Sequence[Upload]) -> None:
    """Under a hidden name until all are there: a run over the whole folder passes it by, and reads no half of a file."""
    hidden = place.with_name(f".{place.name}")
    hidden.mkdir(parents=True, mode=0o700)
    with held(hidden):
        try:
            for number, upload in enumerate(uploads, 1):
                path = hidden / safe_name(upload.name, number)
                while path.exists():
                    path = path.with_name(f"{number}-{path.name}")
                path.write_bytes(upload.data)
            hidden.rename(place)
        finally:  # a full disk; else it has its name by now
            shutil.rmtree(hidden, ignore_errors=True)


def arrived(connection: Connection, files: Sequence[str]) -> list[Arrived]:
    """What became of files and of the documents in them, by the ledger."""
    statement = (
        select(File.path, File.state, File.error_code, File.sha256, File.found_at, Content.error_code.label("why"),
               Document.type_name, Document.number, Document.id.label("document"))
        .join(Content, Content.sha256 == File.sha256, isouter=True)
        .join(Document, Document.sha256 == File.sha256, isouter=True)
        .order_by(File.path)
    )  # fmt: skip
    folders = {file.rpartition("/")[0] + "/" for file in files}  # one: SQLite goes through all paths for each
    below = or_(false(), *(File.path.startswith(folder, autoescape=True) for folder in folders))
    places = connection.execute(statement.where(below, File.state != "unpacked")).all()
    hashes = [row.sha256 for row in places if row.document is not None]
    before = (
        select(File.sha256, func.min(File.found_at).label("at"))
        .where(File.sha256.in_(hashes), IS_PLACED, not_(below))
        .group_by(File.sha256)
    )
    earlier = {row.sha256: row.at for row in connection.execute(before)}
    found = []
    for file in files:
        rows = [row for row in places if row.path == file or row.path.startswith(f"{file}!/")]
        if not rows:
            found.append(Arrived(file.rpartition("/")[2], "waiting"))
        for row in rows:
            name = row.path[len(file.rpartition("/")[0]) + 1 :]
            failed = row.error_code or row.why
            if row.document is not None:
                known = earlier.get(row.sha256, row.found_at) < row.found_at
                found.append(Arrived(name, "done", row.sha256, name_of(row.type_name, row.number), known=known))
            else:
                found.append(Arrived(name, "failed" if failed else "waiting", code=failed or ""))
    return found


def failed_files(connection: Connection, most: int) -> list[Arrived]:
    """Files of the archive that could not be opened or read, wherever they came from; at most so many."""
    bad = select(Content.sha256).where(Content.state == "failed")
    statement = (
        select(File.path, func.coalesce(File.error_code, Content.error_code).label("why"))
        .join(Content, Content.sha256 == File.sha256, isouter=True)
        .where(or_(File.state == "failed", and_(File.state.not_in(("missing", "unpacked")), File.sha256.in_(bad))))
        .order_by(File.path)
        .limit(most)
    )
    return [Arrived(row.path, "failed", code=row.why or "") for row in connection.execute(statement)]


def safe_name(name: str, number: int) -> str:
    """The name of a file as it may stand in a folder: no path, nothing hidden, nothing that is not seen."""
    plain = file_name(name.replace("\\", "/").rpartition("/")[2]).lstrip(". ~")
    stem, dot, ending = plain.rpartition(".")
    short = f"{_cut(stem)}{dot}{ending[:12]}" if stem else _cut(plain)
    return short or f"tep-{number}"


def _cut(name: str) -> str:
    return name.encode()[:_LONGEST].decode("utf-8", "ignore")
