"""/v1/jobs: which there are, how far a job is, its document, and its end."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from vnadmin import AdminDocument
from vnadmin_service import examples, work
from vnadmin_service.jobs import Job
from vnadmin_service.jobs.files import iso
from vnadmin_service.problems import (
    PROBLEMS,
    BadRequest,
    Language,
    NotDone,
    NotFound,
    Problem,
    WebhookRefused,
    documented,
    problem,
)
from vnadmin_service.routes.negotiate import VARY, ExactRoute, Include, json_view, view_of
from vnadmin_service.settings import Settings
from vnadmin_service.state import Service, ServiceOf, language, note, owner, request_id
from vnadmin_service.webhooks.address import NotAllowed, read_url
from vnadmin_service.work import Upload, View

router = APIRouter(tags=["jobs"], route_class=ExactRoute)
_CURSOR = "[0-9]{1,11}[.][0-9]{1,9}_[0-9a-f]{32}"
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="As in `Location`.", examples=[examples.JOB_ID])]


class Progress(BaseModel):
    """Pages of a scan."""

    model_config = ConfigDict(extra="forbid")

    done: int
    total: int | None = Field(description="Null until the document was opened.")


class Webhook(BaseModel):
    """Whether the end of a job was told where the request asked."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["waiting", "delivered", "given_up"]
    attempts: int


State = Literal["waiting", "running", "done", "failed", "cancelled"]


class ListedJob(BaseModel):
    """A job: how far it is."""

    model_config = ConfigDict(extra="forbid")

    id: str
    status: State
    created_at: str = Field(description="ISO 8601, UTC.")
    ended_at: str | None = None
    request_id: str | None = Field(default=None, description="Of the call that made it: its `X-Request-Id`.")
    pages: Progress
    problem: Problem | None = Field(default=None, description="Once `failed`; as `/v1/parse` would have answered.")
    webhook: Webhook | None = Field(default=None, description="Where `X-Webhook-Url` came with the document.")


class JobStatus(ListedJob):
    """A job: how far it is, and what came of it."""

    document: AdminDocument | None = Field(default=None, description="Once `done`.")


class JobList(BaseModel):
    """Some of the jobs, the newest first."""

    model_config = ConfigDict(extra="forbid")

    jobs: list[ListedJob]
    next: str | None = Field(description="What to give as `after` for older ones; null where there are none.")


_COMMON = (
    "bad_request",
    "unauthorized",
    "too_many_requests",
    "internal_error",
    "invalid_parameter",
    "jobs_unavailable",
)


