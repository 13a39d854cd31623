"""The bundled scan: what each engine reads of it, and what it may claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import vnadmin
from tests.makers.ocr_fakes import real_engine
from tests.makers.recorded import replayed
from vnadmin.config import Config
from vnadmin.model import AdminDocument
from vnadmin.ocr.engine import EngineName
from vnadmin.samples import scans

HERE = Path(__file__).parent
SCAN = Path(str(scans()[0]))
Read = Callable[[EngineName], AdminDocument]
FIELDS = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "addressees",
          "recipients", "signatories", "directives", "legal_references")  # fmt: skip


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[EngineName], AdminDocument]:
    """The scan as an engine read it when that was recorded (tests/makers/recorded.py)."""

    def read(engine: EngineName) -> AdminDocument:
        replayed(SCAN, monkeypatch, engine)
        return vnadmin.parse(SCAN)

    return read


def test_scan_parses_to_its_golden(request: pytest.FixtureRequest, parsed: Read) -> None:
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
def test_what_a_hand_wrote_is_never_certain(engine: EngineName, parsed: Read) -> None:
    """Number and day are written by hand: a guess with an issue each, whichever engine reads them."""
    document = parsed(engine)
    codes = {issue.code for issue in document.issues}
    assert {"number_handwritten", "day_handwritten"} <= codes
    for pointer in ("/number/text", "/issued_on"):
        assert all(entry.grade == "guess" for entry in document.evidence.get(pointer, ()))


@pytest.mark.parametrize("engine", ["fast", "hybrid"])
def test_print_is_read_by_both_engines(engine: EngineName, parsed: Read) -> None:
    """What is printed is the same for both, and every value has a box on the page."""
    document = parsed(engine)
    assert document.issuing_agency == "SỞ XÂY DỰNG"
    assert document.number is not None
    assert document.number.notation == "SXD-QLN"
    assert document.subject == "báo cáo nhà ở công vụ"
    assert [signatory.name for signatory in document.signatories] == ["Phan Thị Thu Hằng"]
    assert all(entry.boxes for entries in document.evidence.values() for entry in entries)


@pytest.mark.parametrize("engine", ["fast", "hybrid"])
def test_the_engine_that_is_installed_reads_what_was_recorded(engine: EngineName, parsed: Read) -> None:
    """Boxes and confidences differ by a hair between processors and versions of Tesseract; printed values do not."""
    real_engine(engine)
    now = vnadmin.parse(SCAN, config=Config(ocr=engine)).model_dump(mode="json")
    then = parsed(engine).model_dump(mode="json")
    printed = [name for name in FIELDS if name not in ("number", "issued_on")]
    assert {name: now[name] for name in printed} == {name: then[name] for name in printed}
