"""Programs are told that the archive changed: signed, until it was taken, across a kill of the service, and never of what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.service.archive.holdings import Archive
from tests.service.serving import Served, start
from tests.service.test_webhooks import ON, SECRET, Got, receiver
from vnadmin_service.webhooks.signature import secret_of, signed

HOOK = "/v1/archive/webhook"


@contextmanager
def serving(folder: Path, archive: Archive, **settings: object) -> Iterator[Served]:
    service = start(folder, catalog=archive.catalog, review_workers=1, **{**ON, **settings})
    try:
        yield service
    finally:
        service.stop()


@pytest.fixture
def archive(made: Archive, tmp_path: Path) -> Archive:
    """A copy of the catalogue."""
    catalog = tmp_path / "catalog.db"
    catalog.write_bytes(made.catalog.read_bytes())
    return Archive(made.folder, catalog)


def correct(service: Served, value: str) -> int:
    """Of the first document; its new revision."""
    with httpx.Client(base_url=service.url, timeout=900) as client:
        sha256 = client.get("/v1/archive/documents?limit=1&sort=oldest").json()["documents"][0]["sha256"]
        answer = client.put(
            f"/v1/archive/documents/{sha256}/corrections",
            json={"pointer": "/subject", "value": value},
            headers={"if-match": "*"},
        )
    return int(answer.json()["revision"])


def revision(message: Got) -> int:
    """The change that a message tells of; the message holds nothing else and is signed."""
    headers, body = message
    wanted = signed(secret_of(SECRET, ""), headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == wanted["webhook-signature"]
    told = json.loads(body)
    assert (told["type"], list(told["data"])) == ("archive.changed", ["revision"])
    return int(told["data"]["revision"])


def test_a_change_is_told_until_it_was_taken(archive: Archive, tmp_path: Path) -> None:
    """The receiver fails, and the service is killed meanwhile; the message comes again, and names the last change."""
    with receiver(500, 200) as taker:
        with serving(tmp_path, archive) as service:
            assert httpx.get(service.url + HOOK, timeout=900).status_code == 404
            put = httpx.put(service.url + HOOK, json={"url": taker.url}, timeout=900)
            assert put.json() == {"url": taker.url, "told": put.json()["told"], "attempts": 0}
            made = correct(service, "lần một")
            assert made > put.json()["told"]
            assert revision(taker.wait(1)[0]) == made
            service.process.kill()
            service.process.wait()
        with serving(tmp_path, archive) as service:
            assert revision(taker.wait(2)[1]) == made
            made = correct(service, "lần hai")
            assert revision(taker.wait(3)[2]) == made
            assert httpx.delete(service.url + HOOK, timeout=900).status_code == 204
            assert httpx.get(service.url + HOOK, timeout=900).status_code == 404


def test_a_receiver_that_is_gone_is_told_no_more(archive: Archive, tmp_path: Path) -> None:
    """410 ends the subscription; addresses that no webhook may go to are refused."""
    with receiver(410) as taker, serving(tmp_path, archive) as service:
        assert httpx.put(service.url + HOOK, json={"url": taker.url}, timeout=900).status_code == 200
        correct(service, "lần một")
        taker.wait(1)
        with httpx.Client(base_url=service.url, timeout=900) as client:
            while client.get(HOOK).status_code == 200:
                pass
            refused = client.put(HOOK, json={"url": "http://10.1.2.3/"})
            assert refused.json()["code"] == "webhook_refused"


def test_without_a_secret_there_is_none(shown: Served) -> None:
    answer = httpx.put(shown.url + HOOK, json={"url": "https://example.com/"}, timeout=900)
    assert answer.json()["code"] == "webhook_refused"
