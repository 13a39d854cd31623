"""What all tests share: where the gold documents and the bundled samples are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"

# Rooms and modules whose tests take long: real servers and browsers, attacks, processes. `make test` leaves them out (five minutes of
# processor time remain of twenty-one), `make check` and CI run them (`make test-long`).
LONG = (
    "tests/adapters",
    "tests/commands/test_output.py",
    "tests/commands/test_spoken_names.py",
    "tests/docs",
    "tests/export/test_export_command.py",
    "tests/hostile",
    "tests/index/disasters",
    "tests/ocr/test_ocr_engines.py",
    "tests/process",
    "tests/property",
    "tests/scan/test_scan_trouble.py",
    "tests/service",
)

# An example may take as long as it takes: a busy machine is no fault.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*.json; the run then fails")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(ROOT / path) for path in LONG):
            item.add_marker("long")


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold documents, or a skip that says why."""
    if not GOLD.is_dir():
        pytest.skip("../shared/gold is not there (it is only on the project's own machines)")
    return GOLD
