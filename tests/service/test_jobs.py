"""Jobs: queued, watched, cancelled, kept through kill -9, each finished once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

import vnadmin
from tests.service.serving import Served, free_port, start
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
LETTER = SAMPLES["cong-van.txt"]
ASYNC = {"prefer": "respond-async"}


def ended(url: str, seconds: float = 100.0) -> dict[str, object]:
    """The job once it has ended."""
    deadline = time.monotonic() + seconds  # what never ends is given up
    while time.monotonic() < deadline:
        job = httpx.get(url, params={"include": "evidence,text"}, timeout=900).raise_for_status().json()
        if job["status"] not in ("waiting", "running"):
            return job
        time.sleep(0.2)
    raise AssertionError(f"the job did not end: {job['status']}")


def ready(service: Served) -> Served:
    """A service with one process for jobs, once it has started and done one: it starts with the first."""
    ended(
        service.url
        + httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900).headers["location"]
    )
    return service


def test_a_job_gives_what_parse_gives(http: httpx.Client, served: Served) -> None:
    """202 with Location; then the document, in the job and by itself, in every media type; then it can be forgotten."""
    accepted = http.post("/v1/parse", content=SAMPLES["thong-bao.pdf"], headers=ASYNC)
    assert accepted.status_code == 202
    assert accepted.headers["preference-applied"] == "respond-async"
    where = accepted.headers["location"]
    assert accepted.json()["status"] == "waiting"
    job = ended(served.url + where)
    expected = vnadmin.parse(SAMPLES["thong-bao.pdf"])
    assert (job["status"], job["problem"]) == ("done", None)
    assert job["document"] == expected.model_dump(mode="json")
    assert job["pages"] == {"done": len(expected.source.pages), "total": len(expected.source.pages)}
    plain = http.get(f"{where}/document")
    assert plain.json() == expected.model_dump(mode="json", exclude={"evidence", "text"})
    assert expected.number is not None
    assert expected.number.text in http.get(f"{where}/document", headers={"accept": "text/csv"}).text
    assert http.delete(where).status_code == 204
    assert http.get(where).status_code == 404


def test_a_job_that_fails_tells_the_same_problem(http: httpx.Client, served: Served) -> None:
    """Unreadable input is found out by the worker; it has no document, and does not run again."""
    where = http.post("/v1/parse", content=b"\x00\x01\x02\x03" * 500, headers=ASYNC).headers["location"]
    job = ended(served.url + where)
    assert job["status"] == "failed"
    assert job["problem"]["code"] == "unsupported_format"
    assert job["document"] is None
    refused = http.get(f"{where}/document")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_not_done")
    assert "will have no document" in refused.json()["advice"]  # and not: ask until it is done


def test_a_job_keeps_the_id_of_the_call_that_made_it(http: httpx.Client, served: Served) -> None:
    """By it an integrator's log, the problem of a job that failed and the service's log come together."""
    headers = {**ASYNC, "x-request-id": "van-thu-2026-0042"}
    accepted = http.post("/v1/parse", content=b"\x00\x01\x02\x03" * 500, headers=headers)
    assert accepted.json()["request_id"] == accepted.headers["x-request-id"] == "van-thu-2026-0042"
    job = ended(served.url + accepted.headers["location"])
    assert (job["request_id"], job["problem"]["request_id"]) == ("van-thu-2026-0042",) * 2
    line = next(line for line in served.lines.splitlines() if "van-thu-2026-0042" in line and '"request"' in line)
    assert json.loads(line)["job"] == job["id"]


def test_a_table_of_before_gets_the_column(tmp_path: Path) -> None:
    """Jobs that an older version queued go on, and have none."""
    from vnadmin_service.jobs.files import JobFiles

    url = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    JobFiles(url).close()
    database = sqlite3.connect(tmp_path / "jobs.sqlite")
    database.execute("alter table vnadmin_jobs drop column request_id")
    database.execute("insert into vnadmin_jobs (id, owner, created, kind, name, pages_done, status)"
                     " values ('a', '', 1.0, 'file', 'x.pdf', 0, 'waiting')")  # fmt: skip
    database.commit()
    database.close()
    files = JobFiles(url)
    job = files.get("a")
    files.close()
    assert job is not None
    assert job.request_id is None


def test_nothing_is_queued_for_an_empty_body(http: httpx.Client) -> None:
    """It would only fail later."""
    answer = http.post("/v1/parse", content=b"", headers=ASYNC)
    assert (answer.status_code, answer.json()["code"]) == (422, "empty_input")


def test_a_job_that_is_begun_again_counts_from_the_first_page(tmp_path: Path) -> None:
    """The pages of the try before are read again."""
    from vnadmin_service.jobs.files import JobFiles

    files = JobFiles(f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    files.add("a", "", "file", "x.pdf", b"x")
    files.progress("a", 7, 9)
    assert files.run("a")
    job = files.get("a")
    files.close()
    assert job is not None
    assert (job.pages_done, job.pages_total) == (0, 9)


def test_text_in_json_can_be_a_job(http: httpx.Client, served: Served) -> None:
    """Every form of body can."""
    where = http.post("/v1/parse", json={"text": LETTER.decode()}, headers=ASYNC).headers["location"]
    assert ended(served.url + where)["document"] == vnadmin.parse(LETTER).model_dump(mode="json")


def test_the_upload_is_gone_once_the_job_has_ended(http: httpx.Client, served: Served) -> None:
    """Only the answer is kept, and only for its time."""
    where = http.post("/v1/parse", content=LETTER, headers=ASYNC, timeout=900).headers["location"]
    ended(served.url + where)
    database = sqlite3.connect(served.log.parent / "data/jobs.sqlite")
    row = database.execute("select upload, document from vnadmin_jobs where id = ?", [where.rsplit("/", 1)[1]])
    upload, document = row.fetchone()
    database.close()
    assert upload is None
    assert json.loads(document)["schema_version"] == "1"


def test_a_running_job_is_stopped(serve: Callable[..., Served]) -> None:
    """DELETE stops its process; the next job is done."""
    service = ready(serve(workers=1))
    with service.frozen():
        first, second = (
            httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900).headers["location"]
            for _ in range(2)
        )
        service.until_running(first)
        assert httpx.delete(service.url + first, timeout=900).status_code == 204
    assert httpx.get(service.url + first).json()["status"] == "cancelled"
    assert ended(service.url + second)["status"] == "done"
    assert httpx.get(service.url + first).json()["document"] is None


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    """What a worker writes, the service reads, at any moment; a scan of three blank pages counts to three."""
    from vnadmin.errors import OcrFailed, OcrUnavailable
    from vnadmin.process.progress import read_progress, write_progress

    note = tmp_path / "progress"
    assert read_progress(note) == (0, 0)
    write_progress(note, 2, 24)
    assert read_progress(note) == (2, 24)
    pytest.importorskip("tesserocr", reason="needs the extra [ocr]")
    pages = pytest.importorskip("PIL.Image", reason="needs the extra [ocr]").new("L", (600, 800), 255)
    pages.save(tmp_path / "scan.pdf", save_all=True, append_images=[pages, pages])
    told: list[tuple[int, int]] = []
    config = vnadmin.Config(ocr="fast", ocr_threads=1)
    try:
        with pytest.raises(OcrFailed):
            vnadmin.parse(tmp_path / "scan.pdf", config=config, progress=lambda *pages: told.append(pages))
    except OcrUnavailable as error:
        pytest.skip(str(error))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("job_id", ["x", "A" * 32, "0" * 31])
def test_what_is_no_job_id(job_id: str, http: httpx.Client) -> None:
    """Refused by its form."""
    assert http.get(f"/v1/jobs/{job_id}").status_code == 422


def test_jobs_survive_kill_9_and_each_is_finished_once(tmp_path: Path) -> None:
    """The service dies with a job half done and others waiting; the next one finishes them all, each once."""
    service = ready(start(tmp_path, workers=1))
    bodies = [LETTER, LETTER, SAMPLES["to-trinh.docx"], SAMPLES["thong-bao.pdf"], b"\x00" * 50]
    with service.frozen():
        answers = [httpx.post(f"{service.url}/v1/parse", content=body, headers=ASYNC, timeout=900) for body in bodies]
        where = [answer.headers["location"] for answer in answers]
        service.until_running(where[0])
        children = service.descendants()
        service.stop(signal.SIGKILL)
        for child in children:  # with the service its workers go too, as they do when systemd or Docker ends it
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    service = start(tmp_path)
    try:
        jobs = [ended(service.url + place) for place in where]
        assert [job["status"] for job in jobs] == ["done"] * 4 + ["failed"]
        assert jobs[0]["document"] == vnadmin.parse(LETTER).model_dump(mode="json")
        # The line that the killed service was writing may be torn.
        finished = [json.loads(line) for line in service.lines.splitlines() if line[:1] + line[-1:] == "{}"]
        count = Counter(line["job"] for line in finished if line["event"] == "job ended")
        assert [count[place.rsplit("/", 1)[1]] for place in where] == [1] * 5
    finally:
        service.stop()


def test_a_stop_in_good_order_gives_running_jobs_back(serve: Callable[..., Served]) -> None:
    """SIGTERM in mid-job: the service stops without it, and the next one does the job."""
    service = ready(serve(workers=1))
    with service.frozen():
        where = httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900).headers["location"]
        service.until_running(where)
        service.stop()
    assert f'"job": "{where.rsplit("/", 1)[1]}", "status"' not in service.lines
    assert ended(serve(workers=1).url + where)["status"] == "done"


@pytest.mark.parametrize("taken", ["data_dir", "port"])
def test_a_second_service_takes_no_job_of_the_first(tmp_path: Path, taken: str) -> None:
    """On its data folder or its port: it ends with one sentence, and the job is not begun again by anybody."""
    service = ready(start(tmp_path, workers=1))
    try:
        with service.frozen():
            where = httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900).headers[
                "location"
            ]
            service.until_running(where)
            port = service.url.rsplit(":", 1)[1] if taken == "port" else str(free_port())
            folder = tmp_path / ("data" if taken == "data_dir" else "other")
            ours = {k: v for k, v in os.environ.items() if not k.startswith("VNADMIN_")}
            ours |= {"VNADMIN_DATA_DIR": str(folder), "VNADMIN_PORT": port, "VNADMIN_WORKERS": "1"}
            second = subprocess.run(
                [sys.executable, "-m", "vnadmin_service"], env=ours, capture_output=True, text=True, timeout=300
            )
            with sqlite3.connect(tmp_path / "data/jobs.sqlite", timeout=900) as database:
                query = "SELECT recovery_attempts FROM workflow_status WHERE workflow_uuid = ?"
                begun = database.execute(query, [where.rsplit("/", 1)[1]]).fetchone()[0]
            database.close()
        assert second.returncode == 2
        told = f"pid {service.process.pid}" if taken == "data_dir" else f"127.0.0.1:{port}"
        assert second.stderr.startswith("vnadmin serve: ")
        assert told in second.stderr
        assert second.stderr.count("\n") == 1
        assert begun == 1
        assert not (tmp_path / "other" / "jobs.sqlite").exists()
        assert ended(service.url + where)["status"] == "done"
    finally:
        service.stop()


def test_too_many_jobs_are_turned_away(serve: Callable[..., Served]) -> None:
    """503 with Retry-After past VNADMIN_JOB_WAITING; those that were taken are done."""
    service = ready(serve(workers=1, job_waiting=2))
    with service.frozen():
        answers = [httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC, timeout=900) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 503]
    assert answers[2].json()["code"] == "busy"
    assert {ended(service.url + answer.headers["location"])["status"] for answer in answers[:2]} == {"done"}


def test_a_job_that_takes_too_long_is_ended(serve: Callable[..., Served], slow_text: bytes) -> None:
    """With the documented error, after VNADMIN_JOB_SECONDS."""
    service = serve(workers=1, job_seconds=1.0)
    where = httpx.post(f"{service.url}/v1/parse", content=slow_text * 3, headers=ASYNC, timeout=900).headers["location"]
    job = ended(service.url + where)
    assert (job["status"], job["problem"]["code"]) == ("failed", "parse_timeout")


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")


@needs_root
def test_jobs_outlive_a_full_disk(serve: Callable[..., Served], tmp_path: Path, slow_text: bytes) -> None:
    """The disk of the queue is full while one job runs and another waits, and when a third comes; then there is room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], check=True)
    try:
        service = serve(data_dir=disk / "data", min_free_mb=0, workers=1)
        url = f"{service.url}/v1/parse"
        first, second = (
            httpx.post(url, content=body, headers=ASYNC, timeout=900).headers["location"]
            for body in (slow_text, LETTER)
        )
        while httpx.get(service.url + first, timeout=900).json()["status"] != "running":
            time.sleep(0.05)
        with (disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(65536)):  # without a buffer, which would fail again when it is closed
                pass
        refused = httpx.post(url, content=LETTER, headers=ASYNC, timeout=900)
        while '"jobs\' database"' not in service.lines:  # the first is read, and its answer cannot be kept
            time.sleep(0.1)
        (disk / "ballast").unlink()
        assert refused.json()["code"] == "jobs_unavailable"
        assert [ended(service.url + job)["status"] for job in (first, second)] == ["done", "done"]
        assert service.stop() in (0, -signal.SIGTERM)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_job_whose_workflow_broke_off_is_begun_again(serve: Callable[..., Served], tmp_path: Path) -> None:
    """Of whatever fault: DBOS has it as failed, as running, or not at all, and the table of jobs as not ended."""
    service = serve(workers=1)
    jobs = [httpx.post(f"{service.url}/v1/parse", content=LETTER, headers=ASYNC).headers["location"] for _ in range(3)]
    for job in jobs:
        ended(service.url + job)
    with sqlite3.connect(tmp_path / "data" / "jobs.sqlite", timeout=900) as database:
        for job, status in zip(jobs, ("ERROR", "PENDING", None), strict=True):
            key = job.rpartition("/")[2]
            if status is None:
                database.execute("DELETE FROM workflow_status WHERE workflow_uuid = ?", (key,))
            else:
                database.execute("UPDATE workflow_status SET status = ? WHERE workflow_uuid = ?", (status, key))
            database.execute(
                "UPDATE vnadmin_jobs SET status = 'running', ended = NULL, upload = ? WHERE id = ?", (LETTER, key)
            )
    database.close()
    assert [ended(service.url + job)["status"] for job in jobs] == ["done"] * 3
