"""Measures OCR on clean pages spoilt one way at a time (seals, pens, skew, specks, fax, JPEG, grey): letters wrong in 100.

    python bench/ocr_degraded.py                 prints the table
    python bench/ocr_degraded.py --write         and puts it into docs/evaluation.md

The pages are the bundled samples, drawn at 200 dpi; those that are no PDF are printed by LibreOffice (soffice on the
PATH), whose text layer is the truth. What was read is counted as vnadmin writes it into the text, not as the engine
gives it, but for `raw`, which is Tesseract as it comes. Spoiling draws from a seed: the same page comes out each time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

import vnadmin
import vnadmin.source.scan.reader as scan_module
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
RED, BLUE = (200, 40, 45), (35, 45, 140)
# Strokes of figures on a grid 4 wide and 6 high, from the top left.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(2, 0), (0.4, 1.5), (0.4, 4.5), (2, 6), (3.6, 4.5), (3.6, 1.5), (2, 0)]],
    "1": [[(1, 1.4), (2.4, 0), (2.2, 6)]],
    "2": [[(0.4, 1.4), (1.8, 0), (3.4, 1.2), (2.8, 3), (0.3, 6), (3.8, 5.8)]],
    "3": [[(0.5, 0.6), (2.4, 0), (3.2, 1.4), (1.6, 2.8), (3.4, 4), (2.6, 5.8), (0.4, 5.6)]],
    "4": [[(2.6, 0), (0.2, 3.8), (3.8, 3.6)], [(2.8, 2.2), (2.6, 6)]],
    "5": [[(3.4, 0), (0.8, 0.2), (0.6, 2.4), (2.8, 2.4), (3.4, 4.4), (2, 6), (0.3, 5.4)]],
    "6": [[(3, 0), (0.8, 2.6), (0.5, 5), (2, 6), (3.5, 4.8), (2.4, 3.2), (0.6, 4.2)]],
    "7": [[(0.3, 0.3), (3.7, 0), (1.6, 6)]],
    "8": [[(2, 2.8), (0.6, 1.4), (2, 0), (3.3, 1.3), (0.6, 4.6), (2, 6), (3.4, 4.6), (2, 2.8)]],
    "9": [[(3.3, 1.6), (1.8, 2.9), (0.5, 1.6), (1.8, 0), (3.3, 1.4), (2.8, 6)]],
}


def seal(image: Image.Image, x: float, y: float, radius: float) -> Image.Image:
    """A round red seal around a point: two rings, a star, strokes in the place of its letters. Black under it stays."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    for scale, width in ((1.0, radius / 18), (0.68, radius / 40)):
        r = radius * scale
        draw.ellipse((x - r, y - r, x + r, y + r), outline=RED, width=max(1, round(width)))
    points = []
    for step in range(10):
        r, angle = radius * (0.32 if step % 2 == 0 else 0.13), -math.pi / 2 + step * math.pi / 5
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    draw.polygon(points, fill=RED)
    for step in range(26):
        angle = step * math.tau / 26
        ends = [(x + radius * s * math.cos(angle), y + radius * s * math.sin(angle)) for s in (0.76, 0.9)]
        draw.line(ends, fill=RED, width=max(1, round(radius / 25)))
    from PIL import ImageChops

    return ImageChops.darker(image.convert("RGB"), layer)


def pen(image: Image.Image, x: float, y: float, width: float, height: float, seed: int = 1) -> Image.Image:
    """A signature: one looping stroke of a blue pen in a box."""
    rng = random.Random(seed)
    out = image.convert("RGB")
    points = []
    for step in range(60):
        t = step / 59
        points.append(
            (
                x + width * (t + 0.12 * math.sin(9 * t * math.pi + rng.random())),
                y + height * (0.5 + 0.45 * math.sin(13 * t + rng.random() / 2) * (1 - 0.5 * t)),
            )
        )
    ImageDraw.Draw(out).line(points, fill=BLUE, width=max(2, round(height / 22)), joint="curve")
    return out


def handwritten(image: Image.Image, figures: str, x: float, y: float, height: float, seed: int = 1) -> Image.Image:
    """Figures written with a blue pen, the top left of the first at a point."""
    rng = random.Random(seed)
    out = image.convert("RGB")
    draw = ImageDraw.Draw(out)
    unit = height / 6
    for figure in figures:
        for stroke in _STROKES[figure]:
            points = [
                (
                    x + unit * (a + 0.25 * (6 - b) / 6 + rng.uniform(-0.12, 0.12)),
                    y + unit * (b + rng.uniform(-0.12, 0.12)),
                )
                for a, b in stroke
            ]
            draw.line(points, fill=BLUE, width=max(2, round(height / 11)), joint="curve")
        x += unit * 5
    return out


def skewed(image: Image.Image, degrees: float) -> Image.Image:
    """The sheet laid askew on the glass."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def specks(image: Image.Image, share: float, seed: int = 1) -> Image.Image:
    """Dust: dots of one to three pixels on so large a share of the page."""
    rng = random.Random(seed)
    out = image.copy()
    draw = ImageDraw.Draw(out)
    for _ in range(round(share * image.width * image.height / 4)):
        x, y, size = rng.randrange(image.width), rng.randrange(image.height), rng.choice((0, 1, 1, 2))
        tone = rng.randrange(40, 190)
        draw.rectangle((x, y, x + size, y + size), fill=(tone, tone, tone) if out.mode == "RGB" else tone)
    return out


def fax(image: Image.Image) -> Image.Image:
    """A fax at 100 lines an inch: half the height's detail is lost, and all grey."""
    small = image.convert("L").resize((image.width, image.height // 2), Image.Resampling.BOX)
    back = small.resize(image.size, Image.Resampling.NEAREST)
    return back.point(lambda value: 255 if value > 150 else 0)


def jpeg(image: Image.Image, quality: int = 18) -> Image.Image:
    """Saved too small."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def grey(image: Image.Image) -> Image.Image:
    """A pale copy on grey paper."""
    return image.convert("L").filter(ImageFilter.GaussianBlur(0.7)).point(lambda value: 105 + value * 100 // 255)


WAYS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda image: image,
    "seal": lambda image: seal(image, 0.66 * image.width, 0.62 * image.height, 0.09 * image.width),
    "pen": lambda image: pen(image, 0.5 * image.width, 0.55 * image.height, 0.3 * image.width, 0.09 * image.height),
    "skew": lambda image: skewed(image, 1.7),
    "specks": lambda image: specks(image, 0.004),
    "fax": fax,
    "jpeg": jpeg,
    "grey": grey,
}


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
