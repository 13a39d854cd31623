"""Measures how many lines of searchable PDFs other readers find whole: poppler (three ways) and pdfium.

A line is found when it stands, its words parted as they were read, within one line of the text that a reader gives.

python bench/beside/searchable.py SCAN... --engine hybrid
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from vnadmin.config import Config
from vnadmin.source.scan.pages import PageResult
from vnadmin.source.scan.searchable import make_searchable

_WAYS = {"pdftotext": (), "pdftotext -raw": ("-raw",), "pdftotext -layout": ("-layout",)}


def searched(path: Path, config: Config) -> tuple[list[str], dict[str, str]]:
    """The lines that were read on a scan, and what each reader makes of the searchable PDF."""
    lines: list[str] = []

    def note(result: PageResult) -> None:
        lines.extend(_plain(line.text) for line in (result.reading.lines if result.reading else ()))

    pdf = make_searchable(path.read_bytes(), config, progress=note)
    texts = {"pdfium": "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))}
    if shutil.which("pdftotext"):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            for name, options in _WAYS.items():
                call = ["pdftotext", *options, file.name, "-"]
                texts[name] = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return lines, texts


def _plain(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Print lines found whole, by reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", nargs="+", type=Path)
    parser.add_argument("--engine", choices=("fast", "hybrid"), default="fast")
    options = parser.parse_args()
    config = Config(ocr=options.engine)
    total = 0
    found: dict[str, int] = {}
    for path in options.scans:
        lines, texts = searched(path, config)
        total += len(lines)
        for name, text in texts.items():
            held = [f" {_plain(line)} " for line in text.splitlines()]
            found[name] = found.get(name, 0) + sum(any(f" {line} " in each for each in held) for line in lines)
    for name, count in found.items():
        print(f"{name}: {count} of {total} lines, {count / max(1, total):.1%}")


if __name__ == "__main__":
    main()
