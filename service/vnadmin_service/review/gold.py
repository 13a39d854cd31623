"""A document in the shape of the gold labels, so that corrected documents can join a test set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vnadmin.model import AdminDocument
from vnadmin.text.fold import bare

_WORDS = 10  # of a directive's text


def gold_style(document: AdminDocument, name: str) -> dict[str, Any]:
    """The labels; nothing is filled in that the document does not have."""
    kind = document.document_type
    return {
        "id": slug(name),
        "document_type": (kind.code or kind.name) if kind else None,
        "parent_agency": document.parent_agency,
        "issuing_agency": document.issuing_agency,
        "number": document.number.text if document.number else None,
        "place": document.place,
        "issued_on": document.issued_on,
        "subject": document.subject,
        "addressees": document.addressees,
        "recipients": [r.model_dump(mode="json") for r in document.recipients],
        "signatories": [s.model_dump(mode="json") for s in document.signatories],
        "directives": list(_flat(document)),
        "directives_complete": True,
        "legal_references": [
            reference.model_dump(mode="json", exclude={"provisions", "mentions"})
            for reference in document.legal_references
        ],
        "appendices": [" ".join(filter(None, (a.label, a.title))) for a in document.appendices],
        "urgency": document.urgency,
        "secrecy": document.secrecy,
        "remarks": "",
    }


def _flat(document: AdminDocument) -> Iterator[dict[str, Any]]:
    for pointer, item in document.walk():
        yield {
            "level": pointer.count("/children/") + 1,
            "marker": item.marker,
            "text": " ".join(item.text.split()[:_WORDS]),
            "assignees": item.assignees,
            "deadline": item.deadline.text if item.deadline else None,
        }


def slug(name: str) -> str:
    """`Công văn 12.pdf` is `cong-van-12`."""
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[^a-z0-9]+", "-", bare(stem)).strip("-") or "document"
