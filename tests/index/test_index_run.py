"""What a run does: identity, copies, changes, failures, repeats; on SQLite and PostgreSQL alike."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select, update

import vnadmin
import vnadmin.samples
from tests.index.letters import letter
from tests.index.runs import Heard, Inline, asking, lines, run
from vnadmin.commands.cli import app
from vnadmin.index.catalog.corrections import read_document
from vnadmin.index.catalog.schema import Content, Document, File
from vnadmin.index.run.engine import Job
from vnadmin.index.run.launch import Options


def states(catalog: str) -> dict[str, tuple[str, str | None]]:
    """Each file with its state and error, by name."""

    def ask(connection: Connection) -> dict[str, tuple[str, str | None]]:
        rows = connection.execute(select(File.path, File.state, File.error_code))
        return {row.path.rsplit("/", 1)[-1]: (row.state, row.error_code) for row in rows}

    return asking(catalog, ask)


def test_every_file_becomes_a_document_with_its_fields(catalog: str, archive: Path) -> None:
    """Twelve letters give twelve documents, whose columns hold what was printed."""
    tally = run(catalog, archive)
    assert (tally.seen, tally.done, tally.failed) == (12, 12, 0)
    statement = select(Document).join(File, File.sha256 == Document.sha256).where(File.path.like("%-03.txt"))
    row = asking(catalog, lambda connection: connection.execute(statement).one())
    assert (row.number, row.issued_on, row.year) == ("103/SNV-VP", "2018-04-04", 2018)
    assert (row.issuer_key, row.signer, row.signer_key) == (
        "so noi vu tinh binh lac",
        "Nguyễn Văn Thử",
        "nguyen van thu",
    )


def test_what_was_read_comes_out_of_the_catalogue_whole(catalog: str, tmp_path: Path) -> None:
    """Each sample of the package with all its evidence; boxes are kept to a tenth of a point."""
    samples = Path(vnadmin.samples.__file__).parent
    for path in samples.glob("*.*"):
        if path.suffix != ".py":
            shutil.copy(path, tmp_path)
    run(catalog, *(path for path in tmp_path.iterdir() if path.suffix != ".db"))
    for path in tmp_path.iterdir():
        if ".db" in path.name or not path.is_file():
            continue
        parsed = vnadmin.parse(path)
        again = asking(catalog, partial(read_document, sha256=parsed.source.sha256))
        assert again is not None
        kept = json.loads(again.model_dump_json(), parse_float=lambda figure: round(float(figure), 1))
        assert kept == json.loads(parsed.model_dump_json(), parse_float=lambda figure: round(float(figure), 1))


def test_a_second_run_reads_nothing(catalog: str, archive: Path) -> None:
    """What is in the catalogue is not read again, and no row changes."""
    run(catalog, archive)
    before, engine = lines(catalog), Inline()
    assert run(catalog, archive, engine=engine).known == 12
    assert engine.jobs == []
    assert lines(catalog) == before


def test_a_copy_is_a_path_more_and_not_read(catalog: str, archive: Path) -> None:
    """Two files of one content are one document with two paths, also when they come in one run."""
    shutil.copy(archive / "2015" / "cong-van-00.txt", archive / "ban-sao.txt")
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert len(engine.read) == 12
    assert len(asking(catalog, lambda c: c.execute(select(File.path)).all())) == 13


def test_a_moved_file_is_not_read_again_and_its_old_path_is_kept(catalog: str, archive: Path) -> None:
    """After a move the content has two paths: the new one `done`, the old one `missing`."""
    run(catalog, archive)
    (archive / "2015" / "cong-van-00.txt").rename(archive / "chuyen-di.txt")
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert engine.read == []
    assert states(catalog)["chuyen-di.txt"] == ("done", None)
    assert states(catalog)["cong-van-00.txt"] == ("missing", None)


def test_a_changed_file_is_read_again(catalog: str, archive: Path) -> None:
    """Another content under the same path is a new document; the old one stays in the catalogue."""
    run(catalog, archive)
    (archive / "2015" / "cong-van-00.txt").write_text(letter(77), "utf-8")
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert [Path(p).name for p in engine.read] == ["cong-van-00.txt"]
    assert len(asking(catalog, lambda c: c.execute(select(Document.id)).all())) == 13


def test_failures_carry_their_code_and_are_not_tried_again_unasked(catalog: str, archive: Path) -> None:
    """A damaged file fails with its code; only --retry or --only failed read it again."""
    (archive / "hong.pdf").write_bytes(b"%PDF-1.4 cut")
    (archive / "rong.txt").write_bytes(b"")
    tally = run(catalog, archive)
    assert dict(tally.codes) == {"damaged_input": 1, "empty_input": 1}
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert engine.jobs == []
    for options in ({"retry": True}, {"only": "failed"}):
        engine = Inline()
        tally = run(catalog, archive, engine=engine, **options)
        assert [Path(p).name for p in engine.read] == ["hong.pdf"]
        assert dict(tally.codes) == {"damaged_input": 1, "empty_input": 1}


def test_only_failed_heals_what_can_be_read_now(catalog: str, archive: Path) -> None:
    """A file that failed for a passing reason is done after --only failed, without a walk over the rest."""
    run(catalog, archive)

    def spoil(connection: Connection) -> None:
        which = select(File.sha256).where(File.path.like("%-05.txt")).scalar_subquery()
        connection.execute(
            update(Content).where(Content.sha256 == which).values(state="failed", error_code="worker_lost")
        )
        connection.commit()

    asking(catalog, spoil)
    tally = run(catalog, only="failed")
    assert (tally.seen, tally.done, tally.failed) == (1, 1, 0)


def test_only_older_than_reads_what_an_older_version_read(catalog: str, archive: Path) -> None:
    """Versions are compared as versions: 1.10 is newer than 1.9."""
    run(catalog, archive / "2015", version="1.9.0")
    run(catalog, archive / "2016", version="1.10.0")
    engine = Inline()
    run(catalog, engine=engine, version="1.10.0", only="older-than", older_than="1.10.0")
    assert {Path(p).parent.name for p in engine.read} == {"2015"}
    engine = Inline()
    run(catalog, engine=engine, version="1.10.0", only="older-than", older_than="1.10.0")
    assert engine.read == []


def test_only_looks_below_the_sources_that_are_named(catalog: str, archive: Path) -> None:
    """With a source, --only repeats what lies below it and nothing else."""
    run(catalog, archive, version="1.0.0")
    engine = Inline()
    run(catalog, archive / "2016", engine=engine, version="2.0.0", only="older-than", older_than="2.0.0")
    assert {Path(p).parent.name for p in engine.read} == {"2016"}
    assert len(engine.read) == 6


def test_a_file_that_vanishes_before_it_is_read_is_reported_on_its_own(catalog: str, archive: Path) -> None:
    """The vanished file fails with source_not_found; the run goes on; when it is back it is read."""
    victim = archive / "2015" / "cong-van-04.txt"
    text, heard = victim.read_text("utf-8"), Heard()

    def vanish(job: Job) -> None:
        if job.kind == "read" and job.locations == (str(victim),):
            victim.unlink()

    tally = run(catalog, archive, engine=Inline(before=vanish), report=heard)
    assert (tally.done, tally.failed) == (11, 1)
    assert heard.refusals == [(str(victim), "source_not_found")]
    assert states(catalog)["cong-van-04.txt"] == ("failed", "source_not_found")
    victim.write_text(text, "utf-8")
    assert run(catalog, archive).done == 1


def test_another_copy_stands_in_for_a_place_that_has_gone(catalog: str, archive: Path) -> None:
    """Where one of two copies vanishes, the content is read from the other, in the same run."""
    first, second = archive / "2015" / "cong-van-00.txt", archive / "ban-sao.txt"
    shutil.copy(first, second)

    def vanish(job: Job) -> None:
        if job.kind == "read" and job.locations == (str(first),):
            first.unlink()

    tally = run(catalog, archive, engine=Inline(before=vanish))
    assert tally.done == 12
    assert states(catalog)["ban-sao.txt"] == ("done", None)


def test_a_file_that_changes_while_it_is_read_is_read_as_it_is(catalog: str, archive: Path) -> None:
    """No content is entered under another content's SHA-256; one that keeps changing is left for the next run."""
    victim, count = archive / "2015" / "cong-van-02.txt", iter(range(1000))

    def change(job: Job) -> None:
        if job.kind == "read" and job.locations == (str(victim),):
            victim.write_text(letter(200 + next(count)), "utf-8")

    tally = run(catalog, archive, engine=Inline(before=change))
    assert (tally.done, dict(tally.codes)) == (11, {"changed": 1})
    assert run(catalog, archive).done == 1
    assert states(catalog)["cong-van-02.txt"] == ("done", None)


