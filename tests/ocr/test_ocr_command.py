"""`vnadmin ocr` and the OCR options of `vnadmin parse`, with an engine where one is installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from vnadmin.commands.cli import app
from vnadmin.ocr.engine import installed_engines

needs_engine = pytest.mark.skipif(not installed_engines(), reason="no OCR engine is installed")
RUN = CliRunner()


@pytest.fixture(scope="module")
def scan(page: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundled notice as a picture."""
    path = tmp_path_factory.mktemp("scan") / "scan.png"
    page.save(path, dpi=(150, 150))
    return path


@needs_engine
@pytest.mark.parametrize(("flags", "media_type"), [([], "application/pdf"), (["--hocr"], "text/vnd.hocr+html"),
                                                   (["--alto"], "application/alto+xml")])  # fmt: skip
def test_what_ocr_writes_parse_reads(scan: Path, tmp_path: Path, flags: list[str], media_type: str) -> None:
    """A searchable PDF, hOCR and ALTO each give the number that is printed on the picture."""
    out = tmp_path / "out"
    made = RUN.invoke(app, ["ocr", str(scan), "-o", str(out), "--ocr", "fast", *flags])
    assert made.exit_code == 0, made.output
    read = RUN.invoke(app, ["parse", str(out), "-f", "json"])
    assert read.exit_code == 0, read.output
    document = json.loads(read.stdout)
    assert document["source"]["media_type"] == media_type
    assert document["number"]["text"] == "88/TB-VP"


def test_ocr_off_refuses_a_scan(scan: Path) -> None:
    """`--ocr off` ends with the error that says what a scan needs."""
    result = RUN.invoke(app, ["parse", str(scan), "--ocr", "off"])
    assert result.exit_code == 9
    assert "no_text_layer" in result.stderr


def test_two_forms_at_once_are_refused(scan: Path, tmp_path: Path) -> None:
    """Nobody gets one file where two were asked for."""
    result = RUN.invoke(app, ["ocr", str(scan), "-o", str(tmp_path / "out"), "--hocr", "--alto"])
    assert result.exit_code == 2


def test_unreadable_file_has_its_own_exit_code(tmp_path: Path) -> None:
    """A text file is no scan: one line on stderr, the error's code."""
    path = tmp_path / "note.txt"
    path.write_text("Kính gửi", "utf-8")
    result = RUN.invoke(app, ["ocr", str(path), "-o", str(tmp_path / "out.pdf")])
    assert result.exit_code not in (0, 1, 2)
    assert result.stderr.startswith("vnadmin: ")
