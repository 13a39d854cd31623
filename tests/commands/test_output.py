"""Where commands write: never over what they read, never in the place of a device; and what a full disk gives."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.commands.test_spoken_names import LETTER
from vnadmin.commands.cli import app
from vnadmin.export.target import OutputUnwritable, opened, write

WRITE = [["explain"], ["export", "--to", "dc"], ["export", "--to", "csv"]]
FULL = Path("/dev/full")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter in a folder of its own."""
    path = tmp_path / "kho" / "a.txt"
    path.parent.mkdir()
    path.write_text(LETTER, "utf-8")
    return path


@pytest.fixture
def catalog(letter: Path) -> Path:
    """A catalogue of that letter, elsewhere."""
    path = letter.parent.parent / "c.db"
    ran = ran_as("index", str(letter.parent), "-c", str(path), "-j", "1")
    assert ran.returncode == 0, ran.stderr
    return path


def ran_as(*words: str, stdout: int | Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a process, its stdout where it is sent."""
    command = [sys.executable, "-m", "vnadmin", *words]
    if isinstance(stdout, Path):
        with stdout.open("wb") as to:
            return subprocess.run(command, stdout=to, stderr=subprocess.PIPE, text=True, check=False)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def refused(*words: str) -> str:
    """What a command says that does not write there: one sentence with its code."""
    ran = CliRunner().invoke(app, list(words))
    assert ran.exit_code == OutputUnwritable.exit_code, ran.output
    assert ran.stderr.startswith("vnadmin: ")
    assert ran.stderr.endswith("[output_unwritable]\n")
    assert ran.stderr.count("\n") == 1
    return ran.stderr


@pytest.mark.parametrize("words", WRITE)
def test_no_command_writes_over_its_source(words: list[str], letter: Path) -> None:
    """Seen: the letter was gone and an HTML page in its place, status 0."""
    hard, soft = letter.parent.parent / "hard.txt", letter.parent.parent / "soft.txt"
    hard.hardlink_to(letter)
    soft.symlink_to(letter)
    for target in (letter, hard, soft):
        refused(words[0], str(letter), *words[1:], "-o", str(target))
    assert letter.read_text("utf-8") == LETTER


def test_no_file_of_a_folder_is_written_over(letter: Path) -> None:
    refused("export", str(letter.parent), "--to", "dc", "-o", str(letter))


def test_ocr_does_not_write_over_its_scan(tmp_path: Path) -> None:
    scan = tmp_path / "p.pdf"
    scan.write_bytes(b"%PDF-1.4")
    refused("ocr", str(scan), "-o", str(scan))


def test_no_command_writes_over_a_catalogue(catalog: Path, letter: Path) -> None:
    """Seen: a catalogue with every correction became a CSV, status 0."""
    before = catalog.read_bytes()
    (catalog.parent / "c.db-wal").touch()
    for target in (str(catalog), f"{catalog}-wal"):
        refused("search", "-c", str(catalog), "-f", "csv", "-o", target)
        refused("export", "--catalog", str(catalog), "--to", "csv", "-o", target)
        refused("export", "--catalog", str(catalog), "--to", "dc", "-o", target)
        refused("explain", str(letter), "-o", target)
    assert catalog.read_bytes() == before


def test_a_device_stays_a_device(letter: Path, catalog: Path) -> None:
    """Seen: /dev/full became a file, status 0. Tried on a FIFO, which would be replaced alike."""
    pipe = letter.parent.parent / "pipe"
    os.mkfifo(pipe)
    for words in (["explain", str(letter)], ["search", "-c", str(catalog), "-f", "csv"]):
        heard: list[bytes] = []
        reader = threading.Thread(target=lambda to=heard: to.append(pipe.read_bytes()))
        reader.start()
        ran = CliRunner().invoke(app, [*words, "-o", str(pipe)])
        reader.join(10)
        assert (ran.exit_code, bool(heard and heard[0])) == (0, True), ran.output
        assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_stdout_can_be_named(letter: Path) -> None:
    ran = ran_as("export", str(letter), "--to", "dc", "-o", "/dev/stdout")
    assert ran.returncode == 0
    assert "<?xml" in ran.stdout


def test_a_link_is_followed_and_rights_stay(letter: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.html", tmp_path / "link.html"
    target.write_text("older", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert CliRunner().invoke(app, ["explain", str(letter), "-o", str(link)]).exit_code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("<!")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"older")
    with pytest.raises(ZeroDivisionError), opened(path) as output:
        output.write(b"half")
        raise ZeroDivisionError
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.html", b"older")]


@pytest.mark.parametrize("words", WRITE)
def test_no_folder_there_is_one_sentence(words: list[str], letter: Path, tmp_path: Path) -> None:
    """Seen: FileNotFoundError and IsADirectoryError as tracebacks of 40 lines, status 1."""
    told = refused(words[0], str(letter), *words[1:], "-o", str(tmp_path / "none" / "a.html"))
    assert "No such file or directory" in told
    refused(words[0], str(letter), *words[1:], "-o", str(letter / "a.html"))


def test_a_folder_is_no_page(letter: Path, catalog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out.csv"
    folder.mkdir()
    refused("explain", str(letter), "-o", str(folder))
    refused("search", "-c", str(catalog), "-o", str(folder))
    folder.rename(tmp_path / "out.docx")
    refused("parse", str(letter), "--comments", str(tmp_path / "out.docx"))
    refused("parse", str(letter), "--comments", str(tmp_path / "none" / "out.docx"))


@pytest.mark.skipif(not FULL.is_char_device(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(letter: Path, catalog: Path) -> None:
    """Seen: OSError 28 as a traceback, status 1, by each command that prints."""
    with pytest.raises(OutputUnwritable, match="No space left"):
        write(FULL, b"x")
    assert FULL.is_char_device()
    for words in (
        ["parse", str(letter)],
        ["parse", str(letter), str(letter)],
        ["parse", str(letter), "-f", "csv"],
        ["search", "-c", str(catalog), "-f", "csv"],
        ["search", "-c", str(catalog)],
        ["ledger", "-c", str(catalog), "--json"],
        ["cite", str(letter), "-f", "json"],
        ["lint", str(letter), "-f", "json"],
        ["export", str(letter), "--to", "dc"],
        ["export", "--catalog", str(catalog), "--to", "csv"],
        ["index", str(letter.parent), "-c", str(catalog), "--json"],
        ["fields"],
    ):
        ran = ran_as(*words, stdout=FULL)
        assert ran.returncode == OutputUnwritable.exit_code, (words, ran.stderr)
        said = ran.stderr.strip().splitlines()
        assert said == [
            f"vnadmin: stdout cannot be written: No space left on device. {OutputUnwritable.advice} [output_unwritable]"
        ], words


def test_a_number_that_no_database_takes(catalog: Path) -> None:
    """Seen: OverflowError as a traceback."""
    ran = ran_as("search", "-c", str(catalog), "--limit", "99999999999999999999")
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 2


def test_a_closed_stdout_is_one_sentence(catalog: Path) -> None:
    """Seen: AttributeError: 'NoneType' object has no attribute 'reconfigure'."""
    command = [sys.executable, "-m", "vnadmin", "ledger", "-c", str(catalog), "--json"]
    ran = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *command], stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == OutputUnwritable.exit_code
    assert ran.stderr.startswith("vnadmin: stdout cannot be written: Bad file descriptor.")