def test_copies_of_one_dispatch_are_linked_and_not_merged(catalog: str, archive: Path) -> None:
    """Two scans of one dispatch (same number, date, issuer; other text) are two documents with one dispatch_key."""
    (archive / "quet-lai.txt").write_text(letter(3) + "\nBản quét lại.\n", "utf-8")
    run(catalog, archive)
    keys = asking(catalog, lambda c: c.scalars(select(Document.dispatch_key)).all())
    assert len(keys) == 13
    assert len(set(keys)) == 12


@pytest.mark.parametrize("stop_after", [1, 5, 9])
def test_a_run_that_is_stopped_goes_on_where_it_was(
    catalog: str, archive: Path, tmp_path: Path, stop_after: int
) -> None:
    """A fault in the middle leaves nothing half written; the next run reads only what was not done."""

    class Halt(Exception):
        pass

    read: list[str] = []

    def halt(job: Job) -> None:
        if job.kind == "read":
            read.append(job.locations[0])
            if len(read) > stop_after:
                raise Halt

    with pytest.raises(Halt):
        run(catalog, archive, engine=Inline(before=halt))
    done = asking(catalog, lambda c: c.scalars(select(Content.sha256).where(Content.state == "done")).all())
    documents = asking(catalog, lambda c: c.scalars(select(Document.sha256)).all())
    assert sorted(done) == sorted(documents)
    assert run(catalog, archive).done == 12 - len(done)
    undisturbed = str(tmp_path / "undisturbed.db")
    run(undisturbed, archive)
    assert lines(catalog) == lines(undisturbed)


def test_the_first_pages_come_first_and_the_rest_later(catalog: str, archive: Path) -> None:
    """A content of which pages were left out is read again by a run for all pages, and only that one."""
    run(catalog, archive, pages="metadata")

    def leave_out(connection: Connection) -> None:
        first = select(Content.sha256).order_by(Content.sha256).limit(1).scalar_subquery()
        connection.execute(update(Content).where(Content.sha256 == first).values(pages="metadata"))
        connection.commit()

    asking(catalog, leave_out)
    engine = Inline()
    run(catalog, archive, engine=engine, pages="metadata")
    assert engine.read == []
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert len(engine.read) == 1


def test_the_engine_for_scans_can_be_chosen(tmp_path: Path) -> None:
    """`--ocr` as in parse: every worker gets it; a name that is none is refused."""
    assert Options((), "catalog.db", ocr="fast").config.ocr == "fast"
    assert Options((), "catalog.db").config.ocr == "auto"
    told = CliRunner().invoke(app, ["index", str(tmp_path), "-c", str(tmp_path / "c.db"), "--ocr", "schnell"])
    assert told.exit_code == 2
    assert "'fast'" in told.output
