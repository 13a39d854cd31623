"""What whoever connects a records system relies on: the list of jobs, stable names of operations, the page /docs, words in Vietnamese."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.service.serving import Served, start
from tests.service.test_jobs import ASYNC, LETTER, ended
from vnadmin.client import AsyncClient, Client
from vnadmin_service.guard import new_key
from vnadmin_service.problems import PROBLEMS, language_in, problem, vietnamese

(MINE, MY_ENTRY), (YOURS, YOUR_ENTRY) = new_key("mine"), new_key("yours")
OPERATIONS = {  # generated clients are called by these names: one that changes breaks them
    "/v1/parse": {"post": "parse"},
    "/v1/parse/batch": {"post": "parse_batch"},
    "/v1/jobs": {"get": "jobs"},
    "/v1/jobs/{job_id}": {"get": "job", "delete": "job_delete"},
    "/v1/jobs/{job_id}/document": {"get": "job_document"},
    "/v1/schema": {"get": "schema"},
    "/v1/archive/documents": {"get": "archive_search"},
    "/v1/archive/documents/{sha256}": {"get": "archive_document"},
    "/v1/archive/documents/{sha256}/text": {"get": "archive_text"},
    "/v1/archive/documents/{sha256}/file": {"get": "archive_file"},
    "/v1/archive/documents/{sha256}/corrections": {
        "get": "archive_history",
        "put": "archive_correct",
        "delete": "archive_undo",
    },
    "/v1/archive/changes": {"get": "archive_changes"},
    "/v1/archive/corrections": {"get": "archive_corrections"},
    "/v1/archive/webhook": {
        "get": "archive_webhook",
        "put": "archive_webhook_put",
        "delete": "archive_webhook_delete",
    },
    "/v1/archive/reconcile/runs": {"get": "archive_runs", "post": "archive_reconcile"},
    "/v1/archive/reconcile/runs/{run}": {"delete": "archive_reconcile_undo", "put": "archive_reconcile_redo"},
    "/v1/archive/reconcile/changes": {"get": "archive_put_right"},
    "/v1/archive/audits": {"get": "archive_audits", "post": "archive_audit_draw"},
    "/v1/archive/audits/{number}": {"get": "archive_audit"},
    "/v1/archive/tasks": {"get": "archive_tasks"},
    "/v1/archive/questions": {"get": "archive_questions"},
    "/v1/archive/access": {"get": "archive_access"},
    "/v1/archive/access.csv": {"get": "archive_access_csv"},
    "/v1/archive/access.jsonl": {"get": "archive_access_lines"},
    "/livez": {"get": "livez"},
    "/readyz": {"get": "readyz"},
    "/metrics": {"get": "metrics"},
}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with two keys."""
    service = start(tmp_path_factory.mktemp("keyed"), api_keys=f"{MY_ENTRY},{YOUR_ENTRY}", workers=1)
    yield service
    service.stop()


def asked(service: Served, key: str, **parameters: Any) -> dict[str, Any]:
    """A page of the list of jobs."""
    answer = httpx.get(f"{service.url}/v1/jobs", params=parameters, headers={"x-api-key": key}, timeout=900)
    return answer.raise_for_status().json()


def test_jobs_are_listed_for_their_own_key_newest_first_in_pages(keyed: Served) -> None:
    """A page names what the next one is asked by; nothing comes twice, and nothing of another key."""
    made = []
    for _ in range(5):
        headers = {**ASYNC, "x-api-key": MINE}
        made.append(httpx.post(f"{keyed.url}/v1/parse", content=LETTER, headers=headers, timeout=900).json()["id"])
    theirs = httpx.post(f"{keyed.url}/v1/parse", content=LETTER, headers={**ASYNC, "x-api-key": YOURS}).json()["id"]
    seen, after = [], None
    while True:
        page = asked(keyed, MINE, limit=2, **({"after": after} if after else {}))
        assert len(page["jobs"]) <= 2
        seen += [job["id"] for job in page["jobs"]]
        after = page["next"]
        if after is None:
            break
    assert seen == made[::-1]
    assert [job["id"] for job in asked(keyed, YOURS)["jobs"]] == [theirs]
    assert all("document" not in job for job in asked(keyed, MINE)["jobs"])


