"""Calls of the jobs' database from within a job: a fault that passes (a full disk, a server that restarts) ends no job."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Final, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vnadmin_service.logs import log

T = TypeVar("T")
_FIRST, _LONGEST = 0.5, 15.0  # seconds between two tries; each pause is twice the one before
PATIENCE: Final = 900.0  # seconds; after them the whole job is tried again, see `Jobs._tend`


def patiently(function: Callable[..., T], *args: object, stop: Event) -> T:
    """What the call gives, once the database answers; tried until patience ends or the service stops.

    Raises:
        DBAPIError, PoolTimeout: it did not answer until then.
    """
    waited, pause = 0.0, _FIRST
    while True:
        try:
            return function(*args)
        except (DBAPIError, PoolTimeout) as error:
            if waited >= PATIENCE or stop.is_set():
                raise
            log.warning("jobs' database", error=type(error).__name__, again_in=pause)
        stop.wait(pause)
        waited, pause = waited + pause, min(2 * pause, _LONGEST)
