"""Values that people set: kept apart from what the parser read, laid over it, and never overwritten by a run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from vnadmin.fields.number import number_of
from vnadmin.gazetteer import rows as table_rows
from vnadmin.index.catalog.doubts import WHOLE, asked_at
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.insert import insert_rows
from vnadmin.index.catalog.record import unpack
from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.rows import child_rows, document_row, parties_of, value_at, values_of
from vnadmin.index.catalog.schema import Base, Body, Correction, Document, Review
from vnadmin.index.catalog.task_marks import carry
from vnadmin.index.catalog.task_rows import Row
from vnadmin.index.follow.revisions import touch
from vnadmin.index.search.entry import entry_of
from vnadmin.index.search.index import add, folders, placed, remove
from vnadmin.index.witness.changes import Change, changes_of
from vnadmin.model import AdminDocument, Grade
from vnadmin.text.fold import fold
from vnadmin.text.printable import is_forged

_SAID: Final = (
    select(Correction.sha256, Correction.pointer, Correction.action, Correction.value, Correction.parsed)
    .where(Correction.sha256.in_(bindparam("hashes", expanding=True)))
    .order_by(Correction.id)
)

# The last thing said about each value, where it is a correction or a confirmation.
LAST: Final = select(func.max(Correction.id)).group_by(Correction.sha256, Correction.pointer)
_IN_FORCE: Final = select(Correction.sha256).where(Correction.action == "set", Correction.id.in_(LAST))
CORRECTED: Final = _IN_FORCE.where(Correction.value.is_distinct_from(Correction.parsed))
CONFIRMED: Final = _IN_FORCE.where(Correction.value.is_not_distinct_from(Correction.parsed))

_NO_VALUES: Final = frozenset({"evidence", "issues", "text", "source", "schema_version", "told"})


def read_document(connection: Connection, sha256: str, *, corrected: bool = True) -> AdminDocument | None:
    """The document of a content, as the archive put it right and with people's corrections, or as the parser read it; None where it was not read."""
    record = connection.scalar(
        select(Body.record).join(Document, Document.id == Body.document_id).where(Document.sha256 == sha256)
    )
    if record is None:
        return None
    document = unpack(record)
    return next(effective(connection, {sha256: document}))[1] if corrected else document


def offered_document(connection: Connection, sha256: str) -> AdminDocument | None:
    """The document of a content as the archive put it right, without people's corrections: what a person is asked about."""
    document = read_document(connection, sha256, corrected=False)
    return document and put_right(document, changes_of(connection, [sha256]).get(sha256, ()))


def effective(
    connection: Connection, documents: Mapping[str, AdminDocument]
) -> Iterator[tuple[str, AdminDocument, Mapping[str, Any]]]:
    """Each document with what the archive put right and with people's corrections over it; and these."""
    corrections, changes = in_force(connection, list(documents)), changes_of(connection, list(documents))
    for sha256, document in documents.items():
        said = corrections.get(sha256, {})
        yield sha256, apply(put_right(document, changes.get(sha256, ())), said), said


def documents_in_force(
    connection: Connection, ids: Sequence[int], *, reconciled: bool = True
) -> Iterator[tuple[int, str, AdminDocument]]:
    """Row number, SHA-256 and document of each, without evidence, as the archive put it right and with people's corrections.

    Args:
        reconciled: false in a migration from before there were such changes.
    """
    found = connection.execute(
        select(Document.id, Document.sha256, Body.record)
        .join(Body, Body.document_id == Document.id)
        .where(Document.id.in_(ids))
    ).all()
    ids_of = {row.sha256: row.id for row in found}
    records = {row.sha256: row.record for row in found}
    corrections = in_force(connection, list(ids_of))
    changes = changes_of(connection, list(ids_of)) if reconciled else {}
    for sha256, record in records.items():
        document = put_right(unpack(record, evidence=False), changes.get(sha256, ()))
        yield ids_of[sha256], sha256, apply(document, corrections.get(sha256, {}))


