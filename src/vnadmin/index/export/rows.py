"""The documents of a search as flat rows, a batch at a time; the columns stand in `data/export_columns.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, select

from vnadmin.export.qcvn102.envelope import pages
from vnadmin.gazetteer import rows
from vnadmin.index.catalog.corrections import confirmed_values, documents_in_force, in_force, parsed_value
from vnadmin.index.catalog.doubts import is_settled
from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.schema import Citation, Document, File, Task
from vnadmin.index.catalog.told import PAGES
from vnadmin.index.search.tasks import given_in, in_order, nearest
from vnadmin.index.witness.changes import changes_of
from vnadmin.model import PartialDate

ExportRow: TypeAlias = "dict[str, str | int | list[str] | None]"
AT_ONCE: Final = 500  # documents in memory at once, however many are exported
GRADES: Final = ("guess", "likely", "certain")
_PLAIN = (
    Document.id, Document.sha256, Document.type_code, Document.type_name, Document.number, Document.sequence,
    Document.notation, Document.issued_on, Document.year, Document.parent_agency, Document.issuing_agency,
    Document.place, Document.subject, Document.signer, Document.urgency, Document.secrecy, Document.circulation,
    Document.media_type, Document.page_count, Document.method, Document.lowest_grade,
)  # fmt: skip


def columns() -> dict[str, str]:
    """The columns in order, with the kind of each: `text`, `integer`, `date`, `list`."""
    return {row["column"]: row["kind"] for row in rows("export_columns")}


def batches(connection: Connection, ids: Sequence[int]) -> Iterator[list[ExportRow]]:
    """The rows of these documents, in this order."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = {row.id: row for row in connection.execute(select(*_PLAIN).where(Document.id.in_(part)))}
        lists = _lists(connection, part, [row.sha256 for row in found.values()])
        yield [_row(found[document], lists) for document in part if document in found]


def for_people(row: ExportRow) -> ExportRow:
    """A row whose codes and pointers are words, as the pages have them; the days of a list, which no cell holds as days, are printed."""
    told, issues = words("grade"), {one["code"]: one["vi"].rstrip(".") for one in rows("issues")}
    fields = {one["field"]: one["vi"] for one in rows("field_names")} | words("told")
    named = {
        column: dict.fromkeys(pointer.split("/")[1] for pointer in _texts(row[column]))
        for column in ("reconciled", "corrected", "confirmed")
    }
    return {
        **row,
        "lowest_grade": told[str(row["lowest_grade"])],
        "method": words("method").get(str(row["method"])),
        "deadlines": [PartialDate(day).printed for day in _texts(row["deadlines"])],
        "issues": [issues.get(code, code) for code in _texts(row["issues"])],
        **{column: [fields.get(name, name) for name in names] for column, names in named.items()},
    }


def person_name(person: str) -> str:
    """Who said something, as tables and pages name them: without keys of the service nobody has a name."""
    return words("person").get(person, person)


def words(kind: str) -> dict[str, str]:
    """Values of a kind as people write them."""
    return {one["value"]: one["vi"] for one in rows("export_words") if one["kind"] == kind}


def _texts(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _row(document: Row[*tuple[Any, ...]], lists: Mapping[str, Mapping[int | str, list[str]]]) -> ExportRow:
    values: ExportRow = dict(document._mapping)
    values["lowest_grade"] = GRADES[document.lowest_grade]
    values["paths"] = lists["paths"].get(document.sha256, [])
    values["position"] = next(iter(lists["positions"].get(document.id, [])), "") or None
    values["page_count"] = next(map(int, lists["pages"].get(document.id, [])), None)
    values["tasks"] = len(lists["tasks"].get(document.id, ()))
    for name in (
        "addressees",
        "recipients",
        "legal_references",
        "assigned",
        "deadlines",
        "issues",
        "reconciled",
        "corrected",
        "confirmed",
    ):
        values[name] = lists[name].get(document.id, [])
    return {name: values[name] for name in columns()}


def _lists(
    connection: Connection, ids: Sequence[int], hashes: Sequence[str]
) -> Mapping[str, Mapping[int | str, list[str]]]:
    """What hangs on the documents, by column and document."""
    found: defaultdict[str, defaultdict[int | str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in connection.execute(
        select(File.sha256, File.path).where(File.sha256.in_(hashes), IS_PLACED).order_by(File.found_at, File.path)
    ):
        found["paths"][file.sha256].append(file.path)
    said, confirmed = in_force(connection, hashes), confirmed_values(connection, hashes)
    changes = changes_of(connection, hashes)
    for document_id, sha256, document in documents_in_force(connection, ids):
        corrected = said.get(sha256, {})
        found["positions"][document_id] = [signed.position or "" for signed in document.signatories]
        found["addressees"][document_id] = [name for name in document.addressees if name]
        found["recipients"][document_id] = [named.name for named in document.recipients if named.name]
        found["corrected"][document_id] = [pointer for pointer in corrected if pointer not in confirmed.get(sha256, ())]
        found["confirmed"][document_id] = [pointer for pointer in corrected if pointer in confirmed.get(sha256, ())]
        found["reconciled"][document_id] = [
            change.pointer
            for change in changes.get(sha256, ())
            if not is_settled(change.pointer, corrected) and parsed_value(document, change.pointer) == change.after
        ]
        found["pages"][document_id] = [str(count) for count in (corrected.get(PAGES) or pages(document),) if count]
        open_ = (issue.code for issue in document.issues if not is_settled(issue.pointer or "", corrected))
        found["issues"][document_id] = list(dict.fromkeys(open_))
    for cited in connection.execute(
        select(Citation.document_id, Citation.type, Citation.number, Citation.title)
        .where(Citation.document_id.in_(ids), Citation.pointer.like("/legal_references/%"))
        .order_by(Citation.document_id, Citation.pointer)
    ):
        text = " ".join(filter(None, (cited.type, cited.number or cited.title)))
        found["legal_references"][cited.document_id].append(text)
    given = given_in(connection, ids)
    listed = connection.execute(
        select(Task.document_id, Task.pointer, Task.text, Task.deadline, Task.deadline_text)
        .where(Task.document_id.in_(ids))
    ).all()  # fmt: skip
    for task in sorted(listed, key=lambda task: in_order(task.pointer)):
        found["tasks"][task.document_id].append(task.pointer)
        who = ", ".join(one.name for one in nearest(given[task.document_id], task.pointer))
        head, tail = f"{who}: " if who else "", f" [{task.deadline_text}]" if task.deadline_text else ""
        found["assigned"][task.document_id].append(f"{head}{task.text}{tail}")
        if task.deadline:
            found["deadlines"][task.document_id].append(task.deadline)
    for days in found["deadlines"].values():
        days[:] = sorted(set(days))
    return found
