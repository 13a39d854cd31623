"""Passes of `vnadmin reconcile`: which there were, what each put right by which witness, a new one, and one taken back."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import select
from starlette.responses import Response

from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.witness import reconcile
from vnadmin.index.witness.schema import ArchiveChange
from vnadmin_service.archive.catalog_access import CatalogAccess, stamp
from vnadmin_service.archive.pages import runs_of
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.cursors import After, cursor, place_of
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, Limit, told
from vnadmin_service.archive_api.models import AllPutRight, PutRight, Run, Runs, Undone
from vnadmin_service.problems import NotFound, documented

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_RUNS: Final = "/v1/archive/reconcile/runs"
_COMMAND: Final = "reconcile"
RunNumber = Annotated[int, Path(ge=1, lt=2**31)]
_TAKEN_BACK: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "How many readings that are.", "model": Undone, **samples.of("run_undone")},
    **documented(*COMMON, "cross_site"),
}


@router.get(
    _RUNS,
    operation_id="archive_runs",
    summary="Passes that put doubtful readings right",
    response_class=Response,
    responses={
        200: {"description": "The newest first.", "model": Runs, **samples.of("runs")},
        **documented(*COMMON),
    },
)
def listed(request: Request, archive: ArchiveOf) -> Response:
    """Each with what it made, and what of it is in force."""
    return told(_runs(request, archive))


@router.post(
    _RUNS,
    operation_id="archive_reconcile",
    summary="Put doubtful readings right by what the archive knows",
    status_code=202,
    response_class=Response,
    responses={
        202: {"description": "It waits or runs; `GET` of the same address tells its end.", "model": Runs, **samples.of("runs")},
        **documented(*COMMON, "cross_site"),
    },
)  # fmt: skip
async def begin(request: Request, archive: ArchiveOf) -> Response:
    """Needs the scope `admin`. One at a time, behind an indexing that runs; to ask again while one waits starts no second."""
    runs = runs_of(request)
    if not runs.waits_or_runs(_COMMAND):
        runs.begin(_COMMAND)
    return told(_runs(request, archive), {"location": _RUNS, "retry-after": "1"}, 202)


@router.delete(
    f"{_RUNS}/{{run}}",
    operation_id="archive_reconcile_undo",
    summary="Take back what a pass made",
    response_class=Response,
    responses=_TAKEN_BACK,
)
def undo(archive: ArchiveOf, run: RunNumber) -> Response:
    """Needs the scope `admin`. What the machine read counts again, and no later pass makes the same."""
    return _undone(archive, run, stamp())


@router.put(
    f"{_RUNS}/{{run}}",
    operation_id="archive_reconcile_redo",
    summary="Let a pass that was taken back hold again",
    response_class=Response,
    responses=_TAKEN_BACK,
)
def redo(archive: ArchiveOf, run: RunNumber) -> Response:
    """Needs the scope `admin`."""
    return _undone(archive, run, None)


@router.get(
    "/v1/archive/reconcile/changes",
    operation_id="archive_put_right",
    summary="Readings that were put right",
    response_class=Response,
    responses={
        200: {"description": "In the order in which they were made.", "model": AllPutRight, **samples.of("put_right")},
        **documented(*COMMON),
    },
)
def changes(
    archive: ArchiveOf,
    run: Annotated[int | None, Query(ge=1, lt=2**31, description="Of this pass alone.")] = None,
    sha256: Annotated[str, Query(pattern="^([0-9a-f]{64})?$", description="Of this document alone.")] = "",
    limit: Limit = 20,
    after: After = "",
) -> Response:
    """Each with what was read, what it was taken for, and the witness. Rows are only added, and ended."""
    place = place_of(after, "put_right", int)
    asked = select(ArchiveChange.__table__).order_by(ArchiveChange.id).limit(limit + 1)
    if place:
        asked = asked.where(ArchiveChange.id > place[0])
    if run is not None:
        asked = asked.where(ArchiveChange.run == run)
    if sha256:
        asked = asked.where(ArchiveChange.sha256 == sha256)
    with archive.reading() as connection:
        rows = connection.execute(asked).all()
    page = [
        PutRight(
            id=row.id,
            run=row.run,
            sha256=row.sha256,
            pointer=row.pointer,
            rule=row.rule,
            before=row.before,
            after=row.after,
            witness=row.witness,
            in_force=row.ended_run is None and not row.undone,
        )
        for row in rows[:limit]
    ]
    return told(AllPutRight(changes=page, next=cursor("put_right", page[-1].id) if len(rows) > limit else None))


def _runs(request: Request, archive: CatalogAccess) -> Runs:
    with archive.reading() as connection:
        found = [Run(**row) for row in reconcile.runs(connection)]
    return Runs(runs=found, waits=runs_of(request).waits_or_runs(_COMMAND))


def _undone(archive: CatalogAccess, run: int, at: str | None) -> Response:
    try:
        return told(Undone(run=run, changes=reconcile.undo(archive.writer(), run, at)))
    except BadCorrection:
        raise NotFound("There is no such run.") from None
