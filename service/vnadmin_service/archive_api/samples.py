"""Examples of the archive's answers for the OpenAPI document; each is valid by its model (tests/service/archive_api)."""

from __future__ import annotations

import json
from typing import Any, Final

SHA256: Final = "9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a"
TEXT: Final = "ỦY BAN NHÂN DÂN\nXÃ BÌNH AN\nSố: 12/UBND-VX\nV/v họp giao ban\n"
_NEXT: Final = "WyJuZXdlc3QiLDY5OTU4Mzc4NDk2NTQ2XQ"
_SINCE: Final = "WyJjaGFuZ2VzIiwiOGY0YzAyN2EiLDEyMDRd"
_ENTRY: Final[dict[str, Any]] = {
    "sha256": SHA256,
    "revision": 1204,
    "media_type": "text/plain",
    "page_count": 1,
    "type_code": "CV",
    "type_name": "Công văn",
    "number": "12/UBND-VX",
    "issued_on": "2021-09-25",
    "issuing_agency": "Ủy ban nhân dân xã Bình An",
    "parent_agency": None,
    "place": "Bình An",
    "subject": "họp giao ban",
    "signer": "Nguyễn Văn Thử",
    "urgency": None,
    "secrecy": None,
    "circulation": None,
}
_SAID: Final[dict[str, Any]] = {
    "id": 87,
    "sha256": SHA256,
    "pointer": "/subject",
    "action": "set",
    "value": "họp giao ban",
    "read": "họp giao bán",
    "confirmed": False,
    "in_force": True,
    "person": "van-thu",
    "made_at": "2026-03-02T01:16:12Z",
    "note": None,
}
_UNDONE: Final = {**_SAID, "id": 88, "action": "undo", "value": None, "in_force": False}
_DOCUMENT: Final[dict[str, Any]] = {
    "source": {"sha256": SHA256, "media_type": "text/plain", "pages": []},
    "subject": "họp giao ban",
}
CORRECTION: Final = {"pointer": "/subject", "value": "họp giao ban", "note": "theo bản giấy"}
WEBHOOK: Final = {"url": "https://so-van-ban.example.vn/vnadmin"}
PLAN: Final = {"half_width": 0.03, "expect": 0.95, "year": 2021}
_AUDIT: Final[dict[str, Any]] = {
    "id": 3,
    "drawn_at": "2026-03-02T01:16:12Z",
    "drawn_by": "luu-tru",
    "version": "0.1.0",
    "seed": 20260302,
    "half_width": 0.03,
    "expect": 0.95,
    "confidence": 0.95,
    "fields": ["number", "issued_on", "subject"],
    "issuer": None,
    "kind": None,
    "year": 2021,
    "frame": 1840,
    "size": 187,
    "reviewed": 187,
}
_SHARE: Final = {"judged": 187, "right": 184, "share": 0.984, "low": 0.954, "high": 0.995}
_ACCESS: Final[dict[str, Any]] = {
    "id": 5120,
    "at": "2026-03-02T01:16:12.250Z",
    "key": "van-thu",
    "role": "clerk",
    "action": "read",
    "method": "GET",
    "route": "/v1/archive/documents/{sha256}",
    "sha256": SHA256,
    "status": 200,
    "request_id": "6f1c2d3e4b5a49788c9d0e1f2a3b4c5d",
}
ACCESS_CSV: Final = ",".join(_ACCESS) + "\r\n" + ",".join(map(str, _ACCESS.values())) + "\r\n"
ACCESS_LINES: Final = json.dumps(_ACCESS) + "\n"
EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "access": {"entries": [_ACCESS], "next": _SINCE},
    "found": {
        "documents": [{**_ENTRY, "excerpt": [{"text": "V/v ", "marked": False}, {"text": "họp", "marked": True}]}],
        "total": 1,
        "total_is_least": False,
        "facets": {"year": [{"value": "2021", "label": "2021", "count": 1}]},
        "next": _NEXT,
    },
    "record": {
        "sha256": SHA256,
        "revision": 1204,
        "changed_at": "2026-03-02T01:16:12Z",
        "questions": 2,
        "corrections": [_SAID],
        "document": _DOCUMENT,
    },
    "history": {"sha256": SHA256, "revision": 1205, "corrections": [_UNDONE, {**_SAID, "in_force": False}]},
    "corrected": {"sha256": SHA256, "revision": 1204, "correction": _SAID},
    "undone": {"sha256": SHA256, "revision": 1205, "correction": _UNDONE},
    "changes": {
        "changes": [
            {
                "revision": 1204,
                "sha256": SHA256,
                "changed_at": "2026-03-02T01:16:12Z",
                "gone": False,
                "document": _ENTRY,
            }
        ],
        "next": _SINCE,
        "more": False,
    },
    "runs": {
        "runs": [
            {
                "run": 4,
                "started_at": "2026-03-02T01:16:12Z",
                "ended_at": "2026-03-02T01:16:40Z",
                "undone_at": None,
                "made": 31,
                "in_force": 30,
            }
        ],
        "waits": False,
    },
    "put_right": {
        "changes": [
            {
                "id": 77,
                "run": 4,
                "sha256": SHA256,
                "pointer": "/signatories/0/name",
                "rule": "archive.name",
                "before": "Nguyễn Văn Thừ",
                "after": "Nguyễn Văn Thử",
                "witness": {"documents": [SHA256], "count": 12, "people": 1},
                "in_force": True,
            }
        ],
        "next": None,
    },
    "subscribed": {**WEBHOOK, "told": 1204, "attempts": 0},
    "run_undone": {"run": 4, "changes": 30},
    "audits": {"audits": [_AUDIT]},
    "audit": {
        **_AUDIT,
        "unsettled": 0,
        "whole": True,
        "figures": [{"field": "number", "whole": _SHARE, "unasked": _SHARE, "unclear": 0}],
    },
    "audit_drawn": _AUDIT,
    "feed": {"corrections": [_SAID], "next": _SINCE, "more": False},
    "tasks": {
        "tasks": [
            {
                "sha256": SHA256,
                "document": "Công văn 12/UBND-VX",
                "issuing_agency": "Ủy ban nhân dân xã Bình An",
                "pointer": "/directives/0",
                "text": "Lập danh sách cán bộ trước ngày 30/9/2021.",
                "deadline": "2021-09-30",
                "deadline_text": "trước ngày 30/9/2021",
                "leads": ["Phòng Tổ chức"],
                "partners": [],
                "done_by": None,
                "done_at": None,
            }
        ],
        "next": None,
    },
    "questions": {
        "questions": [
            {
                "id": 311,
                "sha256": SHA256,
                "pointer": "/issued_on",
                "reason": "likely",
                "read": "2021-09-25",
                "corrected": None,
            }
        ],
        "next": None,
    },
}


def of(name: str) -> dict[str, Any]:
    """The example as a part of a response of the OpenAPI document."""
    return {"content": {"application/json": {"example": EXAMPLES[name]}}}
