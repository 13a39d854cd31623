"""LibreOffice prints Word documents under the limits of the worker that starts it, and ends with it."""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.makers.docx_maker import make_docx, paragraph
from vnadmin.errors import WorkerLost
from vnadmin.process import office
from vnadmin.process.confine import Limits
from vnadmin.process.pool import Workers, result
from vnadmin.samples import samples

pytestmark = pytest.mark.skipif(office.find_office() is None, reason="needs LibreOffice")
WORD = [item for item in samples() if item.name.endswith((".docx", ".doc", ".rtf"))]


def running() -> set[int]:
    """Processes that print a document."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and b"vnadmin.process.office" in (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("item", WORD, ids=lambda item: item.name)
def test_a_sample_is_printed_in_a_worker(item: Path) -> None:
    """Without network, within address space, time and size of files."""
    with Workers(1, limits=Limits(60, 2 * 1024**3, printed_bytes=64 * 1024**2)) as workers:
        printed = workers.run(office.print_pdf, item.read_bytes(), Path(item.name).suffix).result()
    assert isinstance(printed, bytes)
    assert printed.startswith(b"%PDF-")


@pytest.mark.parametrize(("printed_bytes", "is_printed"), [(64 * 1024**2, True), (0, False)])
def test_who_reads_may_write_less_than_who_prints(printed_bytes: int, is_printed: bool) -> None:
    """A document that is larger than the reading process may write."""
    held = io.BytesIO(make_docx(paragraph("Chữ")))
    with zipfile.ZipFile(held, "a") as parts:
        parts.writestr("word/media/unused.bin", random.Random(1).randbytes(3 * 1024**2))
    with Workers(1, limits=Limits(60, printed_bytes=printed_bytes)) as workers:
        soft, _ = workers.run(resource.getrlimit, resource.RLIMIT_FSIZE).result()  # type: ignore[misc]
        printed = workers.run(office.print_pdf, held.getvalue(), ".docx").result()
    assert soft == 1024**2
    assert (printed is not None) is is_printed


def test_what_it_cannot_open_is_not_printed() -> None:
    """Bytes that are no document."""
    assert office.print_pdf(b"PK\x03\x04 broken", ".docx") is None


def test_what_it_would_ask_about_is_answered_at_once() -> None:
    """A .docx whose end is gone and an .odt without its list of parts: it asks whether to repair them, and nobody is there to say."""
    cut = make_docx(paragraph("Chữ"))[:-30]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        parts.writestr("content.xml", "<a/>")
    began = time.monotonic()
    assert office.print_pdf(cut, ".docx") is None
    assert office.print_pdf(held.getvalue(), ".odt") is None
    assert time.monotonic() - began < office.SECONDS


def test_without_libreoffice_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller shows the document's lines instead."""
    monkeypatch.setattr(office, "find_office", lambda: None)
    assert office.print_pdf(WORD[0].read_bytes(), ".docx") is None


def test_its_time_is_limited() -> None:
    """Past it the process is killed."""
    before = running()
    assert office.print_pdf(make_docx(paragraph("Chữ")), ".docx", seconds=0.1) is None
    assert running() <= before


def test_it_ends_with_its_worker() -> None:
    """A worker that is killed while it prints leaves no process behind."""
    before = running()
    data = make_docx("".join(paragraph(f"Dòng {n}") for n in range(20_000)))
    with Workers(1) as workers:
        worker = workers.run(os.getpid).result()
        future = workers.run(office.print_pdf, data, ".docx")
        until = time.monotonic() + 20
        while not (started := running() - before) and time.monotonic() < until:
            time.sleep(0.02)
        assert started
        assert isinstance(worker, int)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkerLost):
            result(future)
        until = time.monotonic() + 5
        while running() & started and time.monotonic() < until:
            time.sleep(0.02)
        assert not running() & started


def test_a_linked_picture_is_not_fetched() -> None:
    """A document that names a picture on another machine makes no request, in a worker and without its filter."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/beacon.png"
    linked = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> INCLUDEPICTURE "{address}" \\d </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    html = f'<html><body><p>Chữ</p><img src="{address}"></body></html>'.encode()
    try:
        for data, ending in ((make_docx(linked), ".docx"), (html, ".doc")):
            office.print_pdf(data, ending)
            with Workers(1) as workers:
                workers.run(office.print_pdf, data, ending).result()
    finally:
        server.shutdown()
        server.server_close()
    assert not asked
