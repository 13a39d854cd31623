"""Bodies that trickle, and one key that takes all: each body has its time, and the other key its half."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.service.serving import Served, start
from vnadmin.samples import samples
from vnadmin_service.guard import new_key
from vnadmin_service.shares import Shares

LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")
(MINE, MY_ENTRY), (YOURS, YOUR_ENTRY) = new_key("mine"), new_key("yours")
ASYNC = {"prefer": "respond-async"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two keys, room for four of everything."""
    entries = f"{MY_ENTRY},{YOUR_ENTRY}"
    four = {"max_uploads": 4, "review_max_open": 4, "job_waiting": 4}
    service = start(tmp_path_factory.mktemp("shared"), api_keys=entries, body_seconds=8, review_workers=1, **four)
    yield service
    service.stop()


def post(service: Served, path: str, key: str, content: bytes = LETTER, **headers: str) -> httpx.Response:
    """As this key."""
    return httpx.post(service.url + path, content=content, headers={"x-api-key": key, **headers}, timeout=900)


def begun(service: Served, path: str, kind: str = "") -> socket.socket:
    """A body of which the first byte was sent."""
    connection = socket.create_connection(("127.0.0.1", int(service.url.rpartition(":")[2])), timeout=900)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {MINE}\r\n{kind}Content-Length: 99\r\n\r\n"
    connection.sendall(head.encode() + b"-")
    return connection


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/parse", ""),
        ("/v1/parse/batch", ""),
        ("/review", "Content-Type: multipart/form-data; boundary=x\r\n"),
        ("/review/sample", "Content-Type: application/x-www-form-urlencoded\r\n"),
        ("/review/sample", "Content-Type: multipart/form-data; boundary=x\r\n"),
    ],
)
def test_every_body_has_its_time(shared: Served, path: str, kind: str) -> None:
    """A form of the pages, too, whoever reads it."""
    with begun(shared, path, kind) as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 408")


def test_a_key_that_trickles_leaves_room_for_the_other(shared: Served) -> None:
    """Two of its bodies are read, its third is refused, and the other key is answered meanwhile."""
    with ExitStack() as open_ones:
        for _ in range(2):
            open_ones.enter_context(begun(shared, "/v1/parse"))
        while (refused := post(shared, "/v1/parse", MINE)).status_code == 200:
            pass  # until both were begun
        assert refused.json()["code"] == "busy"
        assert post(shared, "/v1/parse", YOURS).status_code == 200


def test_a_key_that_fills_the_page_and_the_queue_leaves_room_for_the_other(shared: Served, slow_text: bytes) -> None:
    """Half of the open documents, half of the jobs that wait."""
    form = {"files": {"file": ("a.txt", LETTER)}, "timeout": 60}
    opened = [httpx.post(f"{shared.url}/review", headers={"x-api-key": MINE}, **form).status_code for _ in range(3)]
    assert opened == [303, 303, 503]
    assert httpx.post(f"{shared.url}/review", headers={"x-api-key": YOURS}, **form).status_code == 303
    queued = [post(shared, "/v1/parse", MINE, slow_text, **ASYNC).status_code for _ in range(3)]
    assert queued == [202, 202, 503]
    assert post(shared, "/v1/parse", YOURS, **ASYNC).status_code == 202


def test_a_form_without_a_file_is_small(shared: Served) -> None:
    """Whatever a file may hold."""
    kind = "application/x-www-form-urlencoded"
    assert (
        post(shared, "/review/sample", MINE, b"sample=" + b"a" * 300_000, **{"content-type": kind}).status_code == 413
    )


def test_one_key_alone_has_all() -> None:
    """And of several each at most half."""
    alone, several = Shares(4, 1), Shares(4, 2)
    assert [alone.take("a", 1) for _ in range(5)] == [True] * 4 + [False]
    assert [several.take("a", 1) for _ in range(3)] == [True, True, False]
    assert [several.take("b", 1) for _ in range(3)] == [True, True, False]
    several.give("a", 1)
    assert not several.take("b", 1)
    assert several.take("a", 1)


@pytest.mark.parametrize("path", ["/v1/parse", "/v1/parse/batch"])
def test_abandoned_work_frees_its_process(path: str, tmp_path: Path) -> None:
    """Whoever leaves is not read for. Seen: another key's letter waited 59 s behind two batches whose client had left."""
    service = start(tmp_path, api_keys=f"{MY_ENTRY},{YOUR_ENTRY}", workers=1, seconds=900, wait_seconds=900)
    try:
        with service.frozen() as workers:
            with pytest.raises(httpx.ReadTimeout):
                sent = {"files": {"file": ("a.txt", LETTER)}, "headers": {"x-api-key": MINE}}
                httpx.post(service.url + path, timeout=httpx.Timeout(900, read=1), **sent)
            assert post(service, "/v1/parse", YOURS).status_code == 200
            assert not Path(f"/proc/{workers[0]}").exists()
        numbers = httpx.get(f"{service.url}/metrics", headers={"x-api-key": MINE}).text
        assert 'vnadmin_workers_lost_total{why="died"} 0.0' in numbers  # nothing was lost
    finally:
        service.stop()
