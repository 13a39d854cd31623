"""Tasks as people work them off: those ahead, overdue, without a day and done, of all documents or of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from vnadmin.agencies import whole_name
from vnadmin.index.catalog.schema import Assignee, Document, Task
from vnadmin.index.catalog.task_marks import MARKS
from vnadmin.index.search.query import Query
from vnadmin.index.search.query_bodies import spellings
from vnadmin.index.search.search import matching
from vnadmin.index.search.tasks import Named, given_in, nearest
from vnadmin.index.search.terms import tokens
from vnadmin_service.archive.graph import name_of

PAGE: Final = 50
COUNTED: Final = 1000  # tasks are counted up to here
# `26/2023/NĐ-CP`, `59/2020/QH14`: normative documents have the year in their number (NĐ 30/2020 and Luật BHVBQPPL)
_NORMATIVE: Final = or_(Document.number.like("%/20__/%"), Document.number.like("%/19__/%"))


class Kind(StrEnum):
    """What a list of tasks holds; what is done or no task stands in a list of its own."""

    AHEAD = "ahead"
    PAST = "past"
    UNDATED = "undated"
    DONE = "done"
    NO_TASK = "none"


class Due(NamedTuple):
    """A task; who is told may stand in an item above it. `days`: until its deadline, below nought past it."""

    sha256: str
    document: str
    issuer: str | None
    pointer: str
    text: str
    deadline: str | None
    deadline_text: str | None
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    done_by: str | None
    done_at: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tasks a reader asks for: those given to someone, of the documents of a search, seen from a day."""

    day: str
    who: str = ""
    query: Query | None = None
    among: Select[int] | None = None
    own: tuple[str, ...] = ()  # names of whom tasks are asked where nobody is named in `who`
    laws: bool = False  # with the duties without a day of laws and other normative documents, which hold for ever


def due(
    connection: Connection, asked: Asked, kind: Kind, *, page: int = 1, size: int | None = PAGE
) -> tuple[list[Due], bool]:
    """A page of tasks, and whether there are more; all of them without a `size`."""
    statement = _columns(_given(connection, asked, kind)).order_by(*_order(kind))
    if size is not None:
        statement = statement.limit(size + 1).offset((page - 1) * size)
    rows = connection.execute(statement).all()
    more = size is not None and len(rows) > size
    return _told(connection, rows[:size]), more


def given_after(
    connection: Connection, asked: Asked, kind: Kind, *, limit: int, after: tuple[int, str] | None = None
) -> tuple[list[Due], tuple[int, str] | None]:
    """Tasks in the order in which the archive got their documents, behind one of them; and where the next page goes on."""
    place = tuple_(Task.document_id, Task.pointer)
    statement = _columns(_given(connection, asked, kind)).order_by(Task.document_id, Task.pointer).limit(limit + 1)
    if after is not None:
        statement = statement.where(place > tuple_(*map(literal, after)))
    rows = connection.execute(statement).all()
    page = rows[:limit]
    return _told(connection, page), (page[-1].document_id, page[-1].pointer) if len(rows) > limit else None


def counts(connection: Connection, asked: Asked) -> dict[Kind, int]:
    """How many tasks there are of each kind, `COUNTED` + 1 where there are more."""
    found = {}
    for kind in Kind:
        some = _given(connection, asked, kind).with_only_columns(Task.document_id).limit(COUNTED + 1).subquery()
        found[kind] = connection.scalar(select(func.count()).select_from(some)) or 0
    return found


def of_laws(connection: Connection, asked: Asked) -> bool:
    """Whether duties of normative documents are left out of the list of tasks without a day."""
    given = _given(connection, replace(asked, laws=True), Kind.UNDATED).where(_NORMATIVE)
    return connection.scalar(given.with_only_columns(Task.document_id).limit(1)) is not None


class Marked(NamedTuple):
    """A task that was just marked, while the mark is in force."""

    sha256: str
    pointer: str
    text: str
    done: bool


def marked(connection: Connection, sha256: str, pointer: str) -> Marked | None:
    """The task at a place, if it is marked as done or as none."""
    row = connection.execute(
        select(MARKS.c.sha256, MARKS.c.pointer, MARKS.c.text, MARKS.c.done).where(
            MARKS.c.sha256 == sha256, MARKS.c.pointer == pointer, or_(MARKS.c.done, MARKS.c.no_task)
        )
    ).first()
    return Marked(*row) if row else None


def opens_on(counted: dict[Kind, int]) -> Kind:
    """The list that a reader meets first: what is due; else what is overdue; else what has no day."""
    return next((kind for kind in (Kind.AHEAD, Kind.PAST, Kind.UNDATED) if counted[kind]), Kind.AHEAD)


