"""One answer for many questions: first what it will change, value by value; what is carried out is what was shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from vnadmin.index.catalog.answers import begin
from vnadmin.index.catalog.corrections import parsed_value
from vnadmin.index.catalog.doubts import asked_at
from vnadmin.index.catalog.reviews import confirmed
from vnadmin.index.follow.revisions import touch
from vnadmin_service.archive import queue
from vnadmin_service.archive.changes import Change, put, setting
from vnadmin_service.archive.queue import Item
from vnadmin_service.archive.record import Record, record_of
from vnadmin_service.review.values import BadPointer, BadValue, text_of, whole


class Answer(NamedTuple):
    """What a person says of the chosen questions.

    how: `accept` (what was read is right; an issue was seen), `set` (`value` is right), `replace` (`value` for `find` in
    each). `typed` is what the Enter key sends: it replaces where something to find was typed, else it sets.
    """

    how: Literal["accept", "set", "replace", "typed"]
    value: str = ""
    find: str = ""

    @property
    def meant(self) -> Answer:
        """The answer that is carried out."""
        return self._replace(how="replace" if self.find else "set") if self.how == "typed" else self


class Planned(NamedTuple):
    """What an answer does to one question: `change` is None where it is closed and no value is set."""

    item: Item
    name: str
    before: str
    after: str
    change: Change | None

    @property
    def changes(self) -> bool:
        """Whether the value becomes another."""
        return self.before != self.after


class Stale(Exception):
    """What would be written is not what was shown: somebody changed a document or answered meanwhile."""


def plan(connection: Connection, ids: Sequence[int], answer: Answer) -> list[Planned]:
    """What an answer does to each question that is still open; one that it does not touch is left out.

    Raises:
        BadPointer, BadValue: the value is none for this field.
    """
    meant = answer.meant
    if meant.how != "accept" and not (meant.find if meant.how == "replace" else meant.value).strip():
        raise BadValue("bad_nothing_typed")
    made = []
    for item_id in dict.fromkeys(ids):
        item = queue.item(connection, item_id)
        if item is None or not item.open or item.reason == "disagreement":
            continue
        record = record_of(connection, item.sha256)
        one = _planned(record, item, meant) if record is not None else None
        made += [one] if one is not None else []
    return made


def mark(planned: Sequence[Planned]) -> str:
    """What was shown, in short: another plan has another mark."""
    told = repr([(one.item.id, one.item.sha256, one.before, one.after, one.change) for one in planned])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def carry_out(
    connection: Connection, ids: Sequence[int], answer: Answer, shown: str, name: str, person: str, at: str
) -> None:
    """Write what was shown, in the caller's transaction; sent a second time it does nothing.

    Raises:
        Stale: it would be something else by now; nothing may be committed then.
        BadPointer, BadValue, BadCorrection: a document has no such place any more.
    """
    asked = [item for item in (queue.item(connection, one) for one in ids) if item is not None]
    touch(connection, [item.sha256 for item in asked])  # other writers wait from here on, so the plan stays true
    if not begin(connection, name, person, at, len(ids)):
        return
    planned = plan(connection, ids, answer)
    if mark(planned) != shown or len(planned) != len(ids):
        raise Stale
    for one in planned:
        if one.change is not None:
            put(connection, one.item.sha256, one.change, person, at, name)
        queue.close(connection, one.item, person, at, name)


def _planned(record: Record, item: Item, answer: Answer) -> Planned | None:
    place = asked_at(item.pointer)
    try:
        before = text_of(record.state.at(whole(place))) if place else ""
    except BadPointer:
        before = ""
    if answer.how == "accept":
        # An issue is settled as it is; a value that somebody decided meanwhile stays.
        if item.issue or confirmed(record.corrections, place):
            return Planned(item, record.name, before, before, None)
        return Planned(item, record.name, before, before, Change(place, parsed_value(record.document, place)))
    if not place:
        raise BadPointer(item.pointer)
    if answer.how == "replace" and answer.find not in before:
        return None
    typed = before.replace(answer.find, answer.value) if answer.how == "replace" else answer.value
    change = setting(record, place, typed)
    return Planned(item, record.name, before, text_of(change.value), change)
