"""The table of jobs: whose, the document, how far it is, the answer. The queue itself is DBOS's, beside it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

_METADATA = sa.MetaData()
JOBS = sa.Table(
    "vnadmin_jobs",
    _METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("ended", sa.Float),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("upload", sa.LargeBinary),  # emptied when the job ends
    sa.Column("pages_done", sa.Integer, nullable=False, default=0),
    sa.Column("pages_total", sa.Integer),
    sa.Column("status", sa.String(12), nullable=False),  # waiting, running, done, failed, cancelled
    sa.Column("document", sa.LargeBinary),  # the whole AdminDocument as JSON
    sa.Column("error", sa.String(40)),
    sa.Column("error_detail", sa.Text),
    sa.Column("error_advice", sa.Text),
    sa.Column("request_id", sa.String(64)),  # of the call that made it
)
WEBHOOKS = sa.Table(
    "vnadmin_webhooks",
    _METADATA,
    sa.Column("job", sa.String(32), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", sa.Float),  # when to try again; null when it was told, or is given up
    sa.Column("delivered", sa.Float),
)
_BY_OWNER = sa.Index("vnadmin_jobs_by_owner", JOBS.c.owner, JOBS.c.created, JOBS.c.id)
LIVE = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Job:
    """A job without its files."""

    id: str
    owner: str
    name: str
    created: float
    ended: float | None
    status: str
    pages_done: int
    pages_total: int | None
    error: str | None
    error_detail: str | None
    error_advice: str | None
    request_id: str | None
    webhook_attempts: int | None
    webhook_next: float | None
    webhook_delivered: float | None


def columns() -> list[sa.ColumnElement[Any]]:
    """What a `Job` is made of, of both tables."""
    of_job = [JOBS.c[name] for name in Job.__slots__ if not name.startswith("webhook_")]
    return [*of_job, WEBHOOKS.c.attempts, WEBHOOKS.c.next_at, WEBHOOKS.c.delivered]


_JOB = sa.select(*columns()).select_from(JOBS.outerjoin(WEBHOOKS, WEBHOOKS.c.job == JOBS.c.id))


def iso(seconds: float) -> str:
    """A time as all answers write it: ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JobFiles:
    """Reads and writes the table; every call is one short transaction. Not for the event loop."""

    def __init__(self, url: str) -> None:
        sqlite = url.startswith("sqlite")
        self.engine = sa.create_engine(
            url, pool_pre_ping=not sqlite, connect_args={"timeout": 30} if sqlite else {"connect_timeout": 5}
        )
        _METADATA.create_all(self.engine)
        _BY_OWNER.create(self.engine, checkfirst=True)  # of a table that an older version made
        if "request_id" not in {column["name"] for column in sa.inspect(self.engine).get_columns(JOBS.name)}:
            unless = "" if sqlite else "IF NOT EXISTS "  # another machine may just do the same
            with self.engine.begin() as connection:
                connection.execute(sa.text(f"ALTER TABLE {JOBS.name} ADD COLUMN {unless}request_id VARCHAR(64)"))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def ping(self) -> None:
        """Fail if the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(sa.func.count()).select_from(JOBS))

    def add(
        self, job: str, owner: str, kind: str, name: str, data: bytes, webhook: str | None = None, request_id: str = ""
    ) -> None:
        """A new job, and where to tell of its end."""
        values = {"id": job, "owner": owner, "created": time.time(), "kind": kind, "name": name, "upload": data}
        values |= {"status": "waiting", "pages_done": 0, "request_id": request_id}
        with self.engine.begin() as connection:
            connection.execute(sa.insert(JOBS).values(**values))
            if webhook is not None:
                told = {"job": job, "url": webhook, "attempts": 0, "next_at": values["created"]}
                connection.execute(sa.insert(WEBHOOKS).values(**told))

    def get(self, job: str) -> Job | None:
        """A job, without its files."""
        with self.engine.connect() as connection:
            row = connection.execute(_JOB.where(JOBS.c.id == job)).one_or_none()
        return Job(*row) if row else None

    def upload(self, job: str) -> tuple[str, str, bytes] | None:
        """Kind, name and bytes of what is to be parsed; None once the job has ended."""
        query = sa.select(JOBS.c.kind, JOBS.c.name, JOBS.c.upload).where(JOBS.c.id == job, JOBS.c.status.in_(LIVE))
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return (row[0], row[1], row[2]) if row and row[2] is not None else None

    def listed(self, owner: str, limit: int, after: tuple[float, str] | None, status: str | None) -> list[Job]:
        """An owner's jobs, the newest first; those made before the one that is told by its time and id."""
        query = _JOB.where(JOBS.c.owner == owner)
        if status is not None:
            query = query.where(JOBS.c.status == status)
        if after is not None:
            query = query.where(sa.tuple_(JOBS.c.created, JOBS.c.id) < sa.tuple_(*map(sa.literal, after)))
        query = query.order_by(JOBS.c.created.desc(), JOBS.c.id.desc()).limit(limit)
        with self.engine.connect() as connection:
            return [Job(*row) for row in connection.execute(query)]

    def document(self, job: str) -> bytes | None:
        """The document of a job that is done."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(JOBS.c.document).where(JOBS.c.id == job)).scalar_one_or_none()

    def waiting(self) -> list[str]:
        """Jobs that nobody has begun."""
        return self._with_status("waiting")

    def live_ids(self) -> list[str]:
        """Jobs that wait or run."""
        return self._with_status(*LIVE)

    def live(self, owner: str | None = None) -> int:
        """How many jobs wait or run, of all or of one owner."""
        query = sa.select(sa.func.count()).select_from(JOBS).where(JOBS.c.status.in_(LIVE))
        if owner is not None:
            query = query.where(JOBS.c.owner == owner)
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def run(self, job: str) -> bool:
        """Mark as running, from the first page; false if it was cancelled or has ended."""
        return self._change(job, LIVE, {"status": "running", "pages_done": 0})

    def progress(self, job: str, done: int, total: int) -> None:
        """How far it is."""
        self._change(job, LIVE, {"pages_done": done, "pages_total": total})

    def done(self, job: str, document: bytes, pages: int) -> bool:
        """Keep the answer and drop the upload. False if the job had ended before: an answer is written once."""
        changes = {"document": document, "pages_done": pages, "pages_total": pages}
        return self._end(job, "done", changes)

    def failed(self, job: str, code: str, detail: str, advice: str) -> bool:
        """Keep the error and drop the upload."""
        return self._end(job, "failed", {"error": code, "error_detail": detail, "error_advice": advice})

    def cancel(self, job: str) -> bool:
        """Drop the upload; whoever works on it sees that and stops."""
        return self._end(job, "cancelled", {})

    def delete(self, job: str) -> None:
        """Forget a job and its document."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(JOBS).where(JOBS.c.id == job))
            connection.execute(sa.delete(WEBHOOKS).where(WEBHOOKS.c.job == job))

    def expired(self, before: float) -> list[str]:
        """Jobs that ended before this time."""
        query = sa.select(JOBS.c.id).where(JOBS.c.ended < before).limit(500)
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def _with_status(self, *status: str) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.select(JOBS.c.id).where(JOBS.c.status.in_(status))).scalars())

    def _end(self, job: str, status: str, changes: dict[str, object]) -> bool:
        return self._change(job, LIVE, {"status": status, "ended": time.time(), "upload": None, **changes})

    def _change(self, job: str, only: tuple[str, ...], changes: dict[str, object]) -> bool:
        query = sa.update(JOBS).where(JOBS.c.id == job, JOBS.c.status.in_(only)).values(**changes)
        with self.engine.begin() as connection:
            return connection.execute(query).rowcount == 1
