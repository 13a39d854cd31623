"""The table of webhooks: where to tell of a job, how often that was tried, and when it is tried again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from vnadmin_service.jobs.files import JOBS, LIVE, WEBHOOKS, Job, columns

PAUSES: Final = (
    5.0,
    30.0,
    120.0,
    600.0,
    1800.0,
    3600.0,
    7200.0,
    14400.0,
    28800.0,
)  # seconds after each try but the last


class Due(NamedTuple):
    """A job that has ended, and where to tell of it."""

    job: Job
    url: str
    attempts: int


class WebhookTable:
    """Reads and writes the table; every call is one short transaction. Not for the event loop."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def due(self, most: int) -> Sequence[Due]:
        """Those to be told of now, whoever ran the job; the longest due first."""
        query = (
            sa.select(WEBHOOKS.c.url, WEBHOOKS.c.attempts, *columns())
            .join_from(JOBS, WEBHOOKS, WEBHOOKS.c.job == JOBS.c.id)
            .where(JOBS.c.status.not_in(LIVE), WEBHOOKS.c.delivered.is_(None), WEBHOOKS.c.next_at <= time.time())
            .order_by(WEBHOOKS.c.next_at)
            .limit(most)
        )
        with self._engine.connect() as connection:
            return [Due(Job(*row[2:]), row[0], row[1]) for row in connection.execute(query)]

    def claim(self, due: Due) -> bool:
        """Count a try beforehand, and when the next one would be; false where another machine was quicker."""
        pause = PAUSES[due.attempts] if due.attempts < len(PAUSES) else None
        changes = {
            "attempts": due.attempts + 1,
            "next_at": None if pause is None else time.time() + _spread(due.job.id, pause),
        }
        return self._change(due.job.id, WEBHOOKS.c.attempts == due.attempts, changes)

    def delivered(self, job: str) -> bool:
        """It was told."""
        return self._change(job, sa.true(), {"delivered": time.time(), "next_at": None})

    def give_up(self, job: str) -> bool:
        """Its receiver wants no more."""
        return self._change(job, sa.true(), {"next_at": None})

    def _change(self, job: str, only: sa.ColumnElement[bool], changes: Mapping[str, float | None]) -> bool:
        query = sa.update(WEBHOOKS).where(WEBHOOKS.c.job == job, WEBHOOKS.c.delivered.is_(None), only).values(**changes)
        with self._engine.begin() as connection:
            return connection.execute(query).rowcount == 1


def _spread(job: str, pause: float) -> float:
    """A fifth more or less, by the id, which is random: messages of one outage do not come back together."""
    return pause * (0.8 + 0.4 * int(job[:4], 16) / 0xFFFF)
