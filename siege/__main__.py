"""`make siege`: besieges the targets in turn, two at a time, and writes the table of what was run and found."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from siege.targets import TARGETS

ROOT = Path(__file__).parent.parent
_WRITING = Lock()
_SUMS = ("executions", "answered", "refused", "declined", "wall_seconds", "cpu_seconds")
_COVERAGE = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")


def nothing_yet(name: str) -> dict[str, Any]:
    """The counts of a target before its first slice."""
    total: dict[str, Any] = {"target": name, **dict.fromkeys(_SUMS, 0), "slowest": 0.0, "peak_megabytes": 0.0}
    return total | {"finds": {}, "deaths": [], "edges": 0, "corpus": 0}


def besiege(total: dict[str, Any], seconds: float, out: Path) -> None:
    """Besiege a target until it has had so many seconds of CPU in all; a process that dies of an input is a find, and another takes its place."""
    name = total["target"]
    folder = out / name
    while (left := seconds - total["cpu_seconds"]) > 5:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "counts.json").unlink(missing_ok=True)
        before = _deadly(folder)
        command = [sys.executable, "-m", "siege.fuzz", name, str(int(left)), str(folder)]
        began = time.monotonic()
        with (folder / "log.txt").open("wb") as log:
            code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log).returncode
        if not _add(total, folder):
            raise SystemExit(f"{name} could not be besieged; see {folder / 'log.txt'}")
        if new := sorted(_deadly(folder) - before):
            total["deaths"] += new
        elif code:  # ended, and by no input that the fuzzer knows of: killed from outside
            total["deaths"].append(f"exit {code} after {time.monotonic() - began:.0f} s")
            (folder / "log.txt").rename(folder / f"log-{len(total['deaths'])}.txt")
    for key in ("wall_seconds", "cpu_seconds"):
        total[key] = round(total[key], 1)


def _deadly(folder: Path) -> set[str]:
    """Inputs of which a process died, as libFuzzer keeps them; `slow-unit` is a remark and no death."""
    return {path.name for kind in ("crash", "timeout", "oom", "leak") for path in folder.glob(f"{kind}-*")}


def _add(total: dict[str, Any], folder: Path) -> bool:
    """Add the counts of one process to those of its target."""
    try:
        counts = json.loads((folder / "counts.json").read_text("utf-8"))
    except FileNotFoundError:
        return False
    for key in _SUMS:
        total[key] += counts[key]
    for key in ("slowest", "peak_megabytes"):
        total[key] = max(total[key], counts[key])
    for find, times in counts["finds"].items():
        total["finds"][find] = total["finds"].get(find, 0) + times
    for found in _COVERAGE.finditer((folder / "log.txt").read_text("utf-8", "replace")):
        total["edges"], total["corpus"] = int(found[1]), int(found[3])
    return True


def table(results: list[dict[str, Any]]) -> str:
    """The results as a table of Markdown."""
    head = "| target | wall min | CPU min | executions | answered | refused by a documented error | code edges | peak MB | finds |"
    rows = [head, "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for item in results:
        rows.append(
            f"| {item['target']} | {item['wall_seconds'] / 60:.1f} | {item['cpu_seconds'] / 60:.1f} | {item['executions']:,} "
            f"| {item['answered']:,} | {item['refused']:,} | {item['edges']:,} | {item['peak_megabytes']:.0f} "
            f"| {len(item['finds']) + len(item['deaths'])} |"
        )
    return "\n".join(rows) + "\n"


def _slice(total: dict[str, Any], seconds: float, out: Path, results: list[dict[str, Any]]) -> None:
    """One target's turn; the table is written after each, for a siege that is cut short."""
    besiege(total, seconds, out)
    with _WRITING:
        (out / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
        (out / "results.md").write_text(table(results), "utf-8")


def main() -> int:
    """The command. Its exit code is 1 when anything was found."""
    names = [target.name for target in TARGETS]
    options = argparse.ArgumentParser(prog="siege", description=__doc__)
    options.add_argument("targets", nargs="*", default=names, help=f"of {', '.join(names)}; default: all")
    options.add_argument(
        "--minutes", type=float, default=60.0, help="of CPU in all, shared out evenly (two run at a time)"
    )
    options.add_argument(
        "--slice", type=float, default=5.0, help="minutes of CPU that a target has before the next one's turn"
    )
    options.add_argument("--out", type=Path, default=ROOT / "out" / "siege", help="corpora, finds, counts, table")
    given = options.parse_args()
    unknown = set(given.targets) - set(names)
    if unknown:
        options.error(f"no such target: {', '.join(sorted(unknown))}")
    each = given.minutes * 60 / len(given.targets)
    results = [nothing_yet(name) for name in given.targets]
    turns = max(1, round(each / (given.slice * 60)))
    for turn in range(1, turns + 1):  # in turns, so that a siege that is cut short has been fair to all
        with ThreadPoolExecutor(2) as pool:
            running = [pool.submit(_slice, total, each * turn / turns, given.out, results) for total in results]
        for one in running:
            one.result()
    print(table(results))
    for item in results:
        for find in (*item["finds"], *item["deaths"]):
            print(f"{item['target']}: {find}")
    return 1 if any(item["finds"] or item["deaths"] for item in results) else 0


if __name__ == "__main__":
    sys.exit(main())
