"""Load on a service that this script starts on loopback: throughput beside the library's, and answers at 4x capacity.

    python bench/service_load.py [--seconds 3] [--workers 2] [--rounds 5] [--documents FOLDER]

Bounded: so many connections for so many seconds, each phase; the service is stopped at the end. On a busy machine
`chrt -r 50 taskset -c 1 python bench/service_load.py --workers 1` gives all processes one core that nothing disturbs.
"""

from __future__ import annotations

import argparse
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
from pathlib import Path

from service_client import centile, load, requests_for

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


def start_service(workers: int, folder: str) -> tuple[subprocess.Popen[bytes], int]:
    """The service on a free port, when it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ, "VNADMIN_PORT": str(port), "VNADMIN_DATA_DIR": folder, "VNADMIN_WORKERS": str(workers),
        "VNADMIN_RATE_LIMIT": "",
    }  # fmt: skip
    with Path(folder, "log.jsonl").open("ab") as log:  # a line for each request, as in earnest
        process = subprocess.Popen([sys.executable, "-m", "vnadmin_service"], env=environment, stderr=log)
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return process, port
        except OSError:
            time.sleep(0.25)
    process.kill()
    raise SystemExit("the service did not become ready")


def cpu_seconds(pid: int) -> dict[int, float]:
    """Processor time of each process of the tree, with that of the children which ended and were waited for."""
    found = {}
    for process in descendants(pid):
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
        found[process] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return found


def busy_seconds() -> float:
    """Processor time that all programs have taken so far on the cores that we may use."""
    ours = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    rows = [line.split() for line in Path("/proc/stat").read_text("ascii").splitlines()]
    ticks = sum(int(field) for row in rows if row[0] in ours for field in (*row[1:4], *row[6:9]))
    return ticks / os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found


class Log:
    """The service's own log, which has the time of each request as the service sees it."""

    def __init__(self, path: Path) -> None:
        self._lines = path.open(encoding="utf-8")

    def accepted(self) -> list[float]:
        """Milliseconds of the documents that were read since the last call."""
        lines = map(json.loads, self._lines.readlines())
        return [line["ms"] for line in lines if line["event"] == "request" and line["status"] == 200]


def one_round(
    texts: list[bytes], pid: int, port: int, log: Log, workers: int, capacity: int, seconds: float
) -> dict[str, float]:
    """The library alone, then the service unloaded, at its capacity, and under four times the load in two ways.

    Four clients a process that ask again when they are answered: the waiting room has a place for each, so that nearly none
    may be refused. And requests that come four times as often as they can be answered, whoever waits: three of four must be.
    """
    requests = requests_for(texts)
    alone, alone_ms = library_rate(texts, workers, seconds)
    log.accepted()
    idle = load(requests, port, 1, seconds)
    idle_log = log.accepted()
    before, client_before, busy_before = cpu_seconds(pid), time.process_time(), busy_seconds()
    full = load(requests, port, capacity, seconds)
    after, client, busy = cpu_seconds(pid), time.process_time() - client_before, busy_seconds() - busy_before
    log.accepted()
    room = load(requests, port, 4 * workers, seconds)
    room_log = log.accepted()
    over = load(requests, port, 16 * capacity, seconds, rate=4 * full.rate)
    over_log = log.accepted()
    print(
        f"library alone, {workers} processes: {alone:.1f}/s, {alone_ms:.2f} ms of processor each; load {os.getloadavg()[0]:.1f}"
    )
    print(idle.line("1 connection (unloaded)"))
    print(full.line(f"{capacity} connections (full)"))
    print(room.line(f"{4 * workers} connections (4x)"))
    print(over.line(f"asked {4 * full.rate:.0f} times/s (4x)"))
    done = len(full.accepted)
    service = sum(after.values()) - sum(before.values())
    service_ms = 1000 * service / done
    client_cores = client / full.seconds
    return {
        "library_per_s": alone,
        "service_per_s": full.rate,
        "ratio": full.rate / alone,
        "client_cores": client_cores,
        "ratio_on_what_the_client_leaves": full.rate / alone / (1 - client_cores / len(os.sched_getaffinity(0))),
        "other_programs_cores": (busy - service - client) / full.seconds,
        "library_cpu_ms": alone_ms,
        "service_cpu_ms": service_ms,
        "of_that_server_process_ms": 1000 * (after[pid] - before[pid]) / done,
        "ratio_by_processor_time": alone_ms / service_ms,
        "unloaded_p95_ms": 1000 * centile(idle.accepted, 0.95),
        "p95_at_4x_ms": 1000 * centile(over.accepted, 0.95),
        "p95_at_4x_over_unloaded": centile(over.accepted, 0.95) / centile(idle.accepted, 0.95),
        "p95_at_4x_over_unloaded_as_the_service_sees_it": centile(over_log, 0.95) / centile(idle_log, 0.95),
        "p95_of_4x_clients_over_unloaded": centile(room.accepted, 0.95) / centile(idle.accepted, 0.95),
        "p95_of_4x_clients_over_unloaded_as_the_service_sees_it": centile(room_log, 0.95) / centile(idle_log, 0.95),
        "refused_of_4x_clients": len(room.refused) / max(1, len(room.refused) + len(room.accepted)),
        "accepted_at_4x_per_s": over.rate,
        "refused_at_4x": len(over.refused) / max(1, len(over.refused) + len(over.accepted)),
        "refused_p95_ms": 1000 * centile(over.refused, 0.95),
        "broken": float(idle.broken + full.broken + room.broken + over.broken),
    }


def main() -> None:
    """Run the phases and print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="where the medians are written")
    parser.add_argument("--documents", help="a folder with .txt files, instead of the bundled samples")
    arguments = parser.parse_args()
    workers = arguments.workers
    capacity = workers + int(os.environ.get("VNADMIN_WAITING", "0"))
    texts = documents(arguments.documents)
    print(f"{len(texts)} documents, {sum(map(len, texts)) // len(texts)} bytes each on average")
    rounds: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        process, port = start_service(workers, folder)
        log = Log(Path(folder, "log.jsonl"))
        try:
            load(requests_for(texts), port, capacity, 2.0)
            for _ in range(arguments.rounds):  # by turns, so that a busy machine disturbs all alike
                rounds.append(one_round(texts, process.pid, port, log, workers, capacity, arguments.seconds))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    report = {name: statistics.median(found[name] for found in rounds) for name in rounds[0]}
    print("medians of the rounds:")
    print(json.dumps({name: round(value, 2) for name, value in report.items()}))
    if arguments.json:
        arguments.json.write_text(json.dumps(report), "utf-8")


if __name__ == "__main__":
    main()
