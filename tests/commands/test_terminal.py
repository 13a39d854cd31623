"""What a command prints where stdout, stderr or both are a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_spoken_names import LETTER
from tests.lint.test_lint_command import LETTER as GOOD

pty = pytest.importorskip("pty", reason="terminals of POSIX")


def typed(*words: str, folder: Path, output: Path | None) -> tuple[str, int]:
    """What a terminal of 80 columns shows of a command that is typed there, its stdout sent to a file or not; its status."""
    ours, theirs = pty.openpty()
    with output.open("wb") if output else os.fdopen(os.dup(theirs), "wb") as to:
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
        command = subprocess.Popen(
            [sys.executable, "-m", "vnadmin", *words], cwd=folder, env=environment, stdout=to, stderr=theirs
        )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # nobody has the terminal open any more
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return shown.decode(), command.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two letters, one with a name that would act on a terminal."""
    kept = tmp_path / "kho"
    kept.mkdir()
    for name in ("a.txt", "\x1b[31mdo\u202efdp.txt"):
        (kept / name).write_text(LETTER, "utf-8")
    return kept


def test_lines_go_where_stdout_was_sent(folder: Path) -> None:
    """Seen: the bar took stdout over, so that the file was empty and the status 0."""
    output = folder.parent / "out.jsonl"
    _, status = typed("parse", "a.txt", ".", folder=folder, output=output)
    lines = output.read_text("utf-8").splitlines()
    assert status == 0
    assert len([json.loads(line)["number"] for line in lines]) == 3


def test_json_lines_on_a_terminal_stay_lines(folder: Path) -> None:
    """Seen: wrapped at 80 columns, within strings."""
    shown, _ = typed("parse", "-f", "jsonl", ".", folder=folder, output=None)
    assert {json.loads(line)["file"] for line in shown.splitlines()} == {"a.txt", "\x1b[31mdo\u202efdp.txt"}
    assert "\u202e" not in shown


def test_no_name_in_csv_acts_on_a_terminal(folder: Path) -> None:
    shown, _ = typed("parse", "-f", "csv", ".", folder=folder, output=None)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    names = [row["file"] for row in csv.DictReader(io.StringIO(shown.replace("\r\r\n", "\r\n"), newline=""))]
    assert names == ["\\x1b[31mdo\\u202efdp.txt", "a.txt"]


def test_a_check_that_finds_nothing_says_so(folder: Path) -> None:
    """Into a pipe it is silent; who sits there would wait for more."""
    (folder / "a.txt").write_text(GOOD, "utf-8")
    assert typed("lint", "a.txt", folder=folder, output=None) == ("Không phát hiện lỗi thể thức nào.\r\n", 0)
