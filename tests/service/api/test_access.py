"""What the service lets in and hands out: without a key, to a client that goes away, under odd hosts and numbers."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.archive.holdings import Archive, make_archive
from tests.service.serving import Served, start
from vnadmin import __version__
from vnadmin.samples import samples
from vnadmin_service.guard import new_key
from vnadmin_service.serve import from_command_line

pytest.importorskip("alembic", reason="the archive's pages need the extra [index]")

KEY, ENTRY = new_key("van-thu")
LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A catalogue, so that the archive's pages are there."""
    return make_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def keyed(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that asks for keys."""
    folder = tmp_path_factory.mktemp("keyed")
    service = start(folder, api_keys=ENTRY, workers=1, review_workers=1, catalog=archive.catalog)
    yield service
    service.stop()


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_without_a_key_no_version_and_no_path_is_told(keyed: Served, path: str) -> None:
    """Whether it works, and what does not; with a key the rest."""
    bare = httpx.get(keyed.url + path, timeout=900)
    assert bare.status_code == 200
    assert __version__ not in bare.text
    assert not re.search(r"[/\\]|\d+\.\d", bare.text)
    full = httpx.get(f"{keyed.url}/readyz", headers={"x-api-key": KEY}, timeout=900).json()
    assert full["status"] == "ready"
    assert all(check["found"] for check in full["checks"] if check["ok"])


def test_no_redirect_leads_to_what_the_host_header_says(keyed: Served) -> None:
    """`/archive/` is no address; every redirect is a path of our own."""
    for path in ("/archive/", "/v1/parse/", "//evil.example/archive/", "/review/"):
        answer = httpx.get(keyed.url + path, headers={"host": "evil.example", "x-api-key": KEY}, timeout=900)
        assert answer.status_code == 404
        assert "location" not in answer.headers


@pytest.mark.parametrize(
    "number", [str(2**31), str(2**63 - 1), str(2**63), str(2**64), "9" * 400, "9" * 5000, "-1", "-9" * 9, "٣"]
)
def test_numbers_of_any_size_are_no_fault(keyed: Served, archive: Archive, number: str) -> None:
    """In every place where an address holds a number."""
    sha256 = "0" * 64
    with httpx.Client(base_url=keyed.url, headers={"x-api-key": KEY}, timeout=900) as client:
        sheet = client.post("/review", files={"file": ("a.txt", LETTER)}).headers["location"]
        hit = client.get("/archive").text.partition("/archive/documents/")[2][:64]
        for method, path in (
            ("GET", f"/archive/queue/{number}"),
            *(("POST", f"/archive/queue/{number}/{what}") for what in ("accept", "keep", "correct")),
            ("GET", f"/archive/queue?after={number}"),
            ("GET", f"/archive/questions/group?item={number}"),
            ("GET", f"/archive/questions?kept={number}"),
            ("GET", f"/archive/queue?done={number}"),
            *(("GET", f"/archive/documents/{of}?review={number}") for of in (sha256, hit)),
            *(("GET", f"/archive/documents/{of}?done={number}") for of in (sha256, hit)),
            *(("GET", f"/archive/documents/{of}/pages/{number}") for of in (sha256, hit)),
            ("GET", f"/archive?page={number}"),
            ("GET", f"/archive?q=tu:{number}"),
            ("GET", f"/archive?q=nam:{number}"),
            ("GET", f"/archive?year={number}"),
            ("GET", f"/archive/tasks?page={number}"),
            ("GET", f"{sheet}/pages/{number}"),
            ("GET", f"{sheet}/pages/{number}/words"),
        ):
            answer = client.request(method, path)
            assert answer.status_code < 500, (method, path[:80], answer.text[:200])
        for path in (f"{sheet}/pages/{number}", f"{sheet}/pages/{number}/words"):
            assert client.get(path).status_code in (404, 422)  # no page has such a number
        for field in ("start", "end"):
            data = {"pointer": "/place", "start": "1", "end": "2", field: number[:12]}
            assert client.post(f"{sheet}/set", data=data).status_code < 500
    assert '"fault"' not in keyed.lines


@pytest.mark.parametrize("form", ["", "Content-Type: multipart/form-data; boundary=x\r\n"])
@pytest.mark.parametrize("path", ["/v1/parse", "/v1/parse/batch", "/review"])
def test_a_client_that_goes_away_is_no_fault(serve: Callable[..., Served], path: str, form: str) -> None:
    """It is noted as such: status 499, which nginx has for it."""
    service = serve(workers=1, review_workers=1)
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{form}Content-Length: 100\r\n\r\n--x".encode())
        time.sleep(0.3)
    while '"request"' not in service.lines:
        time.sleep(0.05)
    lines = [json.loads(line) for line in service.lines.splitlines()]
    assert [(line["event"], line.get("status")) for line in lines if line["event"] in ("fault", "request")] == [
        ("request", 499)
    ]


def test_the_catalogue_is_readable_by_its_user_only(archive: Archive) -> None:
    """And so is what lies beside it."""
    for path in Path(archive.catalog).parent.glob(f"{Path(archive.catalog).name}*"):
        assert path.stat().st_mode & 0o077 == 0, path.name


@pytest.mark.parametrize("name", ["\x1b[31mvăn thư", "a b", "a" * 41, ""])
def test_a_key_gets_no_name_that_the_service_refuses(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Seen: an entry was printed, escape signs in it, with which the service does not start."""
    with pytest.raises(SystemExit) as ended:
        from_command_line(None, None, None, name)
    said = capsys.readouterr()
    assert (ended.value.code, said.out, "\x1b" in said.err) == (2, "", False)
