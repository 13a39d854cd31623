"""What mypyc makes another thing of, where nothing says so: found in the modules that the compiled wheel is made of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT


def compiled() -> list[Path]:
    """The modules that `hatch_build.py` compiles."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    hook = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    named = [ROOT / "src" / path for path in hook["compiled"]]
    pure = {ROOT / "src" / path for path in hook["pure"]}
    files = [file for path in named for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [file for file in files if pure.isdisjoint((file, *file.parents))]


@pytest.mark.parametrize("file", compiled(), ids=lambda file: str(file.relative_to(ROOT / "src" / "vnadmin")))
def test_no_cached_property_is_compiled(file: Path) -> None:
    """It becomes a plain property, read anew each time: one paragraph of 2,000 numbers took more than half an hour."""
    assert "cached_property" not in file.read_text("utf-8")
