"""One document, one worker: what a file does to its worker is an error of one line, whatever the command."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tests.makers.pdf_objects import assembled
from vnadmin import VnadminError
from vnadmin.commands import alone
from vnadmin.commands.cli import app
from vnadmin.process import pool
from vnadmin.process.boundary import document_boundary

MEMORY = 900 * 1024**2


def form_that_draws_itself() -> bytes:
    """A PDF of 800 bytes: its form twice draws itself, without an end."""
    page, form = b"q /F Do Q BT /T 12 Tf 72 700 Td (So: 12/QD-UBND) Tj ET", b"q /F Do Q q /F Do Q"
    box = b"[0 0 595 842] /Resources << /XObject << /F 5 0 R >> "
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox " + box + b"/Font << /T 6 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n" % len(page) + page + b"\nendstream",
            b"<< /Type /XObject /Subtype /Form /BBox "
            + box
            + b">> /Length %d >>\nstream\n" % len(form)
            + form
            + b"\nendstream",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ],
        version=b"1.4",
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers with less memory, so that the test needs no four gigabytes."""
    monkeypatch.setattr(alone, "Limits", lambda seconds: pool.Limits(seconds=seconds, memory_bytes=MEMORY))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", [["parse"], ["lint"], ["export", "--to", "dc"], ["explain", "--lines"]])
def test_a_file_that_kills_its_reader_is_one_sentence(command: list[str], tmp_path: Path) -> None:
    """Seen as `rc 134` and three gigabytes in the command's own process."""
    file = tmp_path / "form.pdf"
    file.write_bytes(form_that_draws_itself())
    ran = CliRunner().invoke(app, [command[0], str(file), *command[1:]])
    assert ran.exit_code in (6, 14)  # damaged_input, worker_lost
    assert "Traceback" not in ran.output
    assert "form.pdf: " in ran.output


def test_a_fault_is_told_by_its_class_and_place_and_quotes_nothing() -> None:
    """The message of an exception may hold text of the document."""
    with pytest.raises(VnadminError) as caught, document_boundary():
        raise OverflowError("Nguyễn Văn Kín")
    assert caught.value.code == "parser_fault"
    assert "OverflowError at test_alone.py:" in str(caught.value)
    assert "Kín" not in str(caught.value)


@pytest.mark.parametrize("given", [MemoryError(), RecursionError()])
def test_what_runs_out_is_an_error_of_the_document(given: Exception) -> None:
    with pytest.raises(VnadminError) as caught, document_boundary():
        raise given
    assert caught.value.code in ("worker_lost", "parser_fault")


def test_a_terminal_sees_the_pages_of_a_scan_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bar appears once there are several pages, and ends with the document."""
    from concurrent.futures import Future

    future: Future[object] = Future()
    seen: list[tuple[int, int]] = []
    told = iter([(0, 0), (1, 30), (2, 30)])

    def read(note: Path) -> tuple[int, int]:
        seen.append(next(told))
        if len(seen) == 3:
            future.set_result(SimpleNamespace())
        return seen[-1]

    monkeypatch.setattr(alone, "read_progress", read)
    monkeypatch.setattr(alone, "_LOOK_SECONDS", 0)
    alone._show(future, tmp_path / "pages")
    assert seen == [(0, 0), (1, 30), (2, 30)]
