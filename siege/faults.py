"""`python -m siege.faults`: a full disk, killed workers, clients that go away; nothing is lost and every job ends."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx

from siege.served import Siege, besieged
from vnadmin.samples import samples

LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")
JOBS = 6


def main() -> None:
    """Besiege."""
    with tempfile.TemporaryDirectory(prefix="vnadmin-disk-") as disk:
        small = os.geteuid() == 0
        if small:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=True)
        try:
            with besieged("faults", auth="off", data_dir=f"{disk}/data", min_free_mb=0, body_seconds=5) as siege:
                _gone(siege)
                _killed(siege)
                if small:
                    _full(siege, Path(disk))
        finally:
            if small:
                subprocess.run(["umount", "-l", disk], check=True)


def _gone(siege: Siege) -> None:
    """Clients that go away at each point of a request; none is a fault of the service."""
    head = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    whole = LETTER * 100
    for path in (b"/v1/parse", b"/v1/parse/batch", b"/review"):
        for body in (b"", whole[:1000], whole):
            siege.all_at_once(*[partial(siege.talk, head % (path, len(whole)) + body, seconds=0.3)] * 8)
    while siege.service.lines.count('"request"') < 40:
        time.sleep(0.2)
    siege.check("clients that go away are no fault", "a fault", '"fault"' not in siege.service.lines)
    siege.check("and are noted", "no 499", '"status": 499' in siege.service.lines)


def _killed(siege: Siege) -> None:
    """Workers that are killed while they read: each costs its own document."""
    url = siege.service.url

    def parse() -> None:
        answer = httpx.post(f"{url}/v1/parse", content=LETTER * 200, timeout=120)
        siege.check("killed workers", f"{answer.status_code}", answer.status_code in (200, 500, 503))

    def kill() -> None:
        for _ in range(10):
            time.sleep(0.4)
            for worker in siege.service.workers():
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)

    siege.all_at_once(*[parse] * 4, kill)
    answer = httpx.post(f"{url}/v1/parse", content=LETTER, timeout=120)
    siege.check("read again afterwards", f"{answer.status_code}", answer.status_code == 200)


def _full(siege: Siege, disk: Path) -> None:
    """The disk of the queue fills up while jobs run and wait, three times."""
    url = siege.service.url
    for _ in range(3):
        jobs = []
        for number in range(JOBS):
            body = LETTER * (200 if number < 2 else 1)
            jobs.append(
                httpx.post(f"{url}/v1/parse", content=body, headers={"prefer": "respond-async"}, timeout=60).headers[
                    "location"
                ]
            )
        with (disk / "ballast").open("wb") as ballast, suppress(OSError):
            while True:
                ballast.write(bytes(65536))
                ballast.flush()
        refused = httpx.post(f"{url}/v1/parse", content=LETTER, headers={"prefer": "respond-async"}, timeout=60)
        siege.check("refused on a full disk", f"{refused.status_code}", refused.status_code in (202, 503))
        time.sleep(12)
        (disk / "ballast").unlink()
        for job in jobs:
            until = time.monotonic() + 120
            while (status := httpx.get(url + job, timeout=60).json()["status"]) in ("waiting", "running"):
                if time.monotonic() > until:
                    break
                time.sleep(0.5)
            siege.check("jobs over a full disk end", f"{status}", status == "done")


if __name__ == "__main__":
    main()
