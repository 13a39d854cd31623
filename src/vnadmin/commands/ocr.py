"""`vnadmin ocr`: a scan becomes a PDF that can be searched, or hOCR or ALTO for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vnadmin.commands.choices import one_of
from vnadmin.commands.report import progress_bar, told
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import OcrFailed
from vnadmin.export.target import check_target, write
from vnadmin.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from vnadmin.ocr.reading import PageReading
    from vnadmin.source.scan.pages import PageResult


Engine = Literal["auto", "fast", "hybrid"]


@click.command()
@click.argument("file", help="A scanned PDF or a picture file, or - for stdin.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--hocr", is_flag=True, help="Write hOCR instead of a PDF.")
@click.option("--alto", is_flag=True, help="Write ALTO instead of a PDF.")
@click.option("--ocr", "engine", type=one_of(Engine), default="auto", help="The engine; auto takes the best installed.")
def ocr(file: str, output: Path, hocr: bool, alto: bool, engine: Engine) -> None:
    """Read a scan and write it as a searchable PDF, hOCR or ALTO. `parse` reads all three.

    A PDF keeps its pages as they are; the text is laid over them, invisible. Signatures no longer cover the new file.
    """
    if hocr and alto:
        raise click.BadParameter("--hocr and --alto exclude each other.")
    from vnadmin.held import read_bytes

    config = Config(ocr=engine)
    with told():
        check_target(output, [file])
    with told(file, needs="ocr"):
        data = sys.stdin.buffer.read(DEFAULT.max_bytes + 1) if file == "-" else read_bytes(file, config)
        made = _written(data, config, "hocr" if hocr else "alto" if alto else "pdf")
    with told():
        write(output, made, [file])
    print(printable(str(output)), file=sys.stderr)


def _written(data: bytes, config: Config, form: Literal["pdf", "hocr", "alto"]) -> bytes:
    from vnadmin.source.scan.pictures import open_scan

    with open_scan(data, config) as scan:
        count = len(scan)
    with progress_bar() as progress:
        task = progress.add_task("vnadmin ocr", total=count)

        def done(result: PageResult) -> None:
            progress.advance(task)
            if result.code is not None:
                print(f"vnadmin: page {result.number}: {result.detail} [{result.code}]", file=sys.stderr)

        if form == "pdf":
            from vnadmin.source.scan.searchable import make_searchable

            return make_searchable(data, config, progress=done)
        readings = _readings(data, config, count, done)
    if form == "hocr":
        from vnadmin.source.ocr_file.hocr import write_hocr

        return write_hocr(readings).encode()
    from vnadmin.source.ocr_file.alto import write_alto

    return write_alto(readings).encode()


def _readings(data: bytes, config: Config, count: int, done: Callable[[PageResult], None]) -> list[PageReading]:
    """The pages in order; one that could not be read is an empty one, so that the numbers of the others stay."""
    from vnadmin.ocr.reading import PageReading
    from vnadmin.source.scan.pages import Pages

    results: dict[int, PageResult] = {}
    with Pages(data, config, count) as pages:
        for result in pages.read(range(1, count + 1)):
            results[result.number] = result
            done(result)
    if not any(result.reading is not None for result in results.values()):
        raise OcrFailed
    return [
        results[number].reading or PageReading(results[number].width, results[number].height, 0, 0.0, 72.0, "none", ())
        for number in sorted(results)
    ]
