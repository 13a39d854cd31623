"""Reads scans: pages through OCR to placed words, then laid out as a text layer is; what was not read is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from vnadmin.config import Config
from vnadmin.errors import OcrFailed
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, Furniture, Handwriting, Seal, SourceDocument, Style
from vnadmin.layout.placed.compose import compose
from vnadmin.layout.placed.geometry import LaidLine
from vnadmin.source.scan.leaves import open_leaves
from vnadmin.source.scan.mending.repeated import mend_repeated
from vnadmin.source.scan.pages import MakeEngine, Open, PageResult, Pages, chosen_engine
from vnadmin.source.scan.placing import PlacedScan, place
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "Nơi nhận:", also where OCR lost its marks or took n for m: the end of the main document is on this page.
_RECIPIENTS = pattern(r"\b[nm][o0]i (?:nhan|nh.n)\b")

Progress = Callable[[PageResult], None]


def read_scan(
    data: bytes,
    config: Config,
    *,
    progress: Progress | None = None,
    make_engine: MakeEngine = chosen_engine,
    opener: Open = open_leaves,
) -> SourceDocument:
    """Read a scanned PDF or a picture file.

    Args:
        data: the file.
        config: engine, limits, which pages.
        progress: told of each page as it is done.
        make_engine: makes the engine; see `Pages`.
        opener: opens the file.

    Raises:
        OcrUnavailable: the engine or its data is missing.
        OcrFailed: no page could be read.
        DamagedInput, EncryptedInput, LimitExceeded: the file cannot be opened.
    """
    results: dict[int, PageResult] = {}
    with opener(data, config) as scan:
        count = len(scan)
        many = count if config.pages == "all" else 1
        with Pages(data, config, many, make_engine, lambda *_: scan) as pages:
            for group in _groups(count, config):
                for result in pages.read(group):
                    results[result.number] = result
                    if progress is not None:
                        progress(result)
                if config.pages == "metadata" and max(group) > 1 and any(_has_recipients(results[n]) for n in group):
                    break
    return document_of(scan.media_type, count, results)


def _groups(count: int, config: Config) -> Iterable[Sequence[int]]:
    """Which pages to read, in steps after each of which enough may be known."""
    if config.pages == "all" or count <= 2:
        yield range(1, count + 1)
        return
    yield (1,)
    for number in range(count, 1, -1):
        yield (number,)


def _has_recipients(result: PageResult) -> bool:
    if result.reading is None:
        return False
    return any(_RECIPIENTS.search(bare(line.text)) for line in result.reading.lines)


def document_of(media_type: str, count: int, results: dict[int, PageResult]) -> SourceDocument:
    """The document of pages that were read, here or by an OCR program elsewhere (by number, of so many).

    Raises:
        OcrFailed: there is no text on any of them.
    """
    results = _respelt(results)
    builder = DocumentBuilder(media_type)
    placed: dict[int, PlacedScan] = {}
    for number in range(1, count + 1):
        result = results.get(number)
        if result is None or result.reading is None:
            builder.page(result.width if result else None, result.height if result else None, "none")
        else:
            builder.page(result.width, result.height, "ocr")
            placed[number] = place(result)
    _report(builder, count, results)
    if not any(scan.page.words for scan in placed.values()):
        raise OcrFailed(_why_nothing(results))
    composition = compose([scan.page for scan in placed.values()])
    for laid in composition.lines:
        write_line(builder, laid, placed[laid.page])
    for item in composition.furniture:
        builder.furniture(item.text, item.kind, page=item.page, box=item.box)
    write_furniture(builder, placed, results)
    return mark_filled(builder.build(), placed, results)


def _respelt(results: Mapping[int, PageResult]) -> dict[int, PageResult]:
    """The pages with marks that the same words bear elsewhere in the document."""
    readings = {number: result.reading for number, result in results.items() if result.reading is not None}
    lines = mend_repeated({number: reading.lines for number, reading in readings.items()})
    mended = {number: replace(reading, lines=tuple(lines[number])) for number, reading in readings.items()}
    return {number: replace(result, reading=mended.get(number)) for number, result in results.items()}


def write_furniture(
    builder: DocumentBuilder, placed: Mapping[int, PlacedScan], results: Mapping[int, PageResult]
) -> None:
    """Write what stands on the pages and is no text of the document: stamps, the registry's mark, noise."""
    for scan in placed.values():
        for stamp in results[scan.page.number].typed.stamps:
            builder.furniture(stamp.text, Furniture.SIGNATURE_STAMP, page=scan.page.number, box=stamp.box)
        for line in scan.arrival:
            builder.furniture(line.text, Furniture.ARRIVAL_STAMP, page=scan.page.number, box=line.box)
        for noise in scan.noise:
            builder.furniture(noise.text, Furniture.NOISE, page=scan.page.number, box=noise.box)


def write_line(builder: DocumentBuilder, line: LaidLine, scan: PlacedScan) -> None:
    """Write a laid line of a scan, each word with its place on the picture and the engine's confidence."""
    builder.words(
        [(word.text, scan.boxes.get(word.key, Box(*word[1:5])), word.confidence) for word in line.words],
        starts_paragraph=line.starts_paragraph,
        column=line.column,
        style=Style(centred=line.centred),
        cell=line.cell,
        page=line.page,
        is_note=line.is_note,
    )


def mark_filled(
    document: SourceDocument, placed: Mapping[int, PlacedScan], results: Mapping[int, PageResult]
) -> SourceDocument:
    """Say which slices of the text were filled in, and where seals stand.

    A blank in which something stands that was not read is the empty slice after its left word.
    """
    at: dict[tuple[int, Box], tuple[int, int]] = {
        (line.page, word.box): (word.start, word.end) for line in document.lines for word in line.words
    }
    found: list[Handwriting] = []
    for number, scan in placed.items():
        for mark in scan.marks:
            if mark.word_box is not None and (number, mark.word_box) in at:
                found.append(Handwriting(*at[number, mark.word_box], number, mark.box))
            elif mark.after_box is not None and (number, mark.after_box) in at:
                end = at[number, mark.after_box][1]
                found.append(Handwriting(end, end, number, mark.box))
    seals = tuple(Seal(number, box) for number, result in sorted(results.items()) for box in _seals(result))
    return replace(document, handwriting=tuple(sorted(found)), seals=seals)


def _seals(result: PageResult) -> tuple[Box, ...]:
    return result.reading.seals if result.reading is not None else ()


def _report(builder: DocumentBuilder, count: int, results: dict[int, PageResult]) -> None:
    skipped = count - len(results)
    if skipped:
        builder.issue("pages_skipped", f"{skipped} pages were not read (pages='metadata').")
    for number in sorted(results):
        report_page(builder, results[number])


def report_page(builder: DocumentBuilder, result: PageResult) -> None:
    """The Issue of a page that was not read, is blank or was turned."""
    number = result.number
    if result.code is not None:
        builder.issue(result.code, f"Page {number}: {result.detail}", number)
    elif result.reading is not None and not result.reading.lines:
        builder.issue("page_blank", f"Page {number} is blank.", number)
    elif result.reading is not None and result.reading.turned:
        degrees = result.reading.turned
        builder.issue("page_turned", f"Page {number} was turned by {degrees} degrees to be read.", number)


def _why_nothing(results: dict[int, PageResult]) -> str:
    for result in results.values():
        if result.code is not None:
            return f"No page of the scan could be read. Page {result.number}: {result.detail}"
    return "The pages of the scan are blank."
