"""A real Ray cluster of two nodes, one killed in mid-run, PostgreSQL for its catalogue: it is that of a local run in SQLite.

`make ray` runs this in an environment of its own; elsewhere it is skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.index.conftest import Postgres
from tests.index.letters import letter
from tests.index.runs import lines, run
from vnadmin import __version__

FILES = 60


@pytest.mark.timeout(400)
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_node_that_is_killed_loses_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every file is read; row for row as here. Takes the start of a cluster."""
    utils = pytest.importorskip("ray.cluster_utils", reason="Ray is not installed: `make ray` does")
    server: Postgres = request.getfixturevalue("postgres")
    top, catalog, out = tmp_path / "kho", server.create("ray"), tmp_path / "out"
    top.mkdir()
    for i in range(FILES):
        (top / f"{i:03d}.txt").write_text(letter(i), "utf-8")
    small = {"num_cpus": 1, "object_store_memory": 100_000_000}
    cluster = utils.Cluster(initialize_head=True, head_node_args={**small, "include_dashboard": False})
    try:
        node = cluster.add_node(**small)
        cluster.wait_for_nodes()
        words = [sys.executable, "-m", "vnadmin", "index", str(top), "-c", catalog, "--json"]
        with out.open("w") as file:
            process = subprocess.Popen([*words, "--engine", f"ray:{cluster.address}"], stdout=file)
            while process.poll() is None and len(out.read_text("utf-8").splitlines()) < 15:
                time.sleep(0.1)
            cluster.remove_node(node, allow_graceful=False)
            assert process.wait(timeout=900) == 0
        told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert [line["event"] for line in told].count("done") == FILES
    finally:
        cluster.shutdown()
    run(str(tmp_path / "here.db"), top, version=__version__)
    assert lines(catalog) == lines(str(tmp_path / "here.db"))
