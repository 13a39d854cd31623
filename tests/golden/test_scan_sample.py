"""The bundled scan: what each engine reads of it, and what it may claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

import vnadmin
from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable
from vnadmin.model import AdminDocument
from vnadmin.ocr.engine import EngineName, installed_engines
from vnadmin.samples import scans

HERE = Path(__file__).parent
SCAN = scans()[0]
# Boxes and confidences differ by a hair between processors and versions of Tesseract; values and grades must not.
FIELDS = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "addressees",
          "recipients", "signatories", "directives", "legal_references")  # fmt: skip


def parsed(engine: EngineName) -> AdminDocument:
    """The scan as this engine reads it."""
    if engine not in installed_engines():
        pytest.skip(f"the OCR engine {engine!r} is not installed")
    try:
        return vnadmin.parse(SCAN.read_bytes(), config=Config(ocr=engine))
    except OcrUnavailable as error:
        pytest.skip(str(error))


def test_scan_parses_to_its_golden(request: pytest.FixtureRequest) -> None:
    """The better engine reads every value. Refresh with --update-golden, which fails on purpose."""
    document = parsed("hybrid")
    dumped = document.model_dump(mode="json")
    found = {name: dumped[name] for name in FIELDS}
    found["issues"] = sorted(issue.code for issue in document.issues)
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = HERE / f"{SCAN.name}.json"
    if request.config.getoption("--update-golden"):
        path.write_text(text, "utf-8")
        pytest.fail(f"{path.name} was rewritten: look at the difference and run again without --update-golden")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("engine", ["fast", "hybrid"])
def test_what_a_hand_wrote_is_never_certain(engine: str) -> None:
    """Number and day are written by hand: a guess with an issue each, whichever engine reads them."""
    document = parsed(cast("EngineName", engine))
    codes = {issue.code for issue in document.issues}
    assert {"number_handwritten", "day_handwritten"} <= codes
    for pointer in ("/number/text", "/issued_on"):
        assert all(entry.grade == "guess" for entry in document.evidence.get(pointer, ()))


@pytest.mark.parametrize("engine", ["fast", "hybrid"])
def test_print_is_read_by_both_engines(engine: str) -> None:
    """What is printed is the same for both, and every value has a box on the page."""
    document = parsed(cast("EngineName", engine))
    assert document.issuing_agency == "SỞ XÂY DỰNG"
    assert document.number is not None
    assert document.number.notation == "SXD-QLN"
    assert document.subject == "báo cáo nhà ở công vụ"
    assert [signatory.name for signatory in document.signatories] == ["Phan Thị Thu Hằng"]
    assert all(entry.boxes for entries in document.evidence.values() for entry in entries)
