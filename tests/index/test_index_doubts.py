"""What the queue asks about: one question for one value, and none that undoes what a person said."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.dialects import sqlite

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.doubts import RANKS, Doubt, doubts_of
from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.schema import Base, Document, Review
from vnadmin_service.archive import queue

GUESS, LIKELY, CERTAIN = 0, 1, 2


def test_a_number_is_one_question() -> None:
    """Seen: number, sequence, notation and `number_handwritten` were asked one after the other."""
    fields = [
        ("/number/text", LIKELY, "12/UBND-VX"),
        ("/number/sequence", GUESS, "12"),
        ("/number/notation", LIKELY, "UBND-VX"),
    ]
    issues = [("/number", "number_handwritten", "warning"), ("/issued_on", "day_blank", "warning")]
    assert doubts_of(fields, issues) == [
        Doubt("/number/text", "guess", RANKS["guess"], "12/UBND-VX"),
        Doubt("/issued_on", "issue:day_blank", RANKS["issue"]),
    ]


def test_an_issue_brings_its_likely_value_forward() -> None:
    found = doubts_of([("/subject", LIKELY, "họp")], [("/subject", "type_disagrees", "warning")])
    assert found == [Doubt("/subject", "likely", RANKS["issue"], "họp")]


def test_certain_values_are_no_questions() -> None:
    assert doubts_of([("/number/text", CERTAIN, "1/QĐ"), ("/recipients/0/name", GUESS, "VT")], []) == []


def test_enter_on_a_question_of_an_old_catalogue_keeps_the_corrected_number(catalog: str, archive: Path) -> None:
    """Seen: 99/UBND-TEST was corrected, and the next Enter wrote the machine's sequence 561 over it."""
    (archive / "a.txt").write_text(letter(50), "utf-8")
    run(catalog, archive)

    def work(connection):  # type: ignore[no-untyped-def]
        sha256 = connection.scalar(select(Document.sha256).where(Document.number == "150/SNV-VP"))
        correct(connection, sha256, "/number/text", "99/SNV-VP", person="lan", at="2026-11-27T08:00:00Z")
        asked = connection.execute(
            insert(Review)
            .values(sha256=sha256, pointer="/number/sequence", reason="likely", rank=3, parsed="150", state="open")
            .returning(Review.id)
        ).scalar_one()
        item = queue.item(connection, asked)
        assert item is not None
        queue.accept(connection, item, "lan", "2026-11-27T08:01:00Z")
        number = read_document(connection, sha256).number
        return (number.text, number.sequence), queue.item(connection, asked).open

    assert asking(catalog, work) == (("99/SNV-VP", "99"), False)


def test_questions_of_a_content_are_found_by_the_content() -> None:
    """Seen: SQLite took the index of states, and went through every open question of the archive (9 s for facets)."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    asked = select(Review.id).where(Review.sha256.in_(["a", "b"]), IS_OPEN)
    printed = asked.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {printed}"))]
    assert len(plan) == 1
    assert "sha256=?" in plan[0]
