"""What a program follows: documents by their last change, and what people said, both in the order in which it can be seen."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from vnadmin.index.follow.revisions import Head, changes_after, head
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.cursors import LONGEST, After, cursor, place_of
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, told
from vnadmin_service.archive_api.entries import entries_of, said_after
from vnadmin_service.archive_api.models import Changed, Changes, Feed
from vnadmin_service.problems import CursorExpired, documented

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_MOST: Final = 1000
Since = Annotated[
    str, Query(max_length=LONGEST, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the last answer; empty: all there is.")
]  # fmt: skip
Many = Annotated[int, Query(ge=1, le=_MOST, description="Most entries of an answer.")]


@router.get(
    "/v1/archive/changes",
    operation_id="archive_changes",
    summary="Documents that changed since",
    response_class=Response,
    responses={
        200: {"description": "In the order of their last change.", "model": Changes, **samples.of("changes")},
        **documented(*COMMON, "cursor_expired"),
    },
)
def changes(archive: ArchiveOf, updated_since: Since = "", limit: Many = 100) -> Response:
    """For a system that keeps up with the archive: a document that was read, corrected or taken away comes once, as it is now.

    Write what the answer holds and its `next` in one transaction: whatever is killed when, nothing is lost and nothing is doubled.
    """
    with archive.reading() as connection:
        now = head(connection)
        behind = _behind("changes", updated_since, now)
        found = changes_after(connection, behind, limit + 1)
        page = found[:limit]
        entries = entries_of(connection, [one.sha256 for one in page])
    told_of = [
        Changed(
            revision=one.number,
            sha256=one.sha256,
            changed_at=one.changed_at,
            gone=one.sha256 not in entries,
            document=entries.get(one.sha256),
        )
        for one in page
    ]
    last = page[-1].number if page else behind
    return told(Changes(changes=told_of, next=cursor("changes", now.epoch, last), more=len(found) > limit))


@router.get(
    "/v1/archive/corrections",
    operation_id="archive_corrections",
    summary="What people said since",
    response_class=Response,
    responses={
        200: {"description": "In the order in which it was written.", "model": Feed, **samples.of("feed")},
        **documented(*COMMON, "cursor_expired"),
    },
)
def corrections(archive: ArchiveOf, after: After = "", limit: Many = 100) -> Response:
    """The history of the whole archive: each correction, confirmation and undo, once."""
    with archive.reading() as connection:
        now = head(connection)
        behind = _behind("corrections", after, now)
        found = said_after(connection, behind, limit + 1)
    page = found[:limit]
    last = page[-1].id if page else behind
    return told(Feed(corrections=page, next=cursor("corrections", now.epoch, last), more=len(found) > limit))


def _behind(kind: str, text: str, now: Head) -> int:
    """The number that a cursor names.

    Raises:
        CursorExpired: it is of another catalogue, or of a time that this one, restored from a copy, has not seen.
    """
    place = place_of(text, kind, str, int)
    if place is None:
        return 0
    epoch, number = str(place[0]), int(place[1])
    if epoch != now.epoch or (kind == "changes" and number > now.number):
        raise CursorExpired
    return number
