"""Open questions that are alike: the same field and kind of doubt in the documents of one body, and the same value there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from vnadmin.index.catalog.answers import settled_by
from vnadmin.index.catalog.corrections import LAST
from vnadmin.index.catalog.doubts import asked_at, field_of, measured_share, right_share
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Correction, Document, Review
from vnadmin.index.witness.changes import Change, changes_of
from vnadmin_service.archive.graph import name_of
from vnadmin_service.archive.queue import COLUMNS, Item

MOST: Final = 200  # questions that are answered at once
FIRST: Final = 5_000  # questions at the head of the queue that are put into groups
_WEIGHT: Final = 2  # as so many decisions of this archive counts the share that was measured elsewhere
_COUNTED: Final = 1_000  # to which like ones are counted
_KIND: Final = func.coalesce(Review.kind, Review.reason)
_IS_OPEN: Final[ColumnElement[bool]] = and_(Review.state == "open", Review.reason != "disagreement")


class Seen(NamedTuple):
    """How many values people decided, and how many of them were right as the machine had read them."""

    number: int = 0
    right: int = 0


class Group(NamedTuple):
    """Questions that are alike; `first` is one of them, `name` that of the body as one of its documents prints it."""

    first: int
    name: str
    pointer: str
    kind: str
    reason: str
    number: int
    values: int
    seen: Seen
    share: float

    @property
    def is_issue(self) -> bool:
        """Whether an issue is asked about, and no value that was read."""
        return self.reason.startswith("issue:")


class Like(NamedTuple):
    """How many open questions are like one, that one included: of its group, and of them with its value; at most 1,000."""

    group: int
    value: int


class Effect(NamedTuple):
    """What an answer did beside its question: others that it settled, and how many open ones were read the same."""

    settled: int
    alike: int


class Member(NamedTuple):
    """A question of a group, with the name of its document and the value that an answer would confirm."""

    item: Item
    name: str
    value: Any


def groups(connection: Connection, here: Mapping[tuple[str, str], Seen]) -> list[Group]:
    """The groups at the head of the queue: what was right least often first, then the largest.

    Args:
        here: what people of this archive decided.
    """
    head = select(Review.id).where(_IS_OPEN).order_by(Review.rank, Review.id).limit(FIRST).scalar_subquery()
    rows = connection.execute(
        select(
            func.min(Review.id), func.min(Document.issuing_agency), Review.pointer, _KIND, Review.reason,
            func.count(), func.count(Review.parsed.distinct()),
        )
        .join(Document, Document.sha256 == Review.sha256)
        .where(Review.id.in_(head))
        .group_by(Document.issuer_key, Review.rank, Review.pointer, _KIND, Review.reason)
    ).all()  # fmt: skip
    found = []
    for first, name, pointer, kind, reason, number, values in rows:
        known = here.get((field_of(pointer), kind), Seen())
        measured = measured_share(pointer, kind)
        share = (_WEIGHT * measured + known.right) / (_WEIGHT + known.number)
        found.append(Group(first, name or "", pointer, kind, reason, number, max(values, 1), known, share))
    return sorted(found, key=lambda one: (one.share, -one.number, one.first))


def decided(connection: Connection) -> Mapping[tuple[str, str], Seen]:
    """What people of this archive decided, by field and kind of doubt. An issue that was seen and left was right."""
    # Joined here: SQLite takes forty times as long.
    changed = {
        (sha256, pointer): is_changed
        for sha256, pointer, is_changed in connection.execute(
            select(Correction.sha256, Correction.pointer, Correction.value.is_distinct_from(Correction.parsed)).where(
                Correction.id.in_(LAST), Correction.action == "set"
            )
        )
    }
    closed = select(Review.sha256, Review.pointer, Review.reason, _KIND).where(
        Review.state == "closed", Review.closed_by.is_not(None), Review.reason != "disagreement"
    )
    number, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for sha256, pointer, reason, kind in connection.execute(closed):
        is_changed = changed.get((sha256, pointer))
        if is_changed is not None or reason.startswith("issue:"):
            number[field_of(pointer), kind] += 1
            right[field_of(pointer), kind] += not is_changed
    return {name: Seen(number[name], right[name]) for name in number}


def likely_wrong(connection: Connection) -> float:
    """How many of the open questions are expected to be about a wrong value, by the measured shares of their kinds."""
    rows = connection.execute(
        select(Review.rank, func.count()).where(Review.state == "open", Review.rank > 0).group_by(Review.rank)
    )
    return sum(number * (1 - right_share(rank)) for rank, number in rows)


def like(connection: Connection, item: Item) -> Like:
    """How many open questions are like one."""

    def count(statement: Select[Any]) -> int:
        return connection.scalar(select(func.count()).select_from(statement.limit(_COUNTED).subquery())) or 0

    group = _alike(connection, item)
    return Like(count(group), count(_same_value(group, item)))


def effect_of(connection: Connection, ended: Item | None) -> Effect:
    """What the answer to a question did beside it."""
    if ended is None or ended.reason == "disagreement":
        return Effect(0, 0)
    settled = settled_by(connection, ended.answer) - 1 if ended.answer else 0
    return Effect(settled, like(connection, ended).value)


def members(connection: Connection, item: Item, *, same: bool) -> list[Member]:
    """The open questions like one, those with the same value together; at most `MOST`."""
    statement = _alike(connection, item)
    rows = connection.execute(
        (_same_value(statement, item) if same else statement)
        .with_only_columns(*COLUMNS, Document.type_name, Document.number)
        .order_by(Review.id)
        .limit(MOST)
    ).all()
    found = [(Item(*row[: len(COLUMNS)]), name_of(*row[len(COLUMNS) :])) for row in rows]
    right = changes_of(connection, [one.sha256 for one, _ in found])
    named = [
        Member(one, name or _file_name(connection, one.sha256), _offered(one, right.get(one.sha256, ())))
        for one, name in found
    ]
    often = Counter(str(one.value) for one in named)
    return sorted(named, key=lambda one: (-often[str(one.value)], str(one.value), one.item.id))


def _offered(item: Item, changes: Sequence[Change]) -> Any:
    """What was read, or what the archive made of it."""
    place = asked_at(item.pointer)
    return next((one.after for one in changes if one.pointer == place and one.before == item.parsed), item.parsed)


def _alike(connection: Connection, item: Item) -> Select[Any]:
    issuer = connection.scalar(select(Document.issuer_key).where(Document.sha256 == item.sha256))
    return (
        select(Review.id)
        .join(Document, Document.sha256 == Review.sha256)
        .where(
            _IS_OPEN,
            Review.rank == item.rank,
            Review.pointer == item.pointer,
            Review.reason == item.reason,
            Review.kind.is_not_distinct_from(item.kind),
            Document.issuer_key.is_not_distinct_from(issuer),
        )
    )


def _same_value(statement: Select[Any], item: Item) -> Select[Any]:
    value = select(Review.parsed).where(Review.id == item.id).scalar_subquery()
    return statement.where(Review.parsed.is_not_distinct_from(value))


def _file_name(connection: Connection, sha256: str) -> str:
    paths = paths_of(connection, sha256)
    return paths[0].rpartition("/")[2] if paths else sha256[:12]
