"""A real service for the tests: its own process, a free port on loopback, its own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

httpx = pytest.importorskip("httpx", reason="needs the extras [service] and [client]")
pytest.importorskip("fastapi", reason="needs the extra [service]")

from tests.service.serving import Served, start  # noqa: E402  after the skips

for _what in ("connect", "read", "write", "pool"):  # httpx gives up after five seconds, which a busy machine may need
    setattr(httpx._config.DEFAULT_TIMEOUT_CONFIG, _what, 900.0)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One service for all tests that do no harm to it."""
    service = start(tmp_path_factory.mktemp("service"), max_bytes=3_000_000)
    yield service
    assert service.stop() in (0, -15)  # uvicorn stops in good order and then raises the signal again


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Services with settings of their own, stopped afterwards."""
    running: list[Served] = []

    def _serve(**settings: object) -> Served:
        running.append(start(tmp_path, **settings))
        return running[-1]

    yield _serve
    for service in running:
        if service.process.poll() is None:
            service.stop()


@pytest.fixture(scope="session")
def http(served: Served) -> Iterator[httpx.Client]:
    """A client of that service."""
    with httpx.Client(base_url=served.url, timeout=900) as client:
        yield client


@pytest.fixture(scope="session")
def slow_text() -> bytes:
    """A document that takes a second or more."""
    from vnadmin.samples import samples

    letter = next(item for item in samples() if item.name == "cong-van.txt")
    return letter.read_bytes() * 1500
