"""Two machines share the jobs through PostgreSQL: each job is done once, and what a dead machine had begun is not lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.serving import start
from tests.service.test_jobs import ASYNC, LETTER, ended


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of an empty database of a server of our own, or a skip that says how to get one."""
    folders = [path for path in sorted(Path("/usr/lib/postgresql").glob("*/bin")) if (path / "initdb").exists()]
    if not folders:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql (.ci/run does)")
    top = Path(tempfile.mkdtemp(prefix="vnadmin-jobs-"))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(top, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(program: str, *words: str) -> None:
        subprocess.run([*user, str(folders[-1] / program), *words], check=True, capture_output=True, cwd="/")

    data = str(top / "data")
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N", "--locale=C")
    options = f"-p {port} -k {top} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", "-D", data, "-l", str(top / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(top, ignore_errors=True)


def test_two_machines(database: str, tmp_path: Path, slow_text: bytes) -> None:
    """One is killed with a job half done: the other does what waits, and the first, started again, what it had begun."""
    folders = {name: tmp_path / name for name in ("a", "b")}
    for folder in folders.values():
        folder.mkdir()
    machines = {name: start(folder, database_url=database, machine=name) for name, folder in folders.items()}
    try:
        bodies = [slow_text, slow_text, *[LETTER] * 4]
        first = machines["a"].url
        where = [httpx.post(f"{first}/v1/parse", content=b, headers=ASYNC).headers["location"] for b in bodies]
        while [httpx.get(first + place).json()["status"] for place in where[:2]] != ["running"] * 2:
            time.sleep(0.05)  # one at each machine
        children = machines["b"].descendants()
        machines["b"].stop(signal.SIGKILL)
        for child in children:
            if Path(f"/proc/{child}").exists():
                os.kill(child, signal.SIGKILL)
        for place in where[2:]:
            assert ended(first + place)["status"] == "done"
        machines["b"] = start(folders["b"], database_url=database, machine="b")
        assert [ended(machines["b"].url + place)["status"] for place in where] == ["done"] * len(where)
        lines = [json.loads(line) for m in machines.values() for line in m.lines.splitlines()]
        done = Counter(line["job"] for line in lines if line["event"] == "job ended")
        assert done == Counter(place.rsplit("/", 1)[1] for place in where)
    finally:
        for machine in machines.values():
            machine.stop()
