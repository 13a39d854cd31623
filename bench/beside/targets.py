"""What the benchmarks must show, each target with the measured figure and whether it is reached."""

from __future__ import annotations

from typing import Any, NamedTuple


class Target(NamedTuple):
    """One line of the list: what, what is asked for, what was measured, whether that is enough (None: not measured)."""

    what: str
    wanted: str
    measured: str
    reached: bool | None


def targets(result: dict[str, Any]) -> list[Target]:
    """All targets, in the order of the project's issue."""
    lines: list[Target] = []
    for name in ("docx", "pdf"):
        rows = result.get("formats", {}).get(name, {}).get("contestants", {})
        lines.append(
            _at_most(f"whole parse of .{name} over kreuzberg's bare text", _ratio(rows, "kreuzberg"), 2.0, "×")
        )
        for peer in ("markitdown", "viparse"):
            lines.append(_faster(f"whole parse of .{name} beside {peer}'s bare text", _ratio(rows, peer), 20))
        if name == "pdf":
            lines.append(
                _faster("whole parse of .pdf beside pdfplumber's `extract_text`", _ratio(rows, "pdfplumber"), 8)
            )
    median = result.get("median", {})
    lines.append(_at_least("texts of the median length, one core", median.get("rate"), 1000, "a second"))
    doc = result.get("formats", {}).get("doc", {}).get("contestants", {}).get("vnadmin", {})
    lines.append(_at_least(".doc, one core", doc.get("rate_1"), 50, "a second"))
    stages = result.get("formats", {}).get("pdf", {}).get("stages")
    share = (sum(stages.values()) - stages["source"]) / stages["source"] if stages else None
    lines.append(_at_most("PDF: the parse without its source, over the source", share, 1.0, "×"))
    beside = result.get("scans", {}).get("beside", {})
    lines.append(
        _at_most("scan, end to end, over Tesseract alone on the scanned page", beside.get("ratio_plain"), 1.10, "×")
    )
    lines.append(
        _at_most("scan, end to end, over Tesseract alone on the prepared page", beside.get("ratio_prepared"), 1.10, "×")
    )
    long = result.get("scans", {}).get("long", {})
    lines.append(_at_least("20-page scan: all pages over first and last", long.get("ratio"), 5, "×"))
    for what, row in result.get("growth", {}).items():
        for key in ("time", "memory"):
            steepest = max(row[f"slope_{key}"], row[f"slope_{key}_upper"])
            lines.append(_at_most(f"slope of {key} over {what}", steepest, 1.1, ""))
    files = result.get("files", {})
    for key in ("seconds", "cpu", "memory"):
        name = {"seconds": "wall clock", "cpu": "CPU time", "memory": "memory"}[key]
        lines.append(_at_most(f"slope of {name} over files of an index", files.get(f"slope_{key}"), 1.1, ""))
    return lines


def _ratio(rows: dict[str, Any], peer: str) -> float | None:
    return rows[peer]["ratio"] if peer in rows else None


def _at_most(what: str, value: float | None, limit: float, unit: str) -> Target:
    wanted = f"at most {limit:g} {unit}".strip()
    if value is None:
        return Target(what, wanted, "–", None)
    return Target(what, wanted, f"{value:.2f} {unit}".strip(), value <= limit)


def _at_least(what: str, value: float | None, limit: float, unit: str) -> Target:
    wanted = f"at least {limit:,g} {unit}"
    if value is None:
        return Target(what, wanted, "–", None)
    return Target(what, wanted, f"{value:,.0f} {unit}" if value >= 20 else f"{value:.1f} {unit}", value >= limit)


def _faster(what: str, ratio: float | None, times: float) -> Target:
    return _at_least(what, None if ratio is None else 1 / ratio, times, "× faster")
