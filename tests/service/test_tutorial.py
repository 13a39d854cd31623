"""The API tutorial is run: each command against a real service, and what it prints is what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.serving import Served
from vnadmin.samples import samples

PAGE = Path(__file__).parents[2] / "docs/how-to/api-tutorial.md"
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```\n\n```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and python on the path."""
    folder = tmp_path_factory.mktemp("tutorial")
    for item in samples():
        (folder / item.name).write_bytes(item.read_bytes())
    return folder


@pytest.mark.parametrize(("language", "code", "printed"), BLOCKS, ids=range(len(BLOCKS)))
def test_a_command_prints_what_the_page_says(
    language: str, code: str, printed: str, folder: Path, served: Served
) -> None:
    """In order, in one folder; an ellipsis in the page stands for any text up to the end of the line."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed; the commands in Python use files that those in the shell make")
    code = code.replace("http://127.0.0.1:8000", served.url)
    command = ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        command, capture_output=True, cwd=folder, env={**os.environ, "PATH": path, "PYTHONUTF8": "1"}, timeout=900
    )
    output = ran.stdout.decode("utf-8", "replace")
    pattern = re.escape(printed).replace("…", ".*")
    assert re.fullmatch(pattern, output), f"{output}\n{ran.stderr.decode()}"


def test_the_page_has_all_its_commands() -> None:
    """Each shell and Python block has its output below it."""
    assert len(BLOCKS) == len(re.findall(r"^```(?:sh|python)$", PAGE.read_text("utf-8"), re.MULTILINE)) == 8
