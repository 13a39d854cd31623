"""Who may do what in the archive, by key; and the log of who did, which nobody changes and which says nothing of a document."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from tests.service.archive.holdings import Archive
from tests.service.serving import Served, start
from vnadmin_service.access.scopes import ROLES, needed_for, scopes_of
from vnadmin_service.archive_api.models import AccessPage
from vnadmin_service.guard import new_key
from vnadmin_service.settings import Settings

KEYS = {name: new_key(name, role) for name, role in (
    ("doc", "reader"), ("lan", "clerk"), ("kho", "archivist"), ("truong", "admin"), ("cu", ""), ("so", "read+export"),
)}  # fmt: skip


@pytest.fixture(scope="module")
def keyed(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A service on a copy of the archive, with a key of each role."""
    folder = tmp_path_factory.mktemp("roles")
    shutil.copy(made.catalog, folder / "catalog.db")
    entries = ",".join(entry for _, entry in KEYS.values())
    service = start(
        folder, catalog=folder / "catalog.db", api_keys=entries, workers=1, review_workers=1, rate_limit="5000/minute"
    )
    yield service, folder
    service.stop()


def asked(service: Served, who: str, method: str, path: str, **given: Any) -> httpx.Response:
    headers = {"x-api-key": KEYS[who][0], **given.pop("headers", {})}
    return httpx.request(method, service.url + path, headers=headers, timeout=900, **given)


def entries(service: Served, **asked_for: Any) -> list[dict[str, Any]]:
    """The whole log."""
    found, after = [], ""
    while True:
        answer = asked(
            service, "truong", "GET", "/v1/archive/access", params={"after": after, "limit": 1000, **asked_for}
        )
        page = AccessPage.model_validate_json(answer.content)
        found += answer.json()["entries"]
        if len(page.entries) < 1000:  # each look adds an entry
            return found
        after = page.next


def test_each_role_may_do_what_it_names(keyed: tuple[Served, Path]) -> None:
    """By the API and on the pages."""
    service, _ = keyed
    sha256 = asked(service, "doc", "GET", "/v1/archive/documents?limit=1").json()["documents"][0]["sha256"]
    place = f"/v1/archive/documents/{sha256}/corrections"
    body = {"json": {"pointer": "/subject", "value": "thử vai"}, "headers": {"if-match": "*"}}
    form = {"data": {"pointer": "/subject", "value": "thử vai"}}
    tries: list[tuple[str, str, str, dict[str, Any]]] = [
        ("read", "GET", f"/v1/archive/documents/{sha256}", {}),
        ("read", "GET", "/archive", {}),
        ("correct", "PUT", place, body),
        ("correct", "POST", f"/archive/documents/{sha256}/set", form),
        ("export", "GET", "/archive/export/van-ban.csv", {}),
        ("export", "GET", f"/archive/documents/{sha256}/export/dc", {}),
        ("export", "GET", "/archive/tasks/nhiem-vu.ics", {}),
        ("admin", "GET", "/v1/archive/access", {}),
        ("admin", "GET", "/v1/archive/access.csv", {}),
    ]
    for who, role in (
        ("doc", "reader"),
        ("lan", "clerk"),
        ("kho", "archivist"),
        ("truong", "admin"),
        ("cu", ""),
        ("so", "read+export"),
    ):
        for scope, method, path, given in tries:
            answer = asked(service, who, method, path, **{name: dict(value) for name, value in given.items()})
            if scope in scopes_of(role):
                assert answer.status_code == 200, (who, path, answer.text)
            else:
                assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), (who, path)
                assert scope in answer.json()["detail"]
    assert asked(service, "doc", "GET", "/v1/schema").status_code == 200


