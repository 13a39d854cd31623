"""What lies on the disk and in the processes of a service, and who may read it; what another site may load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.service.serving import Served, start
from vnadmin.export.target import OutputUnwritable
from vnadmin_service.guard import new_key

ELSEWHERE = {"sec-fetch-site": "cross-site"}
LINK = {**ELSEWHERE, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def test_a_service_keeps_what_it_holds_to_itself(tmp_path: Path) -> None:
    """Seen: uploads and answers in a file that everyone reads; hashes of keys and the webhooks' secret with each worker."""
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "jobs.sqlite").touch(mode=0o644)
    key, entry = new_key("kho")
    service = start(tmp_path, api_keys=entry, webhook_secret="s" * 40, workers=1, review_workers=1)
    try:
        found = list(data.glob("jobs.sqlite*"))
        assert found
        assert [path.name for path in found if path.stat().st_mode & 0o077] == []
        headers = {"authorization": f"Bearer {key}"}
        asked = httpx.post(f"{service.url}/v1/parse", content="Số: 1/QĐ-UBND".encode(), headers=headers, timeout=900)
        assert asked.status_code == 200, asked.text
        environments = [Path(f"/proc/{pid}/environ").read_bytes() for pid in service.workers()]
        assert environments
        for environment in environments:
            assert b"VNADMIN_API_KEYS" not in environment
            assert b"VNADMIN_WEBHOOK_SECRET" not in environment
        _loads(service, headers)
    finally:
        service.stop()


def _loads(service: Served, key: dict[str, str]) -> None:
    """Which GET of a page of another site are answered."""
    for path, mark, status in (
        ("/v1/jobs", {}, 200), ("/v1/jobs", ELSEWHERE, 403), ("/v1/jobs", LINK, 403), ("/", LINK, 200),
        ("/", {**ELSEWHERE, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, 403),
        ("/", {**LINK, "sec-fetch-dest": "iframe"}, 403), ("/livez", ELSEWHERE, 200),
    ):  # fmt: skip
        answer = httpx.get(f"{service.url}{path}", headers={**key, **mark}, follow_redirects=True, timeout=900)
        assert answer.status_code == status, (path, mark)


@pytest.mark.parametrize("place", ["file/data", "full"])
def test_a_service_that_cannot_write_says_so(place: str, tmp_path: Path) -> None:
    """Seen: a traceback in its log, status 3. A limit on the size of files stands for the full disk."""
    (tmp_path / "file").touch()
    limit = "ulimit -f 8; " if place == "full" else ""
    ran = subprocess.run(
        ["sh", "-c", f'trap "" XFSZ; {limit}exec "$@"', "sh", sys.executable, "-m", "vnadmin", "serve", "--port", "1"],
        env={**os.environ, "VNADMIN_DATA_DIR": str(tmp_path / place)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == OutputUnwritable.exit_code
    assert ran.stderr.startswith("vnadmin serve: VNADMIN_DATA_DIR: ")
    assert ran.stderr.count("\n") == 1
