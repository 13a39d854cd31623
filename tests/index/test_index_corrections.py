"""A person's value is kept apart, lies over what the parser says, and outlives every run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from tests.index.letters import letter
from tests.index.runs import Inline, asking, run
from vnadmin.index.catalog.corrections import CONFIRMED, CORRECTED, BadCorrection, correct, read_document, withdraw
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Citation, Correction, Document, Review
from vnadmin.index.export.rows import batches, for_people
from vnadmin.index.run.engine import Answer, Job
from vnadmin.index.run.worker import Reading
from vnadmin.pipeline import parse

AT = "2026-11-25T10:00:00Z"


def first(catalog: str) -> str:
    """The SHA-256 of the letter 103/SNV-VP."""
    return str(asking(catalog, lambda c: c.scalar(select(Document.sha256).where(Document.number == "103/SNV-VP"))))


def change(catalog: str, sha256: str, pointer: str, value: Any, *, person: str = "lan") -> None:
    """One correction, committed."""

    def work(connection: Connection) -> None:
        correct(connection, sha256, pointer, value, person=person, at=AT)
        connection.commit()

    asking(catalog, work)


def document(catalog: str, sha256: str) -> Any:
    """The row of a document."""
    return asking(catalog, lambda c: c.execute(select(Document).where(Document.sha256 == sha256)).one())


def queue(catalog: str, sha256: str) -> list[tuple[str, str, Any, Any]]:
    """Open items of the queue for a content, first things first."""
    statement = (
        select(Review.pointer, Review.reason, Review.parsed, Review.corrected)
        .where(Review.sha256 == sha256, Review.state == "open")
        .order_by(Review.rank, Review.pointer)
    )
    return asking(catalog, lambda c: [tuple(row) for row in c.execute(statement)])


class Newer(Inline):
    """An engine whose parser, a newer version, reads another subject."""

    subject = "kiểm tra theo bản mới"

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        return [(job, self._newer(answer)) for job, answer in super().finished(seconds, at_least)]

    def _newer(self, answer: Answer) -> Answer:
        if not isinstance(answer, Reading) or answer.rows is None:
            return answer
        import dataclasses

        from vnadmin.index.catalog.record import unpack

        read = unpack(answer.rows.record)
        changed = read.model_copy(update={"subject": self.subject})
        return dataclasses.replace(answer, rows=rows_of(changed))


def test_a_correction_changes_what_is_in_force_and_not_what_was_read(catalog: str, archive: Path) -> None:
    """Columns and the document show the person's values; the parser's values and evidence stay."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/subject", "kiểm tra công tác lưu trữ")
    change(catalog, sha256, "/signatories/0/name", "Phạm Thị Sửa")
    row = document(catalog, sha256)
    assert (row.subject, row.signer, row.signer_key) == ("kiểm tra công tác lưu trữ", "Phạm Thị Sửa", "pham thi sua")
    corrected = asking(catalog, lambda c: read_document(c, sha256))
    parsed = asking(catalog, lambda c: read_document(c, sha256, corrected=False))
    assert corrected is not None
    assert parsed is not None
    assert (corrected.subject, corrected.signatories[0].name) == ("kiểm tra công tác lưu trữ", "Phạm Thị Sửa")
    assert parsed.subject == "kiểm tra công tác văn thư đợt 3"
    assert [entry.quote for entry in parsed.evidence["/subject"]][:1] == [parsed.subject]


def test_a_correction_survives_a_newer_version_and_the_queue_shows_the_disagreement(
    catalog: str, archive: Path
) -> None:
    """After a re-run the person's value is still in force; the queue has both values, before all else."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/subject", "kiểm tra công tác lưu trữ")
    assert all(reason != "disagreement" for _, reason, _, _ in queue(catalog, sha256))
    run(catalog, engine=Newer(), version="2.0.0", only="older-than")
    assert document(catalog, sha256).subject == "kiểm tra công tác lưu trữ"
    assert queue(catalog, sha256)[0] == ("/subject", "disagreement", Newer.subject, "kiểm tra công tác lưu trữ")
    others = select(Document.subject).where(Document.sha256 != sha256).distinct()
    assert asking(catalog, lambda c: c.scalars(others).all()) == [Newer.subject]


def test_a_reading_that_a_person_overruled_is_not_asked_again(catalog: str, archive: Path) -> None:
    """The same version, or a newer one that reads what it read before: there is nothing new to decide."""
    run(catalog, archive)
    sha256 = first(catalog)
    for pointer, value in (("/subject", "một"), ("/subject", "hai"), ("/number/text", "125/GM-SNV"), ("/place", None)):
        change(catalog, sha256, pointer, value)
    run(catalog, version="2.0.0", only="older-than")
    assert document(catalog, sha256).subject == "hai"
    assert all(reason != "disagreement" for _, reason, _, _ in queue(catalog, sha256))


def test_a_disagreement_that_a_person_decided_comes_back_only_with_another_value(catalog: str, archive: Path) -> None:
    """Deciding again closes it; the same answer of a third version does not open it, another one does."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/subject", "kiểm tra công tác lưu trữ")
    run(catalog, engine=Newer(), version="2.0.0", only="older-than")
    change(catalog, sha256, "/subject", "kiểm tra công tác lưu trữ", person="minh")
    assert all(reason != "disagreement" for _, reason, _, _ in queue(catalog, sha256))
    run(catalog, engine=Newer(), version="3.0.0", only="older-than")
    assert all(reason != "disagreement" for _, reason, _, _ in queue(catalog, sha256))
    newer = Newer()
    newer.subject = "bản thứ tư"
    run(catalog, engine=newer, version="4.0.0", only="older-than")
    assert queue(catalog, sha256)[0][:3] == ("/subject", "disagreement", "bản thứ tư")


