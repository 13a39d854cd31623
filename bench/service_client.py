"""A load generator of one thread that costs little, since it shares the machine with what it measures."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections import deque
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_HUNG = 30.0  # seconds without an answer


@dataclass
class Answers:
    """What came back."""

    accepted: list[float] = field(default_factory=list)  # seconds
    refused: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    broken: int = 0  # closed or hung without an answer
    late: int = 0  # requests of a rate that found no connection free
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Accepted requests a second."""
        return len(self.accepted) / self.seconds

    def line(self, name: str) -> str:
        """One row of the report."""
        return (
            f"{name:<26} {self.rate:7.1f}/s  p50 {1000 * centile(self.accepted, 0.5):6.1f} ms  "
            f"p95 {1000 * centile(self.accepted, 0.95):6.1f} ms  503: {len(self.refused):5d}, p95 "
            f"{1000 * centile(self.refused, 0.95):5.1f} ms  {self.statuses}  broken {self.broken}  late {self.late}"
        )


def centile(values: list[float], share: float) -> float:
    """The value below which this share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def requests_for(texts: list[bytes]) -> list[bytes]:
    """A request for each text, ready to be sent."""
    return [
        b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
        % len(text)
        + text
        for text in texts
    ]


class _Connection:
    """One keep-alive connection with at most one request on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.sent = 0.0

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> int | None:
        """Read what has come: the status once the answer is whole, 0 where the connection was closed."""
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionError:
            return 0
        if not data:
            return 0
        self.received += data
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self.received, 0, end + 2)
        whole = end + 4 + (int(length[1]) if length else 0)
        return int(self.received[9:12]) if len(self.received) >= whole else None


def load(requests: list[bytes], port: int, connections: int, seconds: float, *, rate: float | None = None) -> Answers:
    """So many connections for so long: each asks as soon as it was answered, or all together so often a second.

    With a rate a request is never put off because others were answered late: that is how overload comes from outside.
    After the time is over, every answer that is still owed is waited for.
    """
    answers = Answers()
    watch = selectors.DefaultSelector()
    for _ in range(connections):
        _open(port, watch)
    idle: deque[_Connection] = deque(key.data for key in watch.get_map().values())
    start = time.perf_counter()
    count = 0
    while True:
        now = time.perf_counter()
        running = now - start < seconds
        if running:
            due = len(idle) if rate is None else int((now - start) * rate) - count
            for _ in range(due):
                count += 1
                if idle:
                    idle.popleft().send(requests[count % len(requests)])
                else:
                    answers.late += 1
        elif len(idle) == connections or now - start > seconds + _HUNG:
            break
        pause = _HUNG if rate is None else max(0.0, (count + 1) / rate - (now - start))
        for key, _ in watch.select(min(pause, max(0.0, seconds - (now - start)) if running else 1.0)):
            connection: _Connection = key.data
            status = connection.status()
            if status is None:
                continue
            took = time.perf_counter() - connection.sent
            if status == 0:
                answers.broken += 1
                watch.unregister(connection.socket)
                connection = _open(port, watch)
            else:
                answers.statuses[status] = answers.statuses.get(status, 0) + 1
                (answers.accepted if status == 200 else answers.refused).append(took)
            idle.append(connection)
    answers.seconds = time.perf_counter() - start
    answers.broken += connections - len(idle)
    for key in list(watch.get_map().values()):
        key.data.socket.close()
    watch.close()
    return answers


def _open(port: int, watch: selectors.BaseSelector) -> _Connection:
    connection = _Connection(port)
    watch.register(connection.socket, selectors.EVENT_READ, connection)
    return connection
