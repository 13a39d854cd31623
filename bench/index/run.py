"""Measures `vnadmin index`: files/s, CPU, memory and catalogue size at two sizes, and one process beside it.

    python bench/index/run.py --work /tmp/index-bench [--small 1000] [--large 10000] [--jobs 2] [--catalog URL]

Wall-clock figures on a machine that others use too say little, so each is given with the CPU time it took: what a run
costs for each file, over what one process costs that parses the same files and writes nothing, is the figure to quote.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
TICK = os.sysconf("SC_CLK_TCK")
BASELINE = """
import sys, time
import vnadmin
from vnadmin.index.run.walk import Walk
from vnadmin.index.run.walk_open import open_location
from vnadmin.errors import VnadminError
files = 0
for seen in Walk((sys.argv[1],)):
    if seen.error:
        continue
    files += 1
    try:
        vnadmin.parse(open_location(seen.location, 64 * 1024 * 1024))
    except VnadminError:
        pass
print(files)
"""


@dataclass
class Usage:
    """What a process and all its descendants used, sampled from /proc."""

    wall: float = 0.0
    main_peak: int = 0  # bytes
    all_peak: int = 0
    cpu: dict[int, float] = field(default_factory=dict)
    output: str = ""
    code: int = 0

    @property
    def cpu_seconds(self) -> float:
        return sum(self.cpu.values())


def measured(command: list[str]) -> Usage:
    """Run a command in a session of its own and watch the whole session."""
    usage, started = Usage(), time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, start_new_session=True)
        while process.poll() is None:
            _sample(process.pid, usage)
            time.sleep(0.3)
        usage.wall = time.monotonic() - started
        out.seek(0)
        usage.output, usage.code = out.read().decode(), process.returncode
    return usage


def _sample(session: int, usage: Usage) -> None:
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            usage.cpu[int(entry.name)] = (int(fields[11]) + int(fields[12])) / TICK
            memory = _pss(entry)
            total += memory
            if int(entry.name) == session:
                usage.main_peak = max(usage.main_peak, memory)
    usage.all_peak = max(usage.all_peak, total)


def _pss(entry: Path) -> int:
    """Memory of a process, what it shares with others divided among them."""
    for line in (entry / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


Figures = dict[str, float]


def show(name: str, figures: Figures, digits: int = 2) -> None:
    print(name, json.dumps({k: round(v, digits) for k, v in figures.items()}), flush=True)


def indexed(work: Path, name: str, files: int, jobs: int) -> Figures:
    """The figures of one run of the command over a tree of so many files."""
    tree = work / f"tree-{files}"
    if not tree.exists():
        subprocess.run([sys.executable, str(HERE / "tree.py"), str(tree), "--files", str(files)], check=True)
    catalog = work / f"{name}.db"
    for old in work.glob(f"{name}.db*"):
        old.unlink()
    command = [sys.executable, "-m", "vnadmin", "index", str(tree), "-c", str(catalog), "--json"]
    run = measured([*command, "-j", str(jobs)])
    summary = json.loads(run.output.splitlines()[-1])
    return {
        "files": summary["seen"],
        "read": summary["done"],
        "failed": summary["failed"],
        "known": summary["known"],
        "seconds": run.wall,
        "files_per_second": summary["seen"] / run.wall,
        "cpu_seconds": run.cpu_seconds,
        "cpu_ms_per_file": 1000 * run.cpu_seconds / summary["seen"],
        "main_peak_mb": run.main_peak / 2**20,
        "all_peak_mb": run.all_peak / 2**20,
        "catalogue_mb": catalog.stat().st_size / 2**20,
        "tree_mb": int(subprocess.check_output(["du", "-sb", str(tree)]).split()[0]) / 2**20,
    }


def parsed_alone(tree: Path) -> Figures:
    """The figures of one process that parses a tree and writes nothing."""
    base = measured([sys.executable, "-c", BASELINE, str(tree)])
    read = int(base.output)
    return {
        "files": read,
        "seconds": base.wall,
        "files_per_second": read / base.wall,
        "cpu_ms_per_file": 1000 * base.cpu_seconds / read,
        "peak_mb": base.main_peak / 2**20,
    }


def ratios(results: dict[str, Figures], jobs: int) -> Figures:
    small, large = results["small"], results["large"]
    found = {
        "memory_large_over_small": large["all_peak_mb"] / small["all_peak_mb"],
        "throughput_large_over_small": large["files_per_second"] / small["files_per_second"],
        "throughput_large_over_small_by_cpu": small["cpu_ms_per_file"] / large["cpu_ms_per_file"],
    }
    for name in ("small", "large"):
        run, one = results[name], results[f"one_process_{name}"]
        found |= {
            f"{name}_of_cores_times_one_process": run["files_per_second"] / (jobs * one["files_per_second"]),
            f"{name}_of_cores_times_one_process_by_cpu": one["cpu_ms_per_file"] / run["cpu_ms_per_file"],
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("/tmp/index-bench"))
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--out", type=Path, help="JSON of the figures")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    results: dict[str, Figures] = {}
    sizes = (("small", options.small), ("large", options.large))
    for name, files in sizes:
        results[name] = indexed(options.work, name, files, options.jobs)
        show(name, results[name])
    for name, files in sizes:
        results[f"one_process_{name}"] = parsed_alone(options.work / f"tree-{files}")
        show(f"one process, {name}", results[f"one_process_{name}"])
    results["ratios"] = ratios(results, options.jobs)
    show("ratios", results["ratios"], 3)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
