"""Jobs in PostgreSQL: two machines share them, what a dead one had begun is not lost, and a server that is away is waited for."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from tests.service.archive.holdings import index, letters
from tests.service.serving import free_port, start
from tests.service.test_jobs import ASYNC, LETTER, ended
from tests.service.test_webhooks import ON, queued, receiver, told
from vnadmin.client import Client, ServiceRefused
from vnadmin_service.access.log import AccessLog, Entry, now
from vnadmin_service.jobs import alone
from vnadmin_service.settings import Settings


@dataclass
class Database:
    """An empty database of a server of our own."""

    url: str
    stop: Callable[[], None]
    start: Callable[[], None]


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """A server that runs, or a skip that says how to get one."""
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
    made = Database(
        f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres",
        stop=lambda: run("pg_ctl", "-D", data, "-m", "immediate", "stop"),
        start=lambda: run("pg_ctl", "-D", data, "-l", str(top / "log"), "-w", "-o", options, "start"),
    )
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(top, ignore_errors=True)


def test_two_machines(database: Database, tmp_path: Path, slow_text: bytes) -> None:
    """One is killed with a job half done: the other does what waits, and the first, started again, what it had begun."""
    folders = {name: tmp_path / name for name in ("a", "b")}
    for folder in folders.values():
        folder.mkdir()
    machines = {name: start(folder, database_url=database.url, machine=name) for name, folder in folders.items()}
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
        machines["b"] = start(folders["b"], database_url=database.url, machine="b")
        assert [ended(machines["b"].url + place)["status"] for place in where] == ["done"] * len(where)
        lines = [json.loads(line) for m in machines.values() for line in m.lines.splitlines()]
        done = Counter(line["job"] for line in lines if line["event"] == "job ended")
        assert done == Counter(place.rsplit("/", 1)[1] for place in where)
    finally:
        for machine in machines.values():
            machine.stop()


def test_two_hosts_of_one_name(database: Database, tmp_path: Path, slow_text: bytes) -> None:
    """Seen: the second took up the job at which the first still worked. It says so in a sentence, also after the server restarted."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = start(tmp_path / "a", database_url=database.url, machine="van-thu")
    try:
        where = httpx.post(f"{first.url}/v1/parse", content=slow_text, headers=ASYNC).headers["location"]
        first.until_running(where)
        values = {
            "VNADMIN_DATABASE_URL": database.url,
            "VNADMIN_MACHINE": "van-thu",
            "VNADMIN_DATA_DIR": str(tmp_path / "b"),
        }
        command = [sys.executable, "-m", "vnadmin", "serve", "--port", str(free_port())]
        for restarted in (False, True):
            second = subprocess.run(
                command, env={**os.environ, **values}, capture_output=True, text=True, check=False, timeout=100
            )
            assert (second.returncode, second.stderr.count("\n")) == (2, 1), second.stderr
            assert "VNADMIN_MACHINE van-thu" in second.stderr
            if not restarted:
                assert ended(first.url + where)["status"] == "done"
                database.stop()
                database.start()
                time.sleep(1.5 * alone._LOOK_SECONDS)
    finally:
        first.stop()


@pytest.fixture
def terminated() -> Iterator[None]:
    """SIGTERM ends the block, as `vnadmin serve` has it."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("terminated")
def test_a_name_that_another_took_while_the_server_started_ends_the_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went on with its jobs, which the other took up as left behind."""
    monkeypatch.setattr(alone, "_LOOK_SECONDS", 2.0)
    other = alone._Name(database.url, "kho")
    with pytest.raises(alone.InUse, match="VNADMIN_MACHINE kho"), alone.alone_in(database.url, "kho"):
        assert other.take() is False
        database.stop()
        database.start()
        while not other.take():
            time.sleep(0.01)
        time.sleep(30)
    assert other.take()
    other.drop()


def test_a_service_without_its_name_waits_for_the_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """It began without the name, and took up what another of that name was at."""
    monkeypatch.setattr(alone, "_PAUSES", (0.1,))
    database.stop()
    tried: list[bool | None] = []
    take = alone._Name.take

    def counted(name: alone._Name) -> bool | None:
        tried.append(take(name))
        if len(tried) == 3:
            database.start()
        return tried[-1]

    monkeypatch.setattr(alone._Name, "take", counted)
    with alone.alone_in(database.url, "kho"):
        assert tried[:3] == [None] * 3
        assert tried[-1] is True


AWAY = 14.0  # seconds; a job hung after as many, until a restart


def test_jobs_and_webhooks_outlive_a_server_that_is_away(database: Database, tmp_path: Path) -> None:
    """One job is read meanwhile, one waits, and of one that ended nobody was told yet: all end and are told, each once."""
    service = start(tmp_path, database_url=database.url, machine="c", **ON)
    try:
        with receiver(500, 200) as late, receiver() as office:
            ended_before = queued(service, late.url)
            ended(service.url + ended_before)
            late.wait(1)
            with service.frozen():
                jobs = [queued(service, office.url) for _ in range(2)]
                service.until_running(jobs[0])
                database.stop()
                stopped = time.monotonic()
            refused = httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900)
            assert (refused.status_code, refused.json()["code"]) == (503, "jobs_unavailable")
            assert httpx.get(f"{service.url}/readyz", timeout=900).status_code == 503
            assert httpx.post(f"{service.url}/v1/parse", content=LETTER, timeout=900).status_code == 200
            time.sleep(max(0.0, AWAY - (time.monotonic() - stopped)))
            database.start()
            assert [ended(service.url + job, 60)["status"] for job in jobs] == ["done", "done"]
            for job in (ended_before, *jobs):
                told(service, job, "delivered")
            assert len(office.got) == 2
            assert len(late.got) == 2
            lines = [json.loads(line) for line in service.lines.splitlines()]
            done = Counter(line["job"] for line in lines if line["event"] == "job ended")
            assert set(done.values()) == {1}
            assert not [line for line in lines if line["event"] == "fault"]
    finally:
        service.stop()


