"""A document of the catalogue as its page shows it: what was read, what people said since, where its file is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from vnadmin import AdminDocument
from vnadmin.index.catalog.corrections import apply, in_force, is_confirmation, offered_document, parsed_value
from vnadmin.index.catalog.doubts import is_settled
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Correction, Document
from vnadmin.index.witness.changes import Change, changes_of
from vnadmin_service.archive.graph import name_of
from vnadmin_service.review import corrections
from vnadmin_service.review.corrections import State, leaves
from vnadmin_service.review.values import FIELDS


class Said(NamedTuple):
    """One correction on record. `set` is false where a person went back to what the parser says."""

    pointer: str
    set: bool
    value: Any
    parsed: Any
    person: str
    made_at: str

    @property
    def confirmed(self) -> bool:
        """Whether the person found right what the parser had read."""
        return self.set and is_confirmation(self.value, self.parsed)


class Record(NamedTuple):
    """A document with its corrections; `paths` are all places of its content, those where it was last seen first.

    `put_right` is what the archive's other documents put right, and no person said otherwise.
    """

    document_id: int
    sha256: str
    name: str
    document: AdminDocument
    state: State
    corrections: Mapping[str, Any]
    history: tuple[Said, ...]
    paths: tuple[str, ...]
    issuer_key: str | None
    put_right: tuple[Change, ...]

    @property
    def in_force(self) -> tuple[Said, ...]:
        """What was said last of each value, where it was not taken back; `history` has the newest first."""
        last = {said.pointer: said for said in reversed(self.history)}
        return tuple(said for said in last.values() if said.set)


def record_of(connection: Connection, sha256: str) -> Record | None:
    """The document of a content; None where the catalogue has none."""
    document = offered_document(connection, sha256)
    row = connection.execute(
        select(Document.id, Document.type_name, Document.number, Document.issuer_key).where(Document.sha256 == sha256)
    ).first()
    if document is None or row is None:
        return None
    values = in_force(connection, [sha256]).get(sha256, {})
    said = connection.execute(select(Correction).where(Correction.sha256 == sha256).order_by(Correction.id.desc()))
    paths = paths_of(connection, sha256)
    name = name_of(row.type_name, row.number) or (paths[0].rpartition("/")[2] if paths else sha256[:12])
    return Record(
        row.id,
        sha256,
        name,
        document,
        state_of(document, values),
        values,
        tuple(map(_said, said)),
        tuple(paths),
        row.issuer_key,
        tuple(
            change
            for change in changes_of(connection, [sha256]).get(sha256, ())
            if parsed_value(document, change.pointer) == change.after and not is_settled(change.pointer, values)
        ),
    )


def state_of(document: AdminDocument, values: Mapping[str, Any]) -> State:
    """What was read, as the archive put it right, with these corrections over it, and of each value that a person set what it was before."""
    start = corrections.machine(document)
    if not values:
        return start
    data = apply(document, values).model_dump(mode="json", exclude={"evidence", "text"})
    old, new = _leaves(start.data), _leaves(data)
    changed = {pointer for pointer, value in new.items() if pointer not in old or old[pointer] != value}
    was = {pointer: old.get(pointer) for pointer in new if pointer in changed or pointer in values}
    evidence = {
        pointer: entries
        for pointer, entries in start.evidence.items()
        if pointer not in changed and (pointer in new or pointer not in old)
    }
    return State(data, evidence, was)


def _leaves(data: Mapping[str, Any]) -> dict[str, Any]:
    return {pointer: value for name in FIELDS for pointer, value in leaves(data[name], f"/{name}")}


def _said(row: Row[*tuple[Any, ...]]) -> Said:
    return Said(row.pointer, row.action == "set", row.value, row.parsed, row.person, row.made_at)
