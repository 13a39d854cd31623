"""The queue of doubtful values, what is most likely wrong first: which one is next, and what a person decides about it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from vnadmin.index.catalog.corrections import in_force, offered_document, parsed_value
from vnadmin.index.catalog.doubts import asked_at
from vnadmin.index.catalog.reviews import confirmed
from vnadmin.index.catalog.schema import Correction, Review
from vnadmin_service.archive.changes import Change, put


class Item(NamedTuple):
    """A value to look at. `parsed` and `corrected` are as in the catalogue: JSON of a value, or its text."""

    id: int
    sha256: str
    pointer: str
    reason: str
    rank: int
    parsed: Any
    corrected: Any
    open: bool
    closed_by: str | None
    kind: str | None
    answer: str | None

    @property
    def issue(self) -> str:
        """The code of the issue that is asked about; empty for a doubtful value."""
        return self.reason.removeprefix("issue:") if self.reason.startswith("issue:") else ""


COLUMNS: Final = (
    Review.id, Review.sha256, Review.pointer, Review.reason, Review.rank, Review.parsed, Review.corrected,
    (Review.state == "open").label("open"), Review.closed_by, Review.kind, Review.answer,
)  # fmt: skip


def item(connection: Connection, item_id: int) -> Item | None:
    """An item, open or decided."""
    row = connection.execute(select(*COLUMNS).where(Review.id == item_id)).first()
    return Item(*row) if row else None


def following(connection: Connection, after: Item | None) -> Item | None:
    """The first open item, or the first one behind another."""
    statement = select(*COLUMNS).where(Review.state == "open").order_by(Review.rank, Review.id).limit(1)
    if after is not None:
        statement = statement.where(_behind(after))
    row = connection.execute(statement).first()
    return Item(*row) if row else None


def preceding(connection: Connection, before: Item) -> Item | None:
    """The last open item in front of another."""
    statement = (
        select(*COLUMNS)
        .where(Review.state == "open", Review.id != before.id, ~_behind(before))
        .order_by(Review.rank.desc(), Review.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return Item(*row) if row else None


def last_word(connection: Connection, asked: Item) -> int:
    """The last thing said about the value of an item: another one after it was shown, and an answer would go over it.

    Odd while the item is open, so that an answer that sets nothing is told as well.
    """
    here = (Correction.sha256 == asked.sha256, Correction.pointer == asked_at(asked.pointer))
    last = connection.scalar(select(func.max(Correction.id)).where(*here)) if asked.pointer else None
    return 2 * (last or 0) + asked.open


def left(connection: Connection) -> int:
    """How many items are open."""
    return connection.scalar(select(func.count()).where(Review.state == "open")) or 0


def accept(connection: Connection, asked: Item, person: str, at: str, answer: str | None = None) -> None:
    """What was read, or what the archive made of it, is right: its value becomes the person's; an issue is settled as it is.

    Raises:
        BadCorrection: the document has no such place any more.
    """
    place = asked_at(asked.pointer)
    corrections = in_force(connection, [asked.sha256]).get(asked.sha256, {})
    # Catalogues of before asked about the members of a number too: those questions stayed open when it was corrected.
    if asked.issue or (asked.reason != "disagreement" and confirmed(corrections, place)):
        close(connection, asked, person, at, answer)
    else:
        change = Change(place, _parsed(connection, asked.sha256, place))
        put(connection, asked.sha256, change, person, at, answer)


def keep(connection: Connection, asked: Item, person: str, at: str, answer: str | None = None) -> None:
    """What the person said before stays, whatever the parser reads now."""
    put(connection, asked.sha256, Change(asked.pointer, asked.corrected), person, at, answer)


def settle(
    connection: Connection, asked: Item, change: Change, person: str, at: str, answer: str | None = None
) -> None:
    """Another value is right."""
    put(connection, asked.sha256, change, person, at, answer)
    close(connection, asked, person, at, answer)


def close(connection: Connection, asked: Item, person: str, at: str, answer: str | None = None) -> None:
    """A question is answered."""
    connection.execute(
        update(Review)
        .where(Review.id == asked.id, Review.state == "open")
        .values(state="closed", closed_by=person, closed_at=at, answer=answer)
    )


def _parsed(connection: Connection, sha256: str, pointer: str) -> Any:
    """The value that the person was asked about, of the parser or as the archive put it right, as JSON: the queue keeps doubtful values as the text of their field."""
    document = offered_document(connection, sha256)
    return parsed_value(document, pointer) if document else None


def _behind(other: Item) -> ColumnElement[bool]:
    return or_(Review.rank > other.rank, and_(Review.rank == other.rank, Review.id > other.id))
