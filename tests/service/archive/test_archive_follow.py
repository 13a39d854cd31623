"""The program of docs/how-to/archive-api.md keeps a second database in step while a clerk works, and both are killed again and again."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.service.archive.holdings import LETTER, Archive, index
from tests.service.serving import Served, free_port, start
from vnadmin.client import AsyncClient, Client, ServiceRefused

GUIDE = Path(__file__).parents[3] / "docs/how-to/archive-api.md"
PROGRAM = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[0]
ROUNDS = 4  # kills of each


class Clerk:
    """Corrects on the archive's page, one document after the other, and notes what the page said was saved."""

    def __init__(self, url: str, hashes: list[str]) -> None:
        self.saved: list[tuple[str, str]] = []
        self._url, self._hashes = url, hashes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        number = 0
        while not self._stop.wait(0.05):
            number += 1
            sha256, value = self._hashes[number % len(self._hashes)], f"lần sửa {number}"
            with suppress(httpx.TransportError):
                data = {"pointer": "/subject", "value": value}
                answer = httpx.post(f"{self._url}/archive/documents/{sha256}/set", data=data, timeout=900)
                assert answer.status_code == 200, answer.text
                self.saved.append((sha256, value))

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(900)


def program(folder: Path, url: str) -> subprocess.Popen[bytes]:
    """The program of the guide, as it stands there."""
    environment = {**os.environ, "REGISTER": str(folder / "register.db"), "VNADMIN_URL": url}
    return subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)


def killed(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(900)


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Of a database that somebody else writes."""
    with sqlite3.connect(path, timeout=900) as connection:
        return connection.execute(sql).fetchall()


def test_a_second_database_is_in_step_after_kills_of_both(made: Archive, tmp_path: Path) -> None:
    """Values, and each correction once; with a file that came in meanwhile."""
    catalog, register, port = tmp_path / "catalog.db", tmp_path / "register.db", free_port()
    catalog.write_bytes(made.catalog.read_bytes())

    def serve() -> Served:
        return start(tmp_path, port=port, catalog=catalog, workers=1, review_workers=1)

    service = serve()
    hashes = [
        str(row[0]) for row in rows(catalog, "SELECT sha256 FROM documents WHERE number LIKE '1__/%' ORDER BY id")
    ]
    clerk, follower = Clerk(service.url, hashes), program(tmp_path, service.url)
    for number in range(ROUNDS):
        before = len(clerk.saved)
        while len(clerk.saved) < before + 15:
            time.sleep(0.02)
        time.sleep(0.13 * number)  # at another place of a step each time
        killed(follower)
        follower = program(tmp_path, service.url)
        children = service.descendants()
        killed(service.process)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        service = serve()
    folder = tmp_path / "moi"
    folder.mkdir()
    (folder / "moi.txt").write_text(
        LETTER.format(office="SỞ NỘI VỤ", number="901/SNV-VP", day=3, month=8, year=2022, subject="đón đoàn", basis="", signer="Lê Ví"),
        "utf-8",
    )  # fmt: skip
    index(folder, catalog)
    clerk.stop()
    asked = "SELECT sha256, number, issued_on, {}, subject FROM documents ORDER BY sha256"
    wanted = rows(catalog, asked.format("issuing_agency"))
    said = "SELECT id, sha256, pointer, {}, person, made_at FROM {} ORDER BY id"
    history = rows(catalog, said.format("CASE action WHEN 'set' THEN 'set' ELSE 'undo' END", "corrections"))
    deadline = time.monotonic() + 300
    while (rows(register, asked.format("issuer")), rows(register, said.format("action", "said"))) != (wanted, history):
        assert time.monotonic() < deadline and follower.poll() is None
        time.sleep(0.1)
    assert any(row[1] == "901/SNV-VP" for row in wanted)
    values = {(row[0], row[1]) for row in rows(catalog, "SELECT sha256, json_extract(value, '$') FROM corrections")}
    assert len(clerk.saved) >= 15 * ROUNDS and set(clerk.saved) <= values
    assert len(history) == len(set(history)) >= len(clerk.saved)
    killed(follower)
    service.stop()


@pytest.fixture(scope="module")
def office(written: tuple[Served, Archive]) -> Iterator[Client]:
    with Client(written[0].url, timeout=900) as client:
        yield client


def test_the_client_searches_reads_corrects_and_follows(office: Client) -> None:
    """Each call once, as it is documented."""
    archive = office.archive
    found = next(iter(archive.search('so:"107/SYT-VP"')))
    sha256 = found["sha256"]
    assert {one["issued_on"][:4] for one in archive.search("văn thư", year="2023")} == {"2023"}
    kept = archive.document(sha256, evidence=True)
    assert kept.document.text == archive.text(sha256)
    assert hashlib.sha256(archive.file(sha256)).hexdigest() == sha256
    since, after = archive.changes(limit=1000).next, archive.corrections(limit=1000).next
    revision = archive.correct(sha256, "/subject", "kiểm kê", revision=kept.revision, note="theo sổ")
    assert archive.document(sha256).document.subject == "kiểm kê"
    with pytest.raises(ServiceRefused) as refused:
        archive.correct(sha256, "/subject", "khác", revision=kept.revision)
    assert refused.value.problem["code"] == "changed_meanwhile"
    last = archive.undo(sha256, "/subject", revision=revision)
    assert [said["action"] for said in archive.history(sha256)] == ["undo", "set"]
    assert [(one["sha256"], one["revision"]) for one in archive.changes(since).changes] == [(sha256, last)]
    assert [said["note"] for said in archive.corrections(after).corrections] == ["theo sổ", None]
    assert all(task["deadline"] >= "2022-01-01" for task in archive.tasks(day="2022-01-01"))
    assert {question["sha256"] for question in archive.questions()}
    first = archive.access(limit=2)
    assert {entry["key"] for entry in first.entries} == {"local"}
    assert archive.access(first.next, limit=2).entries[0]["id"] == first.entries[-1]["id"] + 1


def test_the_asynchronous_client_does_the_same(written: tuple[Served, Archive], office: Client) -> None:
    """Call for call."""

    async def work() -> None:
        async with AsyncClient(written[0].url, timeout=900) as client:
            archive = client.archive
            found = [one async for one in archive.search('so:"108/SNV-VP"')]
            kept = await archive.document(found[0]["sha256"])
            sha256 = kept.sha256
            assert await archive.text(sha256) == office.archive.text(sha256)
            assert await archive.file(sha256) == office.archive.file(sha256)
            since, after = (await archive.changes(limit=1000)).next, (await archive.corrections(limit=1000)).next
            revision = await archive.correct(sha256, "/subject", "kiểm kê", revision=kept.revision)
            await archive.undo(sha256, "/subject", revision=revision)
            assert await archive.history(sha256) == office.archive.history(sha256)
            assert await archive.changes(since) == office.archive.changes(since)
            assert await archive.corrections(after) == office.archive.corrections(after)
            assert [one async for one in archive.tasks(when="undated")] == list(office.archive.tasks(when="undated"))
            assert await archive.access(limit=5) == office.archive.access(limit=5)
            assert [one async for one in archive.questions()] == list(office.archive.questions())

    asyncio.run(work())
