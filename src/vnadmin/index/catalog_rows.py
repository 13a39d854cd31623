"""An AdminDocument becomes rows of the catalogue's tables; runs in the worker, so that the writer only writes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vnadmin.index.catalog_schema import key
from vnadmin.model import AdminDocument, Directive, LegalReference

GRADES: Final = {"guess": 0, "likely": 1, "certain": 2}
# What an archive's finding aid needs: a doubtful one of these is worth a person's minute.
HEADER: Final = (
    "document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "signatories",
    "urgency", "secrecy",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one document, without its `document_id`; names are those of the tables."""

    document: Row
    text: str
    record: bytes
    children: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def rows_of(document: AdminDocument) -> Rows:
    """What is written for a document that no person has corrected."""
    dumped = document.model_dump(mode="json", exclude={"text"})
    return Rows(
        document=document_row(document),
        text=storable(document.text),
        record=zlib.compress(document.model_dump_json(exclude={"text"}).encode(), 3),
        children={
            "fields": list(_fields(document, dumped)),
            "issues": [
                {
                    "ordinal": i,
                    "code": issue.code,
                    "severity": str(issue.severity),
                    "pointer": issue.pointer,
                    "message": storable(issue.message),
                }
                for i, issue in enumerate(document.issues)
            ],
            **child_rows(document),
        },
    )


def child_rows(document: AdminDocument) -> dict[str, list[Row]]:
    """The tables that a correction changes too."""
    tasks, assignees = _tasks(document)
    return {
        "parties": list(_parties(document)),
        "citations": list(_citations(document)),
        "tasks": tasks,
        "assignees": assignees,
    }


def unpack_record(record: bytes, text: str) -> AdminDocument:
    """The AdminDocument that `Rows.record` was made of."""
    return AdminDocument.model_validate({**json.loads(zlib.decompress(record)), "text": text})


def storable(text: str) -> str:
    """Text that both databases take: PostgreSQL has no NUL; the length stays, so offsets stay."""
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def document_row(document: AdminDocument) -> Row:
    """The columns of `documents`."""
    number = document.number
    signer = next((s.name for s in document.signatories if s.name), None)
    methods = {page.method for page in document.source.pages} if document.source else set()
    issued_on = str(document.issued_on) if document.issued_on else None
    return {
        "sha256": document.source.sha256 if document.source else "",
        "media_type": document.source.media_type if document.source else "",
        "page_count": len(document.source.pages) if document.source else 0,
        "method": methods.pop() if len(methods) == 1 else "mixed" if methods else "none",
        "type_code": document.document_type.code if document.document_type else None,
        "type_name": document.document_type.name if document.document_type else None,
        "number": number.text if number else None,
        "number_key": key(number.text) if number else None,
        "sequence": number.sequence if number else None,
        "notation": number.notation if number else None,
        "issued_on": issued_on,
        "year": document.issued_on.year if document.issued_on else None,
        "parent_agency": document.parent_agency,
        "issuing_agency": document.issuing_agency,
        "issuer_key": key(document.issuing_agency),
        "place": document.place,
        "subject": document.subject,
        "signer": signer,
        "signer_key": key(signer),
        "urgency": document.urgency,
        "secrecy": document.secrecy,
        "circulation": document.circulation,
        "dispatch_key": _dispatch_key(document),
        "lowest_grade": min(
            (GRADES[e.grade] for p, entries in document.evidence.items() if is_header(p) for e in entries[:1]),
            default=GRADES["certain"],
        ),
    }


def is_header(pointer: str) -> bool:
    """Whether a pointer is of a field of the finding aid."""
    return pointer.split("/", 2)[1] in HEADER


def _dispatch_key(document: AdminDocument) -> str | None:
    """Equal for copies of one dispatch; None unless number, full date and issuer are all there."""
    number, date, issuer = document.number, document.issued_on, key(document.issuing_agency)
    if number is None or date is None or date.day is None or issuer is None:
        return None
    if number.sequence is None and not number.text[:1].isdigit():  # the number was left blank
        return None
    return f"{key(number.text)}|{date}|{issuer}"


def value_at(dumped: Any, pointer: str) -> Any:
    """The value at a JSON Pointer of dumped JSON.

    Raises:
        KeyError: there is nothing at that pointer.
    """
    for part in pointer.split("/")[1:]:
        try:
            dumped = dumped[int(part)] if isinstance(dumped, list) else dumped[part]
        except (IndexError, ValueError, TypeError):
            raise KeyError(pointer) from None
    return dumped


