"""What may happen to a run of many hours: bad files, a full or read-only disk, a server that restarts, a second run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.index.conftest import Postgres
from tests.index.disasters.fates import fateful
from tests.index.letters import letter
from tests.index.runs import Heard, Inline, asking, lines, run
from vnadmin.config import Config
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogBusy, CatalogFull, CatalogReadOnly, CatalogUnavailable
from vnadmin.index.catalog.schema import Content, Document
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.engine import Job
from vnadmin.index.run.engine_local import LocalEngine
from vnadmin.index.run.ledger import Policy
from vnadmin.index.run.run import Indexer, batched
from vnadmin.index.run.walk import Walk
from vnadmin.process.pool import Limits

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")


def test_files_that_hang_eat_memory_or_kill_are_reported_each_on_its_own(tmp_path: Path, archive: Path) -> None:
    """Real workers with limits: every bad file fails with its code, every good one is done, and the run ends.

    A file whose worker is killed from outside is read once more; one that is there each time is to blame.

    What hangs is ended by its processor time, which a good file does not need, however busy the machine is.
    """
    for i, name in enumerate(("treo", "an-bo-nho", "chet", "loi", "kho-mo", "bi-giet", "tu-giet")):
        (archive / f"{name}.txt").write_text(letter(300 + i), "utf-8")
    heard = Heard()
    engine = LocalEngine(2, Config(), Limits(seconds=900, memory_bytes=1_500_000_000, cpu_seconds=8), fateful)
    writer = Writer(open_catalog(str(tmp_path / "catalog.db")))
    try:
        indexer = Indexer(writer, engine, heard, version="1.0.0", policy=Policy())
        tally = indexer.run([str(archive)], batched(Walk((str(archive),))), [str(archive)])
    finally:
        engine.close(kill=True)
        writer.engine.dispose()
    failed = {Path(r.location).stem: r.failure for r in heard.readings if r.failure}
    assert {name: failure.code for name, failure in failed.items()} == {
        "treo": "parse_timeout",
        "an-bo-nho": "worker_lost",
        "chet": "worker_lost",
        "tu-giet": "worker_lost",
        "loi": "parser_fault",
    }
    assert [(Path(path).stem, code) for path, code in heard.refusals] == [("kho-mo", "worker_lost")]
    assert (tally.done, tally.failed) == (13, 6)
    assert "text of the document" not in failed["loi"].detail


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    top = tmp_path / "disk"
    top.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(top)], check=True)
    try:
        yield top
    finally:
        subprocess.run(["umount", "-l", str(top)], check=True)


@needs_root
def test_a_full_disk_stops_the_run_with_one_error_and_it_goes_on_after_room_is_made(
    small_disk: Path, archive: Path, tmp_path: Path
) -> None:
    """Nothing is half written, and after the disk has grown the same command completes the catalogue."""
    for i in range(20, 80):
        (archive / f"{i}.txt").write_text(letter(i) + "Nội dung. " * 800, "utf-8")
    catalog = str(small_disk / "catalog.db")
    with pytest.raises(CatalogFull, match="disk is full"):
        run(catalog, archive)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    done = asking(catalog, lambda c: c.scalars(select(Content.sha256).where(Content.state == "done")).all())
    assert sorted(done) == sorted(asking(catalog, lambda c: c.scalars(select(Document.sha256)).all()))
    engine = Inline()
    run(catalog, archive, engine=engine)
    assert len(engine.read) == 72 - len(done)
    run(str(tmp_path / "undisturbed.db"), archive)
    assert lines(catalog) == lines(str(tmp_path / "undisturbed.db"))


@needs_root
def test_a_read_only_catalogue_is_one_clear_error(small_disk: Path, archive: Path) -> None:
    """Said before a file is read."""
    catalog = str(small_disk / "catalog.db")
    run(catalog, archive / "2015")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    engine = Inline()
    with pytest.raises(CatalogReadOnly):
        run(catalog, archive, engine=engine)
    assert engine.jobs == []
    with open_catalog(catalog, read_only=True).connect() as reader:
        assert len(reader.scalars(select(Document.id)).all()) == 6


def test_a_catalogue_that_is_not_one_is_refused(tmp_path: Path) -> None:
    """A text file, a missing folder, a server that is not there, a database without a driver."""
    (tmp_path / "text.db").write_text("không phải danh mục" * 100, "utf-8")
    for url in (
        str(tmp_path / "text.db"),
        str(tmp_path / "no" / "catalog.db"),
        "postgresql://127.0.0.1:1/x",
        "oracle://x/y",
    ):
        with pytest.raises(CatalogUnavailable):
            open_catalog(url)
    with pytest.raises(CatalogUnavailable, match="There is no catalogue"):
        open_catalog(str(tmp_path / "none.db"), read_only=True)


def test_a_second_run_on_one_catalogue_is_refused(catalog: str, archive: Path) -> None:
    """Two runs would read the same files twice; the lock ends with the process that holds it."""
    writer = Writer(open_catalog(catalog))
    with writer.alone(), pytest.raises(CatalogBusy):
        run(catalog, archive)
    writer.engine.dispose()
    assert run(catalog, archive).done == 12


def test_a_server_that_restarts_in_mid_run_costs_nothing(postgres: Postgres, archive: Path, tmp_path: Path) -> None:
    """The run waits for PostgreSQL to come back and goes on; the catalogue is that of an undisturbed run."""
    catalog, restarts = postgres.create("restart"), iter(range(3))

    def restart(job: Job) -> None:
        if job.kind == "read" and job.locations[0].endswith(("04.txt", "07.txt")):
            next(restarts)
            postgres.control("-m", "immediate", "restart")

    assert run(catalog, archive, engine=Inline(before=restart)).done == 12
    assert next(restarts) == 2
    run(str(tmp_path / "undisturbed.db"), archive)
    assert lines(catalog) == lines(str(tmp_path / "undisturbed.db"))


def test_a_server_that_stays_away_ends_the_run_and_the_next_goes_on(
    postgres: Postgres, archive: Path, tmp_path: Path
) -> None:
    """One clear error after the patience of the run; nothing is lost. Takes the five seconds of patience."""
    catalog, gone = postgres.create("gone"), []

    def stop(job: Job) -> None:
        if job.kind == "read" and job.locations[0].endswith("06.txt") and not gone:
            gone.append(job)
            postgres.control("-m", "immediate", "stop")

    try:
        with pytest.raises(CatalogUnavailable):
            run(catalog, archive, engine=Inline(before=stop), patience=5)
    finally:
        postgres.control("start")
    run(catalog, archive)
    run(str(tmp_path / "undisturbed.db"), archive)
    assert lines(catalog) == lines(str(tmp_path / "undisturbed.db"))


def test_ctrl_c_ends_a_run_in_order(tmp_path: Path) -> None:
    """Exit status 130, nothing left `running`, and the next run goes on. Takes the start of two processes."""
    top = tmp_path / "kho"
    top.mkdir()
    for i in range(300):
        (top / f"{i:03d}.txt").write_text(letter(i) * 3, "utf-8")
    catalog = tmp_path / "catalog.db"
    words = [sys.executable, "-m", "vnadmin", "index", str(top), "-c", str(catalog), "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(2)
    _, errors = process.communicate(timeout=900)
    assert process.returncode == 130, errors
    assert "start the same command again" in errors
    states = asking(str(catalog), lambda c: set(c.scalars(select(Content.state).distinct())))
    assert states == {"found", "done"}
