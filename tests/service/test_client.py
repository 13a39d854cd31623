"""The client gives the library's types, waits when it is told to, and gives up in the end."""

from __future__ import annotations

import asyncio
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner

import vnadmin
from tests.service.serving import Served, free_port
from vnadmin import errors
from vnadmin.client import AsyncClient, Client, ServiceRefused, ServiceUnreachable
from vnadmin.commands.cli import app
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
LETTER = SAMPLES["cong-van.txt"]
T = TypeVar("T")


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[Client]:
    """A client of the tests' service."""
    with Client(served.url) as client:
        yield client


class Script:
    """A server that answers by a list of (status, headers, body) and notes when it was asked."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        self.answers = list(answers)
        self.asked: list[float] = []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                script.asked.append(time.monotonic())
                status, headers, body = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self) -> Script:
        return self

    def __exit__(self, *details: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def trouble(code: str, status: int) -> bytes:
    """A problem."""
    return json.dumps({"code": code, "status": status, "title": "t", "detail": "", "advice": "a"}).encode()


GOOD = (200, {}, vnadmin.parse(LETTER).model_dump_json().encode())


@pytest.mark.parametrize("name", ["cong-van.txt", "to-trinh.docx", "thong-bao.pdf"])
def test_parse_is_the_library_s(name: str, client: Client, tmp_path: Path) -> None:
    """From bytes, a path and a file."""
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    expected = vnadmin.parse(path)
    assert client.parse(path) == expected
    assert client.parse(SAMPLES[name]) == expected
    with path.open("rb") as file:
        assert client.parse(file, evidence=False) == expected.model_copy(update={"evidence": {}, "text": ""})


def test_errors_are_the_library_s(client: Client) -> None:
    """The same class with the same advice, as if it had been raised here."""
    with pytest.raises(errors.DamagedInput) as caught:
        client.parse(SAMPLES["to-trinh.docx"][:900])
    with pytest.raises(errors.DamagedInput) as here:
        vnadmin.parse(SAMPLES["to-trinh.docx"][:900])
    assert caught.value.hint == here.value.hint


def test_batch(client: Client, tmp_path: Path) -> None:
    """Documents and errors by name."""
    good, bad = tmp_path / "a.txt", tmp_path / "b.pdf"
    good.write_bytes(LETTER)
    bad.write_bytes(b"%PDF-1.7 nothing")
    missing = tmp_path / "c.txt"
    outcomes = dict(client.parse_batch([good, missing, bad]))
    assert isinstance(outcomes[str(missing)], errors.SourceNotFound)
    assert dict(client.parse_batch([missing])).keys() == {str(missing)}
    assert outcomes[str(good)] == vnadmin.parse(good)
    assert isinstance(outcomes[str(bad)], errors.DamagedInput)


def test_jobs(client: Client) -> None:
    """Submitted, waited for, failed, cancelled."""
    state = client.submit(LETTER)
    assert client.wait(state.id, every=0.1) == vnadmin.parse(LETTER)
    client.cancel(state.id)
    with pytest.raises(ServiceRefused) as gone:
        client.job(state.id)
    assert gone.value.problem["code"] == "not_found"
    failing = client.submit(b"\x00\x01\x02\x03" * 500)
    with pytest.raises(errors.UnsupportedFormat):
        client.wait(failing.id, every=0.1)


def run(work: Coroutine[object, object, T]) -> T:
    """Run on a loop of a thread of its own: in this one Playwright's may be left running by the browser tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_asyncio(served: Served) -> None:
    """The same answers, many at a time."""

    async def all_of_it() -> None:
        async with AsyncClient(served.url) as client:
            expected = vnadmin.parse(LETTER)
            assert await asyncio.gather(*(client.parse(LETTER) for _ in range(4))) == [expected] * 4
            assert await client.wait((await client.submit(LETTER)).id, every=0.1) == expected
            lines = [outcome async for _, outcome in client.parse_batch([LETTER, b""])]
            assert sum(isinstance(outcome, errors.EmptyInput) for outcome in lines) == 1
            with pytest.raises(errors.EmptyInput):
                await client.parse(b"")

    run(all_of_it())


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_as_long_as_it_is_told(status: int) -> None:
    """Retry-After: 1 means not before a second has passed."""
    with Script((status, {"retry-after": "1"}, trouble("busy", status)), GOOD) as server, Client(server.url) as client:
        assert client.parse(LETTER) == vnadmin.parse(LETTER)
        assert len(server.asked) == 2
        assert server.asked[1] - server.asked[0] >= 1.0


