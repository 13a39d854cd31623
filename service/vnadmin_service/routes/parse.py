"""POST /v1/parse: one document in, its fields out; or a job that will do it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from vnadmin.errors import EmptyInput
from vnadmin_service import examples, work
from vnadmin_service.body import read_upload
from vnadmin_service.problems import Busy, documented
from vnadmin_service.routes.jobs import JobStatus, accepted, webhook_of
from vnadmin_service.routes.negotiate import VARY, ExactRoute, Include, view_of, wants_job
from vnadmin_service.state import note, owner, service_of

router = APIRouter(tags=["parse"], route_class=ExactRoute)

PARSE_PROBLEMS = (
    "bad_request", "bad_body", "unauthorized", "cross_site", "not_acceptable", "body_timeout", "body_too_large",
    "limit_exceeded", "unsupported_format", "unsupported_coding", "empty_input", "damaged_input", "encrypted_input",
    "no_text_layer", "ocr_failed", "invalid_parameter", "too_many_requests", "worker_lost", "parser_fault", "internal_error",
    "missing_extra", "ocr_unavailable", "busy", "parse_timeout", "export_refused",
)  # fmt: skip


@router.post(
    "/v1/parse",
    operation_id="parse",
    summary="Read one document",
    response_class=Response,
    responses={
        200: {
            "description": "The document's fields. A readable but odd document is 200 too: see `issues`.",
            "content": examples.forms(),
        },
        202: {
            "description": "A job was queued (`Prefer: respond-async`); `Retry-After` says when to ask for it first.",
            "model": JobStatus,
            "headers": {
                "Location": {"schema": {"type": "string"}, "description": "Address of the job."},
                "Preference-Applied": {"schema": {"type": "string"}, "description": "`respond-async`"},
            },
            "links": examples.LINKS,
        },
        **documented(*PARSE_PROBLEMS, "jobs_unavailable", "webhook_refused"),
    },
    openapi_extra={
        "requestBody": examples.request_body(),
        "parameters": [examples.PREFER, examples.WEBHOOK],
        "callbacks": examples.CALLBACKS,
    },
)
async def parse(request: Request, include: Include = "") -> Response:
    """Read a Vietnamese administrative document: text, Markdown, HTML, .docx, .doc, .rtf, PDF, or a page picture.

    Send it as a form with one file, as the raw body (its content decides what it is), or as JSON `{"text": …}`.
    With `Prefer: respond-async` the answer is 202 and the address of a job: meant for scans of many pages. An address in
    `X-Webhook-Url` is told when the job has ended (docs/how-to/webhooks.md).
    """
    service, view = service_of(request), view_of(request, include)
    queued = wants_job(request)
    if not queued and service.pool.full(owner(request)):
        raise Busy  # before the body is read
    webhook = webhook_of(request, service, queued)
    upload = await read_upload(request)
    if queued:
        if not upload.data:
            raise EmptyInput
        return await accepted(request, service, upload, webhook)
    answer = await service.pool.run(work.answer, upload, service.config, view, owner=owner(request), asked=request)
    service.metrics.documents.labels(answer.source_type).inc()
    note(request, {"source_type": answer.source_type, "pages": answer.pages, "issues": answer.issues})
    return Response(answer.body, headers=VARY, media_type=view.media_type)
