"""Files dropped into the archive's page come into its catalogue by the ledger that `vnadmin index` writes."""

from __future__ import annotations

import asyncio
import errno
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from tests.index.letters import letter
from tests.service.archive.holdings import Archive
from tests.service.browsing import Watched
from tests.service.serving import Served
from tests.source.test_containers import mail
from vnadmin.index.catalog.errors import CatalogBusy, CatalogUnavailable
from vnadmin.index.run.walk import Walk
from vnadmin.index.run.walk_open import location_of
from vnadmin_service.archive import routes
from vnadmin_service.archive.catalog_runs import CatalogRuns
from vnadmin_service.archive.intake import Intake, arrived, safe_name
from vnadmin_service.settings import Settings
from vnadmin_service.work import Upload


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_dropped_files_are_read_into_the_archive(
    written: tuple[Served, Archive], watch: Callable[[str], Watched], width: int, height: int
) -> None:
    """A letter, a mail with two, and a file that is none: each is told of by name; the ledger has their places."""
    service, archive = written
    page = watch(service.url).page(width, height)
    page.goto("/archive")
    page.get_by_role("link", name="Thêm văn bản").click()
    data = mail(hai_txt=letter(width + 1).encode(), ba_txt=letter(width + 2).encode())
    files = {"../mot.txt": letter(width).encode(), "thu.eml": data, "hong.docx": b"PK\x03\x04broken"}
    page.set_input_files(
        "#file", [{"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files.items()]
    )
    page.click("#upload button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã xong 4 mục", timeout=900_000)
    lines = page.locator(".arrived li").all_inner_texts()
    assert len(lines) == 4
    assert any("thu.eml!/hai.txt" in line and f"Công văn {101 + width}/SNV-VP" in line for line in lines), lines
    expect(page.locator(".is-failed")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    search = page.context.new_page()  # the intake page keeps what was dropped only as long as it is open
    search.goto("/archive")
    search.get_by_role("link", name="tệp không đọc được").click()
    expect(search.locator("#failed li", has_text="hong.docx").first).to_contain_text("hỏng")
    search.close()
    page.locator(".is-done a").first.click()
    page.wait_for_selector("main[data-ready]")
    command = [sys.executable, "-m", "vnadmin", "ledger", "--catalog", str(archive.catalog), "--json"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    places = [str(json.loads(line)["path"]) for line in told]
    assert sum(place.endswith("/mot.txt") and "/intake/" in place for place in places) >= 1
    assert sum(place.endswith("thu.eml!/ba.txt") for place in places) >= 1


def test_a_file_that_the_archive_has_is_told_as_such(
    written: tuple[Served, Archive], watch: Callable[[str], Watched]
) -> None:
    """It stays one document, whose first place stays first."""
    service, archive = written
    page = watch(service.url).page(1440, 900)
    page.goto("/archive/intake")
    data = (archive.folder / "ven-song.txt").read_bytes()
    files = {"a.txt": data, "b.txt": letter(77).encode()}
    page.set_input_files("#file", [{"name": n, "mimeType": "text/plain", "buffer": b} for n, b in files.items()])
    page.click("#upload button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã xong 2 mục", timeout=900_000)
    lines = page.locator(".arrived li").all_inner_texts()
    assert ["đã có trong kho" in line for line in lines] == [True, False], lines
    page.goto("/archive?q=512/SNV-QH")
    expect(page.locator(".hit .path").first).to_have_text(re.compile(r"/kho/ven-song\.txt \+1$"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cong-van.docx", "cong-van.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\thu\\Tờ trình.pdf", "Tờ trình.pdf"),
        (".an", "an"),
        ("a\x00b\u202etxt.exe", "a_b_txt.exe"),
        ("a!/b.txt", "b.txt"),
        ("", "tep-3"),
        ("x" * 300 + ".docx", "x" * 200 + ".docx"),
        ("Ủ" * 150 + ".docx", "Ủ" * 66 + ".docx"),  # of three bytes each; a file system takes 255
        ("😀" * 100, "😀" * 50),
    ],
)
def test_a_name_is_no_path(name: str, expected: str) -> None:
    """Whatever a browser sends, the file stands in its own folder."""
    assert safe_name(name, 3) == expected


def test_of_files_that_cannot_be_kept_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the second file: the first is not left where nobody reads it."""
    written: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        path.touch()
        written.append(path)

    monkeypatch.setattr(Path, "write_bytes", write)
    uploads = [Upload(b"x", "file", "mot.txt"), Upload(b"x", "file", "hai.txt")]
    with (
        ThreadPoolExecutor(1) as thread,
        pytest.raises(OSError, match="No space"),
    ):  # the browser's loop runs in this one
        thread.submit(asyncio.run, Intake(tmp_path, "catalog.db", 1664).keep(uploads)).result()
    assert written
    assert not list(tmp_path.rglob("*.txt"))


def test_a_request_that_is_ended_midway_leaves_no_file_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser went away while the files were being written: they are read all the same."""
    begun, go_on = threading.Event(), threading.Event()
    read: list[tuple[str, ...]] = []

    def write(path: Path, data: bytes) -> None:
        path.touch()
        begun.set()
        go_on.wait(900)

    async def end_midway() -> None:
        intake = Intake(tmp_path, CatalogRuns("catalog.db"), 1664)
        request = asyncio.create_task(intake.keep([Upload(b"x", "file", "mot.txt")]))
        await asyncio.to_thread(begun.wait, 900)
        assert list(tmp_path.rglob("mot.txt"))
        assert not list(Walk((str(tmp_path),))), "half of it is read by nobody"
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        go_on.set()
        await intake.stop()
        await asyncio.sleep(0)

    monkeypatch.setattr(Path, "write_bytes", write)
    monkeypatch.setattr(CatalogRuns, "begin", lambda _, *command: read.append(command))
    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(asyncio.run, end_midway()).result()
    assert [file.name for _, place, *_ in read for file in Path(place).iterdir()] == ["mot.txt"]


def test_what_a_stop_left_unread_the_next_start_reads(tmp_path: Path) -> None:
    """The service ended while it read: the file stands in its folder, and no run was told of it."""
    settings = Settings(catalog=str(tmp_path / "catalog.db"), data_dir=tmp_path)
    app = FastAPI()
    app.state.service = SimpleNamespace(settings=settings)

    async def stop_at_once() -> None:
        async with routes.router.lifespan_context(app):
            await app.state.intake.keep([Upload(letter(1).encode(), "file", "mot.txt")])

    async def start_again() -> list[str]:
        async with routes.router.lifespan_context(app):
            await asyncio.gather(*app.state.runs._running)
            with app.state.catalog.reading() as connection:
                return [file.state for file in arrived(connection, [location_of(str(path)) for path in left])]

    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(asyncio.run, stop_at_once()).result()
        left = list((tmp_path / "intake").rglob("*.txt"))
        assert [path.name for path in left] == ["mot.txt"]
        assert thread.submit(asyncio.run, start_again()).result() == ["done"]


WRITES_FOR_EVER = """import sys, time
from pathlib import Path
from vnadmin_service.archive.intake import _write
from vnadmin_service.work import Upload
Path.write_bytes = lambda path, data: (path.touch(), print(flush=True), time.sleep(900))
_write(Path(sys.argv[1]), [Upload(b"x", "file", "mot.txt")])
"""


def test_what_a_killed_service_left_half_written_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was told that it is kept. While its writer lives, as of another service, it stays."""

    monkeypatch.setattr(CatalogRuns, "begin", lambda *_: None)

    async def start() -> None:
        await Intake(tmp_path, CatalogRuns("catalog.db"), 1664).resume()

    place = tmp_path / "2026-11-29" / "101112-00ff"
    with (
        subprocess.Popen([sys.executable, "-c", WRITES_FOR_EVER, str(place)], stdout=subprocess.PIPE) as writer,
        ThreadPoolExecutor(1) as thread,  # the browser's loop runs in this one
    ):
        assert writer.stdout is not None and writer.stdout.readline()
        thread.submit(asyncio.run, start()).result()
        assert list(tmp_path.rglob("mot.txt"))
        writer.kill()
        writer.wait()
        thread.submit(asyncio.run, start()).result()
        assert not list(place.parent.iterdir())


@pytest.mark.parametrize("left", [0, 1])
def test_a_start_over_an_empty_folder_reads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    """A disk that is not mounted yet: a run would tell all that came in as gone from its place."""
    read: list[tuple[str, ...]] = []

    async def begin() -> None:
        await Intake(tmp_path, CatalogRuns("catalog.db"), 1664).resume()

    monkeypatch.setattr(CatalogRuns, "begin", lambda _, *command: read.append(command))
    for number in range(left):
        (tmp_path / str(number)).mkdir()
    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(asyncio.run, begin()).result()
    assert len(read) == left


def test_a_database_that_is_away_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may start after the service; the run's worker is held to the memory of the service's own."""
    codes, commands = [CatalogUnavailable.exit_code, CatalogBusy.exit_code, 0, 0], list[tuple[str, ...]]()

    async def run(*command: str, **_: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(wait=lambda: asyncio.sleep(0, codes.pop(0)))

    async def drop() -> None:
        runs = CatalogRuns("catalog.db")
        await Intake(tmp_path / "intake", runs, 1664).keep([Upload(b"x", "file", "mot.txt")])
        await asyncio.gather(*runs._running)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", run)
    monkeypatch.setattr("vnadmin_service.archive.catalog_runs._AGAIN", 0)
    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(asyncio.run, drop()).result()
    assert len(commands) == 3
    assert ("--memory", "1664") in pairwise(commands[0])
