"""A fault of the service itself: one problem for the client, its place for the log, and its message for nobody."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

httpx = pytest.importorskip("httpx", reason="needs the extras [service] and [client]")
pytest.importorskip("fastapi", reason="needs the extra [service]")

from vnadmin_service.app import create_app  # noqa: E402  after the skips
from vnadmin_service.logs import configure  # noqa: E402
from vnadmin_service.settings import Settings  # noqa: E402


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """`configure` is for a process of its own."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


async def breaks(*arguments: object, **named: object) -> None:
    """An error with something of the document in its message."""
    raise RuntimeError(f"Tân Lương {arguments} {named}")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/parse"), ("POST", "/v1/parse/batch"), ("GET", f"/v1/jobs/{'0' * 32}")]
)
def test_a_fault_is_answered_once_and_quotes_nothing(
    method: str, path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whichever route."""
    settings = Settings(data_dir=tmp_path, rate_limit="")
    app = create_app(settings)
    service = app.state.service
    service.pool.run = service.jobs.get = breaks
    monkeypatch.setattr("vnadmin_service.routes.batch.read_uploads", breaks)
    configure(settings)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.request(method, path, content=b"Tan Luong", headers={"x-request-id": "fault-test-1"})

    answer = asyncio.run(ask())
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "fault-test-1"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    lines = [line for line in map(json.loads, capsys.readouterr().err.splitlines()) if "request_id" in line]
    assert [line["event"] for line in lines if not line["event"].startswith("HTTP Request")] == ["fault", "request"]
    assert lines[0]["error"] == "builtins.RuntimeError"
    assert any("breaks" in place for place in lines[0]["where"])
    assert "Tân" not in json.dumps(lines, ensure_ascii=False) + answer.text
