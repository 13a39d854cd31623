"""The check: each code on a wild positive and on a negative case, which documents it holds to which rule, and settings."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import vnadmin
from vnadmin.lint import Finding, LintSettings, LintSettingsError, codes, lint
from vnadmin.model import AdminDocument, Severity

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
BASES = CASES["base"]


def changed(case: dict[str, Any]) -> AdminDocument:
    """The document of a case."""
    text = BASES[case["base"]]
    for old, new in case.get("change", []):
        assert old in text, old
        text = text.replace(old, new)
    return vnadmin.parse((text + case.get("append", "")).encode())


@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: f"{c['code']}-{'clean' if c.get('clean') else 'found'}")
def test_case(case: dict[str, Any]) -> None:
    """The code is found in the positive case, at its place, and not in the negative one."""
    document = changed(case)
    found = [f for f in lint(document) if f.code == case["code"]]
    assert bool(found) is not case.get("clean", False), [f.detail for f in lint(document)]
    for finding in found:
        assert 0 <= finding.start <= finding.end <= len(document.text)


def test_every_code_has_a_case_each_way() -> None:
    """No code without a positive and a negative case."""
    assert {c["code"] for c in CASES["case"] if c.get("clean")} == set(codes())
    assert {c["code"] for c in CASES["case"] if not c.get("clean")} == set(codes())


@pytest.mark.parametrize("base", BASES)
def test_a_document_in_good_form_gives_no_alarm(base: str) -> None:
    """The documents that the cases change are clean themselves."""
    assert lint(vnadmin.parse(BASES[base].encode())) == ()


def test_what_is_found_names_its_place_its_clause_and_its_words() -> None:
    """A finding carries all that a reader needs, in both languages, and is an Issue of the model too."""
    document = changed({"base": "letter", "change": [["PHÓ CHỦ TỊCH\nLê", "CHÁNH VĂN PHÒNG\nLê"]]})
    (finding,) = lint(document)
    assert document.text[finding.start : finding.end] == "CHÁNH VĂN PHÒNG"
    assert finding.rule.clause == "NĐ 30/2020, Điều 13; PL I, II.7"
    assert finding.message("vi").startswith("KT. chỉ dùng cho cấp phó")
    assert finding.message("en").endswith(": KT. CHỦ TỊCH / CHÁNH VĂN PHÒNG")
    assert finding.issue().code == "authority_needs_deputy"
    assert finding.issue().severity is Severity.ERROR


def test_codes_can_be_switched_off_and_chosen() -> None:
    """`off` leaves a code out; `only` leaves all others out."""
    document = changed({"base": "letter", "change": [["Số: 412/", "Số: 7/"], ["Độc lập - Tự do", "Độc lập-Tự do"]]})
    assert {f.code for f in lint(document)} == {"number_zero", "motto_form"}
    assert {f.code for f in lint(document, LintSettings(off=frozenset({"number_zero"})))} == {"motto_form"}
    assert {f.code for f in lint(document, LintSettings(only=frozenset({"number_zero"})))} == {"number_zero"}


def test_a_document_is_held_to_the_rules_of_its_day_unless_asked() -> None:
    """`since` of a rule; `all_times` sets it aside."""
    document = changed({"base": "letter", "change": [["Số: 412/", "Số: 7/"], ["năm 2024", "năm 2012"], ["năm 2023", "năm 2011"], ["/2023/", "/2011/"]]})  # fmt: skip
    assert [f.code for f in lint(document)] == []
    assert [f.code for f in lint(document, LintSettings(all_times=True))] == ["number_zero"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('off = ["no_such_code"]', "no code no_such_code"),
        ("off = 5", "off is a list"),
        ('of = ["motto_form"]', "the keys are"),
        ("= [", "Cannot read"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(tmp_path: Path, text: str, words: str) -> None:
    """A misspelt code is not passed over."""
    path = tmp_path / "lint.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LintSettingsError, match=words):
        LintSettings.read(path)


def test_settings_stand_alone_or_in_a_table(tmp_path: Path) -> None:
    """`off = [...]` at the top, or under `[lint]` in a file that others share."""
    wanted = LintSettings(off=frozenset({"motto_form"}), all_times=True)
    for text in ('off = ["motto_form"]\nall_times = true', '[lint]\noff = ["motto_form"]\nall_times = true'):
        path = tmp_path / "lint.toml"
        path.write_text(text, "utf-8")
        assert LintSettings.read(path) == wanted


def test_findings_stand_in_the_order_of_the_text() -> None:
    """As a compiler lists them."""
    document = changed({"base": "letter", "change": [["Số: 412/", "Số: 7/"], ["\n3. Đề nghị", "\n4. Đề nghị"]]})
    found: tuple[Finding, ...] = lint(document)
    assert [f.code for f in found] == ["number_zero", "item_skipped"]
    assert found[0].start < found[1].start
