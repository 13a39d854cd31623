"""Measures OCR on transcribed scans: errors by region, CPU time a page, engines side by side.

    python bench/ocr.py                                all engines on ../shared/gold/dev
    python bench/ocr.py --engine hybrid --show ID      what was read wrongly in one document
    python bench/ocr.py --json out.json                keep the figures

`raw` is Tesseract as it comes (psm 3, grey page, no preparation): the baseline. Pages once read are kept in --cache
(by a hash of the engine's code), so that a second run only counts. Times are CPU seconds of this process; `share` is
the whole reading of a page (opening, drawing, engine, handwriting, rules, layout) over the engine's own time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import vnadmin.source.scan.reader as scan_module
from ocr_errors import KEY_REGIONS, Errors, errors, read_truth
from vnadmin.config import Config
from vnadmin.errors import OcrFailed
from vnadmin.ocr.engine import OcrEngine, choose_engine
from vnadmin.ocr.image.prepare import PagePicture, points, to_grey
from vnadmin.ocr.reading import PageNotRead, PageReading, ReadLine, ReadWord
from vnadmin.ocr.tesseract import Tesseract, find_tessdata
from vnadmin.source.scan.filled_in.slots import DigitReader
from vnadmin.source.scan.pages import PageResult, Pages
from vnadmin.source.scan.pictures import open_scan

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
ENGINES = ("raw", "fast", "hybrid")
FINE = 145  # dots an inch from which a scan counts as one of 150 and more
REGIONS = (*KEY_REGIONS, "body", "other")


class Raw:
    """Tesseract without any preparation."""

    name = "raw"

    def __init__(self) -> None:
        self._tesseract = Tesseract(find_tessdata(), mode=3)

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        lines = [
            ReadLine(tuple(ReadWord(w.text, points(picture.dpi, w.x0, w.y0, w.x1, w.y1), w.confidence) for w in words))
            for words in self._tesseract.lines(to_grey(picture.pixels), picture.dpi)
        ]
        return PageReading(picture.width, picture.height, 0, 0.0, picture.dpi, self.name, tuple(lines))


class Timed:
    """An engine whose own time is kept."""

    def __init__(self, engine: OcrEngine) -> None:
        self.engine = engine
        self.name = engine.name
        self.seconds = 0.0
        if isinstance(engine, DigitReader):
            self.digits = engine.digits

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        start = time.process_time()
        try:
            return self.engine.read(picture, seconds)
        finally:
            self.seconds += time.process_time() - start


@dataclass
class Page:
    """A page as it was read, and what that took."""

    result: PageResult
    dpi: float
    engine_seconds: float
    seconds: float


def make(name: str) -> Timed:
    """An engine by name."""
    return Timed(Raw() if name == "raw" else choose_engine(name))  # type: ignore[arg-type]


def code_hash() -> str:
    """Changes when anything changes that readings depend on."""
    package = ROOT / "src" / "vnadmin"
    names = sorted([*(package / "ocr").rglob("*.py"), *(package / "source" / "scan").glob("*.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in names)).hexdigest()[:12]


def read_pages(data: bytes, name: str, engines: dict[str, Timed], cache: Path, most: int) -> Iterator[Page]:
    """The pages of a document, from the cache or read now."""
    config = Config(ocr_threads=1)
    with open_scan(data, config) as scan:
        count = min(len(scan), most)
    for number in range(1, count + 1):
        kept = cache / f"{number}.pickle"
        if kept.is_file():
            yield Page(*pickle.loads(kept.read_bytes()))
            continue
        if name not in engines:
            engines[name] = make(name)
        timed = engines[name]
        before, start = timed.seconds, time.process_time()
        with Pages(data, config, 1, lambda _, timed=timed: timed) as pages:
            (result,) = pages.read((number,))
        whole = time.process_time() - start
        dpi = result.reading.dpi if result.reading else 0.0
        page = Page(result, dpi, timed.seconds - before, whole)
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps((page.result, page.dpi, page.engine_seconds, page.seconds)))
        yield page


def text_lines(name: str, data: bytes, pages: list[Page]) -> list[str]:
    """The lines of the text as vnadmin gives it; for the baseline as Tesseract does."""
    if name == "raw":
        return [line.text for page in pages if page.result.reading for line in page.result.reading.lines]
    results = {page.result.number: page.result for page in pages}
    try:
        document = scan_module.document_of("application/pdf", len(pages), results)
    except (OcrFailed, PageNotRead):
        return []
    return [document.of(line) for line in (*document.lines, *document.furniture)]


def measure(name: str, folders: list[Path], args: argparse.Namespace) -> dict[str, object]:
    """All documents with one engine: prints what was asked for, gives the row of the table."""
    engines: dict[str, Timed] = {}
    every, fine = Errors(), Errors()
    count = 0
    engine_seconds = seconds = layout = 0.0
    for folder in folders:
        data = next(folder.glob("source.*")).read_bytes()
        cache = args.cache / args.code / name / folder.name
        pages = list(read_pages(data, name, engines, cache, args.pages))
        start = time.process_time()
        lines = text_lines(name, data, pages)
        layout += time.process_time() - start
        found = errors(lines, read_truth(folder))
        every.add(found)
        if min(page.dpi for page in pages) >= FINE:
            fine.add(found)
        count += len(pages)
        engine_seconds += sum(page.engine_seconds for page in pages)
        seconds += sum(page.seconds for page in pages)
        if args.show and args.show in folder.name:
            print(f"{name} {folder.name}: {found.rate():.2f} % of {sum(found.letters.values())} letters")
            for read, meant in found.differences:
                print(f"    read  {read}\n    meant {meant}")
            print(f"    missing {found.missing}")
    row: dict[str, object] = {
        "engine": name,
        "documents": len(folders),
        "pages": count,
        "all": every.rate(),
        "fine": fine.rate(),
        "key": every.rate(KEY_REGIONS),
        "fine_key": fine.rate(KEY_REGIONS),
        **{f"fine_{region}": fine.rate((region,)) for region in REGIONS},
        "engine_seconds": engine_seconds / count,
        "seconds": (seconds + layout) / count,
        "share": (seconds + layout) / max(engine_seconds, 1e-9),
    }
    return row


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--show", help="print the differences of documents whose name holds this")
    parser.add_argument("--only", help="only documents whose name holds this")
    parser.add_argument("--pages", type=int, default=5, help="of a document; what follows is not transcribed")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/vnadmin-ocr"))
    parser.add_argument("--json", type=Path)
    args = parser.parse_args(argv)
    args.code = code_hash()
    folders = sorted(path.parent for path in args.gold.glob("*/transcript.txt"))
    folders = [folder for folder in folders if not args.only or args.only in folder.name]
    if not folders:
        print(f"no transcripts in {args.gold}", file=sys.stderr)
        return 2
    rows = [measure(name, folders, args) for name in args.engine or ENGINES]
    print(f"{'errors of 100 letters':24}" + "".join(f"{row['engine']:>10}" for row in rows))
    for key in rows[0]:
        values = [row[key] for row in rows]
        if isinstance(values[0], float):
            print(f"{key:24}" + "".join(f"{value:10.2f}" for value in values))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
