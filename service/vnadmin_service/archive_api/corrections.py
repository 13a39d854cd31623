"""What people say of a document: set a value, take that back, read the history. The same path as on the archive's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.follow.revisions import hold
from vnadmin_service.archive.catalog_access import NO_NUL, stamp
from vnadmin_service.archive.changes import in_force_at, put, setting, take_back
from vnadmin_service.archive.pages import Sha256, person
from vnadmin_service.archive.record import Record
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.documents import kept
from vnadmin_service.archive_api.door import (
    COMMON,
    ETAG,
    ArchiveOf,
    ArchiveRoute,
    body_of,
    etag,
    matches,
    read_body,
    told,
)
from vnadmin_service.archive_api.entries import said_of
from vnadmin_service.archive_api.models import Corrected, Correction, History
from vnadmin_service.problems import ChangedMeanwhile, CorrectionRefused, IfMatchMissing, NotFound, documented
from vnadmin_service.review.values import BadPointer, BadValue
from vnadmin_service.state import note

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_PATH = "/v1/archive/documents/{sha256}/corrections"
_WRITES = (*COMMON, "cross_site", "changed_meanwhile", "if_match_missing")
IfMatch = Annotated[
    str | None,
    Header(max_length=400, description="The document's `ETag` as you read it; `*`: whatever its state is.", examples=['"1204"']),
]  # fmt: skip
Pointer = Annotated[str, Query(max_length=400, pattern=NO_NUL, description="JSON Pointer of the value.", examples=["/subject"])]  # fmt: skip


async def _correction(request: Request) -> Correction:
    return await read_body(request, Correction)


CorrectionOf = Annotated[Correction, Depends(_correction)]


@router.get(
    _PATH,
    operation_id="archive_history",
    summary="What people said about a document",
    response_class=Response,
    responses={
        200: {"description": "The newest first.", "model": History, "headers": ETAG, **samples.of("history")},
        **documented(*COMMON),
    },
)
def history(archive: ArchiveOf, sha256: Sha256) -> Response:
    """Nothing is ever taken out of it."""
    with archive.reading() as connection:
        _, change = kept(connection, sha256)
        said = said_of(connection, sha256)
    body = History(sha256=sha256, revision=change.number, corrections=said)
    return told(body, {"etag": etag(change.number)})


@router.put(
    _PATH,
    operation_id="archive_correct",
    summary="Correct or confirm a value",
    response_class=Response,
    responses={
        200: {"description": "It is in force.", "model": Corrected, "headers": ETAG, **samples.of("corrected")},
        **documented(*_WRITES, "correction_refused", "body_too_large", "body_timeout", "busy", "bad_request"),
    },
    openapi_extra=body_of("Correction", samples.CORRECTION),
)
def correct(
    request: Request, archive: ArchiveOf, sha256: Sha256, body: CorrectionOf, if_match: IfMatch = None
) -> Response:
    """Write a person's value over the machine's, which stays beside it. A value that was set before is replaced, and stays in the history."""

    def work_on(connection: Connection, record: Record, who: str, at: str) -> None:
        put(connection, sha256, setting(record, body.pointer, body.value), who, at, note=body.note)

    return _written(request, archive, sha256, if_match, work_on)


@router.delete(
    _PATH,
    operation_id="archive_undo",
    summary="Take a correction back",
    response_class=Response,
    responses={
        200: {"description": "What the machine read counts again.", "model": Corrected, "headers": ETAG, **samples.of("undone")},
        **documented(*_WRITES, "correction_refused"),
    },
)  # fmt: skip
def undo(
    request: Request, archive: ArchiveOf, sha256: Sha256, pointer: Pointer, if_match: IfMatch = None
) -> Response:  # fmt: skip
    """Back to what the machine reads; the correction stays in the history."""

    def work_on(connection: Connection, record: Record, who: str, at: str) -> None:
        place = in_force_at(record, pointer)
        if place is None:
            raise NotFound("There is no correction at this place.")
        take_back(connection, sha256, place, who, at)

    return _written(request, archive, sha256, if_match, work_on)


def _written(
    request: Request,
    archive: ArchiveOf,
    sha256: str,
    if_match: str | None,
    change: Callable[[Connection, Record, str, str], None],
) -> Response:
    """Change the document if it is still as the client read it, in one transaction."""
    if not if_match:
        raise IfMatchMissing
    who, at = person(request), stamp()

    def work_on(connection: Connection) -> Corrected:
        hold(connection)
        record, before = kept(connection, sha256)
        if not matches(if_match, before.number):
            raise ChangedMeanwhile
        change(connection, record, who, at)
        said = said_of(connection, sha256)[0]
        return Corrected(sha256=sha256, revision=kept(connection, sha256)[1].number, correction=said)

    try:
        made = archive.write(work_on)
    except BadPointer:
        raise CorrectionRefused("It has no such place.") from None
    except (BadValue, BadCorrection):
        raise CorrectionRefused("The value does not fit the place.") from None
    note(request, {"correction": made.correction.id})
    return told(made, {"etag": etag(made.revision)})
