"""Kills a whole run ten times at random moments, starts it again each time, and compares with an undisturbed run.

    python bench/index/kill.py /tmp/index-bench/tree-1000 [--kills 10] [--seed 1]

Prints the moments, whether the two catalogues are equal row for row, and how many files were given to workers twice:
those that were with the workers when the run was killed, of which most were not read yet.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.dump import dump
from vnadmin.index.catalog.schema import Content
from vnadmin.index.run.run import AHEAD

JOBS = 2


def start(tree: Path, catalog: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "vnadmin", "index", str(tree), "-c", str(catalog), "-j", str(JOBS)]
    return subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ask(catalog: Path, statement: object) -> int:
    engine = open_catalog(str(catalog), create=False)
    try:
        with engine.connect() as connection:
            return int(connection.scalar(statement) or 0)  # type: ignore[call-overload]
    finally:
        engine.dispose()


def settled(catalog: Path) -> int:
    """Contents that are done or failed."""
    if not catalog.exists():
        return 0
    try:
        return ask(catalog, select(func.count()).select_from(Content).where(Content.state.in_(("done", "failed"))))
    except DBAPIError:
        return 0  # it is being made


def lines(catalog: Path) -> list[str]:
    engine = open_catalog(str(catalog), create=False)
    with engine.connect() as connection:
        found = list(dump(connection))
    engine.dispose()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="index-kill-"))
    dice = random.Random(options.seed)
    undisturbed, killed = work / "undisturbed.db", work / "killed.db"
    start(options.tree, undisturbed).wait()
    total = settled(undisturbed)
    for moment in sorted(dice.randint(1, total - 60) for _ in range(options.kills)):
        process = start(options.tree, killed)
        while process.poll() is None and settled(killed) < moment:
            time.sleep(0.03)
        time.sleep(dice.random() * 0.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(f"killed at {settled(killed)} of {total}", flush=True)
    start(options.tree, killed).wait()
    again = ask(killed, select(func.sum(Content.tries))) - ask(undisturbed, select(func.sum(Content.tries)))
    equal = lines(killed) == lines(undisturbed)
    print(
        f"equal: {equal}, {len(lines(undisturbed))} rows; given to workers twice: {again} of at most {options.kills * AHEAD * JOBS}"
    )
    return 0 if equal and again <= options.kills * AHEAD * JOBS else 1


if __name__ == "__main__":
    sys.exit(main())
