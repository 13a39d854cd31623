"""What goes wrong is told as a problem (RFC 9457) with a code, and tells nothing else."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import socket
import zipfile
from collections.abc import Iterator

import httpx
import pytest

from tests.service.serving import Served, start
from vnadmin.samples import samples
from vnadmin_service.guard import new_key
from vnadmin_service.problems import in_vietnamese, limit_of

SAMPLES = {item.name: item.read_bytes() for item in samples()}
LETTER = SAMPLES["cong-van.txt"]


KEYS = {name: new_key(name) for name in ("van-thu", "mot-cua", "thu-ba")}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that asks for keys and counts requests."""
    entries = ",".join(entry for _, entry in KEYS.values())
    service = start(tmp_path_factory.mktemp("keyed"), api_keys=entries, rate_limit="30/hour")
    yield service.url
    service.stop()


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One process, nothing may wait, little time for bodies, never enough disk."""
    folder = tmp_path_factory.mktemp("narrow")
    service = start(folder, workers=1, waiting=0, body_seconds=0.5, min_free_mb=10**9)
    yield service.url
    service.stop()


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    """The answer is this problem."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:vnadmin:problem:{code}")
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["advice"]
    assert "Traceback" not in answer.text
    assert "/work/" not in answer.text
    assert "site-packages" not in answer.text
    return body


def encrypted_pdf() -> bytes:
    """What a PDF with a password looks like from outside: only the trailer's /Encrypt matters here."""
    pikepdf = pytest.importorskip("pikepdf", reason="makes the encrypted PDF")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(SAMPLES["thong-bao.pdf"])) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "empty_input"),
        (b"\x00\x01\x02\x03" * 500, 415, "unsupported_format"),
        (SAMPLES["to-trinh.docx"][:900], 422, "damaged_input"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 422, "damaged_input"),
    ],
)
def test_unreadable_documents_have_the_code_of_the_library(
    body: bytes, status: int, code: str, http: httpx.Client
) -> None:
    """Raw and as a form."""
    problem(http.post("/v1/parse", content=body), status, code)
    problem(http.post("/v1/parse", files={"file": ("x", body)}), status, code)


def test_an_encrypted_pdf(http: httpx.Client) -> None:
    """The advice says how to remove the password."""
    assert "qpdf" in str(problem(http.post("/v1/parse", content=encrypted_pdf()), 422, "encrypted_input")["advice"])


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"text": 1}', "bad_body"),
        (b'{"text": ""}', "bad_body"),
        (b"{}", "bad_body"),
        (b"[", "bad_body"),
        (b'{"text": "a", "bi mat": 1}', "bad_body"),
    ],
)
def test_json_of_another_shape(body: bytes, detail: str, http: httpx.Client) -> None:
    """The answer does not send back what was in it."""
    answer = http.post("/v1/parse", content=body, headers={"content-type": "application/json"})
    problem(answer, 400, detail)
    assert "bi mat" not in answer.text


def test_forms_with_no_file_or_too_many(http: httpx.Client) -> None:
    """One file is wanted."""
    problem(http.post("/v1/parse", files=[("a", ("", b"", None))]), 400, "bad_request")
    two = [("file", ("a.txt", LETTER)), ("file", ("b.txt", LETTER))]
    assert "batch" in str(problem(http.post("/v1/parse", files=two), 400, "bad_request"))
    broken = {"content-type": "multipart/form-data; boundary=x"}
    problem(http.post("/v1/parse", content=b"--y\r\n", headers=broken), 400, "bad_request")


def test_what_cannot_be_negotiated(http: httpx.Client) -> None:
    """Accept, include, Content-Encoding, method, address."""
    problem(http.post("/v1/parse", content=LETTER, headers={"accept": "image/png"}), 406, "not_acceptable")
    problem(http.post("/v1/parse", content=LETTER, headers={"accept": "/"}), 406, "not_acceptable")
    problem(http.post("/v1/parse?include=everything", content=LETTER), 422, "invalid_parameter")
    problem(http.post("/v1/parse", content=LETTER, headers={"content-encoding": "gzip"}), 415, "unsupported_coding")
    wrong = http.put("/v1/parse", content=LETTER)
    problem(wrong, 405, "method_not_allowed")
    assert wrong.headers["allow"] == "POST"
    problem(http.get("/v1/nothing"), 404, "not_found")


