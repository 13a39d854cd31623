"""CatalogAccess, the catalogue as the pages use it: connections to read, transactions to write, and pictures drawn before."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError

from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogUnavailable
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.follow.revisions import head
from vnadmin.index.search.connect import reading
from vnadmin.model.pictures import PagePicture
from vnadmin.source.pictures import Drawn

T = TypeVar("T")
_PATIENCE = 5.0  # seconds that a person waits for a database that restarts
_PICTURES_KEPT = 64  # about 150 kB each
_DRAWN_KEPT = 8  # of at most 16 MB each (vnadmin.source.pictures)
NO_NUL: Final = r"^[^\x00]*$"  # of a parameter that comes to the database: PostgreSQL takes no NUL in a text
VIETNAM = dt.timezone(dt.timedelta(hours=7))  # one zone, without summer time, since 1975
NOBODY = "local"  # who corrects where no key says who it is


class CatalogAccess:
    """One catalogue. It need not be there yet when the service starts: each page that misses it says so."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._writer: Writer | None = None
        self._reader: Engine | None = None
        self._lock = threading.Lock()
        self._pictures: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._drawn: OrderedDict[str, Drawn] = OrderedDict()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the catalogue of one moment.

        Raises:
            CatalogUnavailable: there is none, or it cannot be reached.
            DataError: a value is none that the database takes.
        """
        with self._lock:
            if self._reader is None or "immutable" in self._reader.url.query:  # of a disk that may be writable by now
                self._reader = open_catalog(self.url, read_only=True)
            engine = self._reader
        try:
            with reading(engine) as connection:
                yield connection
        except CatalogUnavailable as error:  # the next page opens it anew, and says what there is instead
            _tell_fault(error)
            with self._lock:
                self._reader = None
            raise

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; the schema is brought up to date by `vnadmin index`, never from here.

        Raises:
            CatalogFull, CatalogReadOnly, CatalogUnavailable: it cannot be written.
            DataError: a value is none that the database takes.
        """
        try:
            return self.writer().transact(work)
        except CatalogUnavailable as error:
            _tell_fault(error)
            raise

    def last_change(self) -> int:
        """The number of the last change of a document (vnadmin.index.follow)."""
        with self.reading() as connection:
            return head(connection).number

    def writer(self) -> Writer:
        """For work of many transactions."""
        with self._lock:
            if self._writer is None:
                self._writer = Writer(open_catalog(self.url, create=False), patience=_PATIENCE)
            return self._writer

    def close(self) -> None:
        """Let go of the database."""
        if self._writer is not None:
            self._writer.engine.dispose()
        if self._reader is not None:
            self._reader.dispose()

    def picture(self, sha256: str, number: int) -> PagePicture | None:
        """A page that was drawn not long ago."""
        with self._lock:
            found = self._pictures.get((sha256, number))
            if found is not None:
                self._pictures.move_to_end((sha256, number))
        return found

    def keep_picture(self, sha256: str, number: int, picture: PagePicture) -> None:
        """Keep a drawn page, and of all only the last ones."""
        with self._lock:
            self._pictures[sha256, number] = picture
            while len(self._pictures) > _PICTURES_KEPT:
                self._pictures.popitem(last=False)

    def drawn(self, sha256: str) -> Drawn | None:
        """The pages of a document without pages of its own, which were laid out not long ago."""
        with self._lock:
            return self._drawn.get(sha256)

    def keep_drawn(self, sha256: str, drawn: Drawn) -> None:
        """Keep laid out pages, and of all only the last ones."""
        with self._lock:
            self._drawn[sha256] = drawn
            while len(self._drawn) > _DRAWN_KEPT:
                self._drawn.popitem(last=False)


def _tell_fault(error: CatalogUnavailable) -> None:
    """A value that the database does not take is a fault of ours, 500 with a line in the log, and no database that is away."""
    if isinstance(error.__cause__, DataError):
        raise error.__cause__ from None


def stamp() -> str:
    """Now, as the catalogue writes times."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """The day in Vietnam, from which deadlines are ahead or past; a server's own zone may be another."""
    return dt.datetime.now(VIETNAM).date().isoformat()
