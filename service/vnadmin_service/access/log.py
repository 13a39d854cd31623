"""The log of access: who read, corrected and exported what, and when. Rows are only added; the database refuses all else.

It holds no word of a document, no value and no search: keys, addresses of documents, times. It stands in the database of the
jobs, where one is named, else in a file of its own in the data folder.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from vnadmin_service.settings import Settings

_METADATA: Final = sa.MetaData()
ACCESS: Final = sa.Table(
    "vnadmin_access",
    _METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(32), nullable=False, index=True),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("action", sa.String(8), nullable=False),
    sa.Column("method", sa.String(8), nullable=False),
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64)),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("request_id", sa.String(64), nullable=False),
)
_AT_ONCE: Final = 1000


def _append_only(table: sa.Table, connection: sa.Connection, **_: object) -> None:
    """Have the database itself refuse what would change or take away an entry."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION vnadmin_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
        )
    done = "BEGIN SELECT RAISE(ABORT, 'append-only'); END" if sqlite else "EXECUTE FUNCTION vnadmin_append_only()"
    for what in ("UPDATE", "DELETE"):
        each = "" if sqlite else "FOR EACH STATEMENT "
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table.name}_no_{what.lower()} BEFORE {what} ON {table.name} {each}{done}"
        )


sa.event.listen(ACCESS, "after_create", _append_only)


class Entry(NamedTuple):
    """One answer. `action` is the scope that it needed; `route` the pattern of its address, never what stands in it."""

    at: str
    key: str
    role: str
    action: str
    method: str
    route: str
    sha256: str | None
    status: int
    request_id: str


class Logged(NamedTuple):
    """An entry with its number."""

    id: int
    entry: Entry


def now() -> str:
    """The time as the log has it: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class AccessLog:
    """Writes what comes together in one transaction; whoever adds goes on when it is kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="access")
        self._engine: sa.Engine | None = None
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the database."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    async def stop(self) -> None:
        """Write what waits, and let go."""
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()
        if self._engine is not None:
            self._engine.dispose()

    async def add(self, entry: Entry) -> None:
        """Keep an entry.

        Raises:
            SQLAlchemyError: it could not be kept.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    def after(self, number: int, limit: int, since: str = "", until: str = "") -> list[Logged]:
        """Entries behind a number, in order; of times from `since` on and before `until`. Not for the event loop."""
        statement = sa.select(ACCESS).where(ACCESS.c.id > number).order_by(ACCESS.c.id).limit(limit)
        statement = statement.where(ACCESS.c.at >= since) if since else statement
        statement = statement.where(ACCESS.c.at < until) if until else statement
        with self._opened().connect() as connection:
            return [Logged(row[0], Entry(*row[1:])) for row in connection.execute(statement)]

    def all(self, since: str = "", until: str = "") -> Iterator[Logged]:
        """All entries of a time, read piece by piece. Not for the event loop."""
        last = 0
        while found := self.after(last, _AT_ONCE, since, until):
            yield from found
            last = found[-1].id

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                rows = [entry._asdict() for entry, _ in batch]
                await asyncio.get_running_loop().run_in_executor(self._thread, self._insert, rows)
            except sa.exc.SQLAlchemyError as error:
                outcome: sa.exc.SQLAlchemyError | None = error
            else:
                outcome = None
            for _, done in batch:
                if done.done():  # its request was cancelled
                    continue
                if outcome is None:
                    done.set_result(None)
                else:
                    done.set_exception(outcome)

    def _insert(self, rows: list[dict[str, Any]]) -> None:
        with self._opened().begin() as connection:
            if connection.dialect.name == "postgresql":  # so that numbers are committed in order, as followers need it
                connection.execute(sa.text("LOCK TABLE vnadmin_access IN SHARE ROW EXCLUSIVE MODE"))
            connection.execute(sa.insert(ACCESS), rows)

    def _open(self) -> None:
        url = self._settings.database_url
        if url is None:
            path = self._settings.data_dir / "access.sqlite"
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            url = f"sqlite:///{path}"
        sqlite = url.startswith("sqlite")
        self._engine = sa.create_engine(
            url, pool_pre_ping=not sqlite, connect_args={"timeout": 30} if sqlite else {"connect_timeout": 5}
        )
        with self._engine.begin() as connection:
            if sqlite:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            else:
                connection.execute(
                    sa.text("SELECT pg_advisory_xact_lock(7777001)")
                )  # another machine may start as well
            _METADATA.create_all(connection)

    def _opened(self) -> sa.Engine:
        assert self._engine is not None
        return self._engine
