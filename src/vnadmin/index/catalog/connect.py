"""Opens a catalogue: SQLite in one file (WAL) or PostgreSQL, brought to the newest schema by Alembic."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
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
            engine = create_engine(address, pool_pre_ping=True)
            by_copy(engine)
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise CatalogUnavailable(f"No driver for this catalogue: {error}.") from error
    if create and not read_only:
        try:
            _migrate(engine)
        except DBAPIError as error:
            raise from_database(error) from error
    return engine


def catalog_url(text: str) -> URL:
    """The SQLAlchemy URL of what a user wrote; a path is an SQLite file, `postgresql://` means psycopg 3."""
    if "://" not in text:
        return URL.create("sqlite", database=text)
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _sqlite(address: URL, *, read_only: bool, create: bool) -> Engine:
    path = Path(address.database or "")
    if not create and not path.is_file():
        raise CatalogUnavailable(f"There is no catalogue at {path}.")
    if create and not path.parent.is_dir():
        raise CatalogUnavailable(f"There is no folder {path.parent} for the catalogue.")
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if not writable and not read_only:
        raise CatalogReadOnly(f"The catalogue {path} cannot be written.")
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


def _migrate(engine: Engine) -> None:
    """Run the migrations that the catalogue has not seen, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
