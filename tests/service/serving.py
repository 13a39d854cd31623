"""A service in its own process: how the tests start, watch and stop one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass
class Served:
    """A running service."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def lines(self) -> str:
        """The whole lines of its log so far: the last one may be half written."""
        text = self.log.read_bytes()
        return text[: text.rfind(b"\n") + 1].decode("utf-8")

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Stop it and wait."""
        self.process.send_signal(how)
        return self.process.wait(900)

    def megabytes(self) -> float:
        """Memory of its own process, without the workers', that is resident now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def descendants(self) -> list[int]:
        """The processes that it started, oldest first."""
        found = [self.process.pid]
        for parent in found:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text("ascii").split()]
        return found[1:]

    def workers(self) -> list[int]:
        """The processes that parse, oldest first."""
        return sorted(
            pid for pid in self.descendants() if b"vnadmin.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )

    @contextmanager
    def frozen(self) -> Iterator[list[int]]:
        """The processes that parse, which are ready, stand still: what they are given is in mid-parse until the end of the block."""
        pids = self.workers()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield pids
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def until_parsing(self, documents: int = 1) -> None:
        """Wait until so many requests have their document with a process."""
        while f"vnadmin_parsing {documents}.0" not in httpx.get(f"{self.url}/metrics", timeout=900).text:
            time.sleep(0.02)

    def until_running(self, job: str) -> None:
        """Wait until a job has begun."""
        while httpx.get(self.url + job, timeout=900).json()["status"] == "waiting":
            time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, program: str = "vnadmin_service", **settings: object) -> Served:
    """A service with these settings (`VNADMIN_` in front), when it is ready."""
    port = int(str(settings.get("port") or free_port()))
    chosen = {
        "port": port, "data_dir": folder / "data", "workers": 2, "waiting": 8, "rate_limit": "", **settings,
    }  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VNADMIN_")}
    environment |= {f"VNADMIN_{name.upper()}": str(value) for name, value in chosen.items()}
    log = folder / "log.jsonl"
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-m", program], env=environment, stderr=out)
    served = Served(f"http://127.0.0.1:{port}", process, log)
    deadline = time.monotonic() + 900  # a machine that has much else to do
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{served.url}/livez", timeout=5).status_code == 200:
                return served
        except httpx.TransportError:
            time.sleep(0.1)
    process.kill()
    process.wait()
    raise AssertionError(f"the service did not start: {served.lines[-2000:]}")
