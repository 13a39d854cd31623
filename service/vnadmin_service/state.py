"""Service: what the routes work with. One for each app, at `request.app.state.service`."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from vnadmin import VnadminError
from vnadmin_service import examples, work
from vnadmin_service.access.log import AccessLog
from vnadmin_service.jobs import Jobs
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.pool.pool import WorkerPool
from vnadmin_service.problems import Language, language_in
from vnadmin_service.settings import Settings


class Service:
    """The processes, the jobs, the numbers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.config = settings.config()
        self.pool = WorkerPool(
            settings.workers,
            settings.limits(settings.seconds),
            waiting=settings.waiting,
            wait_seconds=settings.wait_seconds,
            keys=settings.keys,
        )
        self.metrics = Metrics()
        self.jobs = Jobs(settings, self.metrics)
        self.access = AccessLog(settings) if settings.catalog else None
        self.checks: list[dict[str, object]] = []
        self.examples: examples.Made | None = None
        self.packing = asyncio.Lock()  # packages of the archive hold many files: one at a time
        self.stopping = False
        self.metrics.watch(self.pool, self.jobs.waiting)

    async def start(self) -> None:
        """Start the processes and load what every parse needs; take up unfinished jobs."""
        await asyncio.gather(self.jobs.start(), self.pool.start())
        if self.access is not None:
            await self.access.start()
        try:
            self.checks = await self.pool.run_in_turn(work.ready)
            self.examples = await self.pool.run_in_turn(examples.make)
        except VnadminError as error:  # limits so narrow that nothing gets done; /readyz says so
            log.error("not ready", code=error.code)
            remedy = "raise VNADMIN_SECONDS or VNADMIN_MEMORY_MB"
            self.checks.append({"name": "workers", "ok": False, "needed": True, "found": error.code, "remedy": remedy})
        gc.collect()
        gc.freeze()

    async def stop(self) -> None:
        """Give jobs back to the queue, finish what runs."""
        self.stopping = True
        await self.jobs.stop()
        await self.pool.close()
        if self.access is not None:
            await self.access.stop()


def service_of(request: Request) -> Service:
    """The service that this app was made with."""
    service = request.app.state.service
    if not isinstance(service, Service):
        raise TypeError("create_app makes the service")
    return service


async def _service(request: Request) -> Service:
    """For `Depends`; asynchronous, since FastAPI would run it in a thread otherwise, at a third of a request's cost."""
    return service_of(request)


ServiceOf = Annotated[Service, Depends(_service)]


def request_id(request: Request) -> str:
    """As in the header and in the log."""
    return str(request.scope["state"]["request_id"])


def owner(request: Request) -> str:
    """Whose API key the request brought; empty where keys are off."""
    return str(request.scope["state"]["owner"])


def language(request: Request) -> Language:
    """In which the client prefers to be told of problems."""
    return language_in(request.headers.get("accept-language", ""))


def note(request: Request, facts: Mapping[str, object]) -> None:
    """Add facts to the request's log line: formats, counts, codes; never text of the document."""
    request.scope["state"].setdefault("noted", {}).update(facts)
