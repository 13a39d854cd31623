"""The files that are measured: gold documents by format where they are at hand, else the bundled samples."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pypdfium2

import vnadmin
from beside.peers import FORMATS, ROOT
from vnadmin.samples import samples, scans

GOLD = ROOT.parent / "shared" / "gold" / "dev"
NO_OCR = vnadmin.Config(ocr="off")
_FORMAT = {".txt": "text", ".md": "text"}
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_PROSE = 100  # characters: a longer line is running text
_BLOCK = 5  # pages: light ones, for 500 must stay under the limit of bytes
_TEXT = 1000  # characters of a page that is full
_T = TypeVar("_T")


def evenly(items: Sequence[_T], count: int) -> list[_T]:
    """So many of the items at even distances, the first and the last among them."""
    if len(items) <= count:
        return list(items)
    return [items[round(index * (len(items) - 1) / max(1, count - 1))] for index in range(count)]


class Corpus:
    """The documents of one run.

    Attributes:
        origin: where they come from, for the page.
        by_format: files of each format, picked at even distances of the order by size. `text` are the canonical texts of
            all born-digital documents, as files: that many real texts there are not, and lengths are those of all formats.
        near_median: texts whose length is nearest to the median of all.
        median_length: that median, in characters.
        scans: scanned documents.
    """

    def __init__(self, work: Path, each: int) -> None:
        gold = GOLD.is_dir()
        self.origin = "../shared/gold/dev" if gold else "the bundled samples"
        files = sorted(GOLD.glob("*/source.*")) if gold else _bundled(work)
        groups: dict[str, list[Path]] = {name: [] for name in FORMATS}
        texts: list[Path] = []
        self.scans: list[Path] = []
        for path in files:
            kind = _FORMAT.get(path.suffix, path.suffix[1:])
            if path.suffix in _PICTURES:
                self.scans.append(path)
                continue
            try:
                text = vnadmin.parse(path, config=NO_OCR).text
            except vnadmin.VnadminError:  # a scan, or damaged on purpose
                if path.suffix == ".pdf":
                    self.scans.append(path)
                continue
            if kind != "text":
                groups[kind].append(path)
            copy = work / f"{path.parent.name}-{path.stem}-{kind}.txt"
            copy.write_text(text, "utf-8")
            texts.append(copy)
        by_length = sorted(texts, key=lambda path: path.stat().st_size)
        groups["text"] = by_length
        self._pdfs = groups["pdf"]
        lengths = [len(path.read_text("utf-8")) for path in by_length]
        self.median_length = sorted(lengths)[len(lengths) // 2]
        middle = len(by_length) // 2
        self.near_median = by_length[max(0, middle - 2) : middle + 3]
        self.in_all = {name: len(paths) for name, paths in groups.items()}
        self.by_format = {
            name: evenly(sorted(paths, key=lambda path: path.stat().st_size), each) for name, paths in groups.items()
        }

    def long_text(self) -> str:
        """Real texts one after another, about a megabyte."""
        parts: list[str] = []
        size = 0
        while size < 1_000_000:
            for path in self.by_format["text"]:
                parts.append(path.read_text("utf-8"))
                size += path.stat().st_size
        return "\n\n".join(parts)

    def letter_of(self, size: int) -> str:
        """One letter of about so many bytes: head and end of a real one, between them the prose of all texts again and again."""
        prose = [
            line
            for path in self.by_format["text"]
            for line in path.read_text("utf-8").splitlines()
            if len(line) > _PROSE and line[0].isupper()
        ]
        block = "\n".join(prose) + "\n"
        lines = self.near_median[0].read_text("utf-8").splitlines()
        middle = (block * (size // len(block.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")
        half = len(lines) // 2
        return "\n".join([*lines[:half], middle, *lines[half:]])

    def pdf_of(self, pages: int) -> bytes:
        """A PDF of so many pages: five light pages over and over, so that every size is the same mix."""
        every = sorted((one_page(path, n) for path in self._pdfs for n in range(_page_count(path))), key=len)
        lightest = list(islice((data for data in every if _holds_text(data)), _BLOCK))
        made = pypdfium2.PdfDocument.new()
        while len(made) < pages:
            for data in lightest[: pages - len(made)]:
                with pypdfium2.PdfDocument(data) as source:
                    made.import_pages(source)
        return _saved(made)


def one_page(path: Path, index: int = 0) -> bytes:
    """A page of a PDF as a file of its own, its picture untouched; a picture file as it is."""
    if path.suffix != ".pdf":
        return path.read_bytes()
    made = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(path) as source:
        made.import_pages(source, [index])
    return _saved(made)


def _holds_text(data: bytes) -> bool:
    try:
        return len(vnadmin.parse(data, config=NO_OCR).text) > _TEXT
    except vnadmin.VnadminError:
        return False


def _page_count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as source:
        return len(source)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def _bundled(work: Path) -> list[Path]:
    copies = []
    for item in (*samples(), *scans()):
        path = work / item.name
        path.write_bytes(item.read_bytes())
        copies.append(path)
    return copies