def test_a_version_that_agrees_with_the_person_asks_nothing(catalog: str, archive: Path) -> None:
    """Where the newer version reads what the person wrote, there is nothing to review."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/subject", Newer.subject)
    run(catalog, engine=Newer(), version="2.0.0", only="older-than")
    assert all(pointer != "/subject" for pointer, _, _, _ in queue(catalog, sha256))


def test_corrections_are_only_added(catalog: str, archive: Path) -> None:
    """The last one is in force; withdrawing it goes back to the parser; all stay on record."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/subject", "một")
    change(catalog, sha256, "/subject", "hai", person="minh")
    assert document(catalog, sha256).subject == "hai"

    def back(connection: Connection) -> None:
        withdraw(connection, sha256, "/subject", person="minh", at=AT)
        connection.commit()

    asking(catalog, back)
    assert document(catalog, sha256).subject == "kiểm tra công tác văn thư đợt 3"
    kept = asking(
        catalog, lambda c: c.execute(select(Correction.person, Correction.action).order_by(Correction.id)).all()
    )
    assert [tuple(row) for row in kept] == [("lan", "set"), ("minh", "set"), ("minh", "withdraw")]


def test_a_corrected_number_moves_its_parts_its_key_and_its_dispatch(catalog: str, archive: Path) -> None:
    """Correcting `/number/text` takes the number apart anew, and links the document to its dispatch."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/number/text", "0999/QĐ-SNV")
    row = document(catalog, sha256)
    assert (row.number, row.sequence, row.notation, row.number_key) == ("0999/QĐ-SNV", "0999", "QĐ-SNV", "0999/qd-snv")
    assert row.dispatch_key == "0999/qd-snv|2018-04-04|so noi vu"


def test_a_value_can_be_set_where_nothing_was_read_and_taken_away(catalog: str, archive: Path) -> None:
    """`/number` may be null before and after."""
    (archive / "khong-so.txt").write_text(letter(50).replace("Số: 150/SNV-VP\n", ""), "utf-8")
    run(catalog, archive)
    sha256 = str(asking(catalog, lambda c: c.scalar(select(Document.sha256).where(Document.number.is_(None)))))
    change(catalog, sha256, "/number/text", "150/SNV-VP")
    assert document(catalog, sha256).sequence == "150"
    change(catalog, sha256, "/number", None)
    assert document(catalog, sha256).number is None


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/issued_on", "ngày 5 tháng 3"),
        ("/issued_on", "2021-02-30"),
        ("/nothing", "x"),
        ("/signatories/7/name", "x"),
        ("/evidence", {}),
        ("/text", "x"),
        ("subject", "x"),
        ("/addressees/0", 5),
        ("/subject", "a\x1b[2Jb"),
        ("/addressees", ["a", "b\u202ec"]),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    tmp_path: Path, archive: Path, pointer: str, value: Any
) -> None:
    """A correction is checked against the model before it is kept."""
    catalog = str(tmp_path / "catalog.db")
    run(catalog, archive / "2016")
    with pytest.raises(BadCorrection):
        change(catalog, first(catalog), pointer, value)
    assert asking(catalog, lambda c: c.scalars(select(Correction.id)).all()) == []


def test_the_record_gives_the_document_back(catalog: str, archive: Path) -> None:
    """What the catalogue keeps is the whole AdminDocument, evidence included."""
    run(catalog, archive)
    path = archive / "2016" / "cong-van-03.txt"
    document = parse(path)
    assert document.source is not None
    sha256 = document.source.sha256
    assert asking(catalog, lambda c: read_document(c, sha256)) == document


def test_who_cites_what_is_found_whichever_was_indexed_first(catalog: str, archive: Path) -> None:
    """Citations carry the folded number of the instrument, as documents do."""
    run(catalog, archive)
    statement = select(Citation.number_key).distinct()
    assert asking(catalog, lambda c: c.scalars(statement).all()) == ["30/2020/nd-cp"]


def test_a_correction_and_a_run_may_meet(tmp_path: Path, archive: Path) -> None:
    """A person corrects while a run writes: both are kept."""
    catalog = str(tmp_path / "catalog.db")
    run(catalog, archive)
    sha256 = first(catalog)

    def meanwhile(job: Job) -> None:
        if job.kind == "read" and job.sha256 == sha256:
            change(catalog, sha256, "/subject", "trong khi chạy")

    run(catalog, engine=Inline(before=meanwhile), version="2.0.0", only="older-than")
    assert document(catalog, sha256).subject == "trong khi chạy"


def test_confirmed_is_not_corrected(catalog: str, archive: Path) -> None:
    """Seen: 163 of 187 values that people found right stood in exports as corrected by hand."""
    run(catalog, archive)
    sha256 = first(catalog)
    change(catalog, sha256, "/place", document(catalog, sha256).place)
    change(catalog, sha256, "/subject", "kiểm tra công tác lưu trữ")
    row = asking(catalog, lambda c: next(batches(c, [document(catalog, sha256).id]))[0])
    assert (row["confirmed"], row["corrected"]) == (["/place"], ["/subject"])
    people = for_people(row)
    assert (people["confirmed"], people["corrected"]) == (["Địa danh"], ["Trích yếu"])
    assert asking(catalog, lambda c: [c.scalars(said).all() for said in (CONFIRMED, CORRECTED)]) == [[sha256], [sha256]]
    change(catalog, sha256, "/place", "Bình Lạc Hạ")
    assert asking(catalog, lambda c: c.scalars(CONFIRMED).all()) == []
