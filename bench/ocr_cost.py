"""Measures what reading a page costs beside a bare Tesseract loop: CPU seconds of the whole reading over those of Tesseract.

    python bench/ocr_cost.py                          20 first pages of ../shared/gold/dev, both engines
    python bench/ocr_cost.py --pages 40 --stages      and how the hybrid engine's time is spent

The loop is tesserocr with a recogniser that is loaded already, on the grey page as it was scanned (psm 3, `vie`). The reading
is all from the file to placed lines: opening, drawing, engine, what was filled in, seals, rules. For each page the readings
take turns, so that what else runs on the machine meets them alike; the better of two rounds counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before any engine is loaded

from vnadmin.config import Config
from vnadmin.ocr.asternet import AsterNet
from vnadmin.ocr.detector import LineDetector
from vnadmin.ocr.engine import OcrEngine, choose_engine
from vnadmin.ocr.figures import FigureNet
from vnadmin.ocr.image.prepare import to_grey
from vnadmin.ocr.tesseract import Tesseract, find_tessdata
from vnadmin.source.scan.pages import Pages
from vnadmin.source.scan.pictures import open_scan
from vnadmin.source.scan.placing import place

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold" / "dev"
CONFIG = Config(ocr_threads=1)
FINE = 250  # dots an inch from which a page is one of 300
STAGES = ((Tesseract, "lines"), (AsterNet, "read"), (AsterNet, "digits"), (LineDetector, "find"), (FigureNet, "read"))


def scans(folder: Path, count: int) -> list[Path]:
    """So many scans, evenly taken."""
    found = sorted(path for path in folder.glob("*/source.*") if path.parent.name.startswith(("pdf-scan", "image")))
    step = max(1, len(found) // count)
    return found[::step][:count]


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def watch(spent: dict[str, list[float]]) -> None:
    """Have each stage of the engines note its calls and what they took."""
    for owner, name in STAGES:
        plain = getattr(owner, name)
        label = f"{owner.__name__}.{name}"
        spent[label] = []

        def noted(*args: object, plain: Callable[..., object] = plain, label: str = label, **named: object) -> object:
            start = time.process_time()
            try:
                return plain(*args, **named)
            finally:
                spent[label].append(time.process_time() - start)

        setattr(owner, name, noted)


def reading(data: bytes, engine: OcrEngine) -> None:
    """Read and place the first page."""
    with Pages(data, CONFIG, 1, lambda _: engine) as pages:
        for result in pages.read((1,)):
            place(result)


def main() -> None:
    """Print the ratios, over all pages and over fine ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--stages", action="store_true")
    options = parser.parse_args()
    bare = Tesseract(find_tessdata(), mode=3)
    engines = {name: choose_engine(name) for name in ("fast", "hybrid")}
    rows: list[tuple[float, dict[str, float]]] = []
    spent: dict[str, list[float]] = {}
    for path in scans(options.gold, options.pages):
        data = path.read_bytes()
        with open_scan(data, CONFIG) as scan:
            picture = scan.picture(1)
        grey = to_grey(picture.pixels)
        runs: dict[str, Callable[[], object]] = {
            "bare": lambda grey=grey, dpi=picture.dpi: bare.lines(grey, dpi),  # type: ignore[misc]
            **{name: lambda data=data, engine=engine: reading(data, engine) for name, engine in engines.items()},  # type: ignore[misc]
        }
        rounds = [{name: seconds(run) for name, run in runs.items()} for _ in range(options.rounds)]
        rows.append((picture.dpi, {name: min(each[name] for each in rounds) for name in runs}))
    for title, kept in (("all", rows), (f"{FINE} dpi and more", [row for row in rows if row[0] >= FINE])):
        if not kept:
            continue
        total = {name: sum(row[1][name] for row in kept) for name in ("bare", *engines)}
        print(f"{title}: {len(kept)} pages, bare loop {total['bare'] / len(kept):.2f} s a page")
        for name in engines:
            each = sorted(row[1][name] / row[1]["bare"] for row in kept)
            middle = statistics.median(each)
            print(
                f"  {name}: {total[name] / len(kept):.2f} s, {total[name] / total['bare']:.2f} x (pages {each[0]:.2f} to {each[-1]:.2f}, median {middle:.2f})"
            )
    if options.stages:
        watch(spent)
        paths = scans(options.gold, options.pages)
        for path in paths:
            data = path.read_bytes()
            whole = seconds(lambda data=data: reading(data, engines["hybrid"]))  # type: ignore[misc]
            spent.setdefault("whole", []).append(whole)
        for label, took in spent.items():
            print(f"  {label}: {len(took) / len(paths):.1f} calls and {sum(took) / len(paths):.3f} s a page")


if __name__ == "__main__":
    main()
