"""Measures OCR on clean pages that were spoilt one way at a time (bench/degrade.py): letters wrong in 100.

    python bench/ocr_degraded.py                 prints the table
    python bench/ocr_degraded.py --write         and puts it into docs/evaluation.md

The pages are the bundled samples, drawn at 200 dpi; those that are no PDF are printed by LibreOffice (soffice on the
PATH), whose text layer is the truth. What was read is counted as vnadmin writes it into the text, not as the engine
gives it, but for `raw`, which is Tesseract as it comes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

import vnadmin
import vnadmin.source.scan.reader as scan_module
from degrade import WAYS
from evaluate import PAGE, replace, table
from ocr import ENGINES, Timed, make
from ocr_errors import Errors, Truth, errors, normal
from vnadmin.config import Config
from vnadmin.errors import OcrFailed
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.samples import samples
from vnadmin.source.scan.pages import PageResult

DPI = 200
PRINTED = (".docx", ".doc", ".html")  # the .rtf is set in an old font that machines do not have


def pages() -> Iterator[tuple[str, Image.Image, Truth]]:
    """The first page of each sample as a picture, with its text."""
    with tempfile.TemporaryDirectory() as folder:
        for path in samples():
            if path.suffix in PRINTED:
                command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
                subprocess.run(command, check=True, capture_output=True, timeout=120)
                path = Path(folder) / f"{path.stem}.pdf"
            if path.suffix == ".pdf":
                yield first_page(path.read_bytes(), path.stem)


def first_page(data: bytes, name: str) -> tuple[str, Image.Image, Truth]:
    """A page and its text layer."""
    pdf = pypdfium2.PdfDocument(data)
    image = pdf[0].render(scale=DPI / 72).to_pil().convert("RGB")
    while len(pdf) > 1:
        del pdf[len(pdf) - 1]
    only = Path(tempfile.mkstemp(suffix=".pdf")[1])
    pdf.save(only)
    text = normal(vnadmin.parse(only, config=Config(ocr="off")).text)
    only.unlink()
    return name, image, Truth(text + " ", ["body"] * (len(text) + 1))


def read(engine: Timed, picture: PagePicture) -> list[str]:
    """The lines of a page."""
    reading = engine.read(picture)
    if engine.name == "raw":
        return [line.text for line in reading.lines]
    try:
        result = PageResult(1, reading.width, reading.height, reading)
        document = scan_module.document_of("application/pdf", 1, {1: result})
    except OcrFailed:
        return []
    return [document.of(line) for line in (*document.lines, *document.furniture)]


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    engines = [make(name) for name in args.engine or ENGINES]
    known = list(pages())
    rows = []
    letters = sum(len(truth.text.replace(" ", "")) for *_, truth in known)
    for way, spoil in WAYS.items():
        row = [way]
        for engine in engines:
            found = Errors()
            start = time.process_time()
            for _, image, truth in known:
                found.add(errors(read(engine, PagePicture(np.asarray(spoil(image)), DPI)), truth))
            row.append(f"{found.rate():.2f}")
            print(f"{way:8} {engine.name:8} {found.rate():6.2f} {time.process_time() - start:6.1f} s", flush=True)
        rows.append(row)
    text = f"{len(known)} pages, {letters} letters, {DPI} dpi ({dt.date.today().isoformat()}).\n\n" + table(
        ["letters wrong in 100", *(engine.name for engine in engines)], rows
    )
    print(text)
    if args.write:
        PAGE.write_text(replace(PAGE.read_text("utf-8"), "degraded figures", text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