def in_force(connection: Connection, hashes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The corrections that count, by content and pointer: the last one of each, unless it withdrew."""
    said = connection.execute(_SAID, {"hashes": list(hashes)})
    found: dict[str, dict[str, Any]] = {}
    for row in said:
        values = found.setdefault(row.sha256, {})
        values.pop(row.pointer, None)
        if row.action == "set":
            values[row.pointer] = row.value
    return {sha256: values for sha256, values in found.items() if values}


def overruled(connection: Connection, hashes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the parser had read when the person decided, by content and pointer."""
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(_SAID, {"hashes": list(hashes)}):
        found.setdefault(row.sha256, {})[row.pointer] = row.parsed
    return found


def is_confirmation(value: Any, parsed: Any) -> bool:
    """Whether a person set what the parser had read: nothing was corrected."""
    return bool(value == parsed)


def confirmed_values(connection: Connection, hashes: Iterable[str]) -> dict[str, set[str]]:
    """The pointers at which a person found right what the parser had read, by content."""
    hashes = list(hashes)
    said, read = in_force(connection, hashes), overruled(connection, hashes)
    return {
        sha256: {pointer for pointer, value in values.items() if is_confirmation(value, read[sha256][pointer])}
        for sha256, values in said.items()
    }


def apply(document: AdminDocument, values: Mapping[str, Any]) -> AdminDocument:
    """The document with these values; one whose place the document no longer has is left out (it is in the queue)."""
    for pointer, value in values.items():
        try:
            document = _with(document, pointer, value)
        except BadCorrection:
            continue
    return document


def put_right(document: AdminDocument, changes: Iterable[Change]) -> AdminDocument:
    """The document with these readings put right, where it still says what they were; what they changed is likely by their rules.

    The evidence stays where it is: it quotes what was read.
    """
    for change in changes:
        if parsed_value(document, change.pointer) != change.before:
            continue
        field = f"/{change.pointer.split('/')[1]}"
        touched = f"{field}/" if change.pointer in WHOLE.values() else change.pointer
        evidence = {
            pointer: [one.model_copy(update={"rule": change.rule, "grade": Grade.LIKELY}) for one in entries]
            if f"{pointer}/".startswith(touched)
            else entries
            for pointer, entries in document.evidence.items()
        }
        document = _with(document, change.pointer, change.after).model_copy(update={"evidence": evidence})
    return document


def correct(
    connection: Connection,
    sha256: str,
    pointer: str,
    value: Any,
    *,
    person: str,
    at: str,
    note: str | None = None,
    answer: str | None = None,
) -> None:
    """Set a value, in the caller's transaction; to confirm what the parser read is to set the same.

    Raises:
        BadCorrection: the document has no such place, or the value is of the wrong kind.
    """
    _record(connection, sha256, pointer, "set", value, person, at, note, answer)


def withdraw(connection: Connection, sha256: str, pointer: str, *, person: str, at: str) -> None:
    """Go back to what the parser says; the correction stays on record."""
    _record(connection, sha256, pointer, "withdraw", None, person, at, None, None)


def _record(
    connection: Connection,
    sha256: str,
    pointer: str,
    action: Literal["set", "withdraw"],
    value: Any,
    person: str,
    at: str,
    note: str | None,
    answer: str | None,
) -> None:
    touch(connection, [sha256])
    parsed = read_document(connection, sha256, corrected=False)
    if parsed is None:
        raise BadCorrection("There is no document with this SHA-256 in the catalogue.")
    if action == "set":
        if any(map(is_forged, _texts([value, note]))):
            raise BadCorrection("The value holds control characters or signs that turn its order.")
        _with(parsed, pointer, value)
    said = parsed_value(parsed, pointer)
    connection.execute(
        insert(Correction).values(
            sha256=sha256,
            pointer=pointer,
            action=action,
            value=value,
            parsed=said,
            person=person,
            made_at=at,
            note=note,
            answer=answer,
        )
    )
    closed = {"state": "closed", "closed_by": person, "closed_at": at, "answer": answer}
    connection.execute(
        update(Review).where(Review.sha256 == sha256, Review.pointer == pointer, IS_OPEN).values(**closed, parsed=said)
    )
    if asked_at(pointer) != pointer or pointer in WHOLE.values():  # its members are no questions of their own
        connection.execute(
            update(Review)
            .where(
                Review.sha256 == sha256,
                IS_OPEN,
                Review.pointer.startswith(f"/{pointer.split('/')[1]}/", autoescape=True),
            )
            .values(**closed)
        )
    refresh(connection, sha256, parsed)
    carry(connection, [sha256])


def refresh(connection: Connection, sha256: str, parsed: AdminDocument) -> None:
    """Bring all that holds values in force to what the archive and people say of a document now."""
    for _, document, said in effective(connection, {sha256: parsed}):
        write_effective(connection, sha256, document, said)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def write_effective(connection: Connection, sha256: str, document: AdminDocument, corrected: Collection[str]) -> None:
    """Bring all that holds values in force to those of this document, the search index with it."""
    row, children = document_row(document, corrected), child_rows(document)
    document_id = connection.scalar(select(Document.id).where(Document.sha256 == sha256))
    if document_id is None:
        return
    columns = {name: value for name, value in row.items() if name != "sha256"}
    connection.execute(update(Document).where(Document.id == document_id).values(**columns))
    for name, rows in children.items():
        table = Base.metadata.tables[name]
        connection.execute(delete(table).where(table.c.document_id == document_id))
        insert_rows(connection, name, [(document_id, *values) for values in values_of(name, rows)])
    remove(connection, [document_id])
    entry = entry_of(row, document.text, parties_of(document), **children)
    add(connection, [placed(document_id, row, sha256, entry, folders(connection, [sha256]).get(sha256, ""))])


def _companions(pointer: str, value: Any) -> Row:
    """What a value drags along: the parts of a number follow its text, a type's code goes with its name."""
    if pointer == "/number/text":
        number = number_of(value) if isinstance(value, str) else None
        parts = number.model_dump(mode="json") if number else {}
        return {name: parts.get(name) for name in ("sequence", "year", "notation")}
    if pointer == "/document_type/name":
        codes = {fold(row["name"]): row["code"] for row in table_rows("document_types")}
        return {"code": codes.get(fold(value)) if isinstance(value, str) else None}
    return {}


def parsed_value(document: AdminDocument, pointer: str) -> Any:
    """What the parser read at a pointer, as JSON; None where it read nothing."""
    try:
        return value_at(document.model_dump(mode="json", exclude={"text", "evidence"}), pointer)
    except KeyError:
        return None


def _with(document: AdminDocument, pointer: str, value: Any) -> AdminDocument:
    """A copy with one value set.

    Raises:
        BadCorrection: there is no such place, or the value does not fit it.
    """
    parts = pointer.split("/")
    if len(parts) < 2 or parts[0] or parts[1] in _NO_VALUES:
        raise BadCorrection(f"There is no value at {pointer!r}.")
    dumped = document.model_dump(mode="json")
    place: Any = dumped
    try:
        for part in parts[1:-1]:
            index: Any = int(part) if isinstance(place, list) else part
            if place[index] is None:  # `/number` is null and `/number/text` is set
                place[index] = {}
            place = place[index]
        last: Any = int(parts[-1]) if isinstance(place, list) else parts[-1]
        if isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
            if isinstance(place, dict):
                place.update(_companions(pointer, value))
        return AdminDocument.model_validate_json(json.dumps(dumped))
    except (KeyError, IndexError, ValueError, TypeError) as error:
        kind = "value does not fit" if isinstance(error, ValidationError) else "document has no such place"
        raise BadCorrection(f"The {kind} at {pointer!r}.") from error
