"""Side by side in one run: vnadmin beside its peers, its growth, its stages, its scans; written to docs/benchmarks.md.

    python bench/run.py                        everything, about eight minutes once the peers are installed (`make bench`)
    python bench/run.py --quick                a few files of each format, two minutes, for work in progress
    python bench/run.py --only formats,scans   some sections; --files 10000 for the index at the size of an archive
    python bench/run.py --compare A.json B.json [--out docs/benchmarks.md]
                                               how far two runs disagree, 1 when any ratio does by more than 15 %; the page of A says so

What is quoted are ratios: each contestant runs in its own environment under `.bench/` as a child process on one processor,
and they take turns (bench/beside/rounds.py).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(OMP_THREAD_LIMIT="1", OMP_NUM_THREADS="1")  # before Tesseract is loaded: one processor a process

from beside import cold, files, formats, growth, report, scans, served
from beside.compare import compare
from beside.corpus import Corpus
from beside.peers import ENVIRONMENTS, PEERS, ROOT, install
from beside.plots import write_plots
from beside.rounds import processors

SECTIONS = ("start", "cold", "formats", "median", "language", "growth", "scans", "files", "service", "pages")


def measure(only: set[str], quick: bool, rounds: int, each: int, largest: int, out: Path) -> dict[str, Any]:
    """The figures of all sections that were asked for; written down after each of them."""
    started = time.monotonic()
    result: dict[str, Any] = {"machine": machine(), "rounds": rounds, "quick": quick}
    result["load"] = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        corpus = Corpus(work, each)
        result["origin"] = corpus.origin
        few = min(rounds, 2)
        steps: dict[str, Callable[[], Any]] = {
            "start": lambda: growth.start_up(rounds),
            "cold": lambda: cold.cold(corpus, rounds),
            "formats": lambda: formats.by_format(corpus, rounds),
            "median": lambda: formats.median_length(corpus, rounds),
            "language": lambda: formats.language_tools(corpus, rounds, work),
            "growth": lambda: growth.growth(corpus, work, few, quick),
            "scans": lambda: scans.scans(corpus, 3 if quick else 5, few),
            "files": lambda: files.files(largest),
            "service": lambda: served.service(1.0 if quick else 3.0, few),
            "pages": lambda: served.pages(1000 if quick else 10_000, rounds),
        }
        for name, step in steps.items():
            if name in only:
                before = time.monotonic()
                result[name] = step()
                print(f"{name}: {time.monotonic() - before:.0f} s", file=sys.stderr)
                result["seconds"] = time.monotonic() - started
                out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return result


def publish(first: dict[str, Any], second: dict[str, Any], out: Path) -> None:
    """The page with its plots, the figures of both runs beside them, and the README's lines."""
    folder = out.parent / "assets" / "bench"
    write_plots(first, folder)
    for name, result in (("first", first), ("second", second)):
        (folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    out.write_text(report.page(first), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(report.with_figures(readme.read_text("utf-8"), first), "utf-8")


def machine() -> dict[str, Any]:
    """What the figures were made on."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": model[0].split(":")[1].strip() if model else platform.machine(),
        "processors": len(processors()),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "date": str(dt.datetime.now(dt.UTC).date()),
        "commit": subprocess.run(
            ["git", "rev-parse", "--short=8", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--each", type=int, help="files of each format")
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"of {', '.join(SECTIONS)}")
    parser.add_argument("--files", type=int, default=1000, help="files of the larger tree that is indexed")
    parser.add_argument("--json", type=Path, default=ENVIRONMENTS / "last.json", help="the figures")
    parser.add_argument("--out", type=Path, help="the page; docs/benchmarks.md for a whole run, else standard output")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A.json", "B.json"))
    args = parser.parse_args()
    if args.compare:
        first, second = (json.loads(path.read_text("utf-8")) for path in args.compare)
        first["again"] = compare(first, second)
        if args.out:
            publish(first, second, args.out)
        return 1 if first["again"]["over"] else 0
    only = set(args.only.split(","))
    for peer in PEERS:
        install(peer)
    rounds = args.rounds or (3 if args.quick else 5)
    result = measure(only, args.quick, rounds, args.each or (3 if args.quick else 10), args.files, args.json)
    page = report.page(result)
    whole = only >= set(SECTIONS) and not args.quick
    out = args.out or (ROOT / "docs" / "benchmarks.md" if whole else None)
    if out:
        out.write_text(page, "utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
