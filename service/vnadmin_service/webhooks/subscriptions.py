"""The table of subscriptions: whose program is told where that the archive changed, and up to which change it was told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from vnadmin_service.webhooks.table import PAUSES

_METADATA: Final = sa.MetaData()
_TABLE: Final = sa.Table(
    "vnadmin_archive_webhooks",
    _METADATA,
    sa.Column("owner", sa.String(64), primary_key=True),  # one for each key; empty where keys are off
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("told", sa.BigInteger, nullable=False),  # number of the last change that was told
    sa.Column("attempts", sa.Integer, nullable=False),  # that failed, one after the other
    sa.Column("next_at", sa.Float, nullable=False),  # not before
)


class Subscription(NamedTuple):
    """Where a key's program is told of changes."""

    owner: str
    url: str
    told: int
    attempts: int


class Subscriptions:
    """Reads and writes the table; every call is one short transaction. Not for the event loop."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        _METADATA.create_all(engine)

    def of(self, owner: str) -> Subscription | None:
        """That of a key."""
        with self._engine.connect() as connection:
            row = connection.execute(_all().where(_TABLE.c.owner == owner)).one_or_none()
        return Subscription._make(row) if row else None

    def put(self, owner: str, url: str, told: int) -> Subscription:
        """Tell a key's program from the next change on, there and no longer elsewhere."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_TABLE).where(_TABLE.c.owner == owner))
            connection.execute(sa.insert(_TABLE).values(owner=owner, url=url, told=told, attempts=0, next_at=0.0))
        return Subscription(owner, url, told, 0)

    def end(self, owner: str, url: str | None = None) -> bool:
        """Tell it no more; with a URL only if it still goes there."""
        query = sa.delete(_TABLE).where(_TABLE.c.owner == owner)
        with self._engine.begin() as connection:
            return connection.execute(query if url is None else query.where(_TABLE.c.url == url)).rowcount > 0

    def any(self) -> bool:
        """Whether there is any."""
        with self._engine.connect() as connection:
            return connection.execute(_all().limit(1)).first() is not None

    def due(self, number: int) -> Sequence[Subscription]:
        """Those that were not told of this change and may be now; the longest due first.

        The number may be lower than what was told: the catalogue was restored from an older copy.
        """
        asked = _all().where(_TABLE.c.told != number, _TABLE.c.next_at <= time.time()).order_by(_TABLE.c.next_at)
        with self._engine.connect() as connection:
            return [Subscription._make(row) for row in connection.execute(asked)]

    def claim(self, one: Subscription) -> bool:
        """Count a try beforehand, and when the next one would be; false where another machine was quicker."""
        pause = PAUSES[min(one.attempts, len(PAUSES) - 1)]
        return self._change(one, attempts=one.attempts + 1, next_at=time.time() + pause)

    def tell(self, one: Subscription, number: int) -> None:
        """It was told of a change."""
        self._change(one._replace(attempts=one.attempts + 1), told=number, attempts=0, next_at=0.0)

    def _change(self, one: Subscription, **values: float) -> bool:
        same = [_TABLE.c[name] == value for name, value in one._asdict().items()]
        with self._engine.begin() as connection:
            return connection.execute(sa.update(_TABLE).where(*same).values(**values)).rowcount == 1


def _all() -> sa.Select[tuple[str, str, int, int]]:
    return sa.select(_TABLE.c.owner, _TABLE.c.url, _TABLE.c.told, _TABLE.c.attempts)