def test_jobs_are_listed_by_their_status(keyed: Served) -> None:
    """As who asks what has failed does."""
    headers = {**ASYNC, "x-api-key": YOURS}
    wrong = b"\x00\x01\x02\x03" * 500
    bad = httpx.post(f"{keyed.url}/v1/parse", content=wrong, headers=headers, timeout=900).json()["id"]
    with httpx.Client(headers={"x-api-key": YOURS}, timeout=900) as client:
        while client.get(f"{keyed.url}/v1/jobs/{bad}").json()["status"] in ("waiting", "running"):
            time.sleep(0.2)
    (failed,) = asked(keyed, YOURS, status="failed")["jobs"]
    assert (failed["id"], failed["problem"]["code"]) == (bad, "unsupported_format")


def test_the_client_lists_jobs(keyed: Served) -> None:
    """All pages of it, in both forms."""
    wanted = [job["id"] for job in asked(keyed, MINE)["jobs"]]

    async def listed() -> list[str]:
        async with AsyncClient(keyed.url, api_key=MINE) as client:
            return [job.id async for job in client.jobs()]

    with Client(keyed.url, api_key=MINE) as client:
        assert [job.id for job in client.jobs()] == wanted
        assert list(client.jobs("cancelled")) == []
    assert asyncio.run(listed()) == wanted


def test_eight_clients_on_two_processes_wait_instead_of_being_refused(http: httpx.Client, served: Served) -> None:
    """9,000 refusals in four seconds, when nothing could wait."""
    statuses: Counter[int] = Counter()
    until = time.monotonic() + 4

    def ask() -> None:
        with httpx.Client(base_url=served.url, timeout=900) as client:
            while time.monotonic() < until:
                statuses[client.post("/v1/parse", content=LETTER).status_code] += 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 503}
    assert statuses[503] <= 40
    assert statuses[200] > 0


@pytest.mark.parametrize(
    ("parameters", "en", "vi"),
    [
        ({"limit": 0}, "at least 1", "ít nhất là 1"),
        ({"limit": 101}, "at most 100", "nhiều nhất là 100"),
        ({"limit": "x"}, "a whole number", "phải là số nguyên"),
        ({"after": "x"}, "of the form", "theo khuôn dạng"),
        ({"status": "lost"}, "one of 'waiting'", "một trong 'waiting'"),
        ({"limti": 5}, "limit, after, status", "chỉ nhận: limit, after, status"),
    ],
)
def test_a_list_that_is_asked_for_otherwise_is_a_problem(
    parameters: dict[str, str], en: str, vi: str, http: httpx.Client
) -> None:
    """Which says what would be right, in both languages, and nothing of what was sent."""
    for language, told in (("en", en), ("vi", vi)):
        answer = http.get("/v1/jobs", params=parameters, headers={"accept-language": language})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")
        assert told in answer.json()["detail"]
        assert "lost" not in answer.text
        assert "limti" not in answer.text


@pytest.mark.parametrize("query", ["includ=evidence", "pages=metadata"])
def test_a_parameter_that_nothing_takes_is_told(query: str, http: httpx.Client) -> None:
    """It would be an answer to another question."""
    for path in ("/v1/parse", "/v1/parse/batch"):
        answer = http.post(f"{path}?{query}", content=LETTER)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")
        assert "taken: include" in answer.json()["detail"]


