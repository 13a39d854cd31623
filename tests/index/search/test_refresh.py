"""The search index follows the catalogue: corrections, changed dates, documents that are gone, older catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, text

from tests.index.search.archive import documents, sha256_of, write
from vnadmin.index.catalog import write as write_module
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, withdraw
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Document
from vnadmin.index.catalog.write import rebuild, write_documents
from vnadmin.index.search import index as search_index
from vnadmin.index.search.search import Order, found_ids, search

ONE = sha256_of("duong-bo")


@pytest.fixture
def engine(catalog: str) -> Iterator[Engine]:
    """The archive, once in each database."""
    made = open_catalog(catalog)
    write(made, documents())
    yield made
    made.dispose()


def found(connection: Connection, query: str) -> list[str]:
    return [hit.sha256 for hit in search(connection, query, limit=100).hits]


def test_a_correction_is_found_and_what_it_replaced_is_not(engine: Engine) -> None:
    """A person's value is searched for as the document's own; after a withdrawal the parser's is back."""
    with engine.begin() as connection:
        correct(connection, ONE, "/subject", "mở rộng cảng hàng không", person="An", at="2026-11-25T00:00:00Z")
        assert found(connection, "trich-yeu:cảng") == [ONE]
        assert found(connection, "cảng hàng không") == [ONE]
        assert ONE not in found(connection, 'trich-yeu:"đường bộ"')
        withdraw(connection, ONE, "/subject", person="An", at="2026-11-25T00:00:01Z")
        assert found(connection, "cảng hàng không") == []
        assert found(connection, 'trich-yeu:"đường bộ"') == [ONE]


def test_a_corrected_date_moves_the_document(engine: Engine) -> None:
    """The order newest first follows what the person says."""
    with engine.begin() as connection:
        correct(connection, ONE, "/issued_on", "2030-01-01", person="An", at="2026-11-25T00:00:00Z")
        assert found(connection, "")[0] == ONE
        assert ONE in found(connection, "tu:2030")
        assert ONE not in found(connection, "nam:2021")


def test_a_document_that_is_gone_is_not_found(engine: Engine) -> None:
    """With its row in the catalogue its words go out of the index, told or not."""
    with engine.begin() as connection:
        before = found(connection, "đường")
        connection.execute(delete(Document).where(Document.sha256 == ONE))
        assert found(connection, "đường") == [sha256 for sha256 in before if sha256 != ONE]
        assert found(connection, '"ven biển"') == []


def test_reading_again_changes_nothing(engine: Engine) -> None:
    """A document that is written twice is found once; a whole new index gives the same answers."""
    queries = ("", "đường", "duong", 'co-quan:"Sở Y tế"', "giao:Sở han:2022")
    with engine.begin() as connection:
        before = [found(connection, query) for query in queries]
        write_documents(connection, {d.source.sha256: rows_of(d) for d in documents().values()})
        assert [found(connection, query) for query in queries] == before
        rebuild(connection)
        assert [found(connection, query) for query in queries] == before


def test_contents_whose_positions_collide_are_both_found(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place in the order comes from a hash: two documents of one day may get the same."""
    monkeypatch.setattr(search_index, "position", lambda issued_on, sha256: 7)
    monkeypatch.setattr(write_module, "AT_ONCE", 2)
    with engine.begin() as connection:
        rebuild(connection)
        assert len(found(connection, "")) == len(documents())


def test_pages_follow_each_other(engine: Engine) -> None:
    """Page by page comes what comes at once, nothing twice."""
    with engine.connect() as connection:
        whole = search(connection, "duong", limit=100)
        pages = [search(connection, "duong", limit=3, offset=offset).hits for offset in (0, 3, 6, 9)]
        assert [hit.sha256 for page in pages for hit in page] == [hit.sha256 for hit in whole.hits]
        assert search(connection, "duong", limit=3).total == len(whole.hits)


def test_documents_can_be_sorted_by_time(engine: Engine) -> None:
    """Newest first is oldest first backwards."""
    with engine.connect() as connection:
        newest = found_ids(connection, "duong", order=Order.NEWEST)
        assert found_ids(connection, "duong", order=Order.OLDEST) == newest[::-1]
        assert set(newest) == set(found_ids(connection, "duong"))


def test_a_hostile_text_is_indexed_too(catalog: str) -> None:
    """More different words than a tsvector holds: the rest is left out, and nothing fails."""
    one = documents()["duong-bo"]
    hostile = one.model_copy(update={"text": "đường " + " ".join(f"{i:x}ơ" for i in range(150_000)) + " '\\ \" \x00"})
    engine = open_catalog(catalog)
    write(engine, {"duong-bo": hostile})
    with engine.connect() as connection:
        assert found(connection, "đường") == [ONE]
        assert found(connection, "so:123/QĐ-UBND") == [ONE]
    engine.dispose()


def test_the_index_of_sqlite_leads_the_query(tmp_path: Path) -> None:
    """FTS5 gives its rows in the order of the answer: a page of a frequent word reads a page of documents."""
    engine = open_catalog(str(tmp_path / "catalog.db"))
    write(engine, documents())
    plan_of = (
        "EXPLAIN QUERY PLAN SELECT s.document_id FROM search_index JOIN search_documents AS s"
        " ON s.position = search_index.rowid WHERE search_index MATCH :m AND search_index.rowid >= 0"
        " ORDER BY search_index.rowid LIMIT 20"
    )
    with engine.connect() as connection:
        steps = [row[3] for row in connection.execute(text(plan_of), {"m": '"=đường"'})]
    engine.dispose()
    assert len(steps) == 2
    assert steps[0].startswith("SCAN search_index VIRTUAL TABLE INDEX")
    assert steps[1].startswith("SEARCH s USING INTEGER PRIMARY KEY")
