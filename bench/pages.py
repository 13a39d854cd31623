"""How long the archive's pages take over HTTP in a generated catalogue: search, tasks, document, queue.

    python bench/pages.py [--documents 100000] [--catalog /tmp/vnadmin-search.db] [--rounds 20]

The catalogue is that of `bench/search.py`, made once and kept. A service is started on loopback; each page is asked for, one
after the other. The service's processor time is the mean of a kind (the kernel counts in hundredths of a second), the wall
clock the median: on a machine that does other work too, only the first belongs to the page.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

from sqlalchemy import select

from search_catalog import PLACES, SECTORS, TOPICS, filled, options_for
from vnadmin.index.catalog.schema import Document, Review

LIMITS = {"search": 150.0, "document": 50.0, "queue": 50.0}  # ms
TICK = os.sysconf("SC_CLK_TCK")


def addresses(hashes: list[str], items: list[int], rounds: int) -> dict[str, list[str]]:
    """Addresses of each kind; the first word of a kind is the page."""
    searches = {
        "search: nothing": [""],
        "search: a topic": TOPICS,
        "search: a word that every document has": ["và", "của", "ngày"],
        "search: an issuer and years": [f'co-quan:"Sở {sector}" tu:2010 den:2018' for sector, _ in SECTORS],
        "search: a body in another spelling": [
            *(f'co-quan:"UBND tỉnh {place}"' for place in PLACES[:12]), 'giao:"Sở GD&ĐT"', 'co-quan:"Sở NN&PTNT" giao:"Sở TN&MT"',
        ],
    }  # fmt: skip
    found = {kind: [f"/archive?{urlencode({'q': q})}" for q in asked] for kind, asked in searches.items()}
    found["search: page 20"] = ["/archive?page=20"]
    found["tasks"] = ["/archive/tasks"]
    found["document"] = [f"/archive/documents/{sha256}" for sha256 in hashes]
    found["queue item"] = [f"/archive/queue/{item}" for item in items]  # leads to its document
    return {kind: (some * rounds)[:rounds] for kind, some in found.items()}


def started(catalog: str, folder: str) -> tuple[subprocess.Popen[bytes], str]:
    """The service, when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chosen = {"PORT": port, "DATA_DIR": folder, "WORKERS": 1, "REVIEW_WORKERS": 1, "RATE_LIMIT": "", "CATALOG": catalog}
    environment = {**os.environ, **{f"VNADMIN_{name}": str(value) for name, value in chosen.items()}}
    service = subprocess.Popen([sys.executable, "-m", "vnadmin_service"], env=environment, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    while service.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/livez", timeout=10).close()
        except (URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return service, url
    sys.exit("the service did not start")


def processor(service: subprocess.Popen[bytes]) -> float:
    """Milliseconds of processor that the service itself has used."""
    fields = Path(f"/proc/{service.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / TICK


def measure(service: subprocess.Popen[bytes], asked: list[str]) -> tuple[float, list[float]]:
    """Mean of the processor and the wall clock of each page, in ms; one before them warms up."""
    walls: list[float] = []
    before = 0.0
    for number, address in enumerate([asked[-1], *asked]):
        before = before if number != 1 else processor(service)
        began = time.perf_counter()
        with urllib.request.urlopen(address, timeout=600) as answer:
            answer.read()
        walls.append(1000 * (time.perf_counter() - began))
    return (processor(service) - before) / len(asked), walls[1:]


def main() -> int:
    options = options_for(__doc__, catalog="/tmp/vnadmin-search.db", rounds=20)
    engine = filled(options.catalog, options.documents)
    with engine.connect() as connection:
        hashes = list(connection.scalars(select(Document.sha256).order_by(Document.sha256).limit(options.rounds)))
        items = list(connection.scalars(select(Review.id).where(Review.state == "open").limit(options.rounds)))
    engine.dispose()
    kept = True
    print("| page | processor, mean ms | wall clock p50 | slowest |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        service, url = started(options.catalog, folder)
        try:
            for kind, asked in addresses(hashes, items, options.rounds).items():
                spent, walls = measure(service, [url + address for address in asked])
                kept &= spent < LIMITS.get(kind.replace(":", " ").split()[0], float("inf"))
                print(f"| {kind} | {spent:.0f} | {statistics.median(walls):.0f} | {max(walls):.0f} |", flush=True)
        finally:
            service.terminate()
            service.wait()
    print(f"\nthe limits are {LIMITS} ms of the processor: {'kept' if kept else 'NOT KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
