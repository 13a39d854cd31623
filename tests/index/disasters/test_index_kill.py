"""kill -9 of the whole run at random moments: nothing is lost, and nothing but what was in flight is read twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.index.letters import letter
from tests.index.runs import asking, lines
from vnadmin.index.catalog.schema import Content
from vnadmin.index.run.run import AHEAD

JOBS, KILLS, FILES = 2, 3, 160


def start(top: Path, catalog: Path) -> subprocess.Popen[bytes]:
    """The command as a user starts it, in a session of its own."""
    words = [sys.executable, "-m", "vnadmin", "index", str(top), "-c", str(catalog), "-j", str(JOBS)]
    return subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done(catalog: Path) -> int:
    """Contents that are done so far."""
    if not catalog.exists():
        return 0
    try:
        statement = select(func.count()).select_from(Content).where(Content.state == "done")
        return int(asking(str(catalog), lambda c: c.scalar(statement)) or 0)
    except DBAPIError as error:  # the catalogue is being made at this moment
        assert "no such table" in str(error)
        return 0


def tries(catalog: Path, state: str) -> dict[str, int]:
    """How often each content in a state was given to a worker."""
    statement = select(Content.sha256, Content.tries).where(Content.state == state)
    return asking(str(catalog), lambda c: {row.sha256: row.tries for row in c.execute(statement)})


@pytest.mark.timeout(600)
def test_killed_three_times_the_catalogue_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    """Row for row, and what was read once is not read again. Takes five starts of the program."""
    top, catalog = tmp_path / "kho", tmp_path / "catalog.db"
    top.mkdir()
    for i in range(FILES):
        (top / f"{i:03d}.txt").write_text(letter(i), "utf-8")
    dice = random.Random(20261125)
    moments = sorted(dice.randint(5, FILES - 100) for _ in range(KILLS))
    in_flight, settled = 0, dict[str, int]()
    for moment in moments:
        process = start(top, catalog)
        while process.poll() is None and done(catalog) < moment:
            time.sleep(0.02)
        time.sleep(dice.random() * 0.1)
        assert process.poll() is None, "it was done before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        in_flight += (running := len(tries(catalog, "running")))
        assert running <= AHEAD * JOBS
        settled |= tries(catalog, "done")
    assert start(top, catalog).wait(timeout=900) == 0
    assert start(top, tmp_path / "undisturbed.db").wait(timeout=900) == 0
    assert lines(str(catalog)) == lines(str(tmp_path / "undisturbed.db"))
    after = tries(catalog, "done")
    assert {sha256: after[sha256] for sha256 in settled} == settled
    assert sum(after.values()) - FILES <= in_flight
