"""Mails, portfolios and zips by any name: every document in them is a document of the catalogue, at a place of its own."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.index.letters import letter
from tests.index.runs import Heard, Inline, asking, run
from tests.source.test_containers import mail, portfolio, zipped
from vnadmin.config import Config
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, in_force
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Content, Correction, Document, File, Review
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.catalog.write import write_documents
from vnadmin.index.run.walk_open import open_location
from vnadmin.pipeline import parse

LETTERS = [letter(i).encode() for i in range(8)]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A mail with two letters and a zip of two; a zip with such a mail; a zip by another name; a portfolio."""
    top = tmp_path / "kho"
    top.mkdir()
    outer = mail(a_txt=LETTERS[0], b_txt=LETTERS[1], c_zip=zipped({"1.txt": LETTERS[2], "2.txt": LETTERS[3]}))
    (top / "thu.eml").write_bytes(outer)
    (top / "goi.zip").write_bytes(zipped({"den/thu.eml": mail(d_txt=LETTERS[4])}))
    (top / "goi.dat").write_bytes(zipped({"in.txt": LETTERS[5]}))
    (top / "bia.pdf").write_bytes(portfolio("Portfolio", e_txt=LETTERS[6]))
    (top / "rieng.txt").write_bytes(LETTERS[7])
    return top


def places(catalog: str, top: Path) -> dict[str, str | None]:
    """Path below the folder to SHA-256, of all that stands there now."""
    rows = asking(catalog, lambda c: c.execute(select(File.path, File.sha256).where(File.state != "missing")).all())
    return {row.path.removeprefix(f"{top}/"): row.sha256 for row in rows}


def documents(catalog: str) -> set[str]:
    return set(asking(catalog, lambda c: c.scalars(select(Document.sha256)).all()))


def test_every_document_inside_is_catalogued_at_its_own_place(catalog: str, kho: Path) -> None:
    """It was the first one of each file."""
    tally = run(catalog, kho)
    assert documents(catalog) == set(map(sha, LETTERS))
    assert places(catalog, kho) == {
        "bia.pdf": None,
        "bia.pdf!/e.txt": sha(LETTERS[6]),
        "goi.dat": None,
        "goi.dat!/in.txt": sha(LETTERS[5]),
        "goi.zip!/den/thu.eml": None,
        "goi.zip!/den/thu.eml!/d.txt": sha(LETTERS[4]),
        "rieng.txt": sha(LETTERS[7]),
        "thu.eml": None,
        "thu.eml!/a.txt": sha(LETTERS[0]),
        "thu.eml!/b.txt": sha(LETTERS[1]),
        "thu.eml!/c.zip!/1.txt": sha(LETTERS[2]),
        "thu.eml!/c.zip!/2.txt": sha(LETTERS[3]),
    }
    assert (tally.seen, tally.done, tally.failed) == (8, 8, 0)
    for path, content in places(catalog, kho).items():
        if content is not None:
            assert sha(open_location(f"{kho}/{path}", 1_000_000)) == content


def test_the_next_run_opens_no_container_again(catalog: str, kho: Path) -> None:
    """Nor are its documents taken for gone."""
    run(catalog, kho)
    before = places(catalog, kho)
    engine = Inline()
    tally = run(catalog, kho, engine=engine)
    assert engine.jobs == []
    assert (tally.seen, tally.known) == (8, 8)
    assert places(catalog, kho) == before


def test_a_run_that_ended_between_unpacking_and_reading_is_made_up_for(catalog: str, kho: Path) -> None:
    """The documents of a mail that did not change are read by the next run."""

    def end(job: object) -> None:
        if getattr(job, "kind", "") == "read":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(catalog, kho / "thu.eml", engine=Inline(before=end))
    assert documents(catalog) == set()
    run(catalog, kho / "thu.eml")
    assert documents(catalog) == set(map(sha, LETTERS[:4]))


def test_a_mail_that_changed_and_one_that_went(catalog: str, kho: Path) -> None:
    """A document that is not in it any more is missing there; its own row stays."""
    run(catalog, kho)
    (kho / "thu.eml").write_bytes(mail(a_txt=LETTERS[0]))
    (kho / "bia.pdf").unlink()
    run(catalog, kho)
    left = places(catalog, kho)
    assert [path for path in left if path.startswith(("thu.eml", "bia.pdf"))] == ["thu.eml", "thu.eml!/a.txt"]
    assert sha(LETTERS[1]) in documents(catalog)


