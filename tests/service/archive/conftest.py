"""An archive of invented documents, indexed by the real command, and a service that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.service.archive.holdings import Archive, make_archive, serve_copy
from tests.service.browsing import Watched, browser, watch
from tests.service.serving import Served, start

pytest.importorskip("alembic", reason="needs the extra [index]")

__all__ = ["browser", "watch"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive as indexed; tests that change it take a copy of the catalogue."""
    return make_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def shown(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service for tests that change nothing."""
    service = start(tmp_path_factory.mktemp("reading"), catalog=made.catalog, workers=1, review_workers=1)
    yield service
    service.stop()


@pytest.fixture(scope="module")
def written(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Archive]]:
    """A service for a module's tests that correct, on a catalogue of its own; each test takes a document of its own."""
    yield from serve_copy(made, tmp_path_factory.mktemp("writing"))


@pytest.fixture
def watched(watch: Callable[[str], Watched], shown: Served) -> Watched:
    """Pages of the service that only reads."""
    return watch(shown.url)
