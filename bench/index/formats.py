"""Measures one worker on each format of a tree: processor time and memory for a file and a page.

    chrt -f 50 taskset -c 1 python bench/index/formats.py /tmp/tree [--files 60]

Each format is read in a process of its own by what a worker of the index runs: parse, rows, the line for the search.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.index.run.walk_open import open_location
from vnadmin.index.run.worker import read

WARM = 5  # files read first: what is loaded once is not counted


def measure(paths: list[str]) -> dict[str, float]:
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in a worker
    config = Config(ocr_threads=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in paths[:WARM]:
        once(path, config)
    pages = size = 0
    started = time.process_time()
    for path in paths:
        found = once(path, config)
        pages += found[0]
        size += found[1]
    return {
        "files": len(paths),
        "pages": pages,
        "cpu": time.process_time() - started,
        "before": before / 1024,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": size,
    }


def once(path: str, config: Config) -> tuple[int, int]:
    data = open_location(path, config.max_bytes)
    reading = read(path, hashlib.sha256(data).hexdigest(), config)
    return (reading.rows.document["page_count"] if reading.rows else 0), len(data)


def readable(path: Path) -> bool:
    try:
        return bool(open_location(str(path), 64 * 1024 * 1024))
    except VnadminError:
        return False


def kind_of(path: Path) -> str:
    return "scan" if path.parent.name == "quet" else path.suffix[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--scans", type=int, default=8)
    parser.add_argument("--only", help="one format, in this process")
    options = parser.parse_args()
    found: dict[str, list[str]] = {}
    for path in sorted(options.tree.rglob("*.*")):
        if path.is_file() and not path.is_symlink() and "doc-hai" not in path.parts and path.suffix != ".zip":
            found.setdefault(kind_of(path), []).append(str(path))
    if options.only:
        most = options.scans if options.only == "scan" else options.files
        paths = [path for path in found[options.only] if readable(Path(path))][:most]
        print(json.dumps(measure(paths)))
        return
    print(
        "| format | files | kB a file | ms a file | pages a file | ms a page | memory, MB |\n|---|---|---|---|---|---|---|"
    )
    for kind in sorted(found):
        words = [sys.executable, __file__, str(options.tree), "--only", kind, "--files", str(options.files)]
        one = json.loads(subprocess.check_output([*words, "--scans", str(options.scans)]))
        files, pages = one["files"], max(one["pages"], 1)
        print(
            f"| {kind} | {files} | {one['bytes'] / files / 1000:.0f} | {1000 * one['cpu'] / files:.1f} "
            f"| {pages / files:.1f} | {1000 * one['cpu'] / pages:.1f} | {one['peak']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
