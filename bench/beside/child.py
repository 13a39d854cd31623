"""A contestant at work: runs in its own environment and times itself when the parent asks. Standard library only.

    python child.py DRIVER        one JSON order a line on standard input, one JSON answer a line on standard output
    python child.py DRIVER FILE   reads one file and ends: a cold start

Orders: `time` (seconds of one call, the mean of `inner` calls with the collector off), `run` (a whole list of files over and
over, as a user's loop would), `stages` (seconds of each stage of vnadmin), `memory` (resident now, and the peak). Seconds are
those of the processor, of all threads of the process: what other programs take of the machine is not in them.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Driver = Callable[[str], object]


def vnadmin() -> Driver:
    """The whole parse, all fields."""
    import vnadmin

    config = vnadmin.Config(ocr="off")
    return lambda path: vnadmin.parse(path, config=config)


vnadmin_pure = vnadmin  # in the environment that holds the wheel without compiled modules


def vnadmin_source() -> Driver:
    """Only the reading of the file into text and layout: what the peers do."""
    from vnadmin import Config
    from vnadmin.source import read_source

    config = Config(ocr="off")
    return lambda path: read_source(Path(path).read_bytes(), config)


def vnadmin_cite() -> Driver:
    """Citations found, resolved and identified in a text that was read and cut into zones before."""
    from functools import cache

    from vnadmin import Config
    from vnadmin.citation import Itself, cite_zones
    from vnadmin.source import read_source
    from vnadmin.zones import find_zones

    zones = cache(lambda path: find_zones(read_source(Path(path).read_bytes(), Config(ocr="off"))))
    itself = Itself()
    return lambda path: cite_zones(zones(path), itself)


def kreuzberg() -> Driver:
    """Text; without its cache of results on disk, which would answer instead of the reader."""
    import kreuzberg

    config = kreuzberg.ExtractionConfig(use_cache=False)
    return lambda path: kreuzberg.extract_file_sync(path, config=config).content


def viparse() -> Driver:
    """Text; its settings resolved once, as its manual advises for many files."""
    import viparse

    settings = viparse.load_settings()
    return lambda path: viparse.load(path, output="text", settings=settings)


def markitdown() -> Driver:
    """Markdown; one converter for all files."""
    from markitdown import MarkItDown

    converter = MarkItDown(enable_plugins=False)
    return lambda path: converter.convert(path).text_content


def pdfplumber() -> Driver:
    """`extract_text` of every page."""
    import pdfplumber

    def read(path: str) -> str:
        with pdfplumber.open(path) as document:
            return "\n".join(page.extract_text() for page in document.pages)

    return read


def pypdfium2() -> Driver:
    """pdfium's own text of every page, without positions."""
    import pypdfium2

    def read(path: str) -> str:
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    return read


# What a script of an afternoon takes out of a text: seven fields, no evidence, no lists, no references.
_SCRIPT = {
    "number": re.compile(r"Số\s*:\s*([\w./-]*/[\w-]+)"),
    "issued_on": re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"),
    "place": re.compile(r"^(.{2,40}),\s*ngày", re.MULTILINE),
    "document_type": re.compile(
        r"^\s*(QUYẾT ĐỊNH|CÔNG VĂN|THÔNG BÁO|KẾ HOẠCH|BÁO CÁO|TỜ TRÌNH|CHỈ THỊ|NGHỊ QUYẾT)", re.MULTILINE
    ),
    "subject": re.compile(r"(?:V/v|Về việc)\s*:?\s*(.+)"),
    "addressees": re.compile(r"Kính gửi\s*:\s*(.+)"),
    "references": re.compile(r"(?:Luật|Nghị định|Thông tư|Quyết định)\s+số\s+([\w/.-]+)"),
}


def _fields_of(text: str) -> dict[str, list[Any]]:
    return {name: pattern.findall(text) for name, pattern in _SCRIPT.items()}


def pdfplumber_regexes() -> Driver:
    """pdfplumber's text of every page, then the script's regexes."""
    read = pdfplumber()
    return lambda path: _fields_of(str(read(path)))


def python_docx_regexes() -> Driver:
    """python-docx's text of paragraphs and table cells, then the script's regexes."""
    from docx import Document

    def read(path: str) -> object:
        document = Document(path)
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return _fields_of("\n".join(lines))

    return read


def pypdfium2_boxes() -> Driver:
    """pdfium's own text of every page, and the box of each word from those of its characters."""
    import pypdfium2

    def words(page: Any) -> list[tuple[str, float, float, float, float]]:
        text = page.get_text_range()
        found = []
        for word in re.finditer(r"\S+", text):
            left, bottom, right, top = zip(*map(page.get_charbox, range(*word.span())), strict=True)
            found.append((word[0], min(left), min(bottom), max(right), max(top)))
        return found

    def read(path: str) -> object:
        document = pypdfium2.PdfDocument(path)
        try:
            return [words(page.get_textpage()) for page in document]
        finally:
            document.close()

    return read


def underthesea() -> Driver:
    """Names of persons, places and organisations in a text."""
    from underthesea import ner

    return lambda path: ner(Path(path).read_text("utf-8"))


def eyecite() -> Driver:
    """Citations found and resolved, with the faster of its two tokenizers."""
    from eyecite import get_citations, resolve_citations
    from eyecite.tokenizers import HyperscanTokenizer

    tokenizer = HyperscanTokenizer(cache_dir=os.environ["BENCH_CACHE"])
    return lambda path: resolve_citations(get_citations(Path(path).read_text("utf-8"), tokenizer=tokenizer))


DRIVERS: dict[str, Callable[[], Driver]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        vnadmin, vnadmin_source, vnadmin_cite, kreuzberg, viparse, markitdown, pdfplumber, pdfplumber_regexes,
        python_docx_regexes, pypdfium2, pypdfium2_boxes, underthesea, eyecite,
    )
} | {"vnadmin-pure": vnadmin_pure}  # fmt: skip


class Child:
    """Carries out the parent's orders with one driver."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def time(self, path: str, inner: int = 1) -> dict[str, Any]:
        """Mean seconds of so many calls in a row, the collector off in between."""
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            for _ in range(inner):
                self._driver(path)
            return {"seconds": (time.process_time() - start) / inner}
        finally:
            gc.enable()

    def run(self, paths: list[str], least: float = 0.0) -> dict[str, Any]:
        """Read the list over and over until so many seconds have passed, at least once; the collector as Python has it."""
        gc.collect()
        done, start = 0, time.process_time()
        while True:
            for path in paths:
                self._driver(path)
            done += len(paths)
            seconds = time.process_time() - start
            if seconds >= least:
                return {"documents": done, "seconds": seconds}

    def stages(self, path: str) -> dict[str, Any]:
        """Seconds of each stage of one parse."""
        from stages import stages

        gc.collect()
        gc.disable()
        try:
            return stages(path)
        finally:
            gc.enable()

    def memory(self) -> dict[str, Any]:
        """Bytes resident now and at the peak."""
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
        return {key: int(status[key].split()[0]) * 1024 for key in ("VmRSS", "VmHWM")}


def main() -> None:
    """Read one file, or serve orders until standard input ends. What a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    driver = DRIVERS[sys.argv[1]]()
    if len(sys.argv) > 2:
        driver(sys.argv[2])
        return
    child = Child(driver)
    for line in sys.stdin:
        order = json.loads(line)
        what = order.pop("order")
        try:
            answer = getattr(child, what)(**order)
        except Exception as error:  # noqa: BLE001 - a peer may fail in any way; the parent leaves the file out
            answer = {"error": f"{type(error).__name__}: {error}"[:200]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
