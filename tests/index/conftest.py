"""A real PostgreSQL server for the tests of the catalogue, and an archive of invented documents."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.index.letters import letter


@dataclass(frozen=True)
class Postgres:
    """A server of our own in a temporary folder, reached through a socket there."""

    binaries: Path
    data: Path
    port: int

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.data.parent}&port={self.port}"

    def create(self, database: str) -> str:
        """A fresh database, and its URL."""
        address = self.url("postgres").replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'))
            connection.execute(text(f"CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE template0"))
        engine.dispose()
        return self.url(database)

    def control(self, *command: str) -> None:
        """pg_ctl, as the user that PostgreSQL wants."""
        options = f"-p {self.port} -k {self.data.parent} -c listen_addresses='' -c fsync=off"
        log = self.data.parent / "server.log"
        words = [str(self.binaries / "pg_ctl"), "-D", str(self.data), "-l", str(log), "-w", "-o", options, *command]
        subprocess.run(_as_server(words), check=True, capture_output=True, cwd="/")


def _as_server(words: list[str]) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def _binaries() -> Path | None:
    candidates = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, filter(None, [shutil.which("initdb")]))]
    folders = [path if path.is_dir() else path.resolve().parent for path in candidates]
    return next((folder for folder in sorted(folders, reverse=True) if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, or a skip that says how to get one."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql (.ci/run does)")
    top = Path(subprocess.check_output(["mktemp", "-d", "/tmp/pg-vnadmin-XXXXXX"], text=True).strip())
    if os.geteuid() == 0:
        shutil.chown(top, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Postgres(binaries, top / "data", port)
    words = [str(binaries / "initdb"), "-D", str(server.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run(_as_server([*words, "--locale=C"]), check=True, capture_output=True, cwd="/")
    server.control("start")
    try:
        yield server
    finally:
        server.control("-m", "immediate", "stop")
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty catalogue, once on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "catalog.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.create("catalog")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with twelve letters in two folders."""
    top = tmp_path / "kho"
    for i in range(12):
        path = top / f"{2015 + i % 2}" / f"cong-van-{i:02d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter(i), "utf-8")
    return top
