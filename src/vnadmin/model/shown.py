"""How a document shows itself to a person at a prompt or in a notebook: one line, or a small table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

# `document` is an AdminDocument, whose module imports this one.
_LONGEST = 60  # characters of a subject in one line
_SHOWN = ("parent_agency", "issuing_agency", "number", "place", "issued_on", "document_type", "subject", "addressees")


def in_one_line(document: Any) -> str:
    """`<AdminDocument Quyết định 12/QĐ-UBND, 2021-09-25, 'phê duyệt ...': 3 directives, 5 references, 1 issue>`."""
    kind = document.document_type.name if document.document_type else "no type"
    number = document.number.text if document.number else "no number"
    named = f"{kind} {number}, {document.issued_on or 'no date'}"
    if document.subject:
        cut = document.subject[:_LONGEST]
        named += f", {cut + ('…' if len(document.subject) > _LONGEST else '')!r}"
    counts = (
        (len(document.directives), "directive"),
        (len(document.legal_references), "reference"),
        (len(document.issues), "issue"),
    )
    told = ", ".join(f"{count} {noun if count == 1 else noun + 's'}" for count, noun in counts)
    return f"<AdminDocument {named}: {told}>"


def as_html(document: Any) -> str:
    """The header, the signers and the counts as a table, each value with its grade; for notebooks."""
    body = "".join(
        f"<tr><th style='text-align:left'>{name}</th><td style='text-align:left'>{escape(value)}</td><td>{grade}</td></tr>"
        for name, value, grade in _rows(document)
    )
    return f"<table><tbody>{body}</tbody></table>"


def _rows(document: Any) -> Iterator[tuple[str, str, str]]:
    for name in _SHOWN:
        value = getattr(document, name)
        if value is None or value == []:
            continue
        if isinstance(value, list):
            text = "; ".join(value)
        else:
            text = getattr(value, "text", None) or getattr(value, "name", None) or str(value)
        yield name, text, _grade(document, f"/{name}")
    for i, signer in enumerate(document.signatories):
        text = ", ".join(part for part in (*signer.authority, signer.position, signer.name) if part)
        yield "signatories", text, _grade(document, f"/signatories/{i}")
    for name in ("recipients", "directives", "assignments", "legal_references", "appendices", "issues"):
        if count := len(getattr(document, name)):
            yield name, str(count), ""


def _grade(document: Any, pointer: str) -> str:
    """The lowest grade of a value's parts."""
    order = ("guess", "likely", "certain")
    found = [entry.grade.value for entry in document.evidence_of(pointer) if entry.grade]
    return min(found, key=order.index, default="")
