"""Webhooks: signed, tried again, not lost by a restart, and never sent to where the operator did not allow."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.serving import Served, free_port, start
from tests.service.test_jobs import ASYNC, LETTER, ended
from vnadmin_service.guard import new_key
from vnadmin_service.webhooks import send as sending
from vnadmin_service.webhooks.address import NotAllowed, is_public, pinned, read_url
from vnadmin_service.webhooks.signature import secret_of, signed

SECRET = "a secret of the service, of some length"
ROOT = Path(__file__).parent.parent.parent
ON = {"webhook_secret": SECRET, "webhook_networks": "127.0.0.1/32", "workers": 1}
Got = tuple[dict[str, str], bytes]


class Receiver:
    """A server that notes what it is sent, and answers with these statuses in turn, the last for good."""

    def __init__(self, *statuses: int, port: int = 0) -> None:
        self.got: list[Got] = []
        answers = [*statuses] or [200]

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:
                body = handler.rfile.read(int(handler.headers["content-length"]))
                self.got.append(({k.lower(): v for k, v in handler.headers.items()}, body))
                handler.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
                handler.send_header("location", "/elsewhere")
                handler.end_headers()

            def log_message(handler, *words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook?from=vnadmin"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait(self, count: int, seconds: float = 900.0) -> list[Got]:
        """The messages, once there are so many."""
        deadline = time.monotonic() + seconds
        while len(self.got) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(self.got) >= count
        return self.got

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def receiver(*statuses: int, port: int = 0) -> Iterator[Receiver]:
    made = Receiver(*statuses, port=port)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that may tell this machine of its jobs."""
    service = start(tmp_path_factory.mktemp("telling"), **ON)
    yield service
    service.stop()


