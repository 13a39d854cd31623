"""Side by side in one run: the whole parse of vnadmin beside what peers take only to extract text; growth; start-up.

    python bench/run.py [--rounds 9] [--out docs/benchmarks.md]

Rounds interleave the contestants (A B C A B C ...), so that a drift of the machine's speed touches all alike; medians
and ratios are what to quote. Timing is this process's wall clock on warm caches; start-up is a fresh interpreter.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

import vnadmin
from vnadmin.samples import samples

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
NO_OCR = vnadmin.Config(ocr="off")  # scans have a bench of their own, bench/ocr.py


def interleaved(contestants: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each contestant, taken in turn; one round before is not counted."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            if number:
                times[name].append(time.perf_counter() - start)
    return times


def peers(path: Path) -> dict[str, Callable[[], object]]:
    """The peers that are installed, extracting text from one file."""
    found: dict[str, Callable[[], object]] = {}
    if util.find_spec("kreuzberg"):
        import kreuzberg

        found["kreuzberg"] = lambda: kreuzberg.extract_file_sync(str(path))
    if util.find_spec("viparse"):
        import viparse

        found["viparse"] = lambda: viparse.load(str(path))
    return found


def beside_peers(rounds: int, folder: Path) -> list[str]:
    """Whole parse beside bare extraction, on the bundled two-page samples."""
    lines = ["| file | contestant | median ms | min–max ms | vnadmin / contestant |", "|---|---|---|---|---|"]
    for item in samples():
        suffix = Path(item.name).suffix
        if suffix not in (".docx", ".pdf", ".doc"):
            continue
        path = folder / item.name
        path.write_bytes(item.read_bytes())
        contestants: dict[str, Callable[[], object]] = {"vnadmin": lambda path=path: vnadmin.parse(path), **peers(path)}
        if suffix == ".doc":
            contestants.pop("viparse", None)  # it starts LibreOffice for .doc: seconds, and not always there
        times = interleaved(contestants, rounds)
        own = statistics.median(times["vnadmin"])
        for name, seconds in times.items():
            middle = statistics.median(seconds)
            lines.append(
                f"| {item.name} | {name} | {middle * 1000:.1f} | {min(seconds) * 1000:.1f}–{max(seconds) * 1000:.1f} | "
                f"{own / middle:.2f} |"
            )
    return lines


def per_format(rounds: int) -> list[str]:
    """Median over the gold documents of each format, and documents a second of one process."""
    if not GOLD.is_dir():
        return ["(needs ../shared/gold/dev)"]
    lines = ["| format | n | p50 ms | p95 ms | documents/s |", "|---|---|---|---|---|"]
    groups: dict[str, list[Path]] = {}
    for path in sorted(GOLD.glob("*/source.*")):
        kind = {".txt": "text", ".md": "text"}.get(path.suffix, path.suffix.lstrip("."))
        groups.setdefault(kind, []).append(path)
    for kind, paths in sorted(groups.items()):
        seconds = []
        for path in paths:
            try:
                times = interleaved(
                    {"vnadmin": lambda path=path: vnadmin.parse(path, config=NO_OCR)}, max(2, rounds // 3)
                )["vnadmin"]
            except vnadmin.VnadminError:
                continue
            seconds.append(statistics.median(times))
        if len(seconds) > 1:
            seconds.sort()
            p95 = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
            lines.append(
                f"| {kind} | {len(seconds)} | {statistics.median(seconds) * 1000:.1f} | {p95 * 1000:.1f} | "
                f"{len(seconds) / sum(seconds):.0f} |"
            )
    return lines


def growth() -> list[str]:
    """Seconds for 1, 2, 4 and 8 MB of real text (gold texts repeated, or samples where gold is absent)."""
    texts = [p.read_text("utf-8") for p in sorted(GOLD.glob("*/source.txt"))] + [
        p.read_text("utf-8") for p in sorted(GOLD.glob("*/source.md"))
    ]
    if not texts:
        texts = [item.read_text("utf-8") for item in samples() if item.name.endswith((".txt", ".md"))]
    block = "\n\n".join(texts)
    lines = ["| MB | seconds | times the step before |", "|---|---|---|"]
    before = 0.0
    for megabytes in (1, 2, 4, 8):
        data = (block * (megabytes * 1_000_000 // len(block.encode()) + 1)).encode()[: megabytes * 1_000_000]
        seconds = min(interleaved({"vnadmin": lambda data=data: vnadmin.parse(data)}, 1)["vnadmin"])
        lines.append(f"| {megabytes} | {seconds:.2f} | {f'{seconds / before:.2f}' if before else '–'} |")
        before = seconds
    return lines


def start_up() -> list[str]:
    """`import vnadmin` and `vnadmin --version` in fresh interpreters, the bare interpreter taken off."""

    def run(*command: str) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    bare = run(sys.executable, "-c", "pass")
    imported = run(sys.executable, "-c", "import vnadmin") - bare
    version = run(sys.executable, "-m", "vnadmin", "--version") - bare
    return [
        "| what | seconds |",
        "|---|---|",
        f"| `import vnadmin` | {imported:.3f} |",
        f"| `vnadmin --version` | {version:.3f} |",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    args = parser.parse_args()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        sections = {
            "Beside peers, same files": beside_peers(args.rounds, Path(folder)),
            "By format, gold documents": per_format(args.rounds),
            "Growth": growth(),
            "Start-up": start_up(),
        }
    names = ("vnadmin", "kreuzberg", "viparse", "pypdfium2", "lxml", "pydantic")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names if util.find_spec(name))
    page = ["# Benchmarks\n", "Written by `bench/run.py`; quote ratios, not absolute times."]
    python = platform.python_version()
    page.append(f"\n{dt.date.today()}, {platform.machine()}, Python {python}, {versions}, {args.rounds} rounds.")
    for title, lines in sections.items():
        page.append(f"\n## {title}\n\n" + "\n".join(lines))
    args.out.write_text("\n".join(page) + "\n", "utf-8")
    print("\n".join(page))


if __name__ == "__main__":
    main()
