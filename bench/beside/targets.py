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
    """All targets, in the order of the project's issue; of the compiled build unless said."""
    formats = {name: row["contestants"] for name, row in result.get("formats", {}).items()}
    docx, pdf = formats.get("docx", {}), formats.get("pdf", {})
    lines = [
        _at_most("whole parse of .pdf over kreuzberg's bare text", _ratio(pdf, "kreuzberg"), 1.15, "×"),
        _at_most("whole parse of .pdf over pdfium's text and word boxes", _ratio(pdf, "pypdfium2-boxes"), 2.2, "×"),
        _at_most("whole parse of .docx over kreuzberg's bare text", _ratio(docx, "kreuzberg"), 5, "×"),
        _at_most("the same, pure build", _pure_ratio(docx, "kreuzberg"), 6.5, "×"),
        _at_least("texts of the median length, one core", result.get("median", {}).get("rate"), 450, "a second"),
        _at_least(".doc, one core", formats.get("doc", {}).get("vnadmin", {}).get("rate_1"), 110, "a second"),
        _faster("whole parse of .pdf beside pdfplumber's `extract_text`", _ratio(pdf, "pdfplumber"), 8),
        _faster("whole parse of .pdf beside pdfplumber with regexes", _ratio(pdf, "pdfplumber-regexes"), 8),
        _faster("whole parse of .pdf beside markitdown's bare text", _ratio(pdf, "markitdown"), 15),
        _faster("whole parse of .docx beside markitdown's bare text", _ratio(docx, "markitdown"), 15),
        _faster("whole parse of .docx beside python-docx with regexes", _ratio(docx, "python-docx-regexes"), 1),
    ]
    cold = result.get("cold", {})
    lines.append(_at_most("cold `vnadmin parse one.txt`", _of(cold, "text", "vnadmin parse", "seconds"), 0.3, "s"))
    peaks = [row["vnadmin"]["peak"] / 1e6 for row in cold.values()]
    lines.append(_at_most("peak memory of a process that reads one file", max(peaks, default=None), 60, "MB"))
    service = result.get("service", {})
    lines += [
        _at_least("service over library, by processor time", service.get("ratio_by_processor_time"), 0.9, "×"),
        _at_most(
            "p95 of the accepted, 4 × the clients, over unloaded",
            service.get("p95_of_4x_clients_over_unloaded"),
            2,
            "×",
        ),
        _at_most("refused of 4 × the clients, as a share", service.get("refused_of_4x_clients"), 0.05, ""),
        _at_most(
            "p95 of the accepted, asked 4 × as often, over unloaded", service.get("p95_at_4x_over_unloaded"), 2, "×"
        ),
    ]
    for what, row in result.get("growth", {}).items():
        for key in ("time", "memory"):
            steepest = max(row[f"slope_{key}"], row[f"slope_{key}_upper"])
            lines.append(_at_most(f"slope of {key} over {what}", steepest, 1.08, ""))
    files = result.get("files", {})
    for key, name in (("seconds", "wall clock"), ("cpu", "CPU time"), ("memory", "memory")):
        lines.append(_at_most(f"slope of {name} over files of an index", files.get(f"slope_{key}"), 1.08, ""))
    return lines + _of_scans(result.get("scans", {}))


def _of_scans(found: dict[str, Any]) -> list[Target]:
    beside = found.get("beside", {})
    return [
        _at_most("scan, end to end, over Tesseract alone on the scanned page", beside.get("ratio_plain"), 1.1, "×"),
        _at_most("scan, end to end, over Tesseract alone on the prepared page", beside.get("ratio_prepared"), 1.1, "×"),
        _at_least("20-page scan: all pages over first and last", found.get("long", {}).get("ratio"), 5, "×"),
    ]


def _of(found: dict[str, Any], *names: str) -> Any:
    """What stands under these names, None where it was not measured."""
    for name in names:
        found = found.get(name, {})
    return found or None


def _pure_ratio(rows: dict[str, Any], peer: str) -> float | None:
    """The ratio of the pure build: that of the compiled one over how much faster it is."""
    if peer not in rows or "vnadmin-pure" not in rows:
        return None
    return float(rows[peer]["ratio"] / rows["vnadmin-pure"]["ratio"])


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
    return Target(what, wanted, f"{value:,.0f} {unit}" if value >= 20 else f"{value:.2f} {unit}", value >= limit)


def _faster(what: str, ratio: float | None, times: float) -> Target:
    return _at_least(what, None if ratio is None else 1 / ratio, times, "× faster")
