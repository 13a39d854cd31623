"""Growth by files: `vnadmin index` over trees of a hundred and of many files (bench/index/run.py), and the slopes between them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from beside.peers import ENVIRONMENTS, ROOT, clean_environment
from beside.rounds import slope

SMALL = 100


def files(largest: int) -> dict[str, Any]:
    """Figures of both sizes and of one process without a catalogue, with slopes of wall clock, CPU time and memory."""
    if not (ROOT.parent / "shared" / "gold" / "dev").is_dir():
        return {"missing": "the trees are made of ../shared/gold/dev"}
    out = ENVIRONMENTS / "files.json"
    command = [sys.executable, str(ROOT / "bench" / "index" / "run.py"), "--out", str(out)]
    command += ["--small", str(SMALL), "--large", str(largest)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=clean_environment())
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    small, large = found["small"], found["large"]
    sizes = [small["files"], large["files"]]
    for name, key in (("seconds", "seconds"), ("cpu", "cpu_seconds"), ("memory", "all_peak_mb")):
        found[f"slope_{name}"] = slope(sizes, [small[key], large[key]])
    return found