def test_a_body_over_the_limit_is_cut_off_whether_announced_or_not(http: httpx.Client, served: Served) -> None:
    """By Content-Length before anything is read; chunked as soon as the limit is passed; in a form too."""
    big = bytes(4_000_000)
    problem(http.post("/v1/parse", content=big), 413, "body_too_large")
    problem(http.post("/v1/parse", files={"file": ("x", big)}), 413, "body_too_large")
    sent = 0

    def endless():
        nonlocal sent
        while sent < 200_000_000:
            sent += 65536
            yield bytes(65536)

    with contextlib.suppress(httpx.TransportError):  # the connection was closed while the client still wrote
        problem(http.post("/v1/parse", content=endless()), 413, "body_too_large")
    assert sent < 50_000_000
    assert http.get("/readyz").status_code == 200


def test_a_limit_is_told_as_people_say_it() -> None:
    """Seen: 67108864 bytes."""
    assert limit_of(64 * 1024**2) == "The limit is 64 MB."
    assert limit_of(3_000_000) == "The limit is 3000000 bytes."
    assert in_vietnamese(limit_of(64 * 1024**2)) == "Giới hạn là 64 MB."


def test_a_file_over_the_limit_of_the_parser(http: httpx.Client) -> None:
    """Inside the room that a form has for its own lines, the parser's limit holds."""
    problem(http.post("/v1/parse", content=b"a" * 3_000_001), 413, "limit_exceeded")


def test_a_body_that_does_not_arrive(narrow: str) -> None:
    """408 after the time for bodies, and its place is free again."""
    host, port = narrow.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=900) as connection:
        connection.sendall(b"POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")
        answer = ""
        while "body_timeout" not in answer and (
            more := connection.recv(65536)
        ):  # head and body come one after the other
            answer += more.decode()
    assert answer.startswith("HTTP/1.1 408")
    assert '"code":"body_timeout"' in answer
    assert httpx.post(f"{narrow}/v1/parse", content=LETTER).status_code == 200