def queued(service: Served, url: str, body: bytes = LETTER, **headers: str) -> str:
    """The address of a job with a webhook."""
    asked = {**ASYNC, "x-webhook-url": url, **headers}
    answer = httpx.post(f"{service.url}/v1/parse", content=body, headers=asked, timeout=900)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def told(service: Served, where: str, status: str, seconds: float = 900.0) -> dict[str, Any]:
    """The job, once its webhook is in this state."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job = httpx.get(service.url + where, timeout=900).json()
        if job["webhook"]["status"] == status:
            return job
        time.sleep(0.1)
    raise AssertionError(job["webhook"])


def verified(got: Got, secret: str) -> dict[str, Any]:
    """The message, by the rules of Standard Webhooks as a receiver would check them."""
    headers, body = got
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert hmac.compare_digest(headers["webhook-signature"], expected)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 300
    return json.loads(body)


def test_the_end_of_a_job_is_told_signed_and_without_a_word_of_the_document(telling: Served) -> None:
    """Its id and status; for a failed one the code. What it says is fetched with the key."""
    with receiver() as office:
        good = queued(telling, office.url)
        bad = queued(telling, office.url, b"\x00\x01\x02\x03" * 500)
        got = office.wait(2)
        told(telling, good, "delivered")
        messages = {message["data"]["id"]: message for message in (verified(one, secret_of(SECRET, "")) for one in got)}
        done, failed = (messages[where.rpartition("/")[2]] for where in (good, bad))
        assert (done["type"], done["data"]["status"], done["data"]["code"]) == ("job.done", "done", None)
        assert (failed["type"], failed["data"]["code"]) == ("job.failed", "unsupported_format")
        assert set(done["data"]) == {"id", "status", "created_at", "ended_at", "pages", "code"}
        assert all("UBND" not in body.decode() and "/hook" not in telling.lines for _, body in got)
        assert all(headers["webhook-id"] == f"job_{json.loads(body)['data']['id']}" for headers, body in got)


def test_a_receiver_that_fails_is_told_again_by_the_same_id(telling: Served) -> None:
    """A redirect is a failure, and followed nowhere."""
    with receiver(302, 204) as office:
        where = queued(telling, office.url)
        first, second, *_ = office.wait(2, 60)
        assert first[0]["webhook-id"] == second[0]["webhook-id"]
        assert httpx.get(telling.url + where).json()["webhook"]["attempts"] >= 2
        verified(second, secret_of(SECRET, ""))
        told(telling, where, "delivered")


def test_a_receiver_that_is_gone_is_told_no_more(telling: Served) -> None:
    """410."""
    with receiver(410) as office:
        where = queued(telling, office.url)
        assert told(telling, where, "given_up")["webhook"]["attempts"] == 1


def test_a_cancelled_job_is_told_too(telling: Served) -> None:
    """By whoever cancelled it."""
    with receiver() as office, telling.frozen():
        where = queued(telling, office.url)
        telling.until_running(where)
        assert httpx.delete(telling.url + where, timeout=900).status_code == 204
        assert json.loads(office.wait(1)[0][1])["type"] == "job.cancelled"


def test_a_restart_loses_no_webhook(tmp_path: Path) -> None:
    """Killed while nobody answered; started again, it tells."""
    port = free_port()
    service = start(tmp_path, **ON)
    where = queued(service, f"http://127.0.0.1:{port}/hook")
    ended(service.url + where)
    told(service, where, "waiting")
    service.stop(signal.SIGKILL)
    with receiver(port=port) as office:
        service = start(tmp_path, **ON)
        try:
            office.wait(1)
            told(service, where, "delivered")
        finally:
            service.stop()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/", "https://", "https://user:pass@example.com/", "https://example.com/#x", "https://ex ample.com/",
        "http://example.com:x/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://127.0.0.2/",
        "http://1.1.1.1/", "https://[::ffff:127.0.0.2]/", "https://" + "a" * 2000, "//example.com/",
    ],
)  # fmt: skip
def test_an_address_that_is_seen_to_be_wrong_is_refused_at_once(url: str, telling: Served) -> None:
    """422, and no job is queued."""
    answer = httpx.post(f"{telling.url}/v1/parse", content=LETTER, headers={**ASYNC, "x-webhook-url": url}, timeout=900)
    assert (answer.status_code, answer.json()["code"]) == (422, "webhook_refused")


def test_webhooks_are_off_without_a_secret_and_only_for_jobs(http: httpx.Client, telling: Served) -> None:
    answer = http.post("/v1/parse", content=LETTER, headers={**ASYNC, "x-webhook-url": "https://example.com/"})
    assert (answer.status_code, answer.json()["code"]) == (422, "webhook_refused")
    answer = httpx.post(f"{telling.url}/v1/parse", content=LETTER, headers={"x-webhook-url": "https://example.com/"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True), ("2606:4700:4700::1111", True), ("64:ff9b::101:101", True), ("2002:101:101::1", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("240.0.0.1", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fc00::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::1", False), ("2001:0:a00:1::5601:ff", False), ("198.18.0.1", False),
        ("192.0.0.192", False), ("192.88.99.1", False), ("fec0::1", False), ("64:ff9b:1::101:101", False), ("::1.1.1.1", False),
        ("100::1", False), ("2001:db8::1", False), ("3fff::1", False), ("5f00::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Also the IPv4 address inside an IPv6 one."""
    assert is_public(ipaddress.ip_address(address)) is public


