"""Processes that die, hang or eat memory cost one request each."""

from __future__ import annotations

import concurrent.futures
import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.service.serving import Served
from tests.service.test_jobs import ready
from vnadmin.samples import samples

LETTER = next(item for item in samples() if item.name == "cong-van.txt").read_bytes()


def test_kill_9_of_a_worker_in_mid_parse(serve: Callable[..., Served]) -> None:
    """That request gets a clear problem, and the next succeeds."""
    service = serve(workers=1)
    with concurrent.futures.ThreadPoolExecutor(1) as threads, service.frozen() as workers:
        parsing = threads.submit(httpx.post, f"{service.url}/v1/parse", content=LETTER, timeout=900)
        service.until_parsing()
        os.kill(workers[0], signal.SIGKILL)
        answer = parsing.result()
    assert (answer.status_code, answer.json()["code"]) == (500, "worker_lost")
    assert httpx.post(f"{service.url}/v1/parse", content=LETTER, timeout=900).status_code == 200
    assert 'vnadmin_workers_lost_total{why="died"} 1.0' in httpx.get(f"{service.url}/metrics").text


def test_what_answers_goes_before_what_reads(serve: Callable[..., Served]) -> None:
    """The kernel gives the processor to the server first, and to those that read documents after it."""
    service = serve(workers=1)
    own, until = os.getpriority(os.PRIO_PROCESS, service.process.pid), time.monotonic() + 60
    while (found := {os.getpriority(os.PRIO_PROCESS, pid) - own for pid in service.workers()}) != {5}:  # one may begin
        assert time.monotonic() < until, found
        time.sleep(0.1)


def test_a_document_that_takes_too_long_is_cut_off(serve: Callable[..., Served]) -> None:
    """503 parse_timeout without Retry-After, since it would take as long again; then the next document is read."""
    service = serve(workers=1, seconds=20.0)
    with service.frozen():
        answer = httpx.post(f"{service.url}/v1/parse", content=LETTER, timeout=900)
    assert (answer.status_code, answer.json()["code"]) == (503, "parse_timeout")
    assert "retry-after" not in answer.headers
    assert httpx.post(f"{service.url}/v1/parse", content=LETTER, timeout=900).status_code == 200


def test_a_document_that_takes_too_much_memory_is_cut_off(serve: Callable[..., Served], slow_text: bytes) -> None:
    """500 worker_lost; then the next document is read."""
    service = serve(workers=1, memory_mb=150)
    answer = httpx.post(f"{service.url}/v1/parse", content=slow_text * 4, timeout=900)
    assert (answer.status_code, answer.json()["code"]) == (500, "worker_lost")
    assert httpx.post(f"{service.url}/v1/parse", content=LETTER, timeout=900).status_code == 200


def test_a_stop_in_good_order_answers_what_was_accepted(serve: Callable[..., Served]) -> None:
    """SIGTERM while a document is read: its answer still comes."""
    service = serve(workers=1)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with service.frozen():
            parsing = threads.submit(httpx.post, f"{service.url}/v1/parse", content=LETTER, timeout=900)
            service.until_parsing()
            service.process.send_signal(signal.SIGTERM)
        assert parsing.result().status_code == 200
    service.process.wait(900)


def test_a_stop_that_reaches_every_process_answers_too(serve: Callable[..., Served]) -> None:
    """systemd sends SIGTERM to all processes of a unit: the one that parses goes on, and ends with the service."""
    service = serve(workers=1)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with service.frozen() as workers:
            parsing = threads.submit(httpx.post, f"{service.url}/v1/parse", content=LETTER, timeout=900)
            service.until_parsing()
            for pid in [*workers, service.process.pid]:
                os.kill(pid, signal.SIGTERM)
        assert parsing.result().status_code == 200
    service.process.wait(900)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_kill_9_of_the_service_leaves_no_process_and_no_file(
    serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers in mid-parse end with it; the next start removes its temporary files, those of a running job among them."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        service = ready(serve(workers=1))
        headers = {"prefer": "respond-async"}
        with service.frozen():
            answer = httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=headers, timeout=900)
            job = answer.headers["location"]
            service.until_running(job)
            processes = service.descendants()
            service.stop(signal.SIGKILL)
        until = time.monotonic() + 900
        while [pid for pid in processes if Path(f"/proc/{pid}").exists()] and time.monotonic() < until:
            time.sleep(0.1)
        assert not [pid for pid in processes if Path(f"/proc/{pid}").exists()]
        left = {path.name for path in Path(folder).iterdir()}
        assert len(left) == 1
        service = serve(workers=1)
        assert len([path for path in Path(folder).iterdir() if path.name in left]) == 0
        httpx.delete(service.url + job, timeout=900)
        assert service.stop() in (0, -signal.SIGTERM)
        assert list(Path(folder).iterdir()) == []


def test_the_event_loop_answers_while_a_document_is_read(serve: Callable[..., Served]) -> None:
    """/livez is answered many times during one long parse."""
    service = serve(workers=1)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with service.frozen():
            parsing = threads.submit(httpx.post, f"{service.url}/v1/parse", content=LETTER, timeout=900)
            service.until_parsing()
            assert {httpx.get(f"{service.url}/livez", timeout=900).status_code for _ in range(20)} == {200}
            assert not parsing.done()
        assert parsing.result().status_code == 200
