"""Which way SQLite takes for what the ledger, a search and the pages ask of the table of files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.index.catalog.hand_over import hand_over
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Content
from vnadmin.index.run.ledger import Ledger, Policy, contents_to_repeat
from vnadmin.index.run.worker import Failure, Reading
from vnadmin.index.search.index import folders
from vnadmin.index.search.search import search
from vnadmin_service.archive.intake import failed_files


@contextmanager
def plans() -> Iterator[dict[str, str]]:
    """The plan of each statement that is run on SQLite meanwhile."""
    found: dict[str, str] = {}

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")) and not many:
            asked = connection.connection.cursor()
            rows = asked.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            found[statement] = "; ".join(row[-1] for row in rows)
            asked.close()

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", explain)


@pytest.fixture
def catalog(tmp_path: Path) -> str:
    """A catalogue of three letters."""
    kept = tmp_path / "archive"
    kept.mkdir()
    for number in range(3):
        (kept / f"{number}.txt").write_text(letter(number), "utf-8")
    run(f"{tmp_path}/catalog.db", kept)
    return f"{tmp_path}/catalog.db"


def test_files_of_a_content_are_found_by_the_content(catalog: str) -> None:
    """Seen: SQLite took the index of states, and for each content that a run repeats went through all files there are."""

    def work(connection: Any) -> None:
        (sha256,) = connection.scalars(Content.__table__.select().with_only_columns(Content.sha256).limit(1)).all()
        ledger = Ledger(9, "1.0.0", Policy(), "2026-11-27T00:00:00Z")
        lost = Reading("0.txt", sha256, failure=Failure("source_not_found", "gone"), opened=False)
        ledger.settle(connection, [lost], "2026-11-27T00:00:00Z")
        contents_to_repeat(connection, "", 10, roots=["/a"], failed=True, versions=frozenset({"1.0.0"}))
        folders(connection, [sha256])
        paths_of(connection, sha256)
        search(connection, "văn thư")
        hand_over(connection, sha256, {sha256})
        failed_files(connection, 10)  # on every page of a search: 50 ms of 100,000 documents

    with plans() as found:
        asking(catalog, work)
    of_files = {statement: plan for statement, plan in found.items() if "files.sha256" in statement}
    assert len(of_files) >= 7
    wrong = {statement: plan for statement, plan in of_files.items() if "ix_files_sha256 (sha256=?)" not in plan}
    assert wrong == {}
