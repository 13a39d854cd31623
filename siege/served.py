"""What the sieges of the service share: the real server, its memory and /livez watched meanwhile, and the counts printed."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from tests.service.serving import Served, start

SETTINGS = {"workers": 2, "review_workers": 1, "bodies_mb": 64, "review_max_mb": 64, "max_bytes": 16 * 1024**2}
LIMIT_MB = 200 + 3 * 64 + 64  # docs/how-to/security.md: what the server's own process takes with these settings
_PAUSE = 0.05


class Siege:
    """One service under attack: what was tried, what held, and how the server was meanwhile."""

    def __init__(self, name: str, service: Served) -> None:
        self.name = name
        self.service = service
        self.held: Counter[str] = Counter()
        self.finds: list[str] = []
        self.peak = service.megabytes()
        self.answers: list[float] = []  # seconds of /livez
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._each, args=(look,)) for look in (self._memory, self._livez)]
        for thread in self._threads:
            thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.service.url.rpartition(":")[2])

    def check(self, kind: str, what: str, held: bool) -> None:
        """Count one attack."""
        if held:
            self.held[kind] += 1
        else:
            self.finds.append(f"{kind}: {what}"[:300])

    def talk(self, first: bytes, more: bytes = b"", times: int = 0, seconds: float = 8) -> tuple[bytes, int]:
        """Send over a socket until the server closes or so long; what it answered, and how many bytes it took."""
        sent, answer = 0, b""
        until = time.monotonic() + seconds
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            with suppress(OSError):
                connection.sendall(first)
                for _ in range(times):
                    if time.monotonic() > until:
                        return answer, sent
                    connection.sendall(more)
                    sent += len(more)
            with suppress(OSError):
                while part := connection.recv(65536):
                    answer += part
        return answer, sent

    def all_at_once(self, *attacks: Callable[[], object]) -> None:
        """Each in a thread of its own."""
        threads = [threading.Thread(target=attack) for attack in attacks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def end(self) -> None:
        """Print the counts."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        log = self.service.lines
        faults = log.count('"event": "fault"')
        answers = sorted(self.answers) or [0.0]
        p99 = answers[min(len(answers) - 1, int(0.99 * len(answers)))]
        print(f"{self.name}: {self.held.total()} held, {len(self.finds)} finds, {faults} faults in the log")
        for kind, count in self.held.items():
            print(f"  {count:>5}  {kind}")
        for find in self.finds:
            print(f"  FIND  {find}")
        print(f"  server: at most {self.peak:.0f} MB of {LIMIT_MB}")
        print(
            f"  /livez: {len(answers)} times, half within {1000 * answers[len(answers) // 2]:.0f} ms, "
            f"99 % within {1000 * p99:.0f} ms, the slowest {1000 * answers[-1]:.0f} ms"
        )

    def _each(self, look: Callable[[], None]) -> None:
        while not self._over.wait(_PAUSE):
            with suppress(OSError, StopIteration, httpx.HTTPError):
                look()

    def _memory(self) -> None:
        self.peak = max(self.peak, self.service.megabytes())

    def _livez(self) -> None:
        began = time.perf_counter()
        httpx.get(f"{self.service.url}/livez", timeout=30).raise_for_status()
        self.answers.append(time.perf_counter() - began)


@contextmanager
def besieged(name: str, **settings: object) -> Iterator[Siege]:
    """A service of its own in a folder of its own, the counts printed at the end."""
    with tempfile.TemporaryDirectory(prefix="vnadmin-siege-") as folder:
        service = start(
            Path(folder), "siege.lag" if "SIEGE_LAG" in os.environ else "vnadmin_service", **{**SETTINGS, **settings}
        )
        siege = Siege(name, service)
        try:
            yield siege
        finally:
            siege.end()
            service.stop()