def test_keys(keyed: str) -> None:
    """A key by Bearer, X-API-Key or Basic; none and a wrong one are 401; /livez and /readyz are open."""
    url, key, other = keyed, KEYS["van-thu"][0], KEYS["mot-cua"][0]
    for headers in ({}, {"x-api-key": "guess"}, {"authorization": "Bearer"}, {"authorization": "Basic %%%"}):
        answer = httpx.post(f"{url}/v1/parse", content=LETTER, headers=headers)
        problem(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    basic = base64.b64encode(f"any:{key}".encode()).decode()
    for headers in (
        {"authorization": f"Bearer {key}"},
        {"x-api-key": key},
        {"x-api-key": other},
        {"authorization": f"Basic {basic}"},
    ):
        assert httpx.post(f"{url}/v1/parse", content=LETTER, headers=headers).status_code == 200
    assert httpx.get(f"{url}/readyz").status_code == 200
    problem(httpx.get(f"{url}/metrics"), 401, "unauthorized")
    assert httpx.get(f"{url}/").headers["www-authenticate"].startswith("Basic")
    # a job belongs to the key that made it
    queued = httpx.post(f"{url}/v1/parse", content=LETTER, headers={"x-api-key": key, "prefer": "respond-async"})
    job = url + queued.headers["location"]
    assert httpx.get(job, headers={"x-api-key": key}).status_code == 200
    problem(httpx.get(job, headers={"x-api-key": other}), 404, "not_found")
    problem(httpx.delete(job, headers={"x-api-key": other}), 404, "not_found")


def test_the_limit_of_requests_is_for_each_key(keyed: str) -> None:
    """429 with Retry-After for the one, while the other goes on; guessing keys is limited too."""
    with httpx.Client(base_url=keyed) as client:
        third = {"x-api-key": KEYS["thu-ba"][0]}
        assert {client.get("/v1/schema", headers=third).status_code for _ in range(30)} == {200}
        answer = client.get("/v1/schema", headers=third)
        problem(answer, 429, "too_many_requests")
        assert 0 < int(answer.headers["retry-after"]) <= 3600
        assert client.get("/v1/schema", headers={"x-api-key": KEYS["mot-cua"][0]}).status_code == 200
        guesses = [client.get("/v1/schema", headers={"x-api-key": f"guess{i}"}).status_code for i in range(31)]
        assert (guesses[0], guesses[-1]) == (401, 429)


def test_pages_of_other_sites_cannot_use_a_service_without_keys(http: httpx.Client) -> None:
    """Neither by a form that posts here, nor by a name that points at loopback."""
    problem(http.post("/v1/parse", content=LETTER, headers={"sec-fetch-site": "cross-site"}), 403, "cross_site")
    problem(http.get("/v1/schema", headers={"host": "evil.example"}), 421, "unknown_host")
    answer = http.post("/v1/parse", content=LETTER, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_every_answer_has_the_headers_that_guard_a_browser(http: httpx.Client) -> None:
    """Errors too; the request id of the client is kept if it is harmless."""
    for answer in (http.get("/livez"), http.get("/nothing"), http.post("/v1/parse", content=b"")):
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
    assert http.get("/livez", headers={"x-request-id": "ho-so-123"}).headers["x-request-id"] == "ho-so-123"
    forged = http.get("/livez", headers={"x-request-id": 'a"} forged'}).headers["x-request-id"]
    assert "forged" not in forged


def test_busy_is_said_at_once_with_a_time_to_come_back(narrow: str, slow_text: bytes) -> None:
    """One process, nothing may wait: the second document is 503 while the first is read, and the first is answered."""
    import concurrent.futures

    url = narrow
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        first = threads.submit(httpx.post, f"{url}/v1/parse", content=slow_text, timeout=900)
        while "vnadmin_parsing 1.0" not in httpx.get(f"{url}/metrics").text:
            assert not first.done()
        refused = httpx.post(f"{url}/v1/parse", content=LETTER, timeout=900)
        problem(refused, 503, "busy")
        assert refused.headers["retry-after"] == "1"
        assert first.result().status_code == 200


def test_logs_are_json_lines_with_the_request_id_and_without_the_document(http: httpx.Client, served: Served) -> None:
    """Names, numbers and subjects of documents stay out, also when they come in a broken request."""
    for content in (LETTER, SAMPLES["to-trinh.docx"], b'{"text": 1, "TAN LUONG": 2}'):
        http.post("/v1/parse", content=content, headers={"x-request-id": "log-test-1"})
    http.post("/v1/parse?q=TAN-LUONG", content=LETTER)
    http.get("/TAN%20LUONG/hạn%20mặn")
    lines = [json.loads(line) for line in served.lines.splitlines()]
    ours = [line for line in lines if line.get("request_id") == "log-test-1"]
    assert len(ours) == 3
    assert {"method", "route", "status", "ms", "event", "timestamp", "level"} <= set(ours[0])
    assert ours[0]["source_type"] == "text/plain"
    for word in ("hạn mặn", "TAN LUONG", "TAN-LUONG", "Tân Lương", "UBND-NN"):
        assert word not in served.lines


def test_metrics_are_what_prometheus_reads(http: httpx.Client) -> None:
    """Counts by route, status and code."""
    from prometheus_client.parser import text_string_to_metric_families

    http.post("/v1/parse", content=LETTER)
    http.post("/v1/parse", content=b"")
    families = {f.name: f for f in text_string_to_metric_families(http.get("/metrics").text)}
    counted = {(s.labels.get("route"), s.labels.get("status")) for s in families["vnadmin_requests"].samples}
    assert {("/v1/parse", "200"), ("/v1/parse", "422")} <= counted
    assert "empty_input" in {s.labels.get("code") for s in families["vnadmin_problems"].samples}
    assert families["vnadmin_parsing_capacity"].samples[0].value == 10


def test_readiness_names_what_doctor_finds(http: httpx.Client) -> None:
    """Disk, queue, and each line of `vnadmin doctor`."""
    from vnadmin.commands.doctor import examine

    answer = http.get("/readyz").json()
    assert answer["status"] == "ready"
    named = {check["name"]: check["ok"] for check in answer["checks"]}
    assert named["disk"]
    assert named["queue"]
    assert {check.name for check in examine()} <= set(named)


def test_a_full_disk_is_not_ready(narrow: str) -> None:
    """503 and the reason, and no other answer is stopped by it."""
    answer = httpx.get(f"{narrow}/readyz")
    assert answer.status_code == 503
    assert {c["name"]: c["ok"] for c in answer.json()["checks"]}["disk"] is False
    assert httpx.post(f"{narrow}/v1/parse", content=LETTER).status_code == 200


def test_a_zip_bomb_is_refused(http: httpx.Client) -> None:
    """A .docx that unpacks to more than the parser takes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(400_000_000))
    answer = http.post("/v1/parse", content=out.getvalue())
    assert answer.status_code in (413, 422)
