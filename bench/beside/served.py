"""The service beside the library, and the search pages of an archive: both in the environment that runs this."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from beside.peers import ROOT
from search_catalog import SECTORS, TOPICS, filled
from service_load import cpu_seconds, start_service

PAGES = {
    "all documents, the newest first": {},
    "a topic": {"q": TOPICS[0]},
    "a word that every document has": {"q": "và"},
    "an issuer and years": {"q": f'co-quan:"Sở {SECTORS[0][0]}" tu:2010 den:2018'},
}


def service(seconds: float, rounds: int) -> dict[str, Any]:
    """Medians of `bench/service_load.py` with one worker."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "load.json")
        command = [sys.executable, str(ROOT / "bench" / "service_load.py"), "--json", str(out), "--workers", "1"]
        command += ["--seconds", str(seconds), "--rounds", str(rounds)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def pages(documents: int, rounds: int) -> dict[str, Any]:
    """Milliseconds of the service's processor for each search page of a generated archive, and by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Path(folder, "catalog.db")
        filled(str(catalog), documents).dispose()
        rows = {}
        with _shown(folder, catalog) as (pid, port):
            for title, asked in PAGES.items():
                address = f"http://127.0.0.1:{port}/archive?{urllib.parse.urlencode(asked)}"
                _get(address)
                before, walls = sum(cpu_seconds(pid).values()), []
                for _ in range(rounds):
                    started = time.perf_counter()
                    _get(address)
                    walls.append(time.perf_counter() - started)
                spent = (sum(cpu_seconds(pid).values()) - before) / rounds
                rows[title] = {"cpu_ms": 1000 * spent, "wall_ms": 1000 * statistics.median(walls)}
    return {"documents": documents, "rounds": rounds, "pages": rows}


@contextmanager
def _shown(folder: str, catalog: Path) -> Iterator[tuple[int, int]]:
    os.environ["VNADMIN_CATALOG"] = str(catalog)
    try:
        process, port = start_service(1, folder)
    finally:
        del os.environ["VNADMIN_CATALOG"]
    try:
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(30)


def _get(address: str) -> None:
    with urllib.request.urlopen(address, timeout=60) as answer:  # the loopback address that this module made
        answer.read()
