"""A person's corrections: JSON Patch steps (RFC 6902) laid over what the machine read, which itself never changes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jsonpatch
from pydantic import ValidationError

from vnadmin.model import AdminDocument, Evidence
from vnadmin_service.review.values import BadPointer, BadValue, Kind, list_of, slot_at, value_of, whole

Json = Any
Operation = Mapping[str, Json]
PERSON = "person"  # the rule named by evidence of a value that a person selected
CONFIRMED = "confirmed"  # the grade of a value that a person found right as it was


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person did; `pointer` is where it was done, `evidence` what was selected for it."""

    operations: tuple[Operation, ...]
    pointer: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A document with corrections: plain data, evidence moved along, and of each changed leaf what the machine had."""

    data: Mapping[str, Json]
    evidence: Mapping[str, Sequence[Evidence]]
    was: Mapping[str, Json]

    def seen(self, pointer: str) -> str:
        """What a person did with a leaf: `person` changed it, `confirmed` found it right; empty where nobody looked."""
        if pointer not in self.was:
            return ""
        return CONFIRMED if self.was[pointer] is not None and self.was[pointer] == self.at(pointer) else PERSON

    def at(self, pointer: str) -> Json:
        """The value at a pointer.

        Raises:
            BadPointer: nothing is there.
        """
        value: Json = self.data
        for part in pointer[1:].split("/"):
            try:
                value = value[int(part)] if isinstance(value, list) else value[part]
            except (LookupError, ValueError, TypeError):
                raise BadPointer(pointer) from None
        return value


def machine(document: AdminDocument) -> State:
    """The state before any correction."""
    return State(document.model_dump(mode="json", exclude={"evidence", "text"}), document.evidence, {})


def set_value(state: State, pointer: str, text: str, selected: Evidence | None = None) -> Step:
    """Set a value from a person's text; `/list/-` adds an item.

    Raises:
        BadPointer, BadValue: there is no such place, or the text is no value for it.
    """
    pointer = whole(pointer)
    slot = slot_at(pointer)
    value = value_of(slot, text)
    parent, _, last = pointer.rpartition("/")
    if last == "-":
        length = len(state.at(parent))
        if slot.kind in (Kind.OBJECT, Kind.TEXT) and value is None:
            raise BadValue("bad_empty")
        return Step(({"op": "add", "path": f"{parent}/{length}", "value": value},), f"{parent}/{length}", selected)
    if state.at(pointer) == value and value is not None and selected is None:
        return Step(({"op": "test", "path": pointer, "value": value},), pointer)  # confirmed
    return Step(({"op": "replace", "path": pointer, "value": value},), pointer, selected)


def remove_item(state: State, pointer: str) -> Step:
    """Take an item out of its list.

    Raises:
        BadPointer: it is no item of a list.
    """
    parent = list_of(pointer)
    state.at(pointer)
    return Step(({"op": "remove", "path": pointer},), parent)


def apply(state: State, step: Step) -> State:
    """The state after a step.

    Raises:
        BadValue: what comes out would be no AdminDocument.
    """
    data = jsonpatch.apply_patch(state.data, list(step.operations))
    try:
        AdminDocument.model_validate(data)
    except ValidationError:
        raise BadValue("bad_value") from None
    evidence, was = dict(state.evidence), dict(state.was)
    old: dict[str, Json] = {}
    for operation in step.operations:
        path = str(operation["path"])
        if operation["op"] == "test":
            for pointer, value in leaves(operation["value"], path):
                was.setdefault(pointer, value)
            continue
        if operation["op"] == "replace":
            was = {**_old_leaves(state, path, was), **_outside(was, path)}
            evidence, old = _outside(evidence, path), dict(leaves(state.at(path), path))
        elif operation["op"] == "add":
            evidence, was = _moved(evidence, path, 1), _moved(was, path, 1)
        elif operation["op"] == "remove":
            evidence, was = _moved(_outside(evidence, path), path, -1), _moved(_outside(was, path), path, -1)
        if operation["op"] != "remove":
            for pointer, value in leaves(operation["value"], path):
                if step.evidence is not None:
                    evidence[pointer] = [step.evidence]
                elif pointer in state.evidence and operation["op"] == "replace" and value == old.get(pointer):
                    evidence[pointer] = state.evidence[pointer]  # a part that stayed as it was
                    if pointer not in state.was:
                        del was[pointer]
                    continue
                was.setdefault(pointer, None)
    return State(data, evidence, was)


def _old_leaves(state: State, path: str, was: Mapping[str, Json]) -> dict[str, Json]:
    """Of what a replacement covers, the machine's values: an earlier correction does not stand in for them."""
    found = {pointer: was.get(pointer, value) for pointer, value in leaves(state.at(path), path)}
    return {**found, **{pointer: value for pointer, value in was.items() if _within(pointer, path)}}


def fold_steps(start: State, steps: Sequence[Step]) -> State:
    """The state after all steps."""
    for step in steps:
        start = apply(start, step)
    return start


def leaves(value: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    """Pointer and value of each leaf that is not an empty list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{index}")
    else:
        yield pointer, value


def patch(document: AdminDocument, steps: Sequence[Step]) -> list[Operation]:
    """The corrections as one JSON Patch for the machine's JSON; its first operation tests that it is that document's.

    A value that was replaced twice stands once, unless the list around it changed in between.
    """
    made: list[Operation] = []
    for step in steps:
        for operation in step.operations:
            _add(made, operation)
    return [{"op": "test", "path": "/source/sha256", "value": document.source.sha256}, *copy.deepcopy(made)]


def _add(made: list[Operation], operation: Operation) -> None:
    path = str(operation["path"])
    if operation["op"] == "replace":
        for index in range(len(made) - 1, -1, -1):
            earlier = str(made[index]["path"])
            if made[index]["op"] == "replace" and earlier == path:
                made[index] = operation
                return
            if made[index]["op"] != "replace" or _within(earlier, path) or _within(path, earlier):
                break
    made.append(operation)


def corrected(document: AdminDocument, state: State) -> AdminDocument:
    """The document with the corrections in it, and evidence for what the machine read or a person selected."""
    return AdminDocument.model_validate({**state.data, "evidence": state.evidence, "text": document.text})


def _within(pointer: str, path: str) -> bool:
    return pointer == path or pointer.startswith(path + "/")


def _outside(found: Mapping[str, Json], path: str) -> dict[str, Json]:
    """All but what stands at a path or below."""
    return {pointer: value for pointer, value in found.items() if not _within(pointer, path)}


def _moved(found: Mapping[str, Json], path: str, by: int) -> dict[str, Json]:
    """Pointers behind an item that was added to or taken out of a list, moved along."""
    parent, _, last = path.rpartition("/")
    first, prefix = int(last), parent + "/"
    moved: dict[str, Json] = {}
    for pointer, value in found.items():
        if pointer.startswith(prefix):
            index, slash, rest = pointer[len(prefix) :].partition("/")
            if int(index) >= first:
                pointer = f"{prefix}{int(index) + by}{slash}{rest}"
        moved[pointer] = value
    return moved
