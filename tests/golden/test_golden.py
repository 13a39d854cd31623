"""The bundled samples, whole: each parses to the JSON beside this file, character for character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import vnadmin
from vnadmin.samples import samples

HERE = Path(__file__).parent


@pytest.mark.parametrize("sample", samples(), ids=lambda item: item.name)
def test_sample_parses_to_its_golden(sample, request) -> None:
    """Refresh with --update-golden, which fails on purpose; explain a changed line in the commit."""
    document = vnadmin.parse(sample.read_bytes())
    found = json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = HERE / f"{sample.name}.json"
    if request.config.getoption("--update-golden"):
        path.write_text(found, "utf-8")
        pytest.fail(f"{path.name} was rewritten: look at the difference and run again without --update-golden")
    assert found == path.read_text("utf-8")
