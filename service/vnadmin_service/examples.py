"""Examples for the OpenAPI document: real answers for the bundled samples, made once when the app is made."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import vnadmin
from vnadmin.samples import samples
from vnadmin_service.problems import PROBLEMS, problem
from vnadmin_service.work import Upload, View, batch_line, write

JOB_ID = "0f8fad5bd9cb469fa16570867728950e"
_TEXT = "ỦY BAN NHÂN DÂN\nXÃ BÌNH AN\nSố: 12/UBND-VX\nV/v họp giao ban\n\nKính gửi: Các trưởng thôn.\n"


@cache
def _sample() -> vnadmin.AdminDocument:
    return vnadmin.parse(_letter().data)


@cache
def _letter() -> Upload:
    item = next(item for item in samples() if item.name == "cong-van.txt")
    return Upload(item.read_bytes(), "file", item.name)


def document() -> dict[str, Any]:
    """The answer for the sample letter."""
    answer: dict[str, Any] = json.loads(write(_sample(), View(), "").body)
    return answer


def table() -> str:
    """The same as CSV."""
    return write(_sample(), View("text/csv"), _letter().name).body.decode()


def lines() -> str:
    """Two lines of a batch."""
    good = batch_line("cong-van.txt", 200, "document", write(_sample(), View(), "").body)
    kind = PROBLEMS["damaged_input"]
    bad = batch_line("hong.pdf", kind.http_status, "problem", problem(kind()).model_dump_json().encode())
    return (good + bad).decode()


def job(status: str) -> dict[str, Any]:
    """A job in each state."""
    live = status in ("waiting", "running")
    return {
        "id": JOB_ID,
        "status": status,
        "created_at": "2026-03-02T01:15:00.000Z",
        "ended_at": None if live else "2026-03-02T01:16:12.250Z",
        "pages": {"done": 7 if status == "running" else 0, "total": 24 if status == "running" else None}
        if status != "done"
        else {"done": 1, "total": 1},
        "document": document() if status == "done" else None,
        "problem": problem(PROBLEMS["ocr_failed"]()).model_dump() if status == "failed" else None,
    }


def request_body() -> dict[str, Any]:
    """The three forms of a document in a request."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    raw = (
        "application/octet-stream", "application/pdf", "application/msword", "application/rtf", "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/png", "image/jpeg",
    )  # fmt: skip
    return {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
            "application/json": {
                "schema": {"$ref": "#/components/schemas/TextBody"},
                "example": {"text": _TEXT},
            },
            "text/plain": {"schema": {"type": "string"}, "example": _TEXT},
            **dict.fromkeys(raw, binary),
        },
    }


def batch_body() -> dict[str, Any]:
    """A zip or many files."""
    return {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                    "required": ["file"],
                }
            },
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
        },
    }