def test_a_start_with_wrong_settings_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each once, by its variable; and one that is no setting is found."""
    from vnadmin_service.serve import from_command_line
    from vnadmin_service.settings import unknown_variables

    monkeypatch.setenv("VNADMIN_WEBHOOK_NETWORKS", "10.1.0.0/16,10.20.0.1/16")
    monkeypatch.setenv("VNADMIN_WEBHOOK_SECRET", "short")
    monkeypatch.setenv("VNADMIN_SCHEMAS", "/no/such/folder")
    monkeypatch.setenv("VNADMIN_MAX_BYTE", "5")
    with pytest.raises(SystemExit):
        from_command_line(None, None, None, None)
    assert capsys.readouterr().err.splitlines() == [
        "vnadmin serve: VNADMIN_WEBHOOK_SECRET: needs 32 characters or more",
        "vnadmin serve: VNADMIN_WEBHOOK_NETWORKS: 10.20.0.1/16 has host bits set",
        "vnadmin serve: VNADMIN_SCHEMAS: /no/such/folder is no folder with schemas (.xsd)",
    ]
    assert unknown_variables() == ["VNADMIN_MAX_BYTE"]


def test_operations_keep_their_names(http: httpx.Client) -> None:
    """In the order of nothing: by address and method."""
    document = http.get("/openapi.json").raise_for_status().json()
    found = {
        path: {method: operation["operationId"] for method, operation in item.items()}
        for path, item in document["paths"].items()
    }
    assert found == OPERATIONS


def test_the_page_docs_comes_whole_from_the_service(http: httpx.Client) -> None:
    """Every script and style that it names is at this address, under the policy of all pages."""
    page = http.get("/docs")
    assert page.status_code == 200
    assert "script-src 'self';" in page.headers["content-security-policy"]
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert any(".js?" in name for name in named)
    for name in named:
        assert name.startswith("/docs/"), name
        assert http.get(name).raise_for_status().content
    assert http.get("/docs/static/other.js").status_code == 404


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"), ("vi", "vi"), ("vi-VN,vi;q=0.9,en-US;q=0.8", "vi"), ("en-US,en;q=0.9,vi;q=0.8", "en"), ("*", "en"),
        ("fr, vi;q=0.3", "vi"), ("vi;q=0, en;q=0.1", "en"), ("vi;q=x", "en"), ("VI-vn", "vi"), (";;,,q=", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_problem_is_what_the_client_prefers(header: str, language: str) -> None:
    """English where it says nothing, as ever."""
    assert language_in(header) == language


def test_every_problem_has_its_words_in_vietnamese() -> None:
    """The title and the advice; a code without them is a defect."""
    assert set(vietnamese()) == set(PROBLEMS)
    assert all(words.title and words.advice for words in vietnamese().values())


def test_issues_are_told_in_vietnamese_wherever_a_document_is(http: httpx.Client) -> None:
    """In an answer, in the line of a batch, and in a job; English where nobody asks otherwise."""
    blank = "Số văn bản để trống."
    asked = {"accept-language": "vi"}

    def said(document: dict[str, Any]) -> list[str]:
        return [issue["message"] for issue in document["issues"] if issue["code"] == "number_blank"]

    answer = http.post("/v1/parse", content=LETTER, headers=asked)
    assert said(answer.json()) == [blank]
    assert "accept-language" in answer.headers["vary"].lower()
    assert said(http.post("/v1/parse", content=LETTER).json()) == ["The document number was left blank."]
    line = http.post("/v1/parse/batch", files={"file": ("a.txt", LETTER)}, headers=asked).json()
    assert said(line["document"]) == [blank]
    place = http.post("/v1/parse", content=LETTER, headers=ASYNC).headers["location"]
    job = ended(f"{str(http.base_url).rstrip('/')}{place}")
    assert said(http.get(f"/v1/jobs/{job['id']}", headers=asked).json()["document"]) == [blank]
    assert said(http.get(f"/v1/jobs/{job['id']}/document", headers=asked).json()) == [blank]


def test_who_installs_what_is_missing_is_told() -> None:
    """An answer of the service speaks of the server's machine, not of who asks."""
    missing = PROBLEMS["missing_extra"]("Reading .doc needs olefile.", "pip install 'vnadmin[legacy]'")
    assert problem(missing).advice == "On the server: pip install 'vnadmin[legacy]'"
    assert problem(missing, language="vi").advice == "Trên máy chủ: pip install 'vnadmin[legacy]'"


def test_problems_are_told_in_vietnamese_wherever_they_arise(http: httpx.Client, keyed: Served) -> None:
    """By a route, by the guard before it, in the line of a batch, and in a job."""
    asked = {"accept-language": "vi-VN,vi;q=0.9,en;q=0.5"}
    wrong = b"\x00\x01\x02\x03" * 500
    answer = http.post("/v1/parse", content=wrong, headers=asked)
    words = vietnamese()["unsupported_format"]
    assert (answer.json()["title"], answer.json()["advice"]) == (words.title, words.advice)
    assert answer.headers["content-language"] == "vi"
    assert "accept-language" in answer.headers["vary"].lower()
    assert http.post("/v1/parse", content=wrong).json()["title"] == "The input is of no format that vnadmin reads."
    refused = httpx.get(f"{keyed.url}/v1/schema", headers=asked)
    assert refused.json()["title"] == vietnamese()["unauthorized"].title
    line = http.post("/v1/parse/batch", files={"file": ("x", wrong)}, headers=asked).json()
    assert line["problem"]["title"] == words.title
    where = http.post("/v1/parse", content=wrong, headers=ASYNC).headers["location"]
    ended(str(http.base_url).rstrip("/") + where)
    assert http.get(where, headers=asked).json()["problem"]["title"] == words.title
