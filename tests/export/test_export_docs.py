"""The page about exporting runs, and the decisions' and standards' pages name what the code has."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vnadmin.export.profile import AgencyProfile
from vnadmin.export.registry import EXPORTS
from vnadmin.samples import samples

PAGE = (Path(__file__).parent.parent.parent / "docs/how-to/export.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The samples, and the profile of the page."""
    for sample in samples():
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    (tmp_path / "profile.toml").write_text(_blocks("toml")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_commands_of_the_page_run(folder: Path) -> None:
    """Each does what the page says: all end well but the refusal, which prints what stands below it."""
    commands = [line for block in _blocks("sh") for line in block.splitlines()]
    assert len(commands) == 6
    refused = 0
    for command in commands:
        words = command.split()
        done = subprocess.run(
            [sys.executable, "-m", *words], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if words[2] == "cong-van.txt":
            assert (done.returncode, done.stderr) == (15, _blocks("text")[0])
            refused += 1
        else:
            assert done.returncode == 0, (command, done.stderr)
    assert refused == 1


def test_the_python_of_the_page_runs(folder: Path) -> None:
    """Its assertions hold."""
    (code,) = _blocks("python")
    exec(compile(code, "export.md", "exec"), {})


def test_the_profile_of_the_page_is_one() -> None:
    """Every value in it is known."""
    assert AgencyProfile.model_validate(tomllib.loads(_blocks("toml")[0])).agency.organ_id == "H99.1"


def test_the_page_names_every_form() -> None:
    """No form of the registry is left out."""
    for name in EXPORTS:
        assert f"`{name}`" in PAGE, name