def _fields(document: AdminDocument, dumped: Row) -> Iterator[Row]:
    for pointer, entries in document.evidence.items():
        long = pointer.startswith("/directives/") and pointer.rsplit("/", 2)[-1] == "text"
        long = long or "/paragraphs/" in pointer
        value = None if long else value_at(dumped, pointer)
        for ordinal, entry in enumerate(entries):
            yield {
                "pointer": pointer,
                "ordinal": ordinal,
                "value": None if value is None else storable(value if isinstance(value, str) else json.dumps(value)),
                "grade": GRADES[entry.grade],
                "confidence": entry.confidence,
                "rule": entry.rule,
                "page": entry.page,
                "start": entry.start,
                "end": entry.end,
                "boxes": [[round(x, 1) for x in box] for box in entry.boxes] or None,
            }


def _parties(document: AdminDocument) -> Iterator[Row]:
    empty = {"position": None, "authority": None, "purpose": None}
    for i, name in enumerate(document.addressees):
        yield {"role": "addressee", "ordinal": i, "name": name, "name_key": key(name), **empty}
    for i, recipient in enumerate(document.recipients):
        yield {
            "role": "recipient",
            "ordinal": i,
            "name": recipient.name,
            "name_key": key(recipient.name),
            **empty,
            "purpose": recipient.purpose,
        }
    for i, signatory in enumerate(document.signatories):
        yield {
            "role": "signatory",
            "ordinal": i,
            "name": signatory.name,
            "name_key": key(signatory.name),
            "position": signatory.position,
            "authority": " / ".join(signatory.authority) or None,
            "purpose": None,
        }


def _citations(document: AdminDocument) -> Iterator[Row]:
    groups: list[tuple[str, list[LegalReference]]] = [("/legal_references", document.legal_references)]
    groups += [(f"/appendices/{i}/legal_references", a.legal_references) for i, a in enumerate(document.appendices)]
    for base, references in groups:
        for i, reference in enumerate(references):
            yield {
                "pointer": f"{base}/{i}",
                "type": reference.type,
                "number": reference.number,
                "number_key": key(reference.number),
                "issued_on": str(reference.issued_on) if reference.issued_on else None,
                "issuer": reference.issuer,
                "title": reference.title,
                "title_key": key(reference.title),
                "relation": reference.relation,
            }


def _tasks(document: AdminDocument) -> tuple[list[Row], list[Row]]:
    tasks: list[Row] = []
    assignees: list[Row] = []
    stack = [(item, f"/directives/{i}", False) for i, item in reversed(list(enumerate(document.directives)))]
    while stack:
        item, pointer, inherited = stack.pop()
        told = inherited or bool(item.assignees) or item.deadline is not None
        if told:
            tasks.append(_task(pointer, item.marker, item.text, item))
            _assign(assignees, pointer, [("lead", name) for name in item.assignees])
        stack += [(c, f"{pointer}/children/{i}", told) for i, c in reversed(list(enumerate(item.children)))]
    for i, row in enumerate(document.assignments):
        pointer = f"/assignments/{i}"
        tasks.append(
            {
                "pointer": pointer,
                "marker": None,
                "text": row.task,
                "deadline_text": row.deadline.text if row.deadline else None,
                "deadline": str(row.deadline.date) if row.deadline and row.deadline.date else None,
            }
        )
        _assign(assignees, pointer, [("lead", row.lead)] if row.lead else [])
        _assign(assignees, pointer, [("partner", name) for name in row.partners], first=1)
    return tasks, assignees


def _task(pointer: str, marker: str, text: str, item: Directive) -> Row:
    return {
        "pointer": pointer,
        "marker": marker,
        "text": text,
        "deadline_text": item.deadline.text if item.deadline else None,
        "deadline": str(item.deadline.date) if item.deadline and item.deadline.date else None,
    }


def _assign(assignees: list[Row], pointer: str, named: Sequence[tuple[str, str]], first: int = 0) -> None:
    assignees += [
        {"pointer": pointer, "ordinal": first + i, "role": role, "name": name, "name_key": key(name)}
        for i, (role, name) in enumerate(named)
    ]