def test_it_gives_up_in_the_end() -> None:
    """After so many attempts the problem is raised."""
    busy = (503, {"retry-after": "0"}, trouble("busy", 503))
    with Script(busy) as server, Client(server.url, attempts=3, longest_wait=0.1) as client:
        with pytest.raises(ServiceRefused) as caught:
            client.parse(LETTER)
        assert caught.value.problem["code"] == "busy"
        assert len(server.asked) == 3


def test_what_would_only_fail_again_is_sent_once() -> None:
    """parse_timeout is 503 without Retry-After."""
    with Script((503, {}, trouble("parse_timeout", 503))) as server, Client(server.url) as client:
        with pytest.raises(errors.ParseTimeout):
            client.parse(LETTER)
        assert len(server.asked) == 1


def test_asyncio_waits_too() -> None:
    """With the same rules."""

    async def ask(url: str) -> vnadmin.AdminDocument:
        async with AsyncClient(url) as client:
            return await client.parse(LETTER)

    with Script((503, {"retry-after": "1"}, trouble("busy", 503)), GOOD) as server:
        assert run(ask(server.url)) == vnadmin.parse(LETTER)
        assert server.asked[1] - server.asked[0] >= 1.0


def test_nobody_there() -> None:
    """An error that says what to check."""
    nobody = Client(f"http://127.0.0.1:{free_port()}", attempts=2, longest_wait=0.1)
    with nobody as client, pytest.raises(ServiceUnreachable) as caught:
        client.parse(LETTER)
    assert "vnadmin serve" in str(caught.value)


def test_something_else_answers() -> None:
    """No problem, no document: refused with the status."""
    page = (404, {}, b"<html>nginx</html>")
    with Script(page) as server, Client(server.url) as client, pytest.raises(ServiceRefused, match="404"):
        client.parse(LETTER)


def test_the_command_line_asks_a_server(served: Served, tmp_path: Path) -> None:
    """`vnadmin parse --server` prints what `vnadmin parse` prints, and fails with the same exit status."""
    path = tmp_path / "a.txt"
    path.write_bytes(LETTER)
    broken = tmp_path / "b.docx"
    broken.write_bytes(SAMPLES["to-trinh.docx"][:800])

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "vnadmin", "parse", *arguments]
        return subprocess.run(command, capture_output=True, env={**os.environ, "COLUMNS": "100"})

    for options in (["--evidence"], ["-f", "csv"]):
        there, here = run(str(path), *options, "--server", served.url), run(str(path), *options)
        assert (there.returncode, there.stdout) == (0, here.stdout)
    there = run(str(broken), "--server", served.url)
    assert there.returncode == errors.DamagedInput.exit_code
    assert b"[damaged_input]" in there.stderr


def test_the_command_names_where_its_key_goes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A service that asks for a key speaks of a header, which nobody types behind `--server`."""
    monkeypatch.delenv("VNADMIN_API_KEY", raising=False)
    path = tmp_path / "a.txt"
    path.write_bytes(LETTER)
    with Script((401, {"content-type": "application/problem+json"}, trouble("unauthorized", 401))) as script:
        result = CliRunner().invoke(app, ["parse", str(path), "--server", script.url])
    assert result.exit_code == ServiceRefused.exit_code
    assert "VNADMIN_API_KEY" in result.stderr
