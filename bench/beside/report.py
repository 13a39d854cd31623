"""The page: tables of one run as Markdown, the targets first, then each section with its n and spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from beside.peers import FORMATS
from beside.targets import targets

_MARK = {True: "reached", False: "**short**", None: "not measured"}
INTRODUCTION = (
    "Written by `make bench` (`bench/run.py`). Quote ratios, not absolute times: every contestant runs in an environment of its "
    "own (`bench/peers/`, pinned with hashes) as a child process on one processor, they take turns round by round, and the best "
    "round of each file stands for it. Seconds are those of the processor, all threads of a process together, so that other programs "
    "on the machine count little. `spread` is how far the median round lies over the best one. The peers extract bare text, those with "
    "regexes also the seven fields that a short script finds; vnadmin parses all fields. `vnadmin` is the wheel of `make wheel-compiled`, "
    "`vnadmin-pure` the one that needs no compiler.\n\n"
    "Again, and beside a second run: `python bench/run.py --json a.json`, the same with `b.json`, then "
    "`python bench/run.py --compare a.json b.json --out docs/benchmarks.md`: it writes this page, its plots and the README's figures, "
    "and keeps both runs in `docs/assets/bench/`.\n"
)
_NAMES = {
    "vnadmin": "**vnadmin**, all fields",
    "vnadmin-pure": "vnadmin without compiled modules, all fields",
    "vnadmin-source": "vnadmin, the source alone",
    "pdfplumber-regexes": "pdfplumber and regexes, seven fields",
    "python-docx-regexes": "python-docx and regexes, seven fields",
    "pypdfium2-boxes": "pypdfium2, text and the box of each word",
}
PLOTS = {
    "ratios.svg": "vnadmin's time over the contestant's, by format: the median over the files and the range",
    "growth.svg": "Seconds and memory over the size of a document, on logarithms, with the exponents",
    "stages.svg": "Where the time of a parse goes, by format",
    "cold.svg": "A whole process from a cold start: processor time and memory",
}


def page(result: dict[str, Any]) -> str:
    """docs/benchmarks.md."""
    parts = [
        "# Benchmarks\n",
        INTRODUCTION,
        _machine(result),
    ]
    parts += ["\n## What it must show\n", *_table(("what", "asked for", "measured", ""), _targets(result))]
    if result.get("again"):
        parts += ["\n## Plots", *(f"\n![{words}](assets/bench/{name})" for name, words in PLOTS.items())]
    for title, lines in (
        ("By format", _formats(result)),
        ("From a cold start", _cold(result)),
        ("Where the time goes", _stages(result)),
        ("Tools for text", _language(result)),
        ("Scans", _scans(result)),
        ("Growth", _growth(result)),
        ("Files", _files(result)),
        ("The service", _service(result)),
        ("Search pages", _pages(result)),
        ("Start-up and installation", _start(result)),
    ):
        found = list(lines)
        if found:
            parts += [f"\n## {title}\n", *found]
    return "\n".join(parts) + "\n"


README = ("<!-- benchmarks: written by bench/run.py -->", "<!-- /benchmarks -->")


def with_figures(text: str, result: dict[str, Any]) -> str:
    """A text with the targets of one run between the marks of the README."""
    before, opening, rest = text.partition(README[0])
    _, closing, after = rest.partition(README[1])
    if not opening or not closing:
        raise ValueError(f"no {README[0]} ... {README[1]}")
    lines = [f"Measured on {result['machine']['date']}, commit {result['machine']['commit']}:", ""]
    lines += [f"- {found.what}: {found.measured}" for found in targets(result)[:11] if found.reached is not None]
    return "\n".join([before + opening, *lines, closing + after])


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    head = list(head)
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return lines + [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]


def _ms(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _times(ratio: float) -> str:
    """A ratio of own time over another's, from the reader's side."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def _mb(size: float) -> str:
    return f"{size / 1e6:,.0f}"


def _machine(result: dict[str, Any]) -> str:
    machine = result["machine"]
    versions = ", ".join(f"{name} {row['version']}" for name, row in result.get("start", {}).items())
    text = (
        f"{machine['date']}, commit {machine['commit']}: {machine['processor']}, {machine['processors']} processors, {machine['memory'] / 2**30:.0f} GB, "
        f"{machine['system']}, Python {machine['python']}; load before the run {result['load']:.1f}; {result['rounds']} rounds "
        f"(twice as many for calls under 10 ms, 3 for those over 150); {result['seconds'] / 60:.1f} minutes in all. Documents: {result['origin']}."
    )
    if versions:
        text += f" Versions: {versions}."
    again = result.get("again")
    if again:
        text += (
            f"\n\nBeside a second run: {again['ratios']} ratios and slopes, {len(again['over'])} of them apart by more than 15 %; the largest "
            f"disagreement is {again['most']:.0%} (`{again['name']}`), the median {again['median']:.1%}."
        )
        if len(again["over"]) > 1:
            text += f" Over 15 %: {', '.join(f'`{name}`' for name in again['over'])}."
    return text


