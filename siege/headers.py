"""`python -m siege.headers`: heads without an end, in bytes and in time, without a key."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from functools import partial

from siege.served import Siege, besieged

HEAD = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "long headers": (HEAD, b"a: " + b"b" * 65_000 + b"\r\n"),
    "short headers": (HEAD, b"a:\r\n" * 20_000),
    "one value": (HEAD + b"a: ", b"b" * 1_000_000),
    "one name": (HEAD, b"b" * 1_000_000),
    "the address": (b"GET /", b"b" * 1_000_000),
    "the method": (b"", b"A" * 1_000_000),
    "folded lines": (HEAD + b"a: b\r\n", b" c" * 30_000 + b"\r\n"),
    "trailers": (CHUNKED + b"3\r\nabc\r\n0\r\n", b"a: " + b"b" * 65_000 + b"\r\n"),
    "an extension of a chunk": (CHUNKED + b"3;", b"b" * 1_000_000),
    "a chunk's size": (CHUNKED, b"0" * 1_000_000),
    "empty lines": (b"", b"\r\n" * 500_000),
    "requests without waiting": (b"", (HEAD + b"\r\n") * 5_000),
}
MEGABYTES = 400
CONNECTIONS = 4
IDLE = 300


def main() -> None:
    """Besiege."""
    with besieged("headers", auth="off", head_seconds=3) as siege:
        for name, (first, more) in ENDLESS.items():
            before = siege.service.megabytes()
            times = MEGABYTES * 1_000_000 // len(more)
            siege.all_at_once(*[partial(siege.talk, first, more, times)] * CONNECTIONS)
            grown = siege.service.megabytes() - before
            siege.check(
                f"{CONNECTIONS} connections of {MEGABYTES} MB each", f"{name}: {grown:.0f} MB more", grown < 100
            )
        _slow(siege)


def _slow(siege: Siege) -> None:
    """Hundreds of connections that say a byte a second, or nothing."""
    for first in (b"", HEAD, HEAD + b"a: "):
        lines = [socket.create_connection(("127.0.0.1", siege.port), timeout=20) for _ in range(IDLE)]
        for line in lines:
            line.sendall(first)
        until = time.monotonic() + 6
        while time.monotonic() < until:
            for line in lines:
                with suppress(OSError):
                    line.sendall(b"a" if first else b"")
            time.sleep(1)
        for line in lines:
            with suppress(OSError):
                line.settimeout(5)
                siege.check("slow connections closed", first.decode(), line.recv(1) == b"")
                continue
            siege.check("slow connections closed", first.decode(), True)
            line.close()


if __name__ == "__main__":
    main()
