"""Load on a service that this script starts on loopback: throughput beside the library's, and manners at 4x capacity.

    python bench/service_load.py [--seconds 8] [--workers 2] [--rounds 3] [--documents FOLDER]

Bounded: so many connections for so many seconds, each phase; the service is stopped at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENTS = ("cong-van.txt", "ke-hoach.md", "quyet-dinh.html")


def documents(folder: str | None) -> list[bytes]:
    """The text files of a folder that are not huge, or the bundled samples that are text."""
    if folder is not None:
        found = [path.read_bytes() for path in sorted(Path(folder).rglob("*.txt"))]
        return [data for data in found if len(data) < 50_000]
    from vnadmin.samples import samples

    return [item.read_bytes() for item in samples() if item.name in DOCUMENTS]


def library(texts: list[bytes], seconds: float, out: multiprocessing.Queue[tuple[int, float, float]]) -> None:
    """One process of the library alone: parse and write JSON, as the service does."""
    import vnadmin

    for text in texts:
        vnadmin.parse(text)
    done, start, spent = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        vnadmin.parse(texts[done % len(texts)]).model_dump_json(exclude={"evidence", "text"})
        done += 1
    out.put((done, time.perf_counter() - start, time.process_time() - spent))


def library_rate(texts: list[bytes], processes: int, seconds: float) -> tuple[float, float]:
    """Documents a second of so many processes; milliseconds of processor for each."""
    context = multiprocessing.get_context("spawn")
    out: multiprocessing.Queue[tuple[int, float, float]] = context.Queue()
    running = [context.Process(target=library, args=(texts, seconds, out)) for _ in range(processes)]
    for process in running:
        process.start()
    results = [out.get() for _ in running]
    for process in running:
        process.join()
    spent = sum(cpu for _, _, cpu in results) / sum(done for done, _, _ in results)
    return sum(done / took for done, took, _ in results), 1000 * spent


@dataclass
class Answers:
    """What came back."""

    accepted: list[float] = field(default_factory=list)  # seconds
    refused: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    broken: int = 0

    def line(self, name: str, seconds: float) -> str:
        """One row of the report."""
        return (
            f"{name:<26} {len(self.accepted) / seconds:7.1f}/s  p50 {1000 * centile(self.accepted, 0.5):6.1f} ms  "
            f"p95 {1000 * centile(self.accepted, 0.95):6.1f} ms  503: {len(self.refused):5d}, p95 "
            f"{1000 * centile(self.refused, 0.95):5.1f} ms  {self.statuses}  broken {self.broken}"
        )


def centile(values: list[float], share: float) -> float:
    """The value below which this share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


async def connection(
    port: int, requests: list[bytes], until: float, answers: Answers, pause: float, first: int
) -> None:
    """One keep-alive connection that asks, waits for the answer, and asks again; after a 503 it pauses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = first
    while time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(requests[count % len(requests)])
        count += 1
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            answers.broken += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        took = time.perf_counter() - start
        status = int(head[9:12])
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
        if status == 200:
            answers.accepted.append(took)
        else:
            answers.refused.append(took)
            await asyncio.sleep(pause)
    writer.close()


async def load(texts: list[bytes], port: int, connections: int, seconds: float, pause: float = 0.0) -> Answers:
    """So many connections for so long."""
    requests = [
        b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
        % len(text)
        + text
        for text in texts
    ]
    answers = Answers()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(connection(port, requests, until, answers, pause, i) for i in range(connections)))
    return answers


def start_service(workers: int, folder: str) -> tuple[subprocess.Popen[bytes], int]:
    """The service on a free port, when it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ, "VNADMIN_PORT": str(port), "VNADMIN_DATA_DIR": folder, "VNADMIN_WORKERS": str(workers),
        "VNADMIN_RATE_LIMIT": "", "VNADMIN_LOG_LEVEL": "warning",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "vnadmin_service"], env=environment)
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return process, port
        except OSError:
            time.sleep(0.25)
    process.kill()
    raise SystemExit("the service did not become ready")


def cpu_seconds(pid: int) -> float:
    """Processor time of one process."""
    if not Path(f"/proc/{pid}").exists():  # replaced after so many documents
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found


def one_round(
    texts: list[bytes],
    pid: int,
    port: int,
    workers: int,
    capacity: int,
    seconds: float,
    run: Callable[[Coroutine[object, object, Answers]], Answers],
) -> dict[str, float]:
    """The library alone, then the service unloaded, at its capacity, and at four times that."""
    alone, alone_ms = library_rate(texts, workers, seconds)
    idle = run(load(texts, port, 1, seconds))
    tree = descendants(pid)
    before = {child: cpu_seconds(child) for child in tree}
    full = run(load(texts, port, capacity, seconds))
    spent = {child: max(0.0, cpu_seconds(child) - before[child]) for child in tree}
    over = run(load(texts, port, 4 * capacity, seconds, pause=0.02))
    print(f"library alone, {workers} processes: {alone:.1f}/s")
    print(idle.line("1 connection (unloaded)", seconds))
    print(full.line(f"{capacity} connections (full)", seconds))
    print(over.line(f"{4 * capacity} connections (4x)", seconds))
    return {
        "library_per_s": alone,
        "service_per_s": len(full.accepted) / seconds,
        "ratio": len(full.accepted) / seconds / alone,
        "library_cpu_ms": alone_ms,
        "service_cpu_ms": 1000 * sum(spent.values()) / len(full.accepted),
        "of_that_server_process_ms": 1000 * spent[pid] / len(full.accepted),
        "unloaded_p95_ms": 1000 * centile(idle.accepted, 0.95),
        "p95_at_4x_over_unloaded": centile(over.accepted, 0.95) / centile(idle.accepted, 0.95),
        "refused_p95_ms": 1000 * centile(over.refused, 0.95),
        "broken": float(full.broken + over.broken),
    }


def main() -> None:
    """Run the phases and print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", help="a folder with .txt files, instead of the bundled samples")
    arguments = parser.parse_args()
    seconds, workers = arguments.seconds, arguments.workers
    capacity = workers + int(os.environ.get("VNADMIN_WAITING", "0"))
    texts = documents(arguments.documents)
    print(f"{len(texts)} documents, {sum(map(len, texts)) // len(texts)} bytes each on average")
    try:
        import uvloop

        run = uvloop.run
    except ImportError:
        run = asyncio.run
    rounds: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        process, port = start_service(workers, folder)
        try:
            run(load(texts, port, capacity, 2.0))
            for _ in range(arguments.rounds):  # by turns, so that a busy machine disturbs all alike
                rounds.append(one_round(texts, process.pid, port, workers, capacity, seconds, run))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    report = {name: statistics.median(found[name] for found in rounds) for name in rounds[0]}
    print("medians of the rounds:")
    print(json.dumps({name: round(value, 2) for name, value in report.items()}))


if __name__ == "__main__":
    main()
