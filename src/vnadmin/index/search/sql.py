"""The SQL of a search: which documents a tier holds, in order, as SQLite's FTS5 and PostgreSQL's full text say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from vnadmin.index.catalog.schema import Assignee, Document, Task
from vnadmin.index.search.order import positions
from vnadmin.index.search.plan import Tier
from vnadmin.index.search.query import Due, Query
from vnadmin.index.search.query_dates import Period
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.search.terms import ANY, tokens

Condition = ColumnElement[bool]
Stretches: TypeAlias = Sequence[tuple[int, int]]  # of positions, as (first, behind the last)
Columns: TypeAlias = ReadOnlyColumnCollection[str, Any]
OfDocument: TypeAlias = Callable[[Columns], Condition]  # of the columns of search_documents, wherever they are read
FEW: Final = 500  # tasks with a deadline that are looked up one by one
# The rows of FTS5, with the hidden column that its MATCH wants; and the column that PostgreSQL has.
_INDEX: Final = table("search_index", column("rowid"), column("search_index"))
_TERMS: Final[ColumnElement[Any]] = column("terms", _selectable=SEARCH_DOCUMENTS)


class Selector:
    """Asks for the documents of a query's tiers, on one connection.

    Args:
        among: selects those that may be found.
        within: the stretch of positions that they stand in.
    """

    def __init__(
        self,
        connection: Connection,
        query: Query,
        among: Select[int] | None = None,
        within: tuple[int, int] | None = None,
    ) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        # for this transaction: the planner takes a look into every tsvector for cheap, and it is not
        if not self._sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        self._periods = [positions(period) for period in query.issued]
        self._periods += [[within]] if within is not None else []
        self._rows = [_due(connection, due, query) for due in query.due]
        if "number" in query.lacking | query.having:
            self._rows.append(_numberless("number" in query.lacking, "number" in query.having))
        if query.void:
            self._rows.append(lambda _: false())
        if among is not None:
            self._rows.append(lambda document: document.document_id.in_(among))

    def documents(self, tier: Tier, *, limit: int | None = None, oldest: bool = False) -> list[int]:
        """The `documents.id` of a tier, newest first."""
        statement, place = self._statement(tier)
        return list(self._connection.scalars(statement.order_by(place.desc() if oldest else place).limit(limit)))

    def count(self, tier: Tier, most: int) -> int:
        """How many documents a tier holds; not counted further than `most`."""
        counted = self.matching(tier).limit(most).subquery()
        return self._connection.scalar(select(func.count()).select_from(counted)) or 0

    def in_order(self, tier: Tier) -> Select[int]:
        """Selects the `document_id` of a tier, newest first."""
        statement, place = self._statement(tier)
        return statement.order_by(place)

    def facets(self, tier: Tier) -> Select[str]:
        """Selects the lines of facets of a tier's documents, newest first."""
        statement, place = self._statement(tier)
        if _has_words(tier) and not self._sqlite:
            statement = statement.join(SEARCH_DOCUMENTS, SEARCH_DOCUMENTS.c.position == place)
        return statement.with_only_columns(SEARCH_DOCUMENTS.c.facets).order_by(place)

    def matching(self, tier: Tier) -> Select[int]:
        """Selects the `document_id` of all documents of a tier."""
        return self._statement(tier)[0]

    def _statement(self, tier: Tier) -> tuple[Select[int], ColumnElement[int]]:
        """What selects a tier, and the number by which its documents are in order."""
        place: ColumnElement[int] = SEARCH_DOCUMENTS.c.position
        source: FromClause = SEARCH_DOCUMENTS
        conditions: list[Condition] = []
        if _has_words(tier) and self._sqlite:
            # The index leads: it has its rows in the order of the answer, so that a page ends the search.
            source = _INDEX.join(SEARCH_DOCUMENTS, place == _INDEX.c.rowid)
            place = _INDEX.c.rowid
            conditions.append(_INDEX.c.search_index.op("MATCH")(_fts5(tier)))
        if _has_words(tier) and not self._sqlite:
            return _postgres(tier, self._periods, self._rows)
        conditions += [_issued(place, stretches) for stretches in self._periods]
        conditions += [row(SEARCH_DOCUMENTS.c) for row in self._rows]
        return select(SEARCH_DOCUMENTS.c.document_id).select_from(source).where(and_(true(), *conditions)), place


def _has_words(tier: Tier) -> bool:
    return any(tier.any_of) or bool(tier.none_of)


def _fts5(tier: Tier) -> str:
    """FTS5's own query language: quoted phrases with AND, OR and NOT."""
    parts = [" AND ".join(map(_quoted, part)) or _quoted(ANY) for part in tier.any_of]
    wanted = " OR ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0]
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, tier.none_of))})" if tier.none_of else wanted


