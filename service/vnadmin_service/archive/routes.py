"""The archive's addresses, and the catalog that they share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from vnadmin_service.archive import document_page, exports, intake_page, page_counts, queue_page, saved, search_page
from vnadmin_service.archive.audit import blind as audit_blind
from vnadmin_service.archive.audit import page as audit_page
from vnadmin_service.archive.catalog_access import CatalogAccess
from vnadmin_service.archive.catalog_runs import CatalogRuns
from vnadmin_service.archive.intake import Intake
from vnadmin_service.archive.known import page as known_page
from vnadmin_service.archive.pages import assets
from vnadmin_service.archive.registers import page as registers_page
from vnadmin_service.archive.tasks import page as tasks_page
from vnadmin_service.assets import answer
from vnadmin_service.webhooks.archive_messenger import ArchiveMessenger


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = app.state.service.settings
    app.state.catalog = catalog = CatalogAccess(settings.catalog)
    folder = Path(settings.intake or settings.data_dir / "intake")
    app.state.runs = runs = CatalogRuns(settings.catalog)
    app.state.intake = intake = Intake(folder, runs, settings.memory_mb)
    await intake.resume()
    messenger = None
    if settings.webhook_secret is not None:
        subscriptions = await run_in_threadpool(app.state.service.jobs.subscriptions)
        messenger = ArchiveMessenger(subscriptions, catalog.last_change, settings, app.state.service.metrics)
    try:
        yield
    finally:
        if messenger is not None:
            messenger.close()
        await intake.stop()
        await runs.stop()
        catalog.close()


router = APIRouter(lifespan=_lifespan)


@router.get("/archive/static/{name}")
async def static_file(name: str, v: str = "") -> Response:
    """A style or script."""
    return answer(assets().get(name), v)


_PAGES = (search_page, intake_page, saved, exports, tasks_page, page_counts, document_page, queue_page, known_page)
for part in (*_PAGES, registers_page, audit_page, audit_blind):
    router.include_router(part.router)
