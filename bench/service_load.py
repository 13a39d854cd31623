"""Load on a service that this script starts on loopback: throughput beside the library's, and manners at 4x capacity.

    python bench/service_load.py [--seconds 8] [--workers 2] [--rounds 3]

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
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENTS = ("cong-van.txt", "ke-hoach.md", "quyet-dinh.html")


def documents() -> list[bytes]:
    """The bundled samples that are text."""
    from vnadmin.samples import samples

    return [item.read_bytes() for item in samples() if item.name in DOCUMENTS]


def library(seconds: float, out: multiprocessing.Queue[tuple[int, float, float]]) -> None:
    """One process of the library alone: parse and write JSON, as the service does."""
    import vnadmin

    texts = documents()
    for text in texts:
        vnadmin.parse(text)
    done, start, spent = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        vnadmin.parse(texts[done % len(texts)]).model_dump_json(exclude={"evidence", "text"})
        done += 1
    out.put((done, time.perf_counter() - start, time.process_time() - spent))


def library_rate(processes: int, seconds: float) -> tuple[float, float]:
    """Documents a second of so many processes; milliseconds of processor for each."""
    context = multiprocessing.get_context("spawn")
    out: multiprocessing.Queue[tuple[int, float, float]] = context.Queue()
    running = [context.Process(target=library, args=(seconds, out)) for _ in range(processes)]
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


async def load(port: int, connections: int, seconds: float, pause: float = 0.0) -> Answers:
    """So many connections for so long."""
    requests = [
        b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
        % len(text)
        + text
        for text in documents()
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
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found


def main() -> None:
    """Run the phases and print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    seconds, workers = arguments.seconds, arguments.workers
    try:
        import uvloop

        run = uvloop.run
    except ImportError:
        run = asyncio.run
    alone: list[float] = []
    alone_ms: list[float] = []
    served: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        process, port = start_service(workers, folder)
        try:
            run(load(port, workers, 2.0))
            idle = run(load(port, 1, seconds))
            print(idle.line("1 connection (unloaded)", seconds))
            answered, spent, spent_in_all = 0, 0.0, 0.0
            for _ in range(arguments.rounds):  # by turns, so that a busy machine disturbs both alike
                rate, each = library_rate(workers, seconds)
                alone.append(rate)
                alone_ms.append(each)
                tree = descendants(process.pid)
                before, before_all = cpu_seconds(process.pid), sum(map(cpu_seconds, tree))
                full = run(load(port, workers, seconds))
                spent += cpu_seconds(process.pid) - before
                spent_in_all += sum(map(cpu_seconds, tree)) - before_all
                served.append(len(full.accepted) / seconds)
                answered += len(full.accepted)
                print(full.line(f"{workers} connections (full)", seconds), f" library alone {alone[-1]:.1f}/s")
            over = run(load(port, 4 * workers, seconds, pause=0.02))
            print(over.line(f"{4 * workers} connections (4x)", seconds))
            after = run(load(port, 1, seconds / 2))
            print(after.line("1 connection (afterwards)", seconds / 2))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    report = {
        "workers": workers,
        "library_per_s": sum(alone) / len(alone),
        "service_per_s": sum(served) / len(served),
        "ratio": sum(served) / sum(alone),
        "library_cpu_ms": sum(alone_ms) / len(alone_ms),
        "service_cpu_ms": 1000 * spent_in_all / answered,
        "of_that_server_process_ms": 1000 * spent / answered,
        "p95_at_4x_over_unloaded": centile(over.accepted, 0.95) / centile(idle.accepted, 0.95),
        "refused_p95_ms": 1000 * centile(over.refused, 0.95),
        "broken": full.broken + over.broken,
    }
    print(json.dumps({name: round(value, 2) for name, value in report.items()}))


if __name__ == "__main__":
    main()
