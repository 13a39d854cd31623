"""A document as one flat row: what `--format csv` and the table of the command line show."""

from __future__ import annotations

from collections.abc import Mapping

from vnadmin.model import AdminDocument

COLUMNS = (
    "file", "type", "number", "issued_on", "place", "parent_agency", "issuing_agency", "subject", "addressees",
    "recipients", "signatories", "legal_references", "directives", "assignments", "appendices", "urgency", "secrecy",
    "issues",
)  # fmt: skip


def row(document: AdminDocument, file: str) -> Mapping[str, str]:
    """One row for one document; lists are joined by `; `, trees are counted, missing values are empty."""
    kind = document.document_type
    number = document.number
    return {
        "file": file,
        "type": (kind.code or kind.name) if kind else "",
        "number": number.text if number else "",
        "issued_on": str(document.issued_on or ""),
        "place": document.place or "",
        "parent_agency": document.parent_agency or "",
        "issuing_agency": document.issuing_agency or "",
        "subject": document.subject or "",
        "addressees": "; ".join(document.addressees),
        "recipients": "; ".join(r.name for r in document.recipients),
        "signatories": "; ".join(s.name or s.position or "" for s in document.signatories),
        "legal_references": "; ".join(
            " ".join(part for part in (r.type, r.number or r.title) if part) for r in document.legal_references
        ),
        "directives": str(len([*document.walk()])),
        "assignments": str(len(document.assignments)),
        "appendices": "; ".join(a.label or a.title or "" for a in document.appendices),
        "urgency": document.urgency or "",
        "secrecy": document.secrecy or "",
        "issues": " ".join(dict.fromkeys(issue.code for issue in document.issues)),
    }
