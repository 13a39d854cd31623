"""Links and pipes in folders and zips: what stands elsewhere is not read, and nothing is passed over in silence."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import vnadmin
from vnadmin.commands.cli import app
from vnadmin.errors import UnsupportedFormat
from vnadmin.samples import samples

LETTER = next(item for item in samples() if item.name == "cong-van.txt").read_bytes()


def test_a_folder_is_read_without_its_links_and_pipes(tmp_path: Path) -> None:
    """Seen: `lnk.txt -> /etc/passwd` was a row of the table, a FIFO was left out without a word."""
    (tmp_path / "elsewhere.txt").write_bytes(LETTER)
    kho = tmp_path / "kho"
    kho.mkdir()
    (kho / "a.txt").write_bytes(LETTER)
    (kho / "lnk.txt").symlink_to(tmp_path / "elsewhere.txt")
    os.mkfifo(kho / "pipe.txt")
    ran = CliRunner().invoke(app, ["parse", str(kho), "-f", "jsonl"])
    assert ran.exit_code == 0, ran.output
    assert len(ran.stdout.splitlines()) == 1
    assert [line.split(": ")[1].rpartition("/")[2] for line in ran.stderr.splitlines()] == ["lnk.txt", "pipe.txt"]


def test_a_link_in_a_zip_is_no_document() -> None:
    """Seen: a document whose text was the link's target."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("lnk.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UnsupportedFormat, match="link"):
        vnadmin.parse(out.getvalue())
