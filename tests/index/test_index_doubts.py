"""What the queue asks about: one question for one value, and none that undoes what a person said."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.dialects import sqlite

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.assemble.doubts import expected
from vnadmin.gazetteer import rows
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.doubts import Doubt, doubts_of, field_of, rank_of, right_share
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
    kinds = {"number": "number_handwritten"}
    number = Doubt(
        "/number/text",
        "guess",
        rank_of("/number", "number_handwritten", "guess"),
        "12/UBND-VX",
        kind="number_handwritten",
    )
    day = Doubt("/issued_on", "issue:day_blank", rank_of("/issued_on", "day_blank", "issue"), kind="day_blank")
    assert doubts_of(fields, issues, kinds) == [number, day]


def test_an_issue_brings_its_likely_value_forward() -> None:
    """Of two kinds of doubt about one value the worse one tells where its question stands."""
    issues = [("/subject", "type_disagrees", "warning")]
    (found,) = doubts_of([("/subject", LIKELY, "họp")], issues, {"subject": "subject.letter"})
    worse = min(rank_of("/subject", "subject.letter", "likely"), rank_of("/subject", "type_disagrees", "issue"))
    assert found == Doubt("/subject", "likely", worse, "họp", kind="subject.letter")


def test_certain_values_are_no_questions() -> None:
    assert doubts_of([("/number/text", CERTAIN, "1/QĐ"), ("/recipients/0/name", GUESS, "VT")], [], {}) == []


def test_the_order_is_of_what_was_measured() -> None:
    """A kind that was never wrong comes last, and one that was never counted stands at one half, whatever its grade."""
    shares = {(row["field"], row["kind"]): expected(row["field"], row["kind"]) for row in rows("doubts")}
    worst, best = min(shares, key=lambda one: shares[one]), max(shares, key=lambda one: shares[one])
    unknown = rank_of("/number/text", "no.such.rule", "likely")
    assert right_share(unknown) == 0.5
    assert rank_of(f"/{worst[0]}", worst[1], "likely") < rank_of(f"/{best[0]}", best[1], "guess")
    assert unknown < rank_of(f"/{best[0]}", best[1], "guess")
    assert rank_of("", "layout_damaged", "issue") < rank_of("", "layout_damaged", "likely")
    assert (field_of("/number/text"), field_of("")) == ("number", "")


def test_a_run_keeps_the_kind_of_each_doubt(catalog: str, archive: Path) -> None:
    """The kind is as it was counted: with the rule that doubted a line, which only the zones know."""
    (archive / "b.txt").write_text(letter(60).replace("V/v kiểm tra", "Kiểm tra"), "utf-8")
    run(catalog, archive)
    asked = asking(catalog, lambda c: c.execute(select(Review.pointer, Review.kind, Review.rank, Review.reason)).all())
    assert asked
    for one in asked:
        assert one.kind
        assert right_share(one.rank) <= right_share(rank_of(one.pointer, one.kind, "likely"))


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
