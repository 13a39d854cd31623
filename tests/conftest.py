"""What all tests share: where the gold documents and the bundled samples are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"


# An example may take as long as it takes: a busy machine is no fault.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*.json; the run then fails")


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold documents, or a skip that says why."""
    if not GOLD.is_dir():
        pytest.skip("../shared/gold is not there (it is only on the project's own machines)")
    return GOLD
