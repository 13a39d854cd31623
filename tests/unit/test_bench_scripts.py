"""Every script of `bench/` with a command line loads what it asks for: one that does not was found when a benchmark was due."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from beside.scans import listening_to_tesseract
from tests.conftest import ROOT
from vnadmin.ocr.tesseract import Tesseract


def called_with_options(script: Path) -> bool:
    """Whether it is a program of its own, and not a part that others import."""
    code = script.read_text("utf-8")
    return "__main__" in code and ("argparse" in code or "options_for" in code)


SCRIPTS = list(filter(called_with_options, sorted((ROOT / "bench").glob("*.py"))))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_bench_script_says_how_it_is_called(script: Path) -> None:
    path = os.pathsep.join(str(ROOT / folder) for folder in ("src", "service"))
    asked = [sys.executable, str(script), "--help"]
    told = subprocess.run(asked, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    assert told.stdout.startswith("usage: ")


def test_listening_to_tesseract_takes_what_it_takes() -> None:
    # it took one argument more than the method that it stands for, and the benchmark ended there after eight minutes
    own = inspect.signature(Tesseract.lines).parameters
    with listening_to_tesseract():
        assert list(inspect.signature(Tesseract.lines).parameters) == list(own)
