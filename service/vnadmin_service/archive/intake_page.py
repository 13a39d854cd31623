"""Files dropped into the archive: sent, and shown as they come into the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from vnadmin.errors import EmptyInput
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import CatalogAccess
from vnadmin_service.archive.intake import Arrived, arrived, failed_files
from vnadmin_service.archive.pages import CatalogOf, PageRoute, intake_of, page
from vnadmin_service.body import read_uploads
from vnadmin_service.problems import Busy, NotFound
from vnadmin_service.state import ServiceOf

router = APIRouter(route_class=PageRoute)
Day = Annotated[str, Path(pattern=r"^\d{4}-\d{2}-\d{2}$")]
MOST_FAILED: Final = 200  # files that could not be read and are listed
Time = Annotated[str, Path(pattern=r"^\d{6}-[0-9a-f]{4}$")]


@router.get("/archive/intake")
def ask(request: Request, catalog: CatalogOf, service: ServiceOf) -> Response:
    """Where files are dropped."""
    with catalog.reading() as connection:
        left = queue.left(connection)
        failed = failed_files(connection, MOST_FAILED + 1)
    return _page(request, service.settings.max_bytes, left, [], batch="", failed=failed)


@router.post("/archive/intake")
async def take(request: Request, catalog: CatalogOf, service: ServiceOf) -> Response:
    """Keep the files and begin to read them."""
    uploads = [one for one in await read_uploads(request, service.settings.batch_files) if one.data]
    if not uploads:
        raise EmptyInput
    try:
        batch = await intake_of(request).keep(uploads)
    except OSError as error:
        raise Busy(f"The folder for incoming files cannot be written: {error.strerror}.") from error
    return RedirectResponse(f"/archive/intake/{batch}", 303)


@router.get("/archive/intake/{day}/{time}")
async def look(request: Request, catalog: CatalogOf, service: ServiceOf, day: Day, time: Time) -> Response:
    """What became of the files that came in together; the page looks again while some are waited for."""
    files = intake_of(request).files(f"{day}/{time}")
    if not files:
        raise NotFound
    found, left = await run_in_threadpool(_arrived, catalog, files)
    return _page(request, service.settings.max_bytes, left, found, batch=f"{day}/{time}")


def _arrived(catalog: CatalogAccess, files: list[str]) -> tuple[list[Arrived], int]:
    with catalog.reading() as connection:
        return arrived(connection, files), queue.left(connection)


def _page(
    request: Request, most: int, left: int, found: list[Arrived], *, batch: str, failed: Sequence[Arrived] = ()
) -> Response:
    waiting = sum(one.state == "waiting" for one in found)
    limits = {"max_bytes": most, "max_mb": most // 1024**2}
    told = {"failed": failed[:MOST_FAILED], "more_failed": len(failed) > MOST_FAILED}
    return page(request, "intake.html", 200, arrived=found, waiting=waiting, batch=batch, left=left, **limits, **told)
