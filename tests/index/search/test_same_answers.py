"""SQLite and PostgreSQL give the same answers to the queries of queries.tsv, and what must come first comes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from tests.index.search.archive import HERE, documents, sha256_of, write
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.schema import Document
from vnadmin.index.search import sql as search_sql
from vnadmin.index.search.query import read_query
from vnadmin.index.search.search import found_ids, matching, search

LINES = [
    line.split("\t") for line in (HERE / "queries.tsv").read_text("utf-8").splitlines() if line[:1] not in ("#", "")
]
QUERIES = LINES[1:]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[dict[str, Engine]]:
    """The archive in both databases."""
    postgres = request.getfixturevalue("postgres")
    urls = {"sqlite": str(tmp_path_factory.mktemp("search") / "catalog.db"), "postgresql": postgres.create("search")}
    made = {name: open_catalog(url) for name, url in urls.items()}
    for engine in made.values():
        write(engine, documents())
    yield made
    for engine in made.values():
        engine.dispose()


NAMES = {sha256_of(name): name for name in documents()}


def answers(engine: Engine, query: str, limit: int = 100, offset: int = 0) -> tuple[list[str], int]:
    """Names of the documents found, and how many there are."""
    with engine.connect() as connection:
        answer = search(connection, query, limit=limit, offset=offset)
    return [NAMES[hit.sha256] for hit in answer.hits], answer.total


def test_there_are_fifty_queries() -> None:
    """The table is as large as was asked for, and has no query twice."""
    assert len(QUERIES) >= 50
    assert len({query for query, *_ in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize(("query", "first", "total", "why"), QUERIES, ids=[line[0] for line in QUERIES])
def test_a_query_of_the_table(engines: dict[str, Engine], query: str, first: str, total: str, why: str) -> None:
    """What must come first comes first, as many are found as there are, and both databases answer alike."""
    found, count = answers(engines["sqlite"], query)
    expected = [] if first == "-" else first.split()
    assert (found[: len(expected)], count) == (expected, int(total)), why
    assert answers(engines["postgresql"], query) == (found, count)


def test_many_deadlines_are_asked_for_one_by_one(engines: dict[str, Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more tasks than a few have such a deadline another way is taken to the same answer."""
    asked = [line for line in QUERIES if "han:" in line[0]]
    monkeypatch.setattr(search_sql, "FEW", 0)
    for query, first, total, why in asked:
        for engine in engines.values():
            found, count = answers(engine, query)
            assert (found[: len(first.split())], count) == (first.split(), int(total)), why


@pytest.mark.parametrize("query", ["", "đất", 'co-quan:"Sở Y tế"', "han:2000..2100"])
def test_a_search_among_some_documents(engines: dict[str, Engine], query: str) -> None:
    """Among those that a statement selects the same documents are found, in the same order, and no other."""
    some = select(Document.id).where(Document.type_code == "QĐ")
    for engine in engines.values():
        with engine.connect() as connection:
            chosen = set(connection.scalars(some))
            expected = [document for document in found_ids(connection, query) if document in chosen]
            answer = search(connection, query, among=some, limit=100)
            assert [hit.document_id for hit in answer.hits] == expected
            assert answer.total == len(expected)
            assert found_ids(connection, query, among=some) == expected
            found = connection.scalars(matching(connection, read_query(query), among=some))
            assert sorted(found) == sorted(expected)
