"""Compares the whole parse of two source trees by format: processor time, each tree's pass after the other's.

    python bench/trees.py OLD NEW ../shared/gold/dev [--rounds 9] [--formats text,docx,doc,html,pdf]

A tree is a checkout (`git worktree add`). Each has a process of its own, which has read every document once before the
first pass that counts; the least of all passes of a format stands for it. Scans are left out: no engine is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

FORMATS = ("text", "docx", "doc", "html", "pdf")
_SUFFIXES = {"text": ".txt"}
# Runs with the tree under test on its path, so that it imports nothing of this one.
_WORKER = """
import gc, json, sys, time
from pathlib import Path
import vnadmin
config, held = vnadmin.Config(ocr="off"), {}
for line in sys.stdin:
    suffix, folder = line.rstrip("\\n").split("\\t")
    if suffix not in held:
        held[suffix] = []
        for path in sorted(Path(folder).glob(f"*/source{suffix}")):
            data = path.read_bytes()
            try:
                vnadmin.parse(data, config=config)
            except vnadmin.VnadminError:
                continue
            held[suffix].append(data)
    gc.collect()
    started = time.process_time()
    for data in held[suffix]:
        vnadmin.parse(data, config=config)
    print(json.dumps([time.process_time() - started, len(held[suffix])]), flush=True)
"""


class Tree:
    """A process that parses with one tree."""

    def __init__(self, tree: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(tree / "src")},
        )

    def run(self, suffix: str, folder: Path) -> tuple[float, int]:
        """Seconds of processor time for a pass over all documents of a format, and how many they are."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(suffix, folder, sep="\t", file=self._process.stdin, flush=True)
        seconds, count = json.loads(self._process.stdout.readline())
        return float(seconds), int(count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--formats", default=",".join(FORMATS))
    asked = parser.parse_args()
    trees = [Tree(asked.old.resolve()), Tree(asked.new.resolve())]
    for name in asked.formats.split(","):
        rounds = [
            [tree.run(_SUFFIXES.get(name, f".{name}"), asked.documents.resolve()) for tree in trees]
            for _ in range(asked.rounds)
        ]
        (old, count), (new, _) = (min(passes) for passes in zip(*rounds, strict=True))
        pairs = statistics.median(after[0] / before[0] for before, after in rounds)
        each = 1000 / max(count, 1)
        print(
            f"{name:5} n={count:3}  old {old * each:7.2f} ms  new {new * each:7.2f} ms  {new / old:.2f}  pairs {pairs:.2f}"
        )


if __name__ == "__main__":
    main()
