"""The SQL of a search: which documents a tier holds, in order, as SQLite's FTS5 and PostgreSQL's full text say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    cast,
    column,
    exists,
    func,
    not_,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from vnadmin.index.catalog_schema import Assignee, Task
from vnadmin.index.query import Due, Query
from vnadmin.index.query_dates import Period
from vnadmin.index.search_order import positions
from vnadmin.index.search_plan import Tier
from vnadmin.index.search_schema import SEARCH_DOCUMENTS
from vnadmin.index.search_terms import ANY, tokens

Condition = ColumnElement[bool]
FEW: Final = 500  # tasks with a deadline that are looked up one by one
# The rows of FTS5, with the hidden column that its MATCH wants; and the columns that PostgreSQL has.
_INDEX: Final = table("search_index", column("rowid"), column("search_index"))
_LINE: Final[ColumnElement[str]] = column("line", _selectable=SEARCH_DOCUMENTS)
_TERMS: Final[ColumnElement[Any]] = column("terms", _selectable=SEARCH_DOCUMENTS)


class Selector:
    """Asks for the documents of a query's tiers, on one connection."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._periods = [positions(period) for period in query.issued]
        self._due = [_due(connection, due, query) for due in query.due]

    def documents(self, tier: Tier, *, limit: int | None = None, oldest: bool = False) -> list[int]:
        """The `documents.id` of a tier, newest first."""
        place = self._place(tier)
        statement = self.matching(tier).order_by(place.desc() if oldest else place).limit(limit)
        return list(self._connection.scalars(statement))

    def count(self, tier: Tier, most: int) -> int:
        """How many documents a tier holds; not counted further than `most`."""
        counted = self.matching(tier).limit(most).subquery()
        return self._connection.scalar(select(func.count()).select_from(counted)) or 0

    def matching(self, tier: Tier) -> Select[int]:
        """Selects the `document_id` of all documents of a tier."""
        place = self._place(tier)
        source: FromClause = SEARCH_DOCUMENTS
        conditions: list[Condition] = []
        if not self._sqlite:
            conditions += _postgres(tier)
        elif _has_words(tier):
            # The index leads: it has its rows in the order of the answer, so that a page ends the search.
            source = _INDEX.join(SEARCH_DOCUMENTS, SEARCH_DOCUMENTS.c.position == _INDEX.c.rowid)
            conditions.append(_INDEX.c.search_index.op("MATCH")(_fts5(tier)))
        conditions += [_issued(place, stretches) for stretches in self._periods]
        conditions += self._due
        return select(SEARCH_DOCUMENTS.c.document_id).select_from(source).where(and_(true(), *conditions))

    def _place(self, tier: Tier) -> ColumnElement[int]:
        """The number by which documents are in order; FTS5 walks its own, and knows no other."""
        return _INDEX.c.rowid if self._sqlite and _has_words(tier) else SEARCH_DOCUMENTS.c.position


def _has_words(tier: Tier) -> bool:
    return bool(tier.all_of or tier.none_of)


def _fts5(tier: Tier) -> str:
    """FTS5's own query language: quoted phrases with AND and NOT."""
    wanted = " AND ".join(map(_quoted, tier.all_of)) or _quoted(ANY)
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, tier.none_of))})" if tier.none_of else wanted


def _quoted(phrase: str) -> str:
    return f'"{phrase}"'  # terms are letters, digits and the signs of search_terms: nothing to escape


def _postgres(tier: Tier) -> Iterator[Condition]:
    """The GIN index finds documents that have all terms; whether they stand in a row, the line of terms says.

    A tsvector keeps no more than 256 places of a word: in a long document that would lose phrases.
    """
    wanted = dict.fromkeys(term for phrase in tier.all_of for term in phrase.split())
    if wanted:
        yield _has_terms(list(wanted))
    for phrase in tier.all_of:
        if " " in phrase:
            yield _in_a_row(phrase)
    for phrase in tier.none_of:
        has = _has_terms(phrase.split())
        yield not_(and_(has, _in_a_row(phrase)) if " " in phrase else has)


def _has_terms(terms: Sequence[str]) -> Condition:
    return _TERMS.op("@@", return_type=None)(cast(" & ".join(f"'{term}'" for term in terms), TSQUERY))


def _in_a_row(phrase: str) -> Condition:
    return func.strpos(_LINE, f" {phrase} ") > 0


def _issued(place: ColumnElement[int], stretches: Sequence[tuple[int, int]]) -> Condition:
    """The whole stretch first, which the index can walk; then what lies in it."""
    first, behind = min(first for first, _ in stretches), max(behind for _, behind in stretches)
    span = and_(place >= first, place < behind)
    if len(stretches) == 1:
        return span
    stored = SEARCH_DOCUMENTS.c.position
    return and_(span, or_(*(and_(stored >= begin, stored < end) for begin, end in stretches)))


def _due(connection: Connection, due: Due, query: Query) -> Condition:
    """Some task of the document has such a deadline, and is given to whom `giao:` names.

    A deadline counts for what stands below it and an assignee for what stands below him: `1. Sở Y tế: a) trước 30/6 …`.
    Few documents are named one by one; where many have such a deadline, each one that comes up is asked for its own.
    """
    task = select(Task.document_id).where(_inside(due.period))
    for value in query.values:
        if value.field == "assignee" and not value.negative:
            task = task.where(_given_to(value.text))
    few = connection.scalars(select(Task.document_id).where(_inside(due.period)).limit(FEW + 1)).all()
    if len(few) <= FEW:
        named = SEARCH_DOCUMENTS.c.document_id.in_(connection.scalars(task.where(Task.document_id.in_(few))).all())
        return not_(named) if due.negative else named
    each = task.where(Task.document_id == SEARCH_DOCUMENTS.c.document_id).correlate(SEARCH_DOCUMENTS).exists()
    return not_(each) if due.negative else and_(_may_be_inside(due.period), each)


def _may_be_inside(period: Period) -> Condition:
    """By the document's first and last deadline, which stand in its row: most are put aside without a second look."""
    earliest = min((period.start or "", *period.overlapping))
    reach = [SEARCH_DOCUMENTS.c.last_due >= earliest]
    if period.end:
        reach.append(SEARCH_DOCUMENTS.c.first_due < period.end)
    return and_(*reach)


def _inside(period: Period) -> Condition:
    dates: list[Condition] = [Task.deadline.is_not(None)]
    if period.start:
        dates.append(Task.deadline >= period.start)
    if period.end:
        dates.append(Task.deadline < period.end)
    return or_(and_(*dates), Task.deadline.in_(period.overlapping)) if period.overlapping else and_(*dates)


def _given_to(name: str) -> Condition:
    """The task, an item above or one below is given to this body."""
    below = "/children/%"
    return (
        exists()
        .where(
            Assignee.document_id == Task.document_id,
            Assignee.name_key.like("%" + "%".join(tokens(name)) + "%"),
            or_(
                Assignee.pointer == Task.pointer,
                Assignee.pointer.like(Task.pointer + below),
                Task.pointer.like(Assignee.pointer + below),
            ),
        )
        .correlate(Task)
    )
