"""Search a catalogue: what a person typed becomes a page of documents, best first, with the words marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.record import text_of
from vnadmin.index.catalog.schema import Body, Document, File
from vnadmin.index.search.marks import Pattern, Piece, best_part, mark, patterns
from vnadmin.index.search.order import BEHIND_ALL
from vnadmin.index.search.plan import Place, Tier, plan, wider
from vnadmin.index.search.query import Query, read_query
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.search.sql import Selector
from vnadmin.index.search.tasks import GivenTask, tasks_for

COUNTED: Final = 1000  # documents are counted up to here: a person who reads "more than 1000" asks more closely
_IN_TEXT: Final = ("cites", "addressee", "recipient")  # fields whose values are shown where they stand
_SHOWN: Final = (
    Document.id, Document.sha256, Document.type_code, Document.type_name, Document.issued_on, Document.number,
    Document.issuing_agency, Document.parent_agency, Document.subject, Document.signer, Body.record,
)  # fmt: skip


class Order(StrEnum):
    """How answers are sorted."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task that a search for `giao:` or `han:` found."""

    text: tuple[Piece, ...]
    assignees: tuple[tuple[Piece, ...], ...]
    deadline: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One document of an answer. Texts are in pieces, those that were looked for marked."""

    document_id: int
    sha256: str
    type_code: str | None
    type_name: str | None
    issued_on: str | None
    number: tuple[Piece, ...]
    issuer: tuple[Piece, ...]
    parent: tuple[Piece, ...]  # the body above it
    subject: tuple[Piece, ...]
    signer: tuple[Piece, ...]
    part: tuple[Piece, ...]
    tasks: tuple[FoundTask, ...]
    paths: tuple[str, ...]
    place: Place
    accents: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of hits. `total` is exact unless `more` says that there are more than it.

    as_typed: how many of them have the words with the accents that were typed; None where none was, or `more`.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    more: bool
    as_typed: int | None = None


def search(
    connection: Connection,
    query: str | Query,
    *,
    limit: int = 20,
    offset: int = 0,
    order: Order = Order.BEST,
    among: Select[int] | None = None,
) -> Answer:
    """The documents that match, best first; of equally good ones the newest first.

    Args:
        among: selects the `documents.id` that may be found; without it, all may.

    Raises:
        BadQuery: a date that is none.
    """
    asked = read_query(query) if isinstance(query, str) else query
    tiers, selector = plan(asked), Selector(connection, asked, among)
    found = _ranked(selector, tiers, offset + limit, order)
    total, more = len(found), False
    if total == offset + limit:
        total = max(total, selector.count(tiers[-1], COUNTED + 1))
        more = total > COUNTED
        total = max(len(found), COUNTED) if more else total
    page = list(found.items())[offset:]
    typed = [tier for tier in tiers if tier.accents]
    as_typed = selector.count(typed[-1], COUNTED) if typed and total and not more else None
    return Answer(asked, tuple(_hits(connection, asked, page)), total, more, as_typed)


def page_after(
    connection: Connection,
    query: Query,
    *,
    limit: int,
    oldest: bool = False,
    among: Select[int] | None = None,
    after: int | None = None,
) -> tuple[list[Hit], int | None]:
    """Documents that match, newest or oldest first, behind a place in that order; and where the next page goes on.

    A place is a number of its own in the order: documents that come in or go meanwhile move no other.
    """
    within = None if after is None else (0, after) if oldest else (after + 1, BEHIND_ALL)
    tier = plan(query)[-1]
    ids = Selector(connection, query, among, within).documents(tier, limit=limit + 1, oldest=oldest)
    hits = list(_hits(connection, query, [(document, tier) for document in ids[:limit]]))
    if len(ids) <= limit:
        return hits, None
    place = select(SEARCH_DOCUMENTS.c.position).where(SEARCH_DOCUMENTS.c.document_id == ids[limit - 1])
    return hits, connection.scalar(place)


def count_found(connection: Connection, query: Query, *, among: Select[int] | None = None) -> tuple[int, bool]:
    """How many documents match, counted up to `COUNTED`, and whether there are more."""
    number = Selector(connection, query, among).count(plan(query)[-1], COUNTED + 1)
    return min(number, COUNTED), number > COUNTED


def found_ids(
    connection: Connection, query: str | Query, *, order: Order = Order.BEST, among: Select[int] | None = None
) -> list[int]:
    """The `documents.id` of all documents that match, in order: for exports."""
    asked = read_query(query) if isinstance(query, str) else query
    return list(_ranked(Selector(connection, asked, among), plan(asked), None, order))


def matching(connection: Connection, query: Query, *, among: Select[int] | None = None) -> Select[int]:
    """Selects the `documents.id` of all documents that match, newest first: to count them by what they say."""
    return Selector(connection, query, among).in_order(plan(query)[-1])


def matching_facets(connection: Connection, query: Query, *, among: Select[int] | None = None) -> Select[str]:
    """Selects the lines of facets (`facets.py`) of all documents that match, newest first."""
    return Selector(connection, query, among).facets(plan(query)[-1])


def _ranked(selector: Selector, tiers: Sequence[Tier], wanted: int | None, order: Order) -> dict[int, Tier]:
    """Documents with the tier that found them, as many as are wanted."""
    if order is not Order.BEST:
        last = tiers[-1]
        return dict.fromkeys(selector.documents(last, limit=wanted, oldest=order is Order.OLDEST), last)
    found: dict[int, Tier] = {}
    asked: dict[Tier, list[int]] = {}
    for tier in tiers:
        documents = _first(selector, tier, tiers, wanted, asked)
        if wanted is not None and len(documents) == wanted and not found.keys().isdisjoint(documents):
            documents = selector.documents(tier, limit=wanted + len(found))  # those found before came up again
        for document in documents:
            found.setdefault(document, tier)
        if wanted is not None and len(found) >= wanted:
            return dict(list(found.items())[:wanted])
    return found


def _first(
    selector: Selector, tier: Tier, tiers: Sequence[Tier], wanted: int | None, asked: dict[Tier, list[int]]
) -> list[int]:
    """The first documents of a tier; the database is not asked where a wider tier is known to hold none.

    Where there are many documents, asking the wider tiers costs little: they fill their page at once.
    """
    if tier not in asked:
        around = wider(tier, tiers)
        none = around is not None and not _first(selector, around, tiers, wanted, asked)
        asked[tier] = [] if none else selector.documents(tier, limit=wanted)
    return asked[tier]


def _hits(connection: Connection, query: Query, page: Sequence[tuple[int, Tier]]) -> Iterator[Hit]:
    ids = [document for document, _ in page]
    rows = {
        row.id: row
        for row in connection.execute(
            select(*_SHOWN).join(Body, Body.document_id == Document.id).where(Document.id.in_(ids))
        )
    }
    paths = _paths(connection, [row.sha256 for row in rows.values()])
    tasks = tasks_for(connection, query, ids)
    wanted = {accents: _Marker(query, accents) for accents in (True, False)}
    for document, tier in page:
        if row := rows.get(document):
            yield _hit(row, tier, wanted[tier.accents], paths[row.sha256], tasks.get(document, ()))


class _Marker:
    """What to mark in each place, for documents found with or without accents; made once for a page."""

    def __init__(self, query: Query, accents: bool) -> None:
        self._query = query
        self._accents = accents
        self._made: dict[tuple[str, ...], list[Pattern]] = {}

    def patterns(self, *fields: str) -> list[Pattern]:
        """The query's words, and its values of these fields."""
        if fields not in self._made:
            self._made[fields] = patterns(self._query, accents=self._accents, fields=fields)
        return self._made[fields]

    def mark(self, text: str | None, *fields: str) -> tuple[Piece, ...]:
        return mark(text, self.patterns(*fields)) if text else ()


def _hit(
    row: Row[*tuple[Any, ...]], tier: Tier, marker: _Marker, paths: Sequence[str], tasks: Sequence[GivenTask]
) -> Hit:
    return Hit(
        document_id=row.id,
        sha256=row.sha256,
        type_code=row.type_code,
        type_name=row.type_name,
        issued_on=row.issued_on,
        number=marker.mark(row.number, "number"),
        issuer=marker.mark(row.issuing_agency, "issuer"),
        parent=marker.mark(row.parent_agency, "issuer"),
        subject=marker.mark(row.subject, "subject"),
        signer=marker.mark(row.signer, "signer"),
        part=best_part(text_of(row.record), marker.patterns(*_IN_TEXT)),
        tasks=tuple(
            FoundTask(
                marker.mark(task.text, "assignee"),
                tuple(marker.mark(name, "assignee") for name in task.assignees),
                task.deadline,
            )
            for task in tasks
        ),
        paths=tuple(paths),
        place=tier.place,
        accents=tier.accents,
    )


def _paths(connection: Connection, hashes: Sequence[str]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(File.sha256, File.path).where(File.sha256.in_(hashes), IS_PLACED).order_by(File.found_at, File.path)
    ):
        found[row.sha256 or ""].append(row.path)
    return found
