"""Answers to questions of the queue, each with a name: what one wrote is found by it, and taken back as a whole."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select, text, update

from vnadmin.index.catalog.corrections import correct, withdraw
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.schema import Answer, Correction, Review


class Undone(NamedTuple):
    """What an answer that was taken back left: questions open again, and values that somebody has set since."""

    reopened: int
    kept: int


def begin(connection: Connection, name: str, person: str, at: str, asked: int = 1) -> bool:
    """Give an answer its name before anything of it is written; False where it was given before: a form sent twice."""
    row = {"id": name, "person": person, "at": at, "asked": asked}
    taken = text(
        "INSERT INTO answers (id, person, made_at, asked) VALUES (:id, :person, :at, :asked) ON CONFLICT (id) DO NOTHING"
    )
    return connection.execute(taken, row).rowcount == 1


def answer_of(connection: Connection, name: str) -> Answer | None:
    """What is on record of an answer."""
    row = connection.execute(select(Answer.__table__).where(Answer.id == name)).first()
    return Answer(**row._mapping) if row else None


def settled_by(connection: Connection, name: str) -> int:
    """How many questions an answer closed that nobody has opened since."""
    return connection.scalar(select(func.count()).where(Review.answer == name, Review.state == "closed")) or 0


class Made(NamedTuple):
    """An answer as it is told afterwards; `pointer` is where its first question stood."""

    id: str
    person: str
    made_at: str
    asked: int
    undone_by: str | None
    pointer: str | None


def latest(connection: Connection, most: int) -> list[Made]:
    """The last answers, the newest first."""
    rows = connection.execute(
        select(Answer.id, Answer.person, Answer.made_at, Answer.asked, Answer.undone_by)
        .order_by(Answer.made_at.desc(), Answer.id)
        .limit(most)
    ).all()
    written = select(Correction.answer, func.min(Correction.pointer)).where(
        Correction.answer.in_([row.id for row in rows])
    )
    closed = select(Review.answer, func.min(Review.pointer)).where(Review.answer.in_([row.id for row in rows]))
    places = dict(connection.execute(closed.group_by(Review.answer)).tuples().all())
    places |= dict(connection.execute(written.group_by(Correction.answer)).tuples().all())
    return [Made(*row, places.get(row.id)) for row in rows]


def undo(connection: Connection, name: str, person: str, at: str) -> Undone | None:
    """Take back exactly what an answer wrote; a value that somebody has set since stays. None where there is nothing to do.

    What stood before is in force again, a person's value as well as the parser's; the questions that it closed are open.
    """
    first = update(Answer).where(Answer.id == name, Answer.undone_at.is_(None)).values(undone_by=person, undone_at=at)
    if connection.execute(first).rowcount != 1:
        return None
    kept, asked_since = set[tuple[str, str]](), set[int]()
    written = select(Correction.id, Correction.sha256, Correction.pointer).where(Correction.answer == name)
    for row in connection.execute(written.order_by(Correction.id.desc())).all():
        asked_since |= _asked(connection, row.sha256)
        if not _take_back(connection, row.id, row.sha256, row.pointer, person, at):
            kept.add((row.sha256, row.pointer))
    closed = select(Review.id, Review.sha256, Review.pointer).where(Review.answer == name, Review.state == "closed")
    again = [row.id for row in connection.execute(closed) if (row.sha256, row.pointer) not in kept]
    for item in {*again, *asked_since}:  # to take back is no answer
        connection.execute(
            update(Review)
            .where(Review.id == item)
            .values(state="open", closed_by=None, closed_at=None, answer=None)
        )  # fmt: skip
    return Undone(len(again), len(kept))


def _asked(connection: Connection, sha256: str) -> set[int]:
    """Open questions about what is read of a document."""
    statement = select(Review.id).where(Review.sha256 == sha256, IS_OPEN, Review.reason != "disagreement")
    return set(connection.scalars(statement))


def _take_back(connection: Connection, row: int, sha256: str, pointer: str, person: str, at: str) -> bool:
    """Whether a correction could be taken back: it is the last word about its value, and the document is still there."""
    here = (Correction.sha256 == sha256, Correction.pointer == pointer)
    if connection.scalar(select(func.max(Correction.id)).where(*here)) != row:
        return False
    before = connection.execute(
        select(Correction.action, Correction.value, Correction.person, Correction.note, Correction.answer)
        .where(*here, Correction.id < row)
        .order_by(Correction.id.desc())
        .limit(1)
    ).first()
    try:
        if before is not None and before.action == "set":
            correct(connection, sha256, pointer, before.value, person=person, at=at, note=before.note)
        else:
            withdraw(connection, sha256, pointer, person=person, at=at)
    except BadCorrection:
        return False
    return True