def _given(connection: Connection, asked: Asked, kind: Kind) -> Select[Any]:
    """The tasks of a kind, without columns yet."""
    conditions = [_is(kind, asked.day)]
    if kind is Kind.UNDATED and not asked.laws:
        conditions.append(or_(Document.number.is_(None), not_(_NORMATIVE)))
    wanted = (asked.who,) if tokens(asked.who) else asked.own
    names = [tokens(name) for one in wanted for name in spellings(one) if tokens(name)]
    if names:
        conditions.append(or_(*map(_given_to, names)))
    if asked.query is not None:
        found = matching(connection, asked.query, among=asked.among)
        conditions.append(Task.document_id.in_(select(found.order_by(None).subquery().c.document_id)))
        if all(asked.query.names):
            parts = [and_(*(_given_to(tokens(name)) for name in names)) for names in asked.query.names]
            conditions.append(or_(*parts))
    source: FromClause = Task.__table__.join(Document.__table__, Document.id == Task.document_id)
    here = and_(MARKS.c.sha256 == Document.sha256, MARKS.c.pointer == Task.pointer, MARKS.c.text == Task.text)
    said = {Kind.DONE: MARKS.c.done, Kind.NO_TASK: MARKS.c.no_task}
    source = source.join(
        MARKS, and_(here, said.get(kind, or_(MARKS.c.done, MARKS.c.no_task))), isouter=kind not in said
    )
    return select(Task.document_id).select_from(source).where(*conditions)


def _is(kind: Kind, day: str) -> ColumnElement[bool]:
    """A deadline of `2022-06` is ahead until the month has gone."""
    open_ = MARKS.c.sha256.is_(null())
    if kind in (Kind.DONE, Kind.NO_TASK):
        return true()
    if kind is Kind.UNDATED:
        return and_(open_, Task.deadline.is_(None))
    begun = or_(Task.deadline >= day, Task.deadline.in_((day[:7], day[:4])))
    if kind is Kind.PAST:
        return and_(open_, Task.deadline.is_not(None), not_(begun))
    # What is ahead has at least this year: with that bound the index on deadlines is not read from its beginning.
    return and_(open_, Task.deadline >= day[:4], begun)


def _order(kind: Kind) -> tuple[Any, ...]:
    first = {
        Kind.AHEAD: (Task.deadline,),
        Kind.PAST: (Task.deadline.desc(),),
        Kind.UNDATED: (Document.issued_on.is_(None), Document.issued_on.desc()),
        Kind.DONE: (MARKS.c.made_at.desc(),),
        Kind.NO_TASK: (MARKS.c.made_at.desc(),),
    }[kind]
    return (*first, Task.document_id, Task.pointer)


def _columns(statement: Select[Any]) -> Select[*tuple[Any, ...]]:
    columns: tuple[Any, ...] = (
        Task.document_id, Task.pointer, Task.text, Task.deadline, Task.deadline_text, Document.sha256,
        Document.type_name, Document.number, Document.issuing_agency, Document.parent_agency, MARKS.c.person, MARKS.c.made_at,
    )  # fmt: skip
    return statement.with_only_columns(*columns, maintain_column_froms=True)


def _told(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Due]:
    given = given_in(connection, list({row.document_id for row in rows}))
    return [
        Due(
            row.sha256,
            name_of(row.type_name, row.number),
            row.issuing_agency and whole_name(row.issuing_agency, row.parent_agency),
            row.pointer,
            row.text,
            row.deadline,
            row.deadline_text,
            _names(nearest(given[row.document_id], row.pointer), "lead"),
            _names(nearest(given[row.document_id], row.pointer), "partner"),
            row.person,
            row.made_at,
        )
        for row in rows
    ]


def _names(told: Sequence[Named], role: str) -> tuple[str, ...]:
    return tuple(one.name for one in told if one.role == role)


def _given_to(words: list[str]) -> ColumnElement[bool]:
    """The task is given to this body, as it is shown: by itself, else by the nearest item above that names anybody."""
    nearer = aliased(Assignee)
    return exists().where(
        _tells(Assignee),
        Assignee.name_key.like("%" + "%".join(words) + "%"),
        ~exists()
        .where(_tells(nearer), func.length(nearer.pointer) > func.length(Assignee.pointer))
        .correlate(Task, Assignee),
    )


def _tells(named: type[Assignee]) -> ColumnElement[bool]:
    """A name that the task or an item above it says."""
    here = or_(named.pointer == Task.pointer, Task.pointer.like(named.pointer + "/children/%"))
    return and_(named.document_id == Task.document_id, here)
