"""An answer has a name: sent twice it answers once, and it takes back what it wrote and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, select

from tests.index.runs import asking, run
from vnadmin.index.catalog.answers import begin, settled_by, undo
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, in_force, withdraw
from vnadmin.index.catalog.doubts import Doubt
from vnadmin.index.catalog.reviews import enqueue
from vnadmin.index.catalog.schema import Answer, Correction, Document, Review
from vnadmin.index.catalog.transact import Writer

T = TypeVar("T")
AT = "2026-12-03T08:00:00Z"  # all answers fall into one second
FIRST, SECOND = "1" * 32, "2" * 32


@pytest.fixture
def asked(catalog: str, archive: Path) -> tuple[str, list[str]]:
    """An archive with a question about the place of four letters, and their SHA-256."""
    run(catalog, archive)
    hashes = asking(catalog, lambda c: list(c.scalars(select(Document.sha256).order_by(Document.number).limit(4))))
    doubt = Doubt("/place", "likely", 5003, "Bình Lạc", kind="place.rule")
    write(catalog, lambda c: enqueue(c, {sha256: [doubt] for sha256 in hashes}))
    return catalog, hashes


def write(catalog: str, work: Callable[[Connection], T]) -> T:
    """One transaction, as a service writes."""
    engine = open_catalog(catalog, create=False)
    try:
        return Writer(engine).transact(work)
    finally:
        engine.dispose()


def answer(catalog: str, name: str, values: dict[str, str], person: str = "lan") -> bool:
    """Set the places of documents under one name."""

    def work(connection: Connection) -> bool:
        if not begin(connection, name, person, AT, len(values)):
            return False
        for sha256, value in values.items():
            correct(connection, sha256, "/place", value, person=person, at=AT, answer=name)
        return True

    return write(catalog, work)


def places(catalog: str, hashes: list[str]) -> list[str | None]:
    found = {row.sha256: row.place for row in asking(catalog, lambda c: c.execute(select(Document.sha256, Document.place)).all())}  # fmt: skip
    return [found[sha256] for sha256 in hashes]


def still_open(catalog: str) -> set[str]:
    return set(asking(catalog, lambda c: c.scalars(select(Review.sha256).where(Review.state == "open", Review.pointer == "/place")).all()))  # fmt: skip


def test_of_two_answers_of_one_second_one_is_taken_back(asked: tuple[str, list[str]]) -> None:
    """Person and time name no answer: two of the same second would both be taken back."""
    catalog, hashes = asked
    assert answer(catalog, FIRST, dict.fromkeys(hashes[:2], "Lạc Sơn"))
    assert answer(catalog, SECOND, dict.fromkeys(hashes[2:], "Hòa Lạc"))
    assert asking(catalog, lambda c: (settled_by(c, FIRST), settled_by(c, SECOND))) == (2, 2)
    undone = write(catalog, lambda c: undo(c, FIRST, "an", AT))
    assert undone == (2, 0)
    assert places(catalog, hashes) == ["Bình Lạc", "Bình Lạc", "Hòa Lạc", "Hòa Lạc"]
    assert still_open(catalog) == set(hashes[:2])
    assert write(catalog, lambda c: undo(c, FIRST, "an", AT)) is None, "it was taken back already"
    assert asking(catalog, lambda c: c.scalar(select(Answer.undone_by).where(Answer.id == FIRST))) == "an"


def test_a_form_sent_twice_answers_once(asked: tuple[str, list[str]]) -> None:
    """Also where the first one was taken back meanwhile: the name is used up."""
    catalog, hashes = asked
    assert answer(catalog, FIRST, {hashes[0]: "Lạc Sơn"})
    assert not answer(catalog, FIRST, {hashes[0]: "Lạc Sơn"})
    assert asking(catalog, lambda c: c.scalar(select(func.count(Correction.id)))) == 1
    write(catalog, lambda c: undo(c, FIRST, "lan", AT))
    assert not answer(catalog, FIRST, {hashes[0]: "Lạc Sơn"})


def test_what_somebody_set_since_stays(asked: tuple[str, list[str]]) -> None:
    """Its question stays closed, and the others are open again."""
    catalog, hashes = asked
    answer(catalog, FIRST, dict.fromkeys(hashes, "Lạc Sơn"))
    write(catalog, lambda c: correct(c, hashes[1], "/place", "Hòa Lạc", person="minh", at=AT))
    write(catalog, lambda c: withdraw(c, hashes[2], "/place", person="minh", at=AT))
    assert write(catalog, lambda c: undo(c, FIRST, "lan", AT)) == (2, 2)
    assert places(catalog, hashes) == ["Bình Lạc", "Hòa Lạc", "Bình Lạc", "Bình Lạc"]
    assert still_open(catalog) == {hashes[0], hashes[3]}


def test_a_persons_value_of_before_is_in_force_again(asked: tuple[str, list[str]]) -> None:
    """An answer may lie over a value that a person had set: that is what stood there."""
    catalog, hashes = asked
    write(catalog, lambda c: correct(c, hashes[0], "/place", "Lạc Hà", person="minh", at=AT))
    answer(catalog, FIRST, {hashes[0]: "Lạc Sơn", hashes[1]: "Lạc Sơn"})
    write(catalog, lambda c: undo(c, FIRST, "lan", AT))
    assert places(catalog, hashes[:2]) == ["Lạc Hà", "Bình Lạc"]
    assert asking(catalog, lambda c: in_force(c, hashes)) == {hashes[0]: {"/place": "Lạc Hà"}}


def test_a_question_asked_anew_since_is_not_answered_by_the_undo(asked: tuple[str, list[str]]) -> None:
    """A later version reads something else: what it asks stays open, and nothing is asked twice."""
    catalog, hashes = asked
    answer(catalog, FIRST, {hashes[0]: "Lạc Sơn"})
    newer = Doubt("/place", "likely", 5003, "Bình Lạch", kind="place.rule")
    write(catalog, lambda c: enqueue(c, {hashes[0]: [newer]}))
    assert hashes[0] in still_open(catalog)
    assert write(catalog, lambda c: undo(c, FIRST, "lan", AT)) == (0, 0)
    assert hashes[0] in still_open(catalog)
    rows = select(func.count(Review.id)).where(Review.sha256 == hashes[0], Review.pointer == "/place")
    assert asking(catalog, lambda c: c.scalar(rows)) == 1
