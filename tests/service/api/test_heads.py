"""What comes before a request is known is bounded: bytes and seconds of heads, of trailers, of bodies that were refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.service.serving import Served, start

HEAD = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
MEGABYTES = 64


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Half a second for a head."""
    service = start(tmp_path_factory.mktemp("heads"), workers=1, head_seconds=0.5)
    yield service
    service.stop()


def talk(service: Served, first: bytes, more: bytes, times: int) -> tuple[bytes, int]:
    """Send, until the server closes; what it answered, and how many bytes it took."""
    host, port = service.url.removeprefix("http://").split(":")
    sent = 0
    answer = b""
    with socket.create_connection((host, int(port)), timeout=900) as connection:
        with suppress(ConnectionError):
            connection.sendall(first)
            for _ in range(times):
                connection.sendall(more)
                sent += len(more)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                answer += part
    return answer, sent


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (HEAD, b"a: " + b"b" * 65_000 + b"\r\n"),
        (HEAD, b"a:\r\n" * 20_000),
        (HEAD + b"a: ", b"b" * 1_000_000),
        (HEAD, b"b" * 1_000_000),
        (b"GET /", b"b" * 1_000_000),
        (POST + b"3\r\nabc\r\n0\r\n", b"a: " + b"b" * 65_000 + b"\r\n"),
        (POST + b"3;", b"b" * 1_000_000),
    ],
    ids=["many long headers", "many short headers", "one endless value", "one endless name", "an endless address",
         "trailers", "an endless extension of a chunk"],
)  # fmt: skip
def test_a_head_is_cut_off_at_its_limit(impatient: Served, first: bytes, more: bytes) -> None:
    """Of 64 MB hardly anything is taken, and nothing of it stays in memory."""
    before = impatient.megabytes()
    answer, sent = talk(impatient, first, more, MEGABYTES * 1_000_000 // len(more))
    assert sent < 16_000_000  # what the kernel's own buffers hold
    assert answer[9:12] in (b"", b"431")  # lost where the client still wrote
    assert impatient.megabytes() - before < 20


def test_a_large_head_that_is_whole_is_refused(impatient: Served) -> None:
    """It came in one piece; what is below the limit is answered."""
    assert talk(impatient, HEAD + b"a: " + b"b" * 70_000 + b"\r\n\r\n", b"", 0)[0].startswith(b"HTTP/1.1 431")
    close = b"Connection: close\r\n\r\n"
    assert talk(impatient, HEAD + b"a: " + b"b" * 50_000 + b"\r\n" + close, b"", 0)[0].startswith(b"HTTP/1.1 200")


def test_requests_that_wait_for_no_answer_are_bounded(impatient: Served) -> None:
    """Some are answered one after the other; thousands in one piece are refused."""
    last = HEAD + b"Connection: close\r\n\r\n"
    assert talk(impatient, (HEAD + b"\r\n") * 8 + last, b"", 0)[0].count(b"HTTP/1.1 200") == 9
    before = impatient.megabytes()
    answer, _ = talk(impatient, (HEAD + b"\r\n") * 50_000, b"", 0)
    assert answer.count(b"HTTP/1.1 200") < 50
    assert impatient.megabytes() - before < 20


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        HEAD + b"a: ",
        HEAD + b"\r\n" + HEAD,
        b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc",
    ],
    ids=["nothing", "half a head", "a whole one and half a head", "half a body that nobody wants"],
)
def test_a_connection_that_says_no_more_is_closed(impatient: Served, sent: bytes) -> None:
    """Long before the time of an idle connection (30 s) or of the test."""
    answer, _ = talk(impatient, sent, b"", 0)
    assert answer.count(b"HTTP/1.1") == (1 if b"\r\n\r\n" in sent else 0)
