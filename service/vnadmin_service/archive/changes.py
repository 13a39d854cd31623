"""A person's change at the page as a correction of the catalogue: where it is set, and which value.

The catalogue keeps a value for each pointer and lays the pointers over what the parser read. A list whose items were
added or taken out is therefore set as a whole: what is said of item 3 must mean the parser's item 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import jsonpatch
from sqlalchemy import Connection, update

from vnadmin.index.catalog.corrections import correct, withdraw
from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.schema import Review
from vnadmin_service.archive.record import Record
from vnadmin_service.review.values import BadValue, Kind, Slot, list_of, slot_at, value_of

# Values that the catalogue sets by their text; what follows from it (parts of a number, a code) it fills in itself.
_BY_TEXT: Final[Mapping[str, str]] = {"number": "/number/text", "document_type": "/document_type/name"}


class Change(NamedTuple):
    """A value to set at a pointer."""

    pointer: str
    value: Any


def setting(record: Record, pointer: str, given: Any) -> Change:
    """What a person's text at a pointer means, or the JSON of a whole list or object; `/list/-` adds an item.

    Raises:
        BadPointer, BadValue: there is no such place, or the text is no value for it.
    """
    name = pointer.split("/")[1] if pointer.startswith("/") else ""
    if name in _BY_TEXT:
        slot_at(pointer)
        whole = _value(slot_at(f"/{name}"), given)
        place = _BY_TEXT[name]
        return Change(f"/{name}", None) if whole is None else Change(place, whole[place.rpartition("/")[2]])
    slot = slot_at(pointer)
    value = _value(slot, given)
    parent, _, last = pointer.rpartition("/")
    if last == "-":
        if value is None:
            raise BadValue("bad_empty")
        length = len(record.state.at(parent))
        return _in_list(record, parent, {"op": "add", "path": f"{parent}/{length}", "value": value})
    record.state.at(pointer)
    overridden = _overridden(record, pointer)
    if overridden:
        return _in_list(record, overridden, {"op": "replace", "path": pointer, "value": value})
    return Change(pointer, value)


def _value(slot: Slot, given: Any) -> Any:
    """The value for a slot; whether the JSON of a list or an object fits, the model says when it is written."""
    if given is None or isinstance(given, str):
        return value_of(slot, given or "")
    if slot.kind is Kind.INTEGER and type(given) is int:
        return value_of(slot, str(given))
    if isinstance(given, {Kind.LIST: list, Kind.OBJECT: dict}.get(slot.kind, ())):
        return given
    raise BadValue("bad_value")


def removal(record: Record, pointer: str) -> Change:
    """A list without one of its items.

    Raises:
        BadPointer: it is no item of a list.
    """
    parent = list_of(pointer)
    record.state.at(pointer)
    return _in_list(record, parent, {"op": "remove", "path": pointer})


def in_force_at(record: Record, pointer: str) -> str | None:
    """The pointer of the correction that a value comes from: its own, or that of what it stands in."""
    while pointer:
        if pointer in record.corrections:
            return pointer
        pointer = pointer.rpartition("/")[0]
    return None


def put(
    connection: Connection,
    sha256: str,
    change: Change,
    person: str,
    at: str,
    answer: str | None = None,
    *,
    note: str | None = None,
) -> None:
    """Write a change; what the queue asks about it or about its parts is answered.

    Args:
        answer: the name of the answer that it is part of (`catalog.answers`).
        note: why, in the person's words.

    Raises:
        BadCorrection: the document in the catalogue has no such place.
    """
    correct(connection, sha256, change.pointer, change.value, person=person, at=at, note=note, answer=answer)
    connection.execute(
        update(Review)
        .where(Review.sha256 == sha256, IS_OPEN, Review.pointer.startswith(f"{change.pointer}/", autoescape=True))
        .values(state="closed", closed_by=person, closed_at=at, answer=answer)
    )  # fmt: skip


def take_back(connection: Connection, sha256: str, pointer: str, person: str, at: str) -> None:
    """Go back to what the parser says; the correction stays on record."""
    withdraw(connection, sha256, pointer, person=person, at=at)


def _in_list(record: Record, parent: str, operation: Mapping[str, Any]) -> Change:
    """The whole list after an operation: the outermost that was set as a whole before, else the nearest."""
    place = _overridden(record, parent) or parent
    data = jsonpatch.apply_patch(record.state.data, [dict(operation)])
    return Change(place, _at(data, place))


def _overridden(record: Record, pointer: str) -> str:
    """The outermost list around or at a pointer that a person set as a whole."""
    parts = pointer.split("/")
    for end in range(2, len(parts) + 1):
        place = "/".join(parts[:end])
        if place in record.corrections and slot_at(place).kind is Kind.LIST:
            return place
    return ""


def _at(data: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data