def test_the_log_has_who_did_what_and_no_word_of_it(keyed: tuple[Served, Path]) -> None:
    """Read, corrected, exported, refused; page by page, as a table, as lines."""
    service, _ = keyed
    sha256 = asked(service, "doc", "GET", '/v1/archive/documents?q=so:"512/SNV-QH"').json()["documents"][0]["sha256"]
    asked(service, "doc", "GET", f"/v1/archive/documents/{sha256}/text", headers={"x-request-id": "van-ban-da-doc"})
    body = {"pointer": "/subject", "value": "điều không ai được biết"}
    asked(service, "lan", "PUT", f"/v1/archive/documents/{sha256}/corrections", json=body, headers={"if-match": "*"})
    asked(service, "doc", "PUT", f"/v1/archive/documents/{sha256}/corrections", json=body, headers={"if-match": "*"})
    asked(service, "kho", "GET", "/archive/export/van-ban.csv?q=ven+sông")
    found = entries(service)
    last = [(one["key"], one["role"], one["action"], one["sha256"], one["status"]) for one in found[-4:]]
    assert last == [
        ("doc", "reader", "read", sha256, 200),
        ("lan", "clerk", "correct", sha256, 200),
        ("doc", "reader", "correct", None, 403),
        ("kho", "archivist", "export", None, 200),
    ]
    assert found[-4]["request_id"] == "van-ban-da-doc" and found[-4]["route"].endswith("/{sha256}/text")
    whole = json.dumps(found, ensure_ascii=False)
    assert "không ai" not in whole and "ven sông" not in whole and "512" not in [one["route"] for one in found]
    table = list(csv.DictReader(io.StringIO(asked(service, "truong", "GET", "/v1/archive/access.csv").text)))
    lines = [json.loads(line) for line in asked(service, "truong", "GET", "/v1/archive/access.jsonl").text.splitlines()]
    assert [int(row["id"]) for row in table][: len(found)] == [one["id"] for one in found]
    assert lines[: len(found)] == found
    since = found[-3]["at"]
    assert entries(service, since=since)[0]["at"] >= since
    assert entries(service, until="2020-01-01") == []
    noted = [json.loads(line) for line in service.lines.splitlines() if '"route": "/v1/archive' in line]
    assert {"key", "role"} <= noted[-1].keys()


def test_the_database_refuses_to_change_the_log(keyed: tuple[Served, Path]) -> None:
    """Also to whoever has the file."""
    path = keyed[1] / "data" / "access.sqlite"
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    with sqlite3.connect(path) as connection:
        for statement in ("DELETE FROM vnadmin_access", "UPDATE vnadmin_access SET key = 'khac'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_what_was_answered_is_in_the_log_after_a_kill(made: Archive, tmp_path: Path) -> None:
    """The entry is kept before the answer leaves."""
    service = start(tmp_path, catalog=made.catalog, workers=1, review_workers=1)
    ids = [httpx.get(f"{service.url}/v1/archive/changes", timeout=900).headers["x-request-id"] for _ in range(20)]
    children = service.descendants()
    service.stop(signal.SIGKILL)
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    with sqlite3.connect(tmp_path / "data" / "access.sqlite") as connection:
        kept = [row[0] for row in connection.execute("SELECT request_id FROM vnadmin_access ORDER BY id")]
    assert kept == ids


def test_a_log_that_cannot_be_written_stops_the_archive_alone(made: Archive, tmp_path: Path) -> None:
    """No answer without its entry."""
    service = start(tmp_path, catalog=made.catalog, workers=1, review_workers=1)
    with sqlite3.connect(tmp_path / "data" / "access.sqlite") as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON vnadmin_access BEGIN SELECT RAISE(ABORT, 'full'); END")
    answer = httpx.get(f"{service.url}/v1/archive/documents", timeout=900)
    assert (answer.status_code, answer.json()["code"]) == (503, "access_log_unavailable")
    assert httpx.get(f"{service.url}/v1/schema", timeout=900).status_code == 200
    service.stop()


def test_what_is_left_of_the_limit_is_told(keyed: tuple[Served, Path]) -> None:
    """By the names and the form of the draft, and falling."""
    service, _ = keyed
    first, second = (asked(service, "so", "GET", "/v1/archive/changes").headers for _ in range(2))
    assert first["ratelimit-policy"] == '"default";q=5000;w=60'
    left = [int(re.fullmatch(r'"default";r=(\d+);t=\d+', headers["ratelimit"])[1]) for headers in (first, second)]  # type: ignore[index]
    assert left[1] < left[0] < 5000


@pytest.mark.parametrize("role", ["boss", "read+", "READ", "read,correct"])
def test_a_role_that_is_none_is_refused(role: str) -> None:
    """At the start, with the place of the key."""
    with pytest.raises(ValidationError, match="key 1"):
        Settings(api_keys=(f"lan:{64 * 'a'}:{role}",))


def test_a_page_that_is_new_is_not_open_by_mistake() -> None:
    """Whatever changes something needs `correct`; a file that is taken away `export`."""
    assert needed_for("POST", "/archive/anything/new") == "correct"
    assert needed_for("GET", "/archive/registers/so-dang-ky.xlsx") == "export"
    assert needed_for("GET", "/archive/audit/3/report") == "export"
    assert needed_for("GET", "/archive/anything/new") == "read"
    assert needed_for("PUT", "/v1/archive/webhook") == "read"
    assert needed_for("GET", "/v1/parse") is None
    assert needed_for("GET", "/v1/archive/reconcile/runs") == "read"
    assert {needed_for(method, "/v1/archive/reconcile/runs/1") for method in ("POST", "PUT", "DELETE")} == {"admin"}
    assert scopes_of("clerk") == ROLES["clerk"] < scopes_of("admin") == scopes_of("")
