"""Names of files and values of documents as they reach a terminal and a spreadsheet: nothing in them acts there."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vnadmin.samples import samples
from vnadmin.text.printable import printable

LETTER = next(item.read_text("utf-8") for item in samples() if item.name == "cong-van.txt")
NAMES = (
    "\x1b]0;owned\x07\x1b[31m.txt",
    "a\x9b31mb.txt",
    "a\rb.txt",
    "a\nvnadmin: b.txt",
    "gnp.\u202etxt",
    "\udce1\udcff.txt",
)
COMMANDS = (
    ["parse", "-f", "table"], ["parse", "-f", "jsonl"], ["parse", "-f", "csv"], ["lint"],
    ["lint", "--report", "github"], ["explain", "--lines"], ["cite"], ["export", "--to", "tables"], ["ocr", "-o", "out.pdf"],
)  # fmt: skip


def vnadmin(*words: str | bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "vnadmin", *words], cwd=folder, capture_output=True, timeout=900)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words))
def test_no_name_of_a_file_acts_on_the_terminal(command: list[str], tmp_path: Path) -> None:
    """Of files that are read, and of those that cannot be."""
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(b"\x00\x01\x02" * 500 if number % 2 else LETTER.encode())
    several = command[0] in ("parse", "lint")
    runs = [[os.fsencode(name) for name in NAMES]] if several else [[os.fsencode(name)] for name in NAMES[:2]]
    for files in runs:
        ended = vnadmin(*command, *files, folder=tmp_path)
        for said in (ended.stdout, ended.stderr):
            assert b"Traceback" not in said
            if command[0] == "parse" and command[-1] != "table" and said is ended.stdout:
                continue  # data, where a name is as it is; its controls are escaped by JSON
            text = said.decode("utf-8", "surrogateescape")
            assert not any(bad in text for bad in ("\x1b", "\x07", "\x9b", "\r", "\nvnadmin: b", "\u202e")), text


def test_names_of_documents_that_are_not_exported(tmp_path: Path) -> None:
    """What an export of several together lacks is told with the name of each, which is no line of its own."""
    for name in NAMES[:5]:
        (tmp_path / name).write_text(LETTER, "utf-8")
    ended = vnadmin("export", "--to", "ead", *NAMES[:5], folder=tmp_path)
    text = ended.stderr.decode()
    assert ended.returncode == 15 and "b.txt" in text
    assert not any(bad in text for bad in ("\x1b", "\x07", "\x9b", "\r", "\nvnadmin: b", "\u202e")), text


def test_names_in_the_ledger_and_of_a_run(tmp_path: Path) -> None:
    """Files that failed are told with their names."""
    pytest.importorskip("alembic", reason="needs the extra [index]")
    folder = tmp_path / "files"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(b"\x00\x01\x02" * 500)
    for words in (["index", "files"], ["ledger"], ["ledger", "--json"]):
        ended = vnadmin(*words, folder=tmp_path)
        text = (ended.stdout + ended.stderr).decode()
        assert "owned" in text
        assert not any(bad in text for bad in ("Traceback", "\x1b", "\x07", "\nvnadmin: b"))
        assert "\u202e" not in text or "--json" in words


def test_names_stay_whole_in_data(tmp_path: Path) -> None:
    """JSON and CSV give back a name that JSON can hold."""
    for name in NAMES[:5]:
        (tmp_path / name).write_text(LETTER, "utf-8")
    ended = vnadmin("parse", "-f", "jsonl", *NAMES[:5], folder=tmp_path)
    assert {json.loads(line)["file"] for line in ended.stdout.decode().split("\n") if line} == set(NAMES[:5])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "a;=1+1", 'a","=1'])
def test_no_cell_is_a_formula(text: str, tmp_path: Path) -> None:
    """A file's name that begins like one; and none breaks out of its cell, whatever ends a cell."""
    name = f"{text}.txt"
    (tmp_path / name).write_text(LETTER, "utf-8")
    data = vnadmin("parse", "-f", "csv", "--", name, folder=tmp_path).stdout.decode()
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert row["file"] == (name if text[0] == "a" else f"'{name}".replace("\r", "\\x0d"))
    for separator in ",;\t":
        for line in csv.reader(io.StringIO(data, newline=""), delimiter=separator):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in line)


def test_printable() -> None:
    """Vietnamese stays as it is, composed or not."""
    assert printable("Công văn số 12 – “Hỏa tốc”.docx") == "Công văn số 12 – “Hỏa tốc”.docx"
    assert printable("Co\u0302ng va\u0306n") == "Co\u0302ng va\u0306n"
    assert printable("\x1b[31m\u202e\U000e0001") == "\\x1b[31m\\u202e\\U000e0001"
