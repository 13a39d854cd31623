"""A catalogue that an earlier vnadmin wrote answers as before when it is opened: nothing that a person said is lost.

`catalogues/revision-0005.json` was made with vnadmin of revision 0005 (commit 689dc58) from an invented letter and two
samples of the package, with corrections, a mark and a question: its tables, and what that vnadmin answered.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from click.testing import CliRunner

from tests.index.runs import asking
from vnadmin.commands.cli import app
from vnadmin.index.audit.schema import Base as Audits
from vnadmin.index.catalog.connect import MIGRATIONS, catalog_url, open_catalog
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.catalog.schema import Base, Correction, Document, KeyPass, Review, TaskMark
from vnadmin.index.catalog.task_marks import MARKS
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.search import keys
from vnadmin.index.search.schema import SEARCH_DOCUMENTS
from vnadmin.index.search.search import search
from vnadmin.model import AdminDocument

OLD: dict[str, Any] = json.loads((Path(__file__).parent / "catalogues" / "revision-0005.json").read_text("utf-8"))
_FACETS = sa.select(SEARCH_DOCUMENTS.c.facets)
LATER = {"0001": {"task_marks"}, "0005": set[str]()}  # tables that a revision did not have yet


@pytest.fixture(params=sorted(LATER))
def old(request: pytest.FixtureRequest, catalog: str) -> str:
    """The catalogue at a revision of before, brought up by being opened."""
    engine = sa.create_engine(catalog_url(catalog))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, request.param)
        meta = sa.MetaData()
        meta.reflect(connection, resolve_fks=False)
        for name, (columns, *rows) in OLD["tables"].items():
            if name not in LATER[request.param]:
                _fill(connection, meta.tables[name], [dict(zip(columns, row, strict=True)) for row in rows])
    engine.dispose()
    return opened(catalog)


def opened(catalog: str) -> str:
    """A catalogue as a run brings it up."""
    engine = open_catalog(catalog)
    try:
        keys.renew_keys(Writer(engine))
    finally:
        engine.dispose()
    return catalog


def _fill(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    known = [{name: _value(table.c[name], value) for name, value in row.items() if name in table.c} for row in rows]
    for row in known:
        connection.execute(sa.insert(table).values(row))
    if connection.dialect.name == "postgresql" and "id" in table.c:
        next_id = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {max(row['id'] for row in known)})"
        connection.execute(sa.text(next_id))


def _value(column: sa.Column[Any], value: Any) -> Any:
    """A value of the file as the column takes it."""
    if value is None:
        return sa.null()
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    if isinstance(column.type, sa.JSON):
        return json.loads(value)
    return bool(value) if isinstance(column.type, sa.Boolean) else value


def _as_of_now(told: dict[str, Any]) -> dict[str, Any]:
    """A document that an older version told, with what a value has been able to say since (`Issue.values`)."""
    return AdminDocument.model_validate(told).model_dump(mode="json", exclude={"text", "evidence"})


@pytest.mark.parametrize("sha256", OLD["documents"])
def test_every_document_is_as_it_was(old: str, sha256: str) -> None:
    """Its values as read and as corrected, and each piece of evidence with its quote."""
    told = OLD["documents"][sha256]
    parsed = asking(old, partial(read_document, sha256=sha256, corrected=False))
    now = asking(old, partial(read_document, sha256=sha256))
    assert parsed is not None
    assert now is not None
    assert parsed.model_dump(mode="json", exclude={"text", "evidence"}) == _as_of_now(told["parsed"])
    assert now.model_dump(mode="json", exclude={"text", "evidence"}) == _as_of_now(told["parsed"] | told["corrected"])
    kept = {
        pointer: [[e.start, e.end, e.page, e.rule, e.grade, e.confidence, list(map(list, e.boxes))] for e in entries]
        for pointer, entries in parsed.evidence.items()
    }
    assert kept == told["evidence"]
    assert list(kept) == list(told["evidence"])
    assert all(e.quote == parsed.text[e.start : e.end] for entries in parsed.evidence.values() for e in entries)


def test_what_people_said_and_what_they_are_asked_is_as_it_was(old: str) -> None:
    """Corrections with who, when and why; the queue; marks of tasks."""
    columns, *rows = OLD["tables"]["corrections"]
    said = asking(old, lambda c: c.execute(sa.select(Correction.__table__).order_by(Correction.id)).all())
    wanted = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in wanted:
        row |= {name: row[name] and json.loads(row[name]) for name in ("value", "parsed")} | {"answer": None}
    assert [row._asdict() for row in said] == wanted
    order = (Review.sha256, Review.pointer, Review.reason)
    asked = sa.select(*order, Review.rank, Review.parsed, Review.corrected, Review.state).order_by(*order)
    at_one_half = [[*row[:3], row[3] and row[3] + 5000, *row[4:]] for row in OLD["queue"]]  # of no known kind
    assert asking(old, lambda c: [list(row) for row in c.execute(asked)]) == at_one_half
    if asking(old, lambda c: c.scalar(sa.select(sa.func.count(TaskMark.id)))):
        marked = asking(old, lambda c: c.execute(sa.select(MARKS.c.pointer, MARKS.c.done, MARKS.c.person)).all())
        assert marked == [("/directives/2/children/0", True, "an")]


def test_every_search_finds_what_it_found(old: str) -> None:
    """By text, signer as corrected, citation and assignee, in the same order."""
    for query, hashes in OLD["searches"].items():
        assert asking(old, lambda c, q=query: [hit.sha256 for hit in search(c, q).hits]) == hashes, query


def test_bodies_have_the_keys_of_now(old: str) -> None:
    """As a document that is read now has them, in its row and in its line of facets."""
    rows = asking(old, lambda c: c.execute(sa.select(Document.__table__)).all())
    assert rows
    for row in rows:
        assert row.issuer_key == issuer_key(row.issuing_agency, row.parent_agency)
        line = asking(old, lambda c, one=row.id: c.scalar(_FACETS.where(SEARCH_DOCUMENTS.c.document_id == one)))
        assert row.issuer_key is None or f"i{row.issuer_key}\x1e" in line


PRINTED = {1: ("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN"), 2: ("UBND xã Tân An, huyện Tân An", None)}
NEW_KEY = "uy ban nhan dan xa tan an huyen tan an"


@pytest.fixture
def old_keys(old: str) -> str:
    """At 0008, with keys of the rule when that was written."""
    engine = sa.create_engine(catalog_url(old))
    with engine.begin() as connection:
        for number, (issuer, parent) in PRINTED.items():
            told = {"issuing_agency": issuer, "parent_agency": parent, "issuer_key": "uy ban nhan dan xa huyen tan an"}
            connection.execute(sa.update(Document).where(Document.id == number).values(told))
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
    engine.dispose()
    return old


def _keys(catalog: str) -> list[str | None]:
    keys = sa.select(Document.issuer_key).where(Document.id.in_(PRINTED)).order_by(Document.id)
    return list(asking(catalog, lambda c: c.scalars(keys).all()))


def test_keys_as_an_older_vnadmin_wrote_them_are_made_anew(old_keys: str) -> None:
    """A proper name that both levels bear stays with each: one body, with or without the one above it."""
    engine = sa.create_engine(catalog_url(old_keys))
    with engine.connect() as connection:
        assert not keys.are_current(connection), "no such table yet"
    engine.dispose()
    open_catalog(old_keys).dispose()  # by the service: tables are brought up, keys are not
    assert not asking(old_keys, keys.are_current)
    assert opened(old_keys) == old_keys
    assert asking(old_keys, keys.are_current)
    assert _keys(old_keys) == [NEW_KEY] * 2
    lines = asking(old_keys, lambda c: c.scalars(_FACETS.where(SEARCH_DOCUMENTS.c.document_id.in_(PRINTED))).all())
    assert all(f"i{NEW_KEY}\x1e" in line for line in lines)
    assert asking(old_keys, lambda c: c.execute(sa.select(KeyPass.rule, KeyPass.last)).all()) == [(keys.rule(), None)]


def test_a_pass_over_keys_that_was_ended_goes_on(old_keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made stays made, and is not made twice."""
    made: list[int] = []

    def first_only(connection: sa.Connection, rows: Sequence[Any], renew: Callable[..., None] = keys._renew) -> None:
        if made:
            raise KeyboardInterrupt
        renew(connection, rows)
        made.extend(row.id for row in rows)

    monkeypatch.setattr(keys, "AT_ONCE", 1)
    with monkeypatch.context() as ended:
        ended.setattr(keys, "_renew", first_only)
        with pytest.raises(KeyboardInterrupt):
            opened(old_keys)
    assert made == [1]
    assert _keys(old_keys) == [NEW_KEY, "uy ban nhan dan xa huyen tan an"]
    engine = sa.create_engine(catalog_url(old_keys))
    with engine.begin() as connection:
        connection.execute(sa.update(Document).where(Document.id == 1).values(issuer_key="made"))
    engine.dispose()
    opened(old_keys)
    assert _keys(old_keys) == ["made", NEW_KEY]


