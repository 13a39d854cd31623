"""`vnadmin lint`: the four forms in which it prints, its exit status, and its settings."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

import vnadmin
from vnadmin.commands.cli import app

RUN = CliRunner()
LETTER = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["base"]["letter"]
BAD = LETTER.replace("PHÓ CHỦ TỊCH\nLê", "CHÁNH VĂN PHÒNG\nLê").replace("Số: 412/", "Số: 7/")


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "công văn.txt"
    path.write_text(BAD, "utf-8")
    return str(path)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.txt"
    path.write_text(LETTER, "utf-8")
    return str(path)


def test_text_is_what_a_compiler_prints(bad: str) -> None:
    """path:line:column, severity, code, words, clause; the line below it and carets under what is meant."""
    result = RUN.invoke(app, ["lint", bad, "--lang", "en"])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{bad}:3:5: warning number_zero: A number below 10 needs a 0 before it: 7/UBND-KT [NĐ 30/2020, PL I, II.3]",
        "    Số: 7/UBND-KT",
        "        ^^^^^^^^^",
        (
            f"{bad}:18:1: error authority_needs_deputy: KT. is for a deputy who signs in the head's place: "
            "KT. CHỦ TỊCH / CHÁNH VĂN PHÒNG [NĐ 30/2020, Điều 13; PL I, II.7]"
        ),
        "    CHÁNH VĂN PHÒNG",
        "    ^^^^^^^^^^^^^^^",
    ]


def test_nothing_wrong_prints_nothing_and_ends_with_0(good: str) -> None:
    """Silence is success."""
    result = RUN.invoke(app, ["lint", good])
    assert (result.stdout, result.exit_code) == ("", 0)


def test_notes_alone_do_not_fail(tmp_path: Path) -> None:
    """A finding of severity info is printed, and the exit status stays 0."""
    path = tmp_path / "note.txt"
    path.write_text(LETTER.replace("khoản 2 Điều 5", "khoản 2 điều 5"), "utf-8")
    result = RUN.invoke(app, ["lint", str(path)])
    assert "lưu ý provision_letter" in result.stdout
    assert result.exit_code == 0


def test_json_has_both_languages(bad: str) -> None:
    """One object for each finding; the quote is the slice of the text."""
    found = json.loads(RUN.invoke(app, ["lint", bad, "-f", "json"]).stdout)
    assert [f["code"] for f in found] == ["number_zero", "authority_needs_deputy"]
    assert found[1]["quote"] == "CHÁNH VĂN PHÒNG"
    assert found[1]["vi"].startswith("KT. chỉ dùng")
    assert found[1]["en"].startswith("KT. is for")


def test_sarif_is_valid_by_its_schema(bad: str, good: str) -> None:
    """The classes made from the schema of SARIF 2.1.0 accept it, with findings and without; the path is a URI."""
    full = RUN.invoke(app, ["lint", bad, good, "-f", "sarif"]).stdout
    for text in (full, RUN.invoke(app, ["lint", good, "-f", "sarif"]).stdout):
        Sarif.model_validate_json(text)
    run = json.loads(full)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(
            "c%C3%B4ng%20v%C4%83n.txt"
        )


def test_github_shows_annotations(bad: str) -> None:
    """Workflow commands, with commas and colons of values escaped."""
    lines = RUN.invoke(app, ["lint", bad, "-f", "github", "--lang", "en"]).stdout.splitlines()
    assert lines[1].startswith("::error file=")
    assert ",line=18,col=1,title=authority_needs_deputy::KT. is for" in lines[1]


def test_codes_are_switched_off_on_the_command_line_and_in_a_file(bad: str, tmp_path: Path) -> None:
    """`--off` and `--config` add up."""
    config = tmp_path / "lint.toml"
    config.write_text('off = ["number_zero"]', "utf-8")
    result = RUN.invoke(app, ["lint", bad, "--config", str(config), "--off", "authority_needs_deputy"])
    assert (result.stdout, result.exit_code) == ("", 0)


def test_a_code_that_does_not_exist_is_refused(bad: str) -> None:
    """A misspelt code would switch nothing off."""
    result = RUN.invoke(app, ["lint", bad, "--off", "numbr_zero"])
    assert result.exit_code == 18
    assert "numbr_zero" in result.stderr


def test_json_of_the_parser_is_checked_without_parsing(tmp_path: Path) -> None:
    """What was read and corrected by a person can be checked."""
    path = tmp_path / "letter.json"
    path.write_text(vnadmin.parse(BAD.encode()).model_dump_json(), "utf-8")
    assert "number_zero" in RUN.invoke(app, ["lint", str(path)]).stdout


def test_a_file_that_cannot_be_read_does_not_stop_the_others(bad: str, tmp_path: Path) -> None:
    """The others are checked; the exit status is the error's."""
    result = RUN.invoke(app, ["lint", str(tmp_path / "none.txt"), bad])
    assert result.exit_code == 3
    assert "number_zero" in result.stdout


def test_codes_are_listed() -> None:
    """Every code with its severity and clause."""
    from vnadmin.lint import codes

    shown = RUN.invoke(app, ["lint", "--codes", "--lang", "en"]).stdout.splitlines()
    assert [line.split()[0] for line in shown] == list(codes())


def test_without_a_file_it_says_what_is_missing() -> None:
    """Usage errors are click's own."""
    assert RUN.invoke(app, ["lint"]).exit_code == 2
