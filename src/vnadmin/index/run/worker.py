"""What is done with one file, the same in every engine: take its fingerprint, or read it into rows."""

from __future__ import annotations

import gc
import hashlib
import itertools
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vnadmin.config import Config
from vnadmin.errors import VnadminError, WorkerLost
from vnadmin.index.catalog.errors import ParserFault
from vnadmin.index.catalog.rows import Rows, rows_of
from vnadmin.index.run.walk_open import open_location

# What goes in circles is seldom collected in a worker (`process.pool.begin`): by itself it would be 25 MB more before it is.
COLLECT: Final = 400  # documents
_count = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be read, as the ledger keeps it."""

    code: str
    detail: str

    @classmethod
    def of(cls, error: VnadminError) -> Failure:
        return cls(error.code, error.detail)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The identity of the content at one location, or why it could not be opened."""

    location: str
    sha256: str | None = None
    size: int = 0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one content.

    `opened` is false where the trouble was with the place, not with the content: it has gone, or now holds another.
    """

    location: str
    sha256: str
    rows: Rows | None = None
    failure: Failure | None = None
    opened: bool = True
    pages_left: bool = False
    seconds: float = 0.0


def fingerprint(locations: tuple[str, ...], config: Config) -> list[Fingerprint]:
    """SHA-256 of the content at each location."""
    return [_fingerprint(location, config) for location in locations]


def _fingerprint(location: str, config: Config) -> Fingerprint:
    try:
        data = open_location(location, config.max_bytes)
    except VnadminError as error:
        return Fingerprint(location, failure=Failure.of(error))
    return Fingerprint(location, hashlib.sha256(data).hexdigest(), len(data))


def read(location: str, sha256: str, config: Config) -> Reading:
    """Parse the content at a location, which must still be the one with this SHA-256."""
    from vnadmin.pipeline import parse

    if next(_count) % COLLECT == 0:
        gc.collect()
    started = time.monotonic()
    try:
        data = open_location(location, config.max_bytes)
    except VnadminError as error:
        return Reading(location, sha256, failure=Failure.of(error), opened=False)
    if hashlib.sha256(data).hexdigest() != sha256:
        return Reading(
            location, sha256, failure=Failure("changed", "The file changed while it was indexed."), opened=False
        )
    try:
        document = parse(data, config=config)
        rows = rows_of(document)
    except VnadminError as error:
        return Reading(location, sha256, failure=Failure.of(error), seconds=time.monotonic() - started)
    except MemoryError:
        failure = Failure(WorkerLost.code, "The document needs more memory than a worker may use.")
        return Reading(location, sha256, failure=failure, seconds=time.monotonic() - started)
    except Exception as error:  # noqa: BLE001  the worker's boundary: a fault of ours on one file stops no other
        return Reading(location, sha256, failure=fault(error), seconds=time.monotonic() - started)
    left = any(issue.code == "pages_skipped" for issue in document.issues)
    return Reading(location, sha256, rows, pages_left=left, seconds=time.monotonic() - started)


def fault(error: BaseException) -> Failure:
    """A fault of the program, with its place and without text of the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Failure(ParserFault.code, f"{type(error).__name__}{place}.")