def test_the_command_makes_keys_anew(old_keys: str, tmp_path: Path) -> None:
    """`vnadmin index` does, whatever it is asked to read."""
    done = CliRunner().invoke(app, ["index", str(tmp_path), "--catalog", old_keys, "--json"])
    assert done.exit_code == 0, done.output
    assert _keys(old_keys) == [NEW_KEY] * 2


def test_people_go_on_correcting(old: str) -> None:
    """A correction after the migration is laid over the others."""
    sha256 = next(h for h, told in OLD["documents"].items() if "signatories" in told["corrected"])
    engine = open_catalog(old)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        correct(connection, sha256, "/place", "Huế", person="an", at="2026-11-27T10:00:00Z")
    engine.dispose()
    now = asking(old, partial(read_document, sha256=sha256))
    assert now is not None
    assert (now.place, now.signatories[0].name) == ("Huế", "Phạm Thị Sửa")
    assert asking(old, lambda c: [hit.sha256 for hit in search(c, "dia-danh:Huế").hits]) == [sha256]


def test_the_tables_are_those_of_the_schema(old: str) -> None:
    """Nothing that the code does not know is left behind, and nothing is missing."""
    asking(old, _compare)


def _compare(connection: sa.Connection) -> None:
    there = sa.inspect(connection)
    tables = [*Base.metadata.sorted_tables, *Audits.metadata.sorted_tables]
    for table in tables:
        assert {c["name"] for c in there.get_columns(table.name)} == set(table.columns.keys()), table.name
        assert {i["name"] for i in there.get_indexes(table.name)} >= {i.name for i in table.indexes}, table.name
    names = {name for name in there.get_table_names() if not name.startswith("search_")}
    assert names == {table.name for table in tables} | {"alembic_version"}


def test_revisions_are_one_chain() -> None:
    """Seen: two that were written side by side had one number, and only one of them was run."""
    names = [path.name for path in (MIGRATIONS / "versions").glob("v*.py")]
    numbers = [name[1:5] for name in sorted(names)]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
