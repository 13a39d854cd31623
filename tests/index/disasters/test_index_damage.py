"""Catalogues that are damaged, unreadable or out of reach: each command says so in one sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.index.runs import run
from vnadmin.commands.cli import app
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogBusy, CatalogUnavailable
from vnadmin.index.catalog.transact import Writer

COMMANDS = (
    ("ledger",),
    ("ledger", "--json"),
    ("search", "x"),
    ("search", "x", "--format", "csv"),
    ("index", "{folder}"),
)


@pytest.fixture
def damaged(tmp_path: Path, archive: Path) -> dict[str, str]:
    """Catalogues that went wrong, by how."""
    good = tmp_path / "good.db"
    run(str(good), archive)
    data = good.read_bytes()
    dice = random.Random(1)
    noise = bytes(dice.randrange(256) if i > 4096 and dice.random() < 0.3 else byte for i, byte in enumerate(data))
    made = {"cut": data[:5000], "noise": noise, "text": b"no database " * 500, "of another": _foreign(tmp_path)}
    found = {}
    for name, content in made.items():
        path = tmp_path / f"{name}.db"
        path.write_bytes(content)
        found[name] = str(path)
    (tmp_path / "folder.db").mkdir()
    return found | {
        "a folder": str(tmp_path / "folder.db"),
        "below a file": f"{good}/catalog.db",
        "a long name": str(tmp_path / ("a" * 300)),
        "no server": "postgresql://127.0.0.1:1/catalog",
        "no host": "postgresql://[bad/catalog",
        "no driver": "oracle://host/catalog",
        "no such kind": "nonsense://host/catalog",
        "no url": "://",
        "no port": "postgresql://user:secret@host:port/catalog",
    }


def _foreign(tmp_path: Path) -> bytes:
    """A catalogue of a version that is not known here."""
    path = tmp_path / "foreign.db"
    open_catalog(str(path)).dispose()
    engine = open_catalog(str(path))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("DROP TABLE files")
        connection.exec_driver_sql("DROP TABLE search_documents")
    engine.dispose()
    return path.read_bytes()


def test_every_command_says_it_in_one_sentence(damaged: dict[str, str], archive: Path) -> None:
    """No traceback, no password; the exit status of the catalogue's errors."""
    for name, catalog in damaged.items():
        for command in COMMANDS:
            words = [word.format(folder=archive) for word in command]
            result = CliRunner().invoke(app, [*words, "--catalog", catalog])
            told = result.stderr.strip()
            assert isinstance(result.exception, SystemExit), (name, command, result.exception)
            assert 20 <= result.exit_code <= 23, (name, command, told)
            assert told.startswith("vnadmin: ")
            assert told.count("\n") == 0, told
            assert "Traceback" not in told
            assert "secret" not in told


def test_a_second_name_of_a_catalogue_is_refused(tmp_path: Path) -> None:
    """Seen with a hard link: two writers with a journal each on one file."""
    catalog, other = tmp_path / "catalog.db", tmp_path / "other.db"
    open_catalog(str(catalog)).dispose()
    writer = Writer(open_catalog(str(catalog)))
    other.hardlink_to(catalog)
    with pytest.raises(CatalogUnavailable, match="hard links"), writer.alone():
        pass
    other.unlink()
    with writer.alone():
        pass
    writer.engine.dispose()


def test_a_link_to_a_catalogue_is_the_same_catalogue(tmp_path: Path) -> None:
    """A run holds it by every name."""
    catalog = tmp_path / "catalog.db"
    open_catalog(str(catalog)).dispose()
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "other.db"
    link.symlink_to(catalog)
    (tmp_path / "linked").symlink_to(tmp_path)
    first, *others = (Writer(open_catalog(str(path))) for path in (catalog, link, tmp_path / "linked" / "catalog.db"))
    with first.alone():
        for other in others:
            with pytest.raises(CatalogBusy), other.alone():
                pass
    for writer in (first, *others):
        writer.engine.dispose()