def _quoted(phrase: str) -> str:
    return f'"{phrase}"'  # terms are letters, digits and the signs of search_terms: nothing to escape


def _postgres(
    tier: Tier, periods: Sequence[Stretches], of_rows: Sequence[OfDocument]
) -> tuple[Select[int], ColumnElement[int]]:
    """GIN finds the documents that have all words; put in order, one after the other is looked at for the phrases.

    Whether words stand in a row is read from the line of terms: a tsvector keeps no more than 256 places of a word, and
    would lose phrases in long documents. The inner query is not merged into the outer one (OFFSET 0), and orders by a sum,
    for which no index helps: PostgreSQL takes the reading of large columns for free, and would read all of them in order.
    """
    parts = [
        " & ".join(dict.fromkeys(f"'{term}'" for phrase in part or (ANY,) for term in phrase.split()))
        for part in tier.any_of
    ]
    wanted = " | ".join(f"({part})" for part in parts)
    words = " & ".join([f"({wanted})", *(f"!'{term}'" for term in tier.none_of if " " not in term)])
    place = SEARCH_DOCUMENTS.c.position + literal(0, BigInteger)
    inner = (
        select(
            place.label("place"),
            *(SEARCH_DOCUMENTS.c[name] for name in ("document_id", "first_due", "last_due")),
        )
        .where(
            _TERMS.op("@@", return_type=Boolean())(cast(words, TSQUERY)),
            *(_issued(place, period) for period in periods),
        )
        .order_by("place")
        .offset(literal(0, BigInteger))
        .subquery()
    )
    one = SEARCH_DOCUMENTS.alias()
    line = select(column("line", Text, _selectable=one)).where(one.c.position == inner.c.place).scalar_subquery()
    rows: list[Condition] = [row(inner.c) for row in of_rows]
    if len(tier.any_of) == 1:
        rows += [func.strpos(line, f" {phrase} ") > 0 for phrase in tier.any_of[0] if " " in phrase]
    elif any(" " in phrase for part in tier.any_of for phrase in part):  # the words are there, of some part or another
        rows.append(or_(*(and_(*(func.strpos(line, f" {phrase} ") > 0 for phrase in part)) for part in tier.any_of)))
    rows += [func.strpos(line, f" {phrase} ") == 0 for phrase in tier.none_of if " " in phrase]
    return select(inner.c.document_id).where(and_(true(), *rows)), inner.c.place


def _issued(place: ColumnElement[int], stretches: Stretches) -> Condition:
    """The whole stretch first, which the index can walk; then what lies in it."""
    first, behind = min(first for first, _ in stretches), max(behind for _, behind in stretches)
    span = and_(place >= first, place < behind)
    if len(stretches) == 1:
        return span
    stored = SEARCH_DOCUMENTS.c.position
    return and_(span, or_(*(and_(stored >= begin, stored < end) for begin, end in stretches)))


def _numberless(wanted: bool, unwanted: bool) -> OfDocument:
    """No number, or one whose place before the slash was left blank (`Số:    /UBND-VX`)."""
    key = Document.number_key  # whose index leaves few to be looked at
    near = or_(key.is_(None), key < "0", key >= "a")
    blank = select(Document.id).where(near, Document.sequence.is_(None))

    def condition(document: Columns) -> Condition:
        found = document.document_id.in_(blank)
        return and_(found if wanted else true(), not_(found) if unwanted else true())

    return condition


def _due(connection: Connection, due: Due, query: Query) -> OfDocument:
    """Some task of the document has such a deadline, and is given to whom `giao:` names.

    A deadline counts for what stands below it and an assignee for what stands below him: `1. Sở Y tế: a) trước 30/6 …`.
    Few documents are named one by one; where many have such a deadline, each one that comes up is asked for its own.
    """
    wanted = [_inside(due.period)]
    if all(query.names):
        wanted.append(or_(*(and_(*map(_given_to, names)) for names in query.names)))
    few = connection.scalars(select(Task.document_id).where(wanted[0]).limit(FEW + 1)).all()
    named = None
    if len(few) <= FEW:
        named = connection.scalars(select(Task.document_id).where(Task.document_id.in_(few), *wanted)).all()

    def condition(document: Columns) -> Condition:
        if named is not None:
            found: Condition = document.document_id.in_(named)
        else:
            each = select(Task.pointer).where(Task.document_id == document.document_id, *wanted)
            found = and_(_may_be_inside(due.period, document), each.correlate_except(Task).exists())
        return not_(found) if due.negative else found

    return condition


def _may_be_inside(period: Period, document: Columns) -> Condition:
    """By the document's first and last deadline, which stand in its row: most are put aside without a second look."""
    earliest = min((period.start or "", *period.overlapping))
    reach: list[Condition] = [document.last_due >= earliest]
    if period.end:
        reach.append(document.first_due < period.end)
    return func.coalesce(and_(*reach), false())


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
