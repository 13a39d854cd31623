"""Documents as tables: one row a document, and one a directive, an assignment, a recipient, a reference."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from vnadmin.agencies import document_agencies
from vnadmin.export.tables.flat_row import COLUMNS, row
from vnadmin.gazetteer import rows
from vnadmin.identifiers import home, identify_reference
from vnadmin.model import AdminDocument, Deadline, PartialDate, Responsible, Row, Table

TABLES: Final[tuple[Table, ...]] = ("documents", "directives", "assignments", "recipients", "references")
_COUNTS: Final = frozenset({"directives", "assignments"})  # columns of `documents` that are numbers


@cache
def columns(table: Table) -> dict[str, str]:
    """Columns of a table in order, with the kind of each: text, integer, list."""
    if table == "documents":
        own = {"issued_on": "date", **dict.fromkeys(_COUNTS, "integer")}
        return {name: own.get(name, "text") for name in (*COLUMNS[1:], "file", "sha256")}
    return {r["column"]: r["kind"] for r in rows("table_columns") if r["table"] == table}


def rows_of(table: Table, document: AdminDocument, file: str) -> Iterator[Row]:
    """The rows that one document gives; `sha256` joins the tables, `pointer` leads back into the JSON."""
    if table == "documents":
        plain = row(document, file)
        values: Row = {name: int(plain[name]) if name in _COUNTS else plain[name] or None for name in COLUMNS}
        yield {**values, "sha256": document.source.sha256}
        return
    make = {
        "directives": _directives,
        "assignments": _assignments,
        "recipients": _recipients,
        "references": _references,
    }[table]
    for values in make(document):
        yield {"file": file, "sha256": document.source.sha256, **values}


def _directives(document: AdminDocument) -> Iterator[Row]:
    """Every item of the tree, a parent before its children."""
    for pointer, item in document.walk():
        who = document.responsible(pointer) if document.evidence else Responsible([], [])
        yield {
            "pointer": pointer,
            "depth": pointer.count("/children/") + 1,
            "marker": item.marker,
            "text": item.text,
            "assignees": item.assignees,
            "leads": who.leads,
            "partners": who.partners,
            **_deadline(item.deadline),
        }


def _assignments(document: AdminDocument) -> Iterator[Row]:
    for place, one in enumerate(document.assignments):
        yield {
            "pointer": f"/assignments/{place}",
            "task": one.task,
            "lead": one.lead,
            "partners": one.partners,
            **_deadline(one.deadline),
        }


def _recipients(document: AdminDocument) -> Iterator[Row]:
    """Kính gửi and Nơi nhận, with the identifier where the table of agencies has one at that date."""
    known = document_agencies(document)
    for place, name in enumerate(document.addressees):
        pointer = f"/addressees/{place}"
        yield _recipient(pointer, "addressee", name, None, known[pointer].identifier)
    for place, one in enumerate(document.recipients):
        pointer = f"/recipients/{place}"
        yield _recipient(pointer, "recipient", one.name, one.purpose, known[f"{pointer}/name"].identifier)


def _recipient(pointer: str, role: str, name: str, purpose: str | None, agency: str | None) -> Row:
    return {"pointer": pointer, "role": role, "name": name, "purpose": purpose, "agency": agency}


def _references(document: AdminDocument) -> Iterator[Row]:
    """The main document's references, then those of its appendices."""
    found = [(f"/legal_references/{n}", one) for n, one in enumerate(document.legal_references)]
    for number, appendix in enumerate(document.appendices):
        head = f"/appendices/{number}/legal_references"
        found += [(f"{head}/{n}", one) for n, one in enumerate(appendix.legal_references)]
    for pointer, one in found:
        yield {
            "pointer": pointer,
            "type": one.type,
            "number": one.number,
            "issued_on": _plain(one.issued_on),
            "issuer": one.issuer,
            "title": one.title,
            "relation": one.relation,
            "provisions": [provision.text for provision in one.provisions],
            "identifier": identify_reference(one, home(document)).uri,
            "mentions": len(one.mentions),
        }


def _deadline(deadline: Deadline | None) -> Row:
    if deadline is None:
        return {"deadline": None, "deadline_date": None}
    return {"deadline": deadline.text, "deadline_date": _plain(deadline.date)}


def _plain(date: PartialDate | None) -> str | None:
    """As a `str` and no subclass of it, which some writers (safe YAML) refuse."""
    return str(date) if date else None
