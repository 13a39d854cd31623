"""Reads by OCR the pages of a PDF that are pictures among pages with text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnadmin.config import Config
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import SourceDocument
from vnadmin.layout.placed.geometry import LaidLine, PlacedPage
from vnadmin.source.scan.pages import MakeEngine, PageResult, Pages, chosen_engine
from vnadmin.source.scan.placing import PlacedScan, place
from vnadmin.source.scan.reader import mark_filled, report_page, write_furniture, write_line

_LAST = 2  # pages at the end that hold Nơi nhận and signature: what "metadata" reads beside the first


@dataclass(frozen=True, slots=True)
class ScannedPages:
    """What became of the picture pages: all results, and those with words, placed, by page number."""

    results: dict[int, PageResult]
    placed: dict[int, PlacedScan]

    @property
    def pages(self) -> list[PlacedPage]:
        """The pages to lay out, in order."""
        return [scan.page for scan in self.placed.values()]

    def write(self, builder: DocumentBuilder, line: LaidLine) -> None:
        """Write a laid line of one of the pages, its words with the places and confidences that were measured."""
        write_line(builder, line, self.placed[line.page])

    def report(self, builder: DocumentBuilder) -> None:
        """Set stamps and noise aside, and say which pages were not read and why."""
        write_furniture(builder, self.placed, self.results)
        for result in self.results.values():
            report_page(builder, result)

    def marked(self, document: SourceDocument) -> SourceDocument:
        """The document with what was filled in by hand, and seals."""
        return mark_filled(document, self.placed, self.results)


def read_among(
    data: bytes, config: Config, numbers: Sequence[int], make_engine: MakeEngine = chosen_engine
) -> ScannedPages:
    """Read pages of a PDF.

    Args:
        data: the file.
        config: engine and limits; with `pages="metadata"` only the first and last pages are read.
        numbers: the pages that are pictures, from 1.
        make_engine: makes the engine.

    Raises:
        OcrUnavailable: the engine or its data is missing.
    """
    wanted = [n for n in numbers if config.pages == "all" or n == 1 or n in numbers[-_LAST:]]
    results: dict[int, PageResult] = {}
    with Pages(data, config, len(wanted), make_engine) as pages:
        for result in pages.read(wanted):
            results[result.number] = result
    read = {n: results[n] for n in sorted(results)}
    placed = {n: place(result) for n, result in read.items() if result.reading is not None}
    return ScannedPages(read, placed)
