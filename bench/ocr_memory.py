"""Measures whether memory stays flat over a long scan: resident memory of the process at some of its pages.

python bench/ocr_memory.py --pages 200 --engine fast
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

import vnadmin
from vnadmin.config import Config
from vnadmin.samples import samples

_STATUS = Path("/proc/self/status")


def resident() -> int:
    """Resident memory now, in MB."""
    if not _STATUS.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def long_scan(pages: int) -> bytes:
    """A PDF of so many pictures of one bundled page, 150 dpi."""
    data = next(item for item in samples() if item.suffix == ".pdf").read_bytes()
    source = pypdfium2.PdfDocument(data)
    image: Image.Image = source[0].render(scale=150 / 72).to_pil().convert("RGB")
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=80)
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        page = pdf.new_page(595, 842)
        item = pypdfium2.PdfImage.new(pdf)
        item.load_jpeg(io.BytesIO(packed.getvalue()), inline=True)
        item.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page.insert_obj(item)
        page.gen_content()
        page.close()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--engine", choices=("fast", "hybrid"), default="fast")
    args = parser.parse_args(argv)
    data = long_scan(args.pages)
    print(f"{args.pages} pages, {len(data) >> 20} MB; before: {resident()} MB")

    def told(done: int, count: int) -> None:
        if done in (1, 10, 20, 50) or done % 50 == 0 or done == count:
            print(f"page {done}: {resident()} MB", flush=True)

    document = vnadmin.parse(data, config=Config(ocr=args.engine, ocr_threads=1), progress=told)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"read {len(document.text)} letters; at the end {resident()} MB, highest {peak} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
