"""The log of access, for whoever has the scope `admin`: page by page, or whole as a table or as lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from vnadmin_service.access.log import AccessLog, Entry, Logged
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.cursors import After, cursor, place_of
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, told
from vnadmin_service.archive_api.feeds import Many
from vnadmin_service.archive_api.models import Accessed, AccessPage
from vnadmin_service.problems import documented
from vnadmin_service.state import ServiceOf

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_DAY: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,12}Z)?)?$"
Since = Annotated[
    str, Query(pattern=_DAY, description="From this time on: `2026-03-02` or `2026-03-02T01:16:12Z`, UTC.")
]
Until = Annotated[str, Query(pattern=_DAY, description="Before this time.")]


@router.get(
    "/v1/archive/access",
    operation_id="archive_access",
    summary="Who read, corrected and exported",
    response_class=Response,
    responses={
        200: {"description": "In the order in which it was written.", "model": AccessPage, **samples.of("access")},
        **documented(*COMMON, "access_log_unavailable"),
    },
)
def listed(
    archive: ArchiveOf, service: ServiceOf, since: Since = "", until: Until = "", limit: Many = 100, after: After = ""
) -> Response:
    """Each answer of the archive, to pages and programs. Needs the scope `admin`. Nothing of a document is in it."""
    place = place_of(after, "access", int)
    found = _log(service).after(int(place[0]) if place else 0, limit, since, until)
    last = found[-1].id if found else int(place[0]) if place else 0
    return told(AccessPage(entries=[Accessed(**_plain(one)) for one in found], next=cursor("access", last)))


@router.get(
    "/v1/archive/access.csv",
    operation_id="archive_access_csv",
    summary="The log of access as a table",
    response_class=Response,
    responses={
        200: {
            "description": "One row for each answer.",
            "content": {"text/csv": {"schema": {"type": "string"}, "example": samples.ACCESS_CSV}},
        },
        **documented(*COMMON, "access_log_unavailable"),
    },
)
def as_table(archive: ArchiveOf, service: ServiceOf, since: Since = "", until: Until = "") -> Response:
    """Of a time, or whole. Needs the scope `admin`."""
    headers = {"content-disposition": 'attachment; filename="access.csv"'}
    return StreamingResponse(_table(_log(service).all(since, until)), 200, headers, "text/csv; charset=utf-8")


@router.get(
    "/v1/archive/access.jsonl",
    operation_id="archive_access_lines",
    summary="The log of access as lines of JSON",
    response_class=Response,
    responses={
        200: {
            "description": "One line for each answer.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}, "example": samples.ACCESS_LINES}},
        },
        **documented(*COMMON, "access_log_unavailable"),
    },
)
def as_lines(archive: ArchiveOf, service: ServiceOf, since: Since = "", until: Until = "") -> Response:
    """Of a time, or whole. Needs the scope `admin`."""
    lines = (json.dumps(_plain(one)) + "\n" for one in _log(service).all(since, until))
    headers = {"content-disposition": 'attachment; filename="access.jsonl"'}
    return StreamingResponse(lines, 200, headers, "application/x-ndjson")


def _log(service: ServiceOf) -> AccessLog:
    assert service.access is not None  # there is an archive
    return service.access


def _plain(one: Logged) -> dict[str, Any]:
    return {"id": one.id, **one.entry._asdict()}


def _table(entries: Iterator[Logged]) -> Iterator[str]:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["id", *Entry._fields])
    for one in entries:
        rows.writerow([one.id, *one.entry])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()
