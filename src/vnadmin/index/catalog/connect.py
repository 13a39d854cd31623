"""Opens a catalogue: SQLite in one file (WAL) or PostgreSQL, brought to the newest schema by Alembic."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from vnadmin.index.catalog.errors import CatalogReadOnly, CatalogUnavailable, from_database
from vnadmin.index.catalog.insert import by_copy

MIGRATIONS = Path(__file__).parent / "migrations"


def open_catalog(url: str, *, create: bool = True, read_only: bool = False) -> Engine:
    """The catalogue at `url`: `sqlite:///catalog.db`, `postgresql://user@host/name`, or the path of an SQLite file.

    Args:
        create: make the catalogue, or bring it to the newest schema, where needed.
        read_only: for readers; implies that nothing is created or migrated.

    Raises:
        CatalogUnavailable: it is not there, cannot be reached, written or migrated.
    """
    address = catalog_url(url)
    if address.get_backend_name() == "sqlite":
        engine = _sqlite(address, read_only=read_only, create=create and not read_only)
    else:
        try:
            engine = create_engine(address, pool_pre_ping=True, max_overflow=-1)
            by_copy(engine)
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise CatalogUnavailable(f"No driver for this catalogue: {error}.") from error
    if create and not read_only:
        try:
            _migrate(engine)
        except DBAPIError as error:
            raise from_database(error) from error
    return engine


@contextmanager
def reading(catalog: str | Engine) -> Iterator[Connection]:
    """A connection that only reads: all its queries see the catalogue of one moment, while a run goes on writing.

    Args:
        catalog: its address, or what `open_catalog` gave to a caller who asks often: an engine compiles a statement once.

    Raises:
        CatalogUnavailable: there is no catalogue, it cannot be reached, or it is damaged.
    """
    engine = open_catalog(catalog, read_only=True) if isinstance(catalog, str) else catalog
    view = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    try:
        with engine.connect().execution_options(**view) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise from_database(error) from error
    except json.JSONDecodeError as error:
        raise CatalogUnavailable("The catalogue is damaged: a value in it is no JSON.") from error
    finally:
        if isinstance(catalog, str):
            engine.dispose()


def catalog_url(text: str) -> URL:
    """The SQLAlchemy URL of what a user wrote; a path is an SQLite file, `postgresql://` means psycopg 3.

    Raises:
        CatalogUnavailable: it is no URL.
    """
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # the message quotes the password
        raise CatalogUnavailable("The catalogue's address is no URL and no path.") from error
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _sqlite(address: URL, *, read_only: bool, create: bool) -> Engine:
    path = Path(address.database or "")
    try:
        writable = _look(path, read_only=read_only, create=create)
    except OSError as error:
        raise CatalogUnavailable(f"The catalogue {path} cannot be opened: {error.strerror}.") from error
    if read_only:
        query = {"mode": "ro", "uri": "true"}
        if not writable and not Path(f"{path}-wal").exists():
            query["immutable"] = "1"  # on a read-only disk the files that readers of a WAL share cannot be made
        address = URL.create("sqlite", database=f"file:{quote(path.resolve().as_posix())}", query=query)
    engine = create_engine(address, poolclass=NullPool if read_only else None, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        if not read_only:
            # WAL: readers search while a run writes. NORMAL: a loss of power may cost the last seconds of work, which
            # the ledger then does again, and never the catalogue.
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            # 16 MB: the next documents write to the same pages of indexes, which then go to the file once.
            cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -16384")  # 16 MB: memory is the same for small and large catalogues
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that turns from reading to writing midway can only fail.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _look(path: Path, *, read_only: bool, create: bool) -> bool:
    """Whether the file can be written; it is made where it may be."""
    if not create and not path.is_file():
        raise CatalogUnavailable(f"There is no catalogue at {path}.")
    if create and not path.parent.is_dir():
        raise CatalogUnavailable(f"There is no folder {path.parent} for the catalogue.")
    if create and path.is_dir():
        raise CatalogUnavailable(f"{path} is a folder, and no catalogue.")
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if not writable and not read_only:
        raise CatalogReadOnly(f"The catalogue {path} cannot be written.")
    if create and not path.exists():
        path.touch(mode=0o600)  # SQLite gives the files beside it the same rights
    return writable


def _migrate(engine: Engine) -> None:
    """Run the migrations that the catalogue has not seen, all in one transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise CatalogUnavailable("The catalogue was made by a newer vnadmin.", "Install that version.") from error