def _targets(result: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for target in targets(result):
        yield target.what, target.wanted, target.measured, _MARK[target.reached]


def _formats(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("formats", {})
    if not found:
        return
    yield (
        "`ratio` is vnadmin's time over the contestant's on the same file: the median over the files, and the range. Documents a second "
        "are counted in a plain loop, with one process and with two at once; `peak` is the resident memory of one such process. "
        "`text` are the canonical texts of all born-digital documents. A peer that fails on a file is measured without it (n).\n"
    )
    head = (
        "format", "contestant", "n", "p50 ms", "p95 ms", "documents/s", "with 2", "peak MB", "ratio", "range", "spread",
    )  # fmt: skip
    rows = []
    for name in FORMATS:
        for driver, row in found.get(name, {}).get("contestants", {}).items():
            own = driver == "vnadmin"
            rows.append(
                (
                    name,
                    _NAMES.get(driver, driver),
                    row["n"],
                    _ms(row["p50"]),
                    _ms(row["p95"]),
                    _rate(row.get("rate_1")),
                    _rate(row.get("rate_2")),
                    _mb(row["peak"]) if row.get("peak") else "",
                    "1" if own else _times(row["ratio"]),
                    "" if own else f"{_times(row['ratio_least'])}–{_times(row['ratio_most'])}",
                    f"{row['spread']:.0%}",
                )
            )
    yield from _table(head, rows)
    median = result.get("median")
    if median:
        yield (
            f"\nTexts of the median length ({median['characters']:,} characters, the {median['n']} nearest): "
            f"{_ms(median['p50'])} ms each, {median['rate']:,.0f} a second on one core (spread {median['spread']:.0%})."
        )


def _cold(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("cold", {})
    if not found:
        return
    yield (
        "A fresh process that imports, reads the file of the middle size and ends; `parse` and `FILE` are the console commands, the other "
        "rows the library's call. `ratio` is vnadmin's call over this one, pair by pair.\n"
    )
    rows = [
        (
            name,
            driver,
            f"{row['seconds']:.2f}",
            _mb(row["peak"]),
            _times(row["ratio"]),
            f"{_times(row['ratio_least'])}–{_times(row['ratio_most'])}",
        )
        for name, measured in found.items()
        for driver, row in measured.items()
    ]
    yield from _table(("format", "process", "seconds", "peak MB", "ratio", "range"), rows)


def _service(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("service")
    if not found:
        return
    yield (
        "`bench/service_load.py` with one worker, the service of the checkout (pure), beside one process of the library that parses and "
        "writes JSON; medians of the rounds. Four times the clients: that many a process, each asks again when it is answered. Asked four "
        "times as often: requests come so often whether others were answered or not, so that three of four must be refused: for that share nothing is asked.\n"
    )
    yield from _table(
        ("what", "figure"),
        [
            ("library, ms of processor a document", f"{found['library_cpu_ms']:.2f}"),
            ("service, ms of processor a document", f"{found['service_cpu_ms']:.2f}"),
            ("service over library by processor time", f"{found['ratio_by_processor_time']:.2f}"),
            ("p95 unloaded, ms", f"{found['unloaded_p95_ms']:.1f}"),
            (
                "p95 of the accepted, four times the clients, over unloaded",
                f"{found['p95_of_4x_clients_over_unloaded']:.2f}",
            ),
            ("refused of four times the clients", f"{found['refused_of_4x_clients']:.1%}"),
            (
                "p95 of the accepted, asked four times as often, over unloaded",
                f"{found['p95_at_4x_over_unloaded']:.2f}",
            ),
            ("refused, asked four times as often", f"{found['refused_at_4x']:.0%}"),
            ("broken off", f"{found['broken']:.0f}"),
        ],
    )


def _pages(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("pages")
    if not found:
        return
    yield (
        f"The page of a search with its facets, from a service over a generated archive of {found['documents']:,} documents (SQLite); "
        f"{found['rounds']} times each.\n"
    )
    rows = [(title, f"{row['cpu_ms']:.0f}", f"{row['wall_ms']:.0f}") for title, row in found["pages"].items()]
    yield from _table(("search", "ms of processor", "ms by the clock, median"), rows)


def _rate(value: float | None) -> str:
    if not value:
        return ""
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def _stages(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("formats", {})
    if not found:
        return
    yield (
        "Share of each stage of the whole parse, from timers at the borders of the pipeline's calls; pydantic is the validation "
        "at the exit. `rest / source` is all that comes after the source over the source.\n"
    )
    stages = list(next(iter(found.values()))["stages"])
    rows = []
    for name, row in found.items():
        seconds = row["stages"]
        whole = sum(seconds.values())
        rest = (whole - seconds["source"]) / seconds["source"]
        rows.append((name, row["n"], *(f"{seconds[stage] / whole:.0%}" for stage in stages), f"{rest:.2f}"))
    yield from _table(("format", "n", *stages, "rest / source"), rows)


def _language(result: dict[str, Any]) -> Iterator[str]:
    what = {
        "underthesea": ("whole parse", "`ner`, same texts"),
        "eyecite": (
            "citations found, resolved, identified",
            "citations found and resolved, English of the same lengths",
        ),
    }
    rows = [
        (
            peer,
            what[peer][0],
            what[peer][1],
            row["n"],
            _ms(row["own"]),
            _ms(row["other"]),
            f"{_times(row['ratio'])} ({_times(row['ratio_least'])}–{_times(row['ratio_most'])})",
            f"{row['spread']:.0%}",
        )
        for peer, row in result.get("language", {}).items()
    ]
    if rows:
        yield "Other tasks on texts of the median length; they do other work, so the ratio is one of size, not of merit.\n"
        yield from _table(("peer", "vnadmin does", "it does", "n", "vnadmin ms", "its ms", "ratio", "spread"), rows)


def _scans(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("scans")
    if not found:
        return
    if "missing" in found:
        yield found["missing"]
        return
    beside, long = found["beside"], found["long"]
    yield (
        f"One processor, the fast engine (psm 4), first pages of {beside['n']} scans, best of {beside['rounds']} rounds; Tesseract alone "
        f"is a bare loop with a recogniser that is loaded already. The engine reads a page {beside['page_readings']:.2f} times on average, and asks for {beside['calls']:.1f} readings, "
        "most of them of a few figures or words.\n"
    )
    names = {
        "plain": "Tesseract alone, the page as scanned",
        "prepared": "Tesseract alone, the page as prepared",
        "inside": "Tesseract inside the parse, all that it is asked",
    }
    rows = [("vnadmin, whole parse", f"{beside['whole']:.2f}", "1", "")]
    for key, name in names.items():
        ratios = beside[f"ratios_{key}"]
        rows.append((name, f"{beside[key]:.2f}", f"{beside[f'ratio_{key}']:.2f}", f"{ratios[0]:.2f}–{ratios[-1]:.2f}"))
    yield from _table(("what", "mean s a page", "whole / this", "range"), rows)
    yield (
        f'\nA scan of {long["pages"]} pages: all pages {long["all"]:.1f} s; `pages="metadata"` {long["first_and_last"]:.1f} s '
        f"({long['read']} pages read), {long['ratio']:.1f} times faster."
    )


def _growth(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("growth", {})
    if not found:
        return
    yield (
        "A fresh process for each figure; memory is the peak over that of a process that has read one short file. Slopes are exponents "
        "(log-log): 1 is linear. The upper slope leaves out the small sizes, where fixed costs hide the exponent.\n"
    )
    rows = []
    for what, row in found.items():
        for size, seconds in row["seconds"].items():
            rows.append((f"{size} {what}", f"{seconds:.2f}", _mb(row["memory"][size])))
    yield from _table(("size", "seconds", "MB"), rows)
    yield ""
    head = ("over", "slope of time", "of memory", "upper part", "slope of time", "of memory", "rounds")
    yield from _table(
        head,
        [
            (
                what,
                f"{row['slope_time']:.2f}",
                f"{row['slope_memory']:.2f}",
                row["upper"],
                f"{row['slope_time_upper']:.2f}",
                f"{row['slope_memory_upper']:.2f}",
                row["rounds"],
            )
            for what, row in found.items()
        ],
    )


def _files(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("files")
    if not found:
        return
    if "missing" in found:
        yield found["missing"]
        return
    one = found["one_process_small"]
    yield (
        "`vnadmin index` with a process for each processor, over trees made of the gold documents (bench/index/tree.py). Memory is that "
        f"of all its processes. One process that parses the {one['files']} files of the smaller tree and writes nothing: "
        f"{one['files_per_second']:.0f} files a second.\n"
    )
    rows = [
        (
            f"{row['files']:,}",
            f"{row['seconds']:.1f}",
            f"{row['files_per_second']:.0f}",
            f"{row['cpu_ms_per_file']:.1f}",
            f"{row['all_peak_mb']:.0f}",
        )
        for row in (found["small"], found["large"])
    ]
    yield from _table(("files", "seconds", "files/s", "CPU ms a file", "peak MB"), rows)
    yield (
        f"\nSlopes: wall clock {found['slope_seconds']:.2f}, CPU time {found['slope_cpu']:.2f}, memory {found['slope_memory']:.2f}."
    )


def _start(result: dict[str, Any]) -> Iterator[str]:
    found = result.get("start", {})
    if not found:
        return
    own = found["vnadmin"]
    yield (
        "Fresh interpreters, best of the rounds; the import without the interpreter's own start, the command with it. Size is what "
        "`pip install` puts down, byte code left out; vnadmin with `[legacy]`.\n"
    )
    rows = []
    for peer, row in found.items():
        command = f"{row['command']:.2f}" if row["command"] else ""
        ratio = "" if peer == "vnadmin" else f"{own['import'] / row['import']:.2f}"
        rows.append((peer, f"{row['import']:.3f}", ratio, command, row["distributions"], _mb(row["size"])))
    yield from _table(("contestant", "import s", "vnadmin / this", "command s", "distributions", "MB"), rows)
