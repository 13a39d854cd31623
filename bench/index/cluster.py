"""Indexes a tree on a real Ray cluster of two nodes, kills one in mid-run, and compares with the local catalogue.

    python bench/index/cluster.py SOURCE... [--kill-at 0.4] [--local catalog.db] [--catalog postgresql://…]

Two nodes on one machine: each its own raylet and processes. Needs the extra [ray].
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("RAY_raylet_start_wait_time_s", "300")  # for machines that have much else to do

from ray.cluster_utils import Cluster
from sqlalchemy import func, select

from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.dump import dump
from vnadmin.index.catalog.schema import Content

NODE = {"num_cpus": 1, "object_store_memory": 200_000_000}


def rows(catalog: str) -> tuple[list[str], int]:
    """Every row of a catalogue, comparable, and how often contents were given to a worker."""
    engine = open_catalog(catalog, create=False)
    with engine.connect() as connection:
        found = list(dump(connection)), int(connection.scalar(select(func.sum(Content.tries))) or 0)
    engine.dispose()
    return found


def command(sources: list[str], catalog: str) -> list[str]:
    return [sys.executable, "-m", "vnadmin", "index", *sources, "-c", catalog, "--json"]


def finished(out: Path) -> dict[str, object]:
    last: dict[str, object] = json.loads(out.read_text("utf-8").splitlines()[-1])
    return last


def on_ray(sources: list[str], catalog: str, work: Path, kill_at: int) -> tuple[float, int]:
    """(seconds, files done when the second node was killed)."""
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    try:
        second = cluster.add_node(**NODE)
        cluster.wait_for_nodes()
        started, at = time.monotonic(), 0
        with (work / "ray.out").open("w") as out:
            words = [*command(sources, catalog), "--engine", f"ray:{cluster.address}"]
            process = subprocess.Popen(words, stdout=out)
            while process.poll() is None:
                at = sum(1 for _ in (work / "ray.out").open("rb"))
                if at >= kill_at:
                    cluster.remove_node(second, allow_graceful=False)
                    break
                time.sleep(0.5)
            process.wait()
        return time.monotonic() - started, at
    finally:
        cluster.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--kill-at", type=float, default=0.4, help="share of the files that are done by then")
    parser.add_argument("--local", type=Path, help="the catalogue of a run here, if there is one")
    parser.add_argument("--catalog", help="where the run on Ray writes: an empty database; default: a file")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="index-ray-"))
    here, on = str(options.local or work / "here.db"), options.catalog or str(work / "ray.db")
    if options.local is None:
        subprocess.run([*command(options.sources, here), "-j", "2"], stdout=subprocess.DEVNULL, check=False)
    local, once = rows(here)
    seconds, at = on_ray(options.sources, on, work, round(options.kill_at * once))
    there = finished(work / "ray.out")
    print(f"ray:  {there['done']} read, {there['failed']} failed, {seconds:.0f} s; a node killed after {at} files")
    remote, tries = rows(on)
    print(f"equal: {local == remote}, {len(local)} rows; given to workers: {once} here, {tries} on Ray")
    return 0 if local == remote else 1


if __name__ == "__main__":
    sys.exit(main())
