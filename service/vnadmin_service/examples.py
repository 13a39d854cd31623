"""Examples for the OpenAPI document: real answers for a bundled sample, made when the service starts."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import vnadmin
from vnadmin.samples import samples
from vnadmin_service.problems import PROBLEMS, problem
from vnadmin_service.work import AKOMA_NTOSO, EXCEL, JSON_LD, View, batch_line, write

JOB_ID = "0f8fad5bd9cb469fa16570867728950e"
_TEXT = "ỦY BAN NHÂN DÂN\nXÃ BÌNH AN\nSố: 12/UBND-VX\nV/v họp giao ban\n\nKính gửi: Các trưởng thôn.\n"
PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "`respond-async` (RFC 7240) queues the document and answers 202.",
    "examples": {"at once": {"value": ""}, "as a job": {"value": "respond-async"}},
}
WEBHOOK = {
    "name": "X-Webhook-Url",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 2000},
    "description": "Where to tell that the job has ended, signed by Standard Webhooks; with `Prefer: respond-async` only.",
    "examples": {"none": {"value": ""}, "an office's": {"value": "https://van-thu.example.gov.vn/vnadmin"}},
}
LINKS = {
    name: {"operationId": operation, "parameters": {"job_id": "$response.body#/id"}}
    for name, operation in (("job", "job"), ("document", "job_document"), ("cancel", "job_delete"))
}
_MESSAGE = {
    "type": "job.done",
    "timestamp": "2026-03-02T01:16:12.250Z",
    "data": {
        "id": JOB_ID,
        "status": "done",
        "created_at": "2026-03-02T01:15:00.000Z",
        "ended_at": "2026-03-02T01:16:12.250Z",
        "pages": {"done": 24, "total": 24},
        "code": None,
    },
}
CALLBACKS = {
    "ended": {
        "{$request.header.x-webhook-url}": {
            "post": {
                "summary": "A job has ended",
                "parameters": [
                    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
                    for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
                ],
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}, "example": _MESSAGE}}},
                "responses": {
                    "2XX": {"description": "Told."},
                    "410": {"description": "Wants no more; anything else is tried again."},
                },
            }
        }
    }
}
_STATES = ("waiting", "running", "done", "failed", "cancelled")


class Made(NamedTuple):
    """Answers for a bundled sample: JSON, CSV, two lines of a batch; and for one with its number the other forms."""

    document: dict[str, Any]
    table: str
    lines: str
    akoma_ntoso: str
    dublin_core: dict[str, Any]


def make() -> Made:
    """Read the sample. Runs in a worker."""
    item = next(item for item in samples() if item.name == "cong-van.txt")
    document = vnadmin.parse(item.read_bytes())
    body = write(document, View(), item.name).body
    kind = PROBLEMS["damaged_input"]
    good = batch_line(item.name, 200, "document", body)
    bad = batch_line("hong.pdf", kind.http_status, "problem", problem(kind()).model_dump_json().encode())
    table = write(document, View("text/csv"), item.name).body.decode()
    item = next(item for item in samples() if item.name == "ke-hoach.md")
    document = vnadmin.parse(item.read_bytes())
    akoma_ntoso = write(document, View(AKOMA_NTOSO), item.name).body.decode()
    dublin_core = json.loads(write(document, View(JSON_LD), item.name).body)
    return Made(json.loads(body), table, (good + bad).decode(), akoma_ntoso, dublin_core)


def forms() -> dict[str, Any]:
    """The media types of a document's answer."""
    return {
        "application/json": {"schema": {"$ref": "#/components/schemas/AdminDocument"}},
        "text/csv": {"schema": {"type": "string"}},
        AKOMA_NTOSO: {"schema": {"type": "string"}},
        JSON_LD: {"schema": {"type": "object"}},
        EXCEL: {"schema": {"type": "string", "format": "binary"}, "example": "PK\x03\x04…"},
    }


def fill(openapi: dict[str, Any], made: Made) -> None:
    """Put the answers into the OpenAPI document."""
    paths = openapi["paths"]

    def content(path: str, method: str, status: str, media_type: str) -> dict[str, Any]:
        found: dict[str, Any] = paths[path][method]["responses"][status]["content"][media_type]
        return found

    for path, method in (("/v1/parse", "post"), ("/v1/jobs/{job_id}/document", "get")):
        content(path, method, "200", "application/json")["example"] = made.document
        content(path, method, "200", "text/csv")["example"] = made.table
        content(path, method, "200", AKOMA_NTOSO)["example"] = made.akoma_ntoso
        content(path, method, "200", JSON_LD)["example"] = made.dublin_core
    content("/v1/parse/batch", "post", "200", "application/x-ndjson")["example"] = made.lines
    content("/v1/parse", "post", "202", "application/json")["example"] = job("waiting", made)
    listed = [{name: value for name, value in job(state, made).items() if name != "document"} for state in _STATES]
    content("/v1/jobs", "get", "200", "application/json")["example"] = {
        "jobs": listed,
        "next": f"1772414100.0_{JOB_ID}",
    }
    content("/v1/jobs/{job_id}", "get", "200", "application/json")["examples"] = {
        state: {"summary": state, "value": job(state, made)} for state in _STATES
    }


def job(status: str, made: Made) -> dict[str, Any]:
    """A job in this state."""
    live = status in ("waiting", "running")
    return {
        "id": JOB_ID,
        "status": status,
        "created_at": "2026-03-02T01:15:00.000Z",
        "ended_at": None if live else "2026-03-02T01:16:12.250Z",
        "pages": {"done": 7 if status == "running" else 0, "total": 24 if status == "running" else None}
        if status != "done"
        else {"done": 1, "total": 1},
        "document": made.document if status == "done" else None,
        "problem": problem(PROBLEMS["ocr_failed"]()).model_dump() if status == "failed" else None,
        "webhook": None,
    }


_BINARY = {"type": "string", "format": "binary"}


def _upload(file: dict[str, Any]) -> dict[str, Any]:
    return {"schema": {"type": "object", "properties": {"file": file}, "required": ["file"]}}


def request_body() -> dict[str, Any]:
    """The three forms of a document in a request."""
    raw = (
        "application/octet-stream", "application/pdf", "application/msword", "application/rtf", "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/png", "image/jpeg",
    )  # fmt: skip
    return {
        "required": True,
        "content": {
            "multipart/form-data": _upload(_BINARY),
            "application/json": {
                "schema": {"$ref": "#/components/schemas/TextBody"},
                "example": {"text": _TEXT},
            },
            "text/plain": {"schema": {"type": "string"}, "example": _TEXT},
            **{kind: {"schema": _BINARY} for kind in raw},
        },
    }


def batch_body() -> dict[str, Any]:
    """A zip or many files."""
    return {
        "required": True,
        "content": {
            "multipart/form-data": _upload({"type": "array", "minItems": 1, "items": _BINARY}),
            "application/zip": {"schema": _BINARY},
        },
    }
