"""`vnadmin ocr` and the OCR options of `vnadmin parse`, with recorded answers of an engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.makers.recorded import replayed
from vnadmin.commands.cli import app

SCAN = Path(__file__).parent.parent / "fixtures" / "documents" / "cong-van-quet.png"
RUN = CliRunner()


@pytest.mark.parametrize(("flags", "media_type"), [([], "application/pdf"), (["--hocr"], "text/vnd.hocr+html"),
                                                   (["--alto"], "application/alto+xml")])  # fmt: skip
def test_what_ocr_writes_parse_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str], media_type: str
) -> None:
    """A searchable PDF, hOCR and ALTO each give the number that is printed on the picture."""
    replayed(SCAN, monkeypatch, "fast")
    out = tmp_path / "out"
    made = RUN.invoke(app, ["ocr", str(SCAN), "-o", str(out), "--ocr", "fast", *flags])
    assert made.exit_code == 0, made.output
    read = RUN.invoke(app, ["parse", str(out), "-f", "json"])
    assert read.exit_code == 0, read.output
    document = json.loads(read.stdout)
    assert document["source"]["media_type"] == media_type
    assert document["number"]["text"] == "774/SNV-CCVC"


def test_ocr_off_refuses_a_scan() -> None:
    """`--ocr off` ends with the error that says what a scan needs."""
    result = RUN.invoke(app, ["parse", str(SCAN), "--ocr", "off"])
    assert result.exit_code == 9
    assert "no_text_layer" in result.stderr


def test_two_forms_at_once_are_refused(tmp_path: Path) -> None:
    """Nobody gets one file where two were asked for."""
    result = RUN.invoke(app, ["ocr", str(SCAN), "-o", str(tmp_path / "out"), "--hocr", "--alto"])
    assert result.exit_code == 2


def test_unreadable_file_has_its_own_exit_code(tmp_path: Path) -> None:
    """A text file is no scan: one line on stderr, the error's code."""
    path = tmp_path / "note.txt"
    path.write_text("Kính gửi", "utf-8")
    result = RUN.invoke(app, ["ocr", str(path), "-o", str(tmp_path / "out.pdf")])
    assert result.exit_code not in (0, 1, 2)
    assert result.stderr.startswith("vnadmin: ")
