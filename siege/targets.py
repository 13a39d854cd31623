"""TARGETS: what is besieged, one for each source and one for the parse of text; each says what a sound answer is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from siege import mutate, mutate_bytes, seeds
from siege.engine import make_odd
from vnadmin.config import Config
from vnadmin.errors import NoTextLayer, VnadminError
from vnadmin.layout.page import SourceDocument
from vnadmin.pipeline import parse, parse_each
from vnadmin.source.container.archive import sniff_zip
from vnadmin.source.container.mail import sniff_mail
from vnadmin.source.registry import SOURCES
from vnadmin.source.scan.reader import read_scan

# Small limits, so that the fuzzer comes upon each of them; a document that keeps them is answered in well under a second.
CONFIG = Config(
    max_bytes=1 << 20,
    max_unpacked_bytes=4 << 20,
    max_pages=20,
    max_characters=200_000,
    max_pixels=4_000_000,
    ocr="off",
    ocr_threads=1,
)
_NOT_FROM_TEXT = frozenset({"evidence", "issues", "text", "source", "schema_version"})


class Unsound(AssertionError):
    """An answer that breaks what every answer promises."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing besieged.

    Attributes:
        name: of the target, of its folder of finds.
        answer: answers bytes: True for a sound answer, False for bytes that are none of its business; else it raises.
        seeds: makes the seed corpus.
        mutation: changes an input in the ways of its format.
        longest: bytes of an input.
    """

    name: str
    answer: Callable[[bytes], bool]
    seeds: Callable[[], list[bytes]]
    mutation: mutate.Mutation
    longest: int = 60_000


def _source(name: str, data: bytes) -> bool:
    source = next(item for item in SOURCES if item.name == name)
    if not source.sniff(data):
        return False
    sound_layout(source.read(data, CONFIG))
    return True


def _scan(data: bytes) -> bool:
    sound_layout(read_scan(data, CONFIG, make_engine=make_odd))
    return True


def _text(data: bytes) -> bool:
    if not data:
        return False
    try:
        sound_document(parse(data, config=CONFIG))
    except NoTextLayer:  # bytes that a picture begins with
        return False
    return True


def _documents(data: bytes) -> bool:
    """A file that holds documents: each is sound, or has its documented error."""
    if not (sniff_mail(data) or sniff_zip(data)):
        return False
    for _, outcome in parse_each(data, config=CONFIG):
        if not isinstance(outcome, VnadminError):
            sound_document(outcome)
    return True


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise Unsound(what)


def sound_layout(document: SourceDocument) -> None:
    """Folds are one to one, the text is clean, lines and words lie in it, in order, on pages that exist."""
    text = document.text
    _expect(len(document.folded) == len(text) == len(document.bare), "a fold changed the length")
    _expect(unicodedata.is_normalized("NFC", text), "the text is not NFC")
    _expect(
        text.isprintable() or not any(c != "\n" and unicodedata.category(c) in ("Cc", "Cs") for c in text), "controls"
    )
    count = max(len(document.pages), 1)
    last = 0
    for line in (*document.lines, *document.furniture):
        _expect(last <= line.start <= line.end <= len(text), "lines out of order")
        _expect("\n" not in text[line.start : line.end], "a line holds a line end")
        _expect(1 <= line.page <= count, "a line on no page")
        last = line.end
        for word in line.words:
            _expect(line.start <= word.start < word.end <= line.end, "a word outside its line")
    _expect(
        [line for paragraph in document.paragraphs for line in paragraph.lines] == list(document.lines), "paragraphs"
    )


def sound_document(document: Any) -> None:
    """Each leaf has evidence, each quote is the slice at its place, and the model can be written."""
    data = document.model_dump(mode="json")
    pointers = {p for key, value in data.items() if key not in _NOT_FROM_TEXT for p in _leaves(value, f"/{key}")}
    _expect(pointers == set(data["evidence"]), "leaves and evidence differ")
    for entries in document.evidence.values():
        for entry in entries:
            _expect(0 <= entry.start < entry.end <= len(document.text), "evidence outside the text")
            _expect(document.text[entry.start : entry.end] == entry.quote, "a quote that is not at its place")
    document.model_dump_json().encode("utf-8")


def _leaves(value: Any, pointer: str) -> list[str]:
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in _leaves(item, f"{pointer}/{key}")]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _leaves(item, f"{pointer}/{index}")]
    return [] if value is None else [pointer]


def _made(name: str, make: Callable[[], list[bytes]]) -> Callable[[], list[bytes]]:
    return partial(seeds.with_finds, name, make)


TARGETS: tuple[Target, ...] = (
    Target("parse", _text, _made("parse", lambda: seeds.texts() + seeds.markdown()), mutate.lines, 20_000),
    Target("docx", partial(_source, "docx"), _made("docx", seeds.docx), mutate.docx, 120_000),
    Target("doc", partial(_source, "doc"), _made("doc", seeds.doc), mutate_bytes.doc),
    Target("pdf", partial(_source, "pdf"), _made("pdf", seeds.pdf), mutate_bytes.pdf),
    Target("html", partial(_source, "html"), _made("html", seeds.pages), mutate.page, 30_000),
    Target("rtf", partial(_source, "rtf"), _made("rtf", seeds.rtf), mutate_bytes.rtf, 40_000),
    Target("scan", _scan, _made("scan", seeds.scans), mutate_bytes.picture, 60_000),
    Target(
        "text", partial(_source, "text"), _made("text", lambda: seeds.texts() + seeds.markdown()), mutate.lines, 20_000
    ),
    Target("odf", partial(_source, "odf"), _made("odf", seeds.odf), mutate.odf),
    Target("mail", _documents, _made("mail", seeds.mails), mutate.mail),
    Target("hocr", partial(_source, "hocr"), _made("hocr", lambda: seeds.ocr_files()[0]), mutate.page, 30_000),
    Target("alto", partial(_source, "alto"), _made("alto", lambda: seeds.ocr_files()[1]), mutate.xml_part, 30_000),
)
