"""What all tests share: where the gold documents and the bundled samples are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*.json; the run then fails")


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold documents, or a skip that says why."""
    if not GOLD.is_dir():
        pytest.skip("../shared/gold is not there (it is only on the project's own machines)")
    return GOLD
