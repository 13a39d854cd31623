"""`vnadmin parse`: the language of issues, and long scans that a service is given as jobs."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import vnadmin
from tests.commands.test_spoken_names import LETTER
from vnadmin import errors
from vnadmin.commands.cli import app
from vnadmin.errors import ParseTimeout
from vnadmin.gazetteer import resource


class Hasty:
    """A service that has no time for a document while somebody waits, and for jobs it has."""

    def __init__(self, *_: object, **__: object) -> None:
        self.jobs: list[object] = []

    def __enter__(self) -> Hasty:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def parse(self, source: object, **_: object) -> None:
        raise ParseTimeout

    def submit(self, source: object, *, evidence: bool) -> SimpleNamespace:
        assert not evidence  # which nobody asked for
        self.jobs.append(source)
        return SimpleNamespace(id="7")

    def wait(self, job: str) -> vnadmin.AdminDocument:
        assert job == "7"
        return vnadmin.parse(self.jobs[0])


def parsed(*words: str) -> dict[str, Any]:
    """What the command prints of one file."""
    ran = CliRunner().invoke(app, ["parse", *words, "--format", "json"])
    assert ran.exit_code == 0, ran.stderr
    return json.loads(ran.stdout)


def test_issues_are_told_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    """English where nobody asks, as in the JSON of the library."""
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi: Sở Y tế\nĐề nghị Sở Y tế báo cáo.\n", "utf-8")
    told = {
        lang: {i["code"]: i["message"] for i in parsed(str(path), "--lang", lang)["issues"]} for lang in ("vi", "en")
    }
    assert told["vi"]["number_missing"] == "Không tìm thấy số, ký hiệu văn bản."
    assert told["en"]["number_missing"] == "No document number was found."
    assert parsed(str(path))["issues"] == parsed(str(path), "--lang", "en")["issues"]


def test_what_takes_a_service_too_long_is_sent_as_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen: a scan of 20 pages was `parse_timeout`, with an advice that who asks cannot follow."""
    monkeypatch.setattr("vnadmin.client.Client", Hasty)
    path = tmp_path / "a.txt"
    path.write_text(LETTER, "utf-8")
    expected = vnadmin.parse(path).number
    assert expected is not None
    assert parsed(str(path), "--server", "http://127.0.0.1:1")["number"]["text"] == expected.text


def test_an_empty_path_is_not_the_folder_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen: `vnadmin parse "$FILE"` with the variable not set read all that lay in the folder and below."""
    (tmp_path / "cong-van.txt").write_text(LETTER, "utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["parse", ""])
    assert result.exit_code == 2 and result.stdout == ""
    assert "an empty path" in result.stderr


def test_the_table_tells_partners_from_those_who_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen: `- Chủ trì, phối hợp với Trạm …  → Trạm …`, as if the Trạm had to do it."""
    (tmp_path / "cong-van.txt").write_text(LETTER, "utf-8")
    monkeypatch.setenv("COLUMNS", "300")
    result = CliRunner().invoke(app, ["parse", str(tmp_path / "cong-van.txt"), "--format", "table"])
    assert "→ (phối hợp: Trạm Khuyến nông huyện)" in result.stdout
    assert "→ Ủy ban nhân dân các xã, thị trấn" in result.stdout


def test_errors_are_told_in_the_language_that_is_asked_for() -> None:
    vi, en = (CliRunner().invoke(app, ["parse", "khong-co.txt", "--lang", lang]) for lang in ("vi", "en"))
    assert vi.exit_code == en.exit_code == 3
    assert "Không có tệp ở đường dẫn này" in vi.stderr
    assert "khong-co.txt" in vi.stderr and "[source_not_found]" in vi.stderr
    assert "Cannot open 'khong-co.txt'" in en.stderr and "Không" not in en.stderr


def test_every_error_of_the_library_has_vietnamese_words() -> None:
    words = tomllib.loads(resource("error_words.toml"))
    own = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.VnadminError)][1:]
    assert set(words) == {c.code for c in own}
    assert all(entry["title"] and entry["advice"] for entry in words.values())
