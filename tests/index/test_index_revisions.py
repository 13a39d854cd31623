"""The order of changes that followers of a catalogue go by: nothing is lost between two looks, and nothing comes twice."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from tests.index.runs import asking, run
from vnadmin.index.catalog.connect import MIGRATIONS, open_catalog, reading
from vnadmin.index.catalog.corrections import correct, withdraw
from vnadmin.index.catalog.schema import Document, Revision
from vnadmin.index.catalog.told import tell_pages
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.follow.revisions import changes_after, head, revision_of, touch

AT = "2026-12-01T08:00:00Z"


@pytest.fixture
def writer(catalog: str) -> Iterator[Writer]:
    """Of an empty catalogue, once on each database."""
    made = Writer(open_catalog(catalog))
    yield made
    made.engine.dispose()


def changed(catalog: str, since: int) -> list[str]:
    """The documents changed since, in order."""
    return asking(catalog, lambda c: [one.sha256 for one in changes_after(c, since, 100)])


def test_what_changes_a_document_numbers_it_anew(catalog: str, archive: Path) -> None:
    """Reading, a correction, an undo, a count of pages: each time the document comes last, and once."""
    run(catalog, archive)
    known = asking(catalog, lambda c: list(c.scalars(select(Document.sha256))))
    assert sorted(changed(catalog, 0)) == sorted(known)
    engine = open_catalog(catalog)
    one, other = sorted(known)[:2]
    steps = [
        (one, lambda c: correct(c, one, "/subject", "kiểm tra kho", person="lan", at=AT)),
        (other, lambda c: tell_pages(c, other, 3, person="lan", at=AT)),
        (one, lambda c: withdraw(c, one, "/subject", person="lan", at=AT)),
    ]
    for sha256, step in steps:
        before = asking(catalog, head)
        Writer(engine).transact(step)
        assert changed(catalog, before.number) == [sha256]
        assert len(changed(catalog, 0)) == len(known)
        assert asking(catalog, head).epoch == before.epoch
    before = asking(catalog, head)
    run(catalog, version="2.0.0", only="older-than", older_than="2.0.0")
    assert sorted(changed(catalog, before.number)) == sorted(known)
    run(catalog, archive, version="2.0.0")
    assert changed(catalog, asking(catalog, head).number) == []
    engine.dispose()


def test_a_document_that_is_gone_is_told(writer: Writer, catalog: str) -> None:
    """Its row stays with the mark."""
    writer.transact(lambda c: touch(c, ["a" * 64]))
    writer.transact(lambda c: touch(c, ["a" * 64], gone=True))
    assert asking(catalog, lambda c: changes_after(c, 0, 9))[0][::3] == (2, True)
    found = asking(catalog, lambda c: revision_of(c, "a" * 64))
    assert found is not None and found.gone


def test_a_refused_correction_numbers_nothing(writer: Writer, catalog: str) -> None:
    """The number goes back with its transaction."""
    from vnadmin.index.catalog.errors import BadCorrection

    with pytest.raises(BadCorrection):
        writer.transact(lambda c: correct(c, "b" * 64, "/subject", "x", person="lan", at=AT))
    assert asking(catalog, head).number == 0


def test_numbers_are_committed_in_order(writer: Writer, catalog: str) -> None:
    """The second writer, which would be done first, waits for the first: else a follower would pass by its lower number."""
    begun, go = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        touch(connection, ["a" * 64])
        begun.set()
        go.wait(900)

    first = threading.Thread(target=writer.transact, args=(slow,))
    second = threading.Thread(target=writer.transact, args=(lambda c: touch(c, ["b" * 64]),))
    first.start()
    begun.wait(900)
    second.start()
    second.join(0.5)
    assert second.is_alive() and changed(catalog, 0) == []
    go.set()
    first.join(900)
    second.join(900)
    assert changed(catalog, 0) == ["a" * 64, "b" * 64]


def test_a_look_at_a_large_catalogue_is_a_walk_along_the_index(writer: Writer, catalog: str) -> None:
    """Of 20,000 documents."""
    rows = [{"sha256": f"{n:064x}", "number": n, "changed_at": AT, "gone": False} for n in range(1, 20_001)]
    writer.transact(lambda c: c.execute(insert(Revision), rows))
    with reading(catalog) as connection:
        asked = select(Revision.sha256).where(Revision.number > 19_990).order_by(Revision.number).limit(100)
        word = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        sql = asked.compile(connection, compile_kwargs={"literal_binds": True})
        plan = "\n".join(str(row[-1]) for row in connection.execute(text(f"{word} {sql}")))
    assert "ix_revisions_number" in plan and "Sort" not in plan and "TEMP B-TREE" not in plan, plan


def test_migrations_are_one_line() -> None:
    """Two that follow the same one leave a catalogue that nobody can open: seen when two branches met."""
    scripts = [path.read_text("utf-8") for path in (MIGRATIONS / "versions").glob("v*.py")]
    before = [re.search(r"^down_revision = (.*)$", script, re.MULTILINE)[1] for script in scripts]  # type: ignore[index]
    assert len(set(before)) == len(before)