@router.get(
    "/v1/jobs",
    operation_id="jobs",
    summary="The jobs of this key",
    response_class=Response,
    responses={
        200: {"description": "A page of them, without their documents.", "model": JobList},
        **documented(*_COMMON),
    },
)
async def listed(
    request: Request,
    service: ServiceOf,
    limit: Annotated[
        int, Query(ge=1, le=100, description="Most jobs on a page: 1 to 100, 20 where it is not given.")
    ] = 20,
    after: Annotated[str, Query(pattern=f"^({_CURSOR})?$", description="`next` of the page before.")] = "",
    status: Annotated[
        State | None, Query(description="Only those that are `waiting`, `running`, `done`, `failed` or `cancelled`.")
    ] = None,
) -> Response:
    """The newest first, as long as they are kept. Another key's are not among them."""
    found = await service.jobs.listed(owner(request), limit + 1, _place(after), status)
    page, more = found[:limit], found[limit:]
    told = {
        "jobs": [_told(job, language(request)) for job in page],
        "next": f"{page[-1].created!r}_{page[-1].id}" if more else None,
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


@router.get(
    "/v1/jobs/{job_id}",
    operation_id="job",
    summary="How far a job is, and its document once it is done",
    response_class=Response,
    responses={
        200: {
            "description": "`id`, `status` (`waiting`, `running`, `done`, `failed`, `cancelled`), `created_at`, `ended_at`, "
            "`pages` (`done`, `total`), `problem`, `webhook` (`status`, `attempts`), `document`. While it has not ended "
            "`Retry-After` says when to ask again.",
            "model": JobStatus,
        },
        **documented(*_COMMON, "not_found", "worker_lost", "parser_fault", "busy", "parse_timeout"),
    },
)
async def status(request: Request, service: ServiceOf, job_id: JobId, include: Include = "") -> Response:
    """Ask again every second or so, until `status` is `done`, `failed` or `cancelled`."""
    job = await _job(service, owner(request), job_id)
    body = json.dumps(status_of(job, language(request)), ensure_ascii=False).encode()
    if job.status == "done":
        document = await _document(service, job, json_view(request, include))
        body = body.replace(b'"document": null', b'"document": ' + document, 1)
    headers = VARY if job.ended is not None else {**VARY, "retry-after": "1"}
    return Response(body, headers=headers, media_type="application/json")


@router.get(
    "/v1/jobs/{job_id}/document",
    operation_id="job_document",
    summary="The document of a job that is done",
    response_class=Response,
    responses={
        200: {
            "description": "As `/v1/parse` answers.",
            "content": examples.forms(),
        },
        **documented(
            *_COMMON,
            "not_found",
            "not_acceptable",
            "job_not_done",
            "worker_lost",
            "parser_fault",
            "busy",
            "parse_timeout",
            "export_refused",
            "missing_extra",
        ),
    },
)
async def document(request: Request, service: ServiceOf, job_id: JobId, include: Include = "") -> Response:
    """The same answer as `/v1/parse` would have given, in any of its media types."""
    view = view_of(request, include)
    job = await _job(service, owner(request), job_id)
    if job.status != "done":
        if job.ended is not None:
            raise NotDone(f"The job is {job.status}.", "It will have no document: `problem` of /v1/jobs/{id} says why.")
        raise NotDone(f"The job is {job.status}.")
    return Response(await _document(service, job, view), headers=VARY, media_type=view.media_type)


@router.delete(
    "/v1/jobs/{job_id}",
    operation_id="job_delete",
    summary="Cancel a job, or forget one that has ended",
    status_code=204,
    response_class=Response,
    responses={
        204: {"description": "Stopped; its document is gone."},
        **documented(*_COMMON, "not_found", "cross_site"),
    },
)
async def remove(request: Request, service: ServiceOf, job_id: JobId) -> Response:
    """A job that runs is stopped. One that has ended is forgotten, with its document, at once."""
    await _job(service, owner(request), job_id)
    await service.jobs.remove(job_id)
    return Response(status_code=204)


def webhook_of(request: Request, service: Service, queued: bool) -> str | None:
    """Where the request wants the end of its job told.

    Raises:
        BadRequest: it makes no job.
        WebhookRefused: webhooks are off, or none goes there.
    """
    url = request.headers.get("x-webhook-url")
    if not url:  # an empty one comes from the forms of /docs
        return None
    if not queued:
        raise BadRequest("A webhook is told of a job's end.", "Send `Prefer: respond-async` with `X-Webhook-Url`.")
    return checked_url(service.settings, url)


def checked_url(settings: Settings, url: str) -> str:
    """A URL that a webhook may go to, as far as can be seen by itself.

    Raises:
        WebhookRefused: webhooks are off, or none goes there.
    """
    if settings.webhook_secret is None:
        raise WebhookRefused("Webhooks are off.", "The operator turns them on by VNADMIN_WEBHOOK_SECRET.")
    try:
        read_url(url, settings.webhook_networks, settings.webhook_ports)
    except NotAllowed as error:
        raise WebhookRefused(str(error)) from None
    return url


async def accepted(request: Request, service: Service, upload: Upload, webhook: str | None = None) -> Response:
    """Queue a document and answer 202."""
    whose = owner(request)
    job_id = await service.jobs.add(whose, upload, webhook, request_id(request))
    note(request, {"job": job_id})
    body = status_of(await _job(service, whose, job_id), language(request))
    headers = {"location": f"/v1/jobs/{job_id}", "preference-applied": "respond-async", "retry-after": "1"}
    return Response(json.dumps(body), 202, headers, "application/json")


def status_of(job: Job, chosen: Language) -> dict[str, Any]:
    """The job as JSON, with a place for its document."""
    return {**_told(job, chosen), "document": None}


def _place(after: str) -> tuple[float, str] | None:
    """Time and id of the last job of the page before."""
    created, _, job_id = after.partition("_")
    return (float(created), job_id) if after else None


def _told(job: Job, chosen: Language) -> dict[str, Any]:
    trouble = None
    if job.error is not None:
        error = PROBLEMS[job.error](job.error_detail or "", job.error_advice)
        trouble = problem(error, job.request_id or "", chosen).model_dump()
    return {
        "id": job.id,
        "status": job.status,
        "created_at": iso(job.created),
        "ended_at": None if job.ended is None else iso(job.ended),
        "request_id": job.request_id,
        "pages": {"done": job.pages_done, "total": job.pages_total},
        "problem": trouble,
        "webhook": _webhook(job),
    }


def _webhook(job: Job) -> dict[str, object] | None:
    if job.webhook_attempts is None:
        return None
    waits = "waiting" if job.webhook_next is not None else "given_up"
    return {"status": waits if job.webhook_delivered is None else "delivered", "attempts": job.webhook_attempts}


async def _job(service: Service, whose: str, job_id: str) -> Job:
    job = await service.jobs.get(whose, job_id)
    if job is None:
        raise NotFound("There is no such job.")
    return job


async def _document(service: Service, job: Job, view: View) -> bytes:
    kept = await service.jobs.document(job.id)
    if kept is None:
        raise NotFound("There is no such job.")
    answer = await service.pool.run_in_turn(work.rewrite, kept, view, job.name, owner=job.owner)
    return answer.body
