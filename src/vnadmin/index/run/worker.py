"""What is done with one file, the same in every engine: take its fingerprint, or read it into rows."""

from __future__ import annotations

import gc
import hashlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.index.catalog.rows import Rows, rows_of
from vnadmin.index.run.walk_inside import inside
from vnadmin.index.run.walk_open import MEMBER, checked, open_location
from vnadmin.process.boundary import document_boundary

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
    """The identity of the content at one location, or why it could not be opened.

    `inside`: where it holds documents, as a mail does, those: they are catalogued, and not the file itself.
    """

    location: str
    sha256: str | None = None
    size: int = 0
    failure: Failure | None = None
    inside: tuple[Fingerprint, ...] = ()


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
    """SHA-256 of the content at each location, and of the documents in it."""
    return [_fingerprint(location, config) for location in locations]


def _fingerprint(location: str, config: Config) -> Fingerprint:
    try:
        data = open_location(location, config.max_bytes)
    except VnadminError as error:
        return Fingerprint(location, failure=Failure.of(error))
    return Fingerprint(
        location, hashlib.sha256(data).hexdigest(), len(data), inside=tuple(_inside(location, data, config))
    )


def _inside(location: str, data: bytes, config: Config) -> Iterator[Fingerprint]:
    try:
        with document_boundary():
            found = inside(data, config)
    except VnadminError:  # the reading tells of it
        return
    for name, content, error in found:
        place = f"{location}{MEMBER}{name}"
        try:
            if error is not None:
                raise error
            checked(content, config.max_bytes)
        except VnadminError as refused:
            yield Fingerprint(place, failure=Failure.of(refused))
        else:
            yield Fingerprint(place, hashlib.sha256(content).hexdigest(), len(content))


def read(location: str, sha256: str, config: Config) -> Reading:
    """Parse the content at a location, which must still be the one with this SHA-256.

    One that holds documents was catalogued by a vnadmin that read the first of them: its place is looked at anew.
    """
    from vnadmin.pipeline import parse_with_zones

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
        with document_boundary():
            if inside(data, config):
                return Reading(location, sha256, failure=Failure("changed", "It holds documents."), opened=False)
            document, zones = parse_with_zones(data, config=config, name=location)
            rows = rows_of(document, zones)
    except VnadminError as error:
        return Reading(location, sha256, failure=Failure.of(error), seconds=time.monotonic() - started)
    left = any(issue.code == "pages_skipped" for issue in document.issues)
    return Reading(location, sha256, rows, pages_left=left, seconds=time.monotonic() - started)