def test_nul_is_no_fault_of_the_database(database: Database, tmp_path: Path) -> None:
    """It was told as a database that does not answer: 503, and an error in the log for whoever watches it."""
    (tmp_path / "mot.txt").write_bytes(LETTER)
    catalog = database.url.replace("+psycopg", "")
    subprocess.run([sys.executable, "-m", "vnadmin", "index", str(tmp_path / "mot.txt"), "-c", catalog], check=True)
    service = start(tmp_path, database_url=database.url, catalog=catalog)
    try:
        part = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00b.txt"\r\n\r\n'
            + LETTER
            + b"\r\n--x--\r\n"
        )
        kind = {"content-type": "multipart/form-data; boundary=x"}
        answer = httpx.post(f"{service.url}/v1/parse", content=part, headers={**ASYNC, **kind})
        assert ended(service.url + answer.headers["location"])["status"] == "done"
        table = httpx.get(service.url + answer.headers["location"] + "/document", headers={"accept": "text/csv"})
        assert "a\ufffdb.txt" in table.text
        ours = {"origin": service.url}
        assert httpx.get(f"{service.url}/archive", params={"signer": "a\x00"}).status_code == 422
        form = {"name": "a\x00", "address": "q=a"}
        assert httpx.post(f"{service.url}/archive/searches", data=form, headers=ours).status_code == 422
        assert httpx.get(f"{service.url}/archive").status_code == 200
        assert "unavailable" not in service.lines
    finally:
        service.stop()


def test_the_log_of_access_is_kept_and_refuses_changes(database: Database) -> None:
    """Two machines write into one log; neither they nor anybody else changes it."""
    settings = Settings(catalog="/nowhere/catalog.db", database_url=database.url)

    def entry(number: int) -> Entry:
        return Entry(now(), "lan", "clerk", "read", "GET", "/archive", None, 200, f"request-{number}")

    async def write() -> list[str]:
        logs = [AccessLog(settings), AccessLog(settings)]
        await asyncio.gather(*(one.start() for one in logs))
        await asyncio.gather(*(logs[number % 2].add(entry(number)) for number in range(100)))
        every = [logged.entry.request_id for logged in await asyncio.to_thread(lambda: list(logs[0].all()))]
        kept = [one for one in every if one.startswith("request-")]  # the database is that of the other tests too
        for one in logs:
            await one.stop()
        return kept

    assert sorted(asyncio.run(write())) == sorted(f"request-{number}" for number in range(100))
    engine = sa.create_engine(database.url)
    for statement in ("DELETE FROM vnadmin_access", "UPDATE vnadmin_access SET key = 'khac'"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_the_api_of_an_archive(database: Database, tmp_path: Path) -> None:
    """Each list page by page, a correction and its undo, and what followers see of them: as on SQLite."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for name, text in list(letters().items())[:4]:
        (folder / name).write_text(text, "utf-8")
    index(folder, database.url)  # type: ignore[arg-type]
    service = start(tmp_path, catalog=database.url, database_url=database.url, **ON)
    try:
        with Client(service.url, timeout=900) as client, receiver() as taker:
            archive = client.archive
            assert archive.webhook(taker.url)["attempts"] == 0
            since, after = archive.changes().next, archive.corrections().next
            own = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
            found = [one for one in archive.search("văn thư") if one["sha256"] in own]  # other tests index here too
            assert len(found) == 4
            kept = archive.document(found[0]["sha256"])
            revision = archive.correct(kept.sha256, "/subject", "kiểm kê", revision=kept.revision, note="theo sổ")
            with pytest.raises(ServiceRefused):
                archive.correct(kept.sha256, "/subject", "khác", revision=kept.revision)
            last = archive.undo(kept.sha256, "/subject", revision=revision)
            assert [(one["sha256"], one["revision"]) for one in archive.changes(since).changes] == [(kept.sha256, last)]
            assert [said["action"] for said in archive.corrections(after).corrections] == ["set", "undo"]
            while json.loads(taker.wait(1)[-1][1])["data"]["revision"] < last:  # told of the correction before its undo
                time.sleep(0.05)
            archive.end_webhook()
            assert archive.reconcile()["waits"]
            while (runs := archive.runs())["waits"]:
                time.sleep(0.2)
            assert runs["runs"][0]["ended_at"]
            assert archive.undo_run(runs["runs"][0]["run"]) == runs["runs"][0]["in_force"]
            drawn = archive.draw_audit(seed=7, fields=["number"])
            assert archive.audit(drawn["id"])["size"] == archive.audits()[0]["size"] > 0
        for path, name in (("documents", "documents"), ("tasks", "tasks"), ("questions", "questions")):
            given = {"day": "2020-01-01"} if name == "tasks" else {}
            whole = httpx.get(f"{service.url}/v1/archive/{path}", params={**given, "limit": 100}, timeout=900).json()
            found, place = [], ""
            while place is not None:
                asked = {**given, "limit": 1, "after": place}
                page = (
                    httpx.get(f"{service.url}/v1/archive/{path}", params=asked, timeout=900).raise_for_status().json()
                )
                found, place = found + page[name], page["next"]
            assert found == whole[name]
        entries = httpx.get(f"{service.url}/v1/archive/access", params={"limit": 1000}, timeout=900).json()["entries"]
        assert {one["action"] for one in entries} == {"read", "correct", "admin"}
        assert '"event": "fault"' not in service.lines
    finally:
        service.stop()
