"""The tasks of a document that a search for `giao:` or `han:` is about, with whom they are given to and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, select

from vnadmin.index.catalog.schema import Assignee, Task
from vnadmin.index.search.query import Query
from vnadmin.index.search.query_dates import Period
from vnadmin.index.search.terms import tokens

_AT_ONCE = 500  # documents asked for in one statement
_SHOWN = 3  # tasks of a document that are shown with it


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task; assignees and deadline may be those of the item above it."""

    text: str
    assignees: tuple[str, ...]
    deadline: str | None


class Named(NamedTuple):
    """Who is told. role: `lead` or `partner`."""

    name: str
    role: str


Given: TypeAlias = Mapping[str, Sequence[Named]]


def tasks_for(connection: Connection, query: Query, ids: Sequence[int]) -> dict[int, list[GivenTask]]:
    """By document, the first tasks that fulfil what the query says of tasks; nothing where it says nothing of them."""
    names = query.names if all(query.names) else [[]]
    periods = [due.period for due in query.due if not due.negative]
    if not any(query.names) and not periods:
        return {}
    given = given_in(connection, ids)
    listed: defaultdict[int, dict[str, Row[*tuple[Any, ...]]]] = defaultdict(dict)
    for task in connection.execute(
        select(Task.document_id, Task.pointer, Task.text, Task.deadline_text, Task.deadline).where(
            Task.document_id.in_(ids)
        )
    ):
        listed[task.document_id][task.pointer] = task
    return {
        document: list(_fulfilling(tasks, given[document], names, periods))[:_SHOWN]
        for document, tasks in listed.items()
    }


def _fulfilling(
    tasks: Mapping[str, Row[*tuple[Any, ...]]],
    given: Given,
    names: Sequence[Sequence[str]],
    periods: Sequence[Period],
) -> Iterator[GivenTask]:
    """What an item says counts for those below it."""
    for pointer in sorted(tasks, key=in_order):
        above = list(upwards(pointer))
        assignees = [one.name for place in above for one in given.get(place, ())]
        dated = [tasks[place] for place in above if place in tasks and tasks[place].deadline]
        is_given = any(all(any(_holds(name, one) for name in assignees) for one in wanted) for wanted in names)
        if is_given and all(any(_inside(row.deadline, period) for row in dated) for period in periods):
            until = next((tasks[p].deadline_text for p in above if p in tasks and tasks[p].deadline_text), None)
            yield GivenTask(tasks[pointer].text, tuple(dict.fromkeys(assignees)), until)


def given_in(connection: Connection, ids: Sequence[int]) -> Mapping[int, Given]:
    """Who is told by each document, by the pointer of the item that names them."""
    given: defaultdict[int, defaultdict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(ids), _AT_ONCE):
        for one in connection.execute(
            select(Assignee.document_id, Assignee.pointer, Assignee.name, Assignee.role)
            .where(Assignee.document_id.in_(ids[start : start + _AT_ONCE]))
            .order_by(Assignee.document_id, Assignee.pointer, Assignee.ordinal)
        ):
            given[one.document_id][one.pointer].append(Named(one.name, one.role))
    return given


def upwards(pointer: str) -> Iterator[str]:
    """The pointer itself, then those of the items that it stands in."""
    while True:
        yield pointer
        pointer, found, _ = pointer.rpartition("/children/")
        if not found:
            return


def nearest(given: Given, pointer: str) -> Sequence[Named]:
    """Whom an item is given to: whom it names, else whom the item above it names. Its own rows hold the leads from above."""
    return next((given[place] for place in upwards(pointer) if given.get(place)), ())


def in_order(pointer: str) -> list[tuple[int, str]]:
    """Item 10 after item 9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in pointer.split("/")]


def _holds(name: str, wanted: str) -> bool:
    return f" {' '.join(tokens(wanted))} " in f" {' '.join(tokens(name))} "


def _inside(deadline: str | None, period: Period) -> bool:
    if deadline is None:
        return False
    late_enough = period.start is None or deadline >= period.start or deadline in period.overlapping
    return late_enough and (period.end is None or deadline < period.end)
