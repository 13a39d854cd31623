"""An AdminDocument becomes rows of the catalogue's tables; runs in the worker, so that the writer only writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from pydantic_core import to_jsonable_python

from vnadmin.agencies import body_key
from vnadmin.assemble.doubts import kinds_of
from vnadmin.index.catalog.doubts import GRADES, Doubt, doubts_of, is_header, is_settled
from vnadmin.index.catalog.insert import Values, columns_of
from vnadmin.index.catalog.record import pack, storable
from vnadmin.index.catalog.schema import KEY_LIMIT, key
from vnadmin.index.catalog.task_rows import Row, task_rows
from vnadmin.index.search.entry import Entry, entry_of
from vnadmin.model import AdminDocument, LegalReference
from vnadmin.zones import Zones

TABLES: Final = ("citations", "tasks", "assignees")  # what has rows of its own; a correction changes them too


@dataclass(frozen=True, slots=True)
class Rows:
    """All that is written for one document, but for its `document_id`.

    Attributes:
        document: the columns of `documents`.
        record: the column of `bodies`.
        children: rows of the other tables, in the order of their columns.
        doubts: what the queue gets if no person has said anything.
        entry: what the search index gets, as long as no correction is in force.
    """

    document: Row
    record: bytes
    children: Mapping[str, Sequence[Values]]
    doubts: Sequence[Doubt]
    entry: Entry


def rows_of(document: AdminDocument, zones: Zones | None = None) -> Rows:
    """What is written for a document that no person has corrected; its zones tell why a value is doubted."""
    row, children = document_row(document), child_rows(document)
    return Rows(
        document=row,
        record=pack(document),
        children={name: values_of(name, rows) for name, rows in children.items()},
        doubts=_doubts(document, zones),
        entry=entry_of(row, storable(document.text), parties_of(document), **children),
    )


def values_of(table: str, rows: Sequence[Row]) -> list[Values]:
    """Rows of a child table in the order of its columns, without `document_id`."""
    pick = itemgetter(*columns_of(table)[1:])
    return [pick(row) for row in rows]


def child_rows(document: AdminDocument) -> dict[str, list[Row]]:
    """Rows of each of `TABLES`."""
    tasks, assignees = task_rows(document)
    return {
        "citations": list(_citations(document)),
        "tasks": tasks,
        "assignees": assignees,
    }


def document_row(document: AdminDocument, corrected: Collection[str] = ()) -> Row:
    """The columns of `documents`.

    Args:
        corrected: pointers that people set: what was read there is doubtful no more.
    """
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
        "issuer_key": issuer_key(document.issuing_agency, document.parent_agency),
        "place": document.place,
        "subject": document.subject,
        "signer": signer,
        "signer_key": key(signer),
        "urgency": document.urgency,
        "secrecy": document.secrecy,
        "circulation": document.circulation,
        "dispatch_key": _dispatch_key(document),
        "lowest_grade": min(
            (
                GRADES[entries[0].grade]
                for pointer, entries in document.evidence.items()
                if entries and is_header(pointer) and not is_settled(pointer, corrected)
            ),
            default=GRADES["certain"],
        ),
    }


def issuer_key(issuer: str | None, parent: str | None) -> str | None:
    """Which body issued a document, however its name is spelled."""
    return body_key(issuer, parent)[:KEY_LIMIT] or None if issuer else None


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


def _doubts(document: AdminDocument, zones: Zones | None) -> list[Doubt]:
    read = [
        (pointer, GRADES[entries[0].grade], _stored(_at(document, pointer)))
        for pointer, entries in document.evidence.items()
        if is_header(pointer)
    ]
    issues = ((issue.pointer, issue.code, str(issue.severity)) for issue in document.issues)
    return doubts_of(read, issues, dict(kinds_of(document, zones)))


def _at(place: Any, pointer: str) -> Any:
    """What stands at a pointer of the model."""
    for name in pointer.split("/")[1:]:
        place = place[int(name)] if isinstance(place, list) else getattr(place, name)
    return place


def _stored(value: Any) -> str | None:
    """A value as a text: a text as it is, else JSON."""
    if not isinstance(value, str):
        value = to_jsonable_python(value)
    if value is None:
        return None
    return storable(value if isinstance(value, str) else json.dumps(value))


def parties_of(document: AdminDocument) -> Iterator[tuple[str, str]]:
    """Whom a document names as whom: field of the search and name."""
    yield from (("addressee", name) for name in document.addressees)
    yield from (("recipient", recipient.name) for recipient in document.recipients if recipient.name is not None)
    yield from (("signer", signed.name) for signed in document.signatories if signed.name is not None)


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
                "relation": reference.relation,
            }