def test_two_attachments_of_one_name_and_one_that_is_broken(catalog: str, tmp_path: Path) -> None:
    """Each has its place; what cannot be taken out is a failure of that place alone."""
    bad = zipped({"x.txt": LETTERS[3]}).replace(LETTERS[3][:20], b"?" * 20)
    twice = mail(a_txt=LETTERS[0]).replace(b"a.txt", b"b.txt") + b""
    path = tmp_path / "thu.eml"
    both = mail(a_txt=LETTERS[0], b_txt=LETTERS[1]).replace(b'"b.txt"', b'"a.txt"')
    assert twice != both
    path.write_bytes(both)
    (tmp_path / "hong.dat").write_bytes(zipped({"in.zip": bad, "tot.txt": LETTERS[2]}))
    heard = Heard()
    run(catalog, tmp_path, report=heard)
    found = places(catalog, tmp_path)
    assert found["thu.eml!/a.txt"] == sha(LETTERS[0])
    assert found["thu.eml!/a.txt!//2"] == sha(LETTERS[1])
    assert open_location(f"{path}!/a.txt!//2", 1_000_000) == LETTERS[1]
    assert found["hong.dat!/tot.txt"] == sha(LETTERS[2])
    assert heard.refusals == [(f"{tmp_path}/hong.dat!/in.zip!/x.txt", "damaged_input")]


def test_what_was_said_of_a_mail_as_one_document_stays(catalog: str, kho: Path) -> None:
    """Catalogues of before hold the first document of a mail under the mail itself: corrections and decisions go over."""
    thu = kho / "thu.eml"
    data = thu.read_bytes()
    old, inner = sha(data), sha(LETTERS[0])
    run(catalog, kho / "rieng.txt", version="0.9.0")
    status = thu.stat()
    writer = Writer(open_catalog(catalog), patience=5)

    def before(connection: object) -> None:
        c = connection
        c.execute(Content.__table__.insert().values(  # type: ignore[attr-defined]
            sha256=old, size=len(data), state="done", tries=1, interrupted=0, version="0.9.0", pages="all", tried_run=1))  # fmt: skip
        for path in (thu, kho / "ban-sao.eml"):
            c.execute(File.__table__.insert().values(  # type: ignore[attr-defined]
                path=str(path), size=len(data), modified=str(status.st_mtime_ns), sha256=old, state="done",
                found_at="2026-01-01T00:00:00Z", seen_run=1))  # fmt: skip
        write_documents(c, {old: rows_of(parse(data))})  # type: ignore[arg-type]
        correct(c, old, "/subject", "Trích yếu của người", person="lan", at="2026-01-02T00:00:00Z")  # type: ignore[arg-type]
        c.execute(update(Review).where(Review.sha256 == old).values(state="closed", closed_by="lan"))  # type: ignore[attr-defined]

    (kho / "ban-sao.eml").write_bytes(data)
    os.utime(kho / "ban-sao.eml", ns=(status.st_atime_ns, status.st_mtime_ns))
    writer.transact(before)  # type: ignore[arg-type]
    writer.engine.dispose()
    decided = asking(catalog, lambda c: len(c.scalars(select(Review.id).where(Review.sha256 == old)).all()))

    run(catalog, kho)
    assert old in documents(catalog), "what is known is left alone"
    run(catalog, kho, only="older-than", older_than="1.0.0")
    assert documents(catalog) == set(map(sha, LETTERS))
    assert asking(catalog, lambda c: in_force(c, [inner])) == {inner: {"/subject": "Trích yếu của người"}}
    assert asking(catalog, lambda c: c.scalar(select(Document.subject).where(Document.sha256 == inner))) == (
        "Trích yếu của người"
    )
    assert asking(catalog, lambda c: c.scalars(select(Correction.sha256)).all()) == [inner]
    closed = select(Review.id).where(Review.sha256 == inner, Review.closed_by == "lan")
    assert asking(catalog, lambda c: len(c.scalars(closed).all())) == decided
    found = places(catalog, kho)
    assert found["thu.eml"] is None and found["ban-sao.eml"] is None
    assert found["ban-sao.eml!/a.txt"] == inner


def test_the_limits_of_a_container_are_its_own_failure(catalog: str, kho: Path) -> None:
    """More than may be unpacked: the file fails and the others are read."""
    heard = Heard()
    run(catalog, kho, engine=Inline(Config(max_unpacked_bytes=100)), report=heard)
    assert sha(LETTERS[7]) in documents(catalog)
    assert {reading.failure.code for reading in heard.readings if reading.failure} == {"limit_exceeded"}
