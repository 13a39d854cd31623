"""What the service is and how it is: schema, liveness, readiness, metrics."""

from __future__ import annotations

import shutil
from functools import cache
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from vnadmin import AdminDocument
from vnadmin_service.problems import JobsUnavailable, documented
from vnadmin_service.state import Service, ServiceOf, owner

router = APIRouter(tags=["about"])


class Alive(BaseModel):
    """The process answers."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["alive"] = "alive"


class ReadyCheck(BaseModel):
    """One thing that the service needs."""

    model_config = ConfigDict(extra="forbid")

    name: str
    ok: bool
    needed: bool = Field(description="Whether the service is not ready without it; else some formats are not read.")
    found: str = ""
    remedy: str = ""


class Readiness(BaseModel):
    """Whether to send work here."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["ready", "not ready"]
    checks: list[ReadyCheck]


@cache
def schema() -> dict[str, Any]:
    """JSON Schema of the answers of `/v1/parse`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:vnadmin:schema:admin-document:1",
        **AdminDocument.model_json_schema(),
    }


@router.get(
    "/v1/schema",
    operation_id="schema",
    summary="JSON Schema of AdminDocument",
    response_class=Response,
    responses={
        200: {
            "description": "Draft 2020-12. `$id` ends in its version: `schema_version` in each answer.",
            "content": {
                "application/schema+json": {"schema": {"type": "object"}, "example": {"title": "AdminDocument"}}
            },
        },
        **documented("unauthorized", "too_many_requests", "internal_error"),
    },
)
async def get_schema() -> Response:
    """The same as `AdminDocument.model_json_schema()`."""
    return JSONResponse(schema(), media_type="application/schema+json")


@router.get("/livez", operation_id="livez", summary="Whether the process answers", responses={200: {"model": Alive}})
async def livez() -> Alive:
    """For whatever restarts a dead service. No key needed."""
    return Alive()


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Whether to send work here",
    responses={
        200: {"model": Readiness, "description": "Ready."},
        503: {"model": Readiness, "description": "Not ready: a needed check failed, or the service is stopping."},
    },
)
async def readyz(request: Request, service: ServiceOf) -> Response:
    """For a load balancer. No key needed; where keys are on, only with one it tells what was found and what to do.

    Checks the queue, the disk, and what `vnadmin doctor` reports.
    """
    checks = [*_installed(service), _disk(service), await _queue(service)]
    if service.stopping:
        checks.append(ReadyCheck(name="running", ok=False, needed=True, found="stopping"))
    ready = all(check.ok or not check.needed for check in checks)
    if service.settings.needs_key and not owner(request):
        checks = [ReadyCheck(name=check.name, ok=check.ok, needed=check.needed) for check in checks]
    body = Readiness(status="ready" if ready else "not ready", checks=checks)
    return Response(body.model_dump_json(), 200 if ready else 503, media_type="application/json")


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "Text format 0.0.4.",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": "vnadmin_parsing 1.0\n"}},
        },
        **documented("unauthorized", "too_many_requests", "internal_error"),
    },
)
async def metrics(service: ServiceOf) -> Response:
    """Requests, times, documents by format, jobs, processes lost. Needs a key where keys are on."""
    return Response(service.metrics.page(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _installed(service: Service) -> list[ReadyCheck]:
    """What was found at the start. Formats of an extra that is missing answer 501; the rest of the service works."""
    return [
        ReadyCheck(
            name=str(check["name"]),
            ok=bool(check["ok"]),
            needed=bool(check["needed"]),
            found=str(check["found"]),
            remedy=str(check["remedy"]),
        )
        for check in service.checks
    ]


def _disk(service: Service) -> ReadyCheck:
    folder = service.settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1024**2
    enough = free >= service.settings.min_free_mb
    return ReadyCheck(
        name="disk",
        ok=enough,
        needed=True,
        found=f"{free} MB",
        remedy="" if enough else f"free {service.settings.min_free_mb} MB in VNADMIN_DATA_DIR",
    )


async def _queue(service: Service) -> ReadyCheck:
    try:
        await service.jobs.ping()
    except JobsUnavailable:
        return ReadyCheck(name="queue", ok=False, needed=True, found="no answer", remedy="check VNADMIN_DATABASE_URL")
    return ReadyCheck(name="queue", ok=True, needed=True, found="answers")
