"""Tasks by deadline: those ahead of a day, the nearest first, or those past it, the last first."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select

from vnadmin.index.catalog.schema import Assignee, Document, Task
from vnadmin.index.search.tasks import upwards
from vnadmin.index.search.terms import tokens
from vnadmin_service.archive.graph import name_of

PAGE: Final = 50


class Due(NamedTuple):
    """A task with its deadline; who is told may stand in an item above it."""

    sha256: str
    document: str
    issuer: str | None
    pointer: str
    text: str
    deadline: str
    deadline_text: str | None
    assignees: tuple[str, ...]


def due(connection: Connection, day: str, *, past: bool, who: str = "", page: int = 1) -> tuple[list[Due], bool]:
    """A page of tasks, and whether there are more. A deadline of `2022-06` is ahead until the month has gone."""
    begun = or_(Task.deadline >= day, Task.deadline.in_((day[:7], day[:4])))
    # What is ahead has at least this year: with that bound the index on deadlines is not read from its beginning.
    ahead = and_(Task.deadline >= day[:4], begun)
    conditions: list[ColumnElement[bool]] = [Task.deadline.is_not(None), not_(begun) if past else ahead]
    if words := tokens(who):
        conditions.append(_given_to(words))
    order = Task.deadline.desc() if past else Task.deadline
    rows = connection.execute(
        select(Task.document_id, Task.pointer, Task.text, Task.deadline, Task.deadline_text,
               Document.sha256, Document.type_name, Document.number, Document.issuing_agency)
        .join(Document, Document.id == Task.document_id)
        .where(*conditions)
        .order_by(order, Task.document_id, Task.pointer)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()  # fmt: skip
    told: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in connection.execute(
        select(Assignee.document_id, Assignee.pointer, Assignee.name)
        .where(Assignee.document_id.in_({row.document_id for row in rows}))
        .order_by(Assignee.document_id, Assignee.pointer, Assignee.ordinal)
    ):
        told[row.document_id, row.pointer].append(row.name)
    found = [
        Due(
            row.sha256,
            name_of(row.type_name, row.number),
            row.issuing_agency,
            row.pointer,
            row.text,
            row.deadline,
            row.deadline_text,
            tuple(dict.fromkeys(name for place in upwards(row.pointer) for name in told[row.document_id, place])),
        )
        for row in rows[:PAGE]
    ]
    return found, len(rows) > PAGE


def _given_to(words: list[str]) -> ColumnElement[bool]:
    """The task or an item above it is given to this body."""
    return exists().where(
        Assignee.document_id == Task.document_id,
        Assignee.name_key.like("%" + "%".join(words) + "%"),
        or_(Assignee.pointer == Task.pointer, Task.pointer.like(Assignee.pointer + "/children/%")),
    )
