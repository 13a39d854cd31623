"""What the benchmarks make of seconds: slopes, ratios, targets, the disagreement of two runs, and the page."""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest

from beside.compare import compare
from beside.report import page, with_figures
from beside.rounds import Times, percentile, ratios, slope
from beside.targets import targets
from tests.conftest import ROOT


def row(ratio: float, rate: float = 40.0) -> dict[str, Any]:
    """A contestant of one format."""
    figures = {"n": 3, "p50": 0.02, "p95": 0.03, "sum": 0.07, "spread": 0.01, "peak": 60_000_000}
    beside = {"ratio": ratio, "ratio_least": ratio / 2, "ratio_most": ratio * 2, "rate_1": rate, "rate_2": rate * 2}
    return {**figures, **beside}


RESULT: dict[str, Any] = {
    "machine": {
        "processor": "a processor", "processors": 2, "memory": 2**34, "system": "Linux 6", "python": "3.11.7",
        "date": "2026-11-25", "commit": "0123abcd",
    },
    "load": 0.1,
    "rounds": 5,
    "seconds": 400.0,
    "origin": "the bundled samples",
    "formats": {
        "pdf": {
            "n": 3,
            "in_all": 9,
            "contestants": {
                "vnadmin": row(1.0), "vnadmin-pure": row(0.8), "kreuzberg": row(1.9), "pdfplumber": row(0.1),
                "markitdown": row(0.1), "viparse": row(0.1),
            },
            "stages": {"source": 0.6, "zones": 0.1, "fields": 0.2, "citation": 0.05, "assemble": 0.04, "pydantic": 0.01},
        }
    },
    "median": {"n": 5, "characters": 4500, "p50": 0.004, "rate": 250.0, "spread": 0.01},
    "cold": {
        "pdf": {
            "vnadmin": {"seconds": 0.3, "peak": 59_000_000, "ratio": 1.0, "ratio_least": 1.0, "ratio_most": 1.0},
            "markitdown FILE": {"seconds": 0.9, "peak": 160_000_000, "ratio": 0.3, "ratio_least": 0.2, "ratio_most": 0.4},
        }
    },
    "pages": {"documents": 1000, "rounds": 2, "pages": {"a topic": {"cpu_ms": 40.0, "wall_ms": 41.0}}},
}  # fmt: skip


def test_a_slope_is_the_exponent() -> None:
    assert slope([1, 2, 4, 8], [3, 6, 12, 24]) == pytest.approx(1)
    assert slope([1, 10, 100], [1, 100, 10_000]) == pytest.approx(2)


def test_the_best_round_of_each_file_makes_the_ratio() -> None:
    """A file that only one of the two could read is left out."""
    own = Times({"a": [0.3, 0.2], "b": [0.4], "c": [9.0]})
    other = Times({"a": [0.1, 0.4], "b": [0.1]})
    assert ratios(own, other) == pytest.approx([2.0, 4.0])
    assert own.spread() == pytest.approx(0.0)
    assert other.spread() == pytest.approx((1.5 + 0) / 2)


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3, 1, 2], 0.95) == 3
    assert percentile([4, 1, 3, 2], 0.5) == 3


def test_targets_say_reached_short_or_not_measured() -> None:
    found = {target.what: target.reached for target in targets(RESULT)}
    assert found["whole parse of .pdf over kreuzberg's bare text"] is False  # 1.9, of 1.15
    assert found["whole parse of .pdf beside pdfplumber's `extract_text`"] is True  # ten times, of eight
    assert found["whole parse of .pdf beside markitdown's bare text"] is False  # ten times, of fifteen
    assert found["texts of the median length, one core"] is False
    assert found["peak memory of a process that reads one file"] is True
    assert found["whole parse of .docx over kreuzberg's bare text"] is None


def test_two_runs_that_differ_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    second = copy.deepcopy(RESULT)
    assert compare(RESULT, second)["over"] == []
    second["formats"]["pdf"]["contestants"]["kreuzberg"]["ratio"] = 1.9 * 1.2
    second["formats"]["pdf"]["contestants"]["viparse"]["ratio"] = 0.1 / 1.1
    again = compare(RESULT, second)
    assert again["over"] == ["pdf/kreuzberg/time"]
    assert math.isclose(again["most"], 0.2, abs_tol=1e-9)
    assert "pdf/viparse/time" in capsys.readouterr().out


def test_the_page_holds_targets_and_what_was_measured() -> None:
    """Sections that were not measured are not there."""
    text = page(RESULT)
    assert "| whole parse of .pdf over kreuzberg's bare text | at most 1.15 × | 1.90 × | **short** |" in text
    assert "| pdf | markitdown FILE | 0.90 | 160 | 0.30 | 0.20–0.40 |" in text
    assert "| a topic | 40 | 41 |" in text
    assert "| pdf | 3 | 60% |" in text
    assert "## Growth" not in text


def test_the_readme_holds_the_figures_of_the_run() -> None:
    """What stands between its marks is written anew; all else stays."""
    text = "before\n<!-- benchmarks: written by bench/run.py -->\n- old\n<!-- /benchmarks -->\nafter\n"
    written = with_figures(text, RESULT)
    assert "- whole parse of .pdf beside pdfplumber's `extract_text`: 10.00 × faster" in written
    assert "Measured on 2026-11-25, commit 0123abcd:" in written
    assert "old" not in written
    assert written.startswith("before\n") and written.endswith("\nafter\n")
    assert with_figures(written, RESULT) == written


def test_page_and_readme_are_those_of_the_kept_runs() -> None:
    """docs/benchmarks.md and the README's lines follow from docs/assets/bench."""
    if not (ROOT / "docs/assets/bench").is_dir():
        pytest.skip("no two runs are kept yet: python bench/run.py --compare A.json B.json --out docs/benchmarks.md")
    kept = [
        json.loads((ROOT / "docs/assets/bench" / f"{name}.json").read_text("utf-8")) for name in ("first", "second")
    ]
    kept[0]["again"] = compare(*kept)
    assert page(kept[0]) == (ROOT / "docs/benchmarks.md").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert with_figures(readme, kept[0]) == readme


def test_plots_are_drawn_of_what_was_measured(tmp_path: Path) -> None:
    """The same figures give the same files; a section that was not measured has no plot."""
    plots = pytest.importorskip("beside.plots")
    plots.write_plots(RESULT, tmp_path / "a")
    plots.write_plots(RESULT, tmp_path / "b")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["cold.svg", "ratios.svg", "stages.svg"]
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