def answers(monkeypatch: pytest.MonkeyPatch, *turns: list[str]) -> list[str]:
    """A name server that answers otherwise each time; what it was asked."""
    asked: list[str] = []
    left = list(turns)

    def lookup(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.mark.parametrize("found", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_sent_to(found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where only one of its addresses does."""
    answers(monkeypatch, found)
    with pytest.raises(NotAllowed):
        pinned(read_url("https://example.com/", ()), ())


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a second answer, which would be used by a connection that looks up by itself, is not asked for."""
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    asked = answers(monkeypatch, ["1.1.1.1"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        sending.send("https://example.com:8443/x", b"{}", {}, allowed=(), seconds=5)
    assert (asked, connected) == (["example.com"], [("1.1.1.1", 8443)])


def test_an_answer_that_trickles_is_cut_off() -> None:
    """Each byte would begin the socket's own time anew."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle() -> None:
            peer, _ = listening.accept()
            with peer:
                try:
                    while True:
                        peer.sendall(b"H")
                        time.sleep(0.2)
                except OSError:
                    pass

        threading.Thread(target=trickle, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises((OSError, http.client.HTTPException)):
            sending.send(url, b"{}", {}, allowed=[ipaddress.ip_network("127.0.0.1/32")], seconds=1.5)


def test_each_key_has_a_secret_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made from the service's, printed by `vnadmin serve --webhook-secret NAME`; one key cannot sign for another."""
    from vnadmin_service.serve import from_command_line

    key, entry = new_key("van-thu")
    monkeypatch.setenv("VNADMIN_WEBHOOK_SECRET", SECRET)
    from_command_line(None, None, None, None, webhook_secret="van-thu")
    told = capsys.readouterr()
    assert "no key has the name 'van-thu'" in told.err
    printed = told.out.removesuffix("\n")
    assert printed == secret_of(SECRET, "van-thu") != secret_of(SECRET, "")
    service = start(tmp_path, api_keys=entry, **ON)
    try:
        with receiver() as office:
            queued(service, office.url, **{"x-api-key": key})
            got = office.wait(1)[0]
            verified(got, printed)
            with pytest.raises(AssertionError):
                verified(got, secret_of(SECRET, "other"))
    finally:
        service.stop()


def test_the_lines_of_the_guide_check_it() -> None:
    """As they stand there."""
    code = re.findall(r"```python\n(.*?)```", (ROOT / "docs/how-to/webhooks.md").read_text("utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(compile(code, "webhooks.md", "exec"), names)
    secret = secret_of(SECRET, "van-thu")
    headers = dict(signed(secret, "job_1", 1614265330, b"{}"))
    assert names["is_ours"](secret, headers, b"{}")
    assert not names["is_ours"](secret, headers, b"{} ")


def test_the_signature_is_the_one_of_the_specification() -> None:
    """The example of Standard Webhooks."""
    body = b'{"test": 2432232314}'
    found = signed("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "localhost",
        "a.localhost",
        "127.0.0.1%00.b.vn",
        ".",
        "..",
    ],
)
def test_a_host_that_is_seen_to_be_wrong(host: str) -> None:
    """Seen: taken, and tried ten times over eight hours."""
    with pytest.raises(NotAllowed):
        read_url(f"https://{host}/", ())
    with pytest.raises(NotAllowed):
        read_url("https://kho.vn:0/", ())
    assert read_url("https://kho.vn:8443/", ()).port == 8443


def test_public_addresses_are_sent_to_at_two_ports() -> None:
    """443 and 8443, others by a setting; a network that the operator allows has all of its ports."""
    inside = [ipaddress.ip_network("10.1.0.0/16")]
    for url in ("https://kho.vn:22/", "https://1.1.1.1:6379/"):
        with pytest.raises(NotAllowed):
            read_url(url, ())
    for url in ("https://kho.vn/", "https://1.1.1.1:8443/"):
        assert read_url(url, ()).tls
    assert read_url("https://kho.vn:9443/", (), (9443,)).port == 9443
    assert read_url("http://10.1.0.9:8080/", inside).port == 8080
    with pytest.raises(NotAllowed):
        read_url("https://1.1.1.1:6379/", inside)


def test_a_name_at_another_port_may_only_lead_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known when the name was looked up."""
    inside = [ipaddress.ip_network("10.1.0.0/16")]
    target = read_url("https://kho.vn:9443/", inside)
    answers(monkeypatch, ["10.1.0.9"], ["1.1.1.1"])
    assert pinned(target, inside).address == "10.1.0.9"
    with pytest.raises(NotAllowed):
        pinned(target, inside)
