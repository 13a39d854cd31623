"""What OCR may claim: nothing is certain by the engine's word alone, and what a hand filled in is a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vnadmin.assemble.evidence import Entry, EvidenceWriter
from vnadmin.assemble.issue import issue
from vnadmin.layout.page import Span
from vnadmin.model import Grade, Issue
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

# Values of closed lists or of a grammar of their own: a word that OCR damaged would not have matched. Free text
# (names, subjects, agencies) is certain only where the engine measured every word of it as sure.
_CHECKED = ("/document_type", "/urgency", "/secrecy", "/circulation")
_SURE = 0.90
_HANDWRITTEN = {"/number": "number_handwritten", "/issued_on": "day_handwritten"}
# What is printed before the blank of each: "Số:", "ngày", "tháng" (bare text).
_BLANKS = {"/number": pattern(r"\bs[o0a6] ?[:;.]? ?$"), "/issued_on": pattern(r"(?:ngay|thang) ?$")}


def regrade_readings(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """Lower the grades of values that stand on pages read by OCR; issues for what was filled in by hand or sealed."""
    document = zones.document
    read = {page.number for page in document.pages if page.method == "ocr"}
    if not read:
        return
    by_hand = [Span(mark.start, mark.end) for mark in document.handwriting]
    for pointer, entries in evidence.entries.items():
        if not any(entry["page"] in read for entry in entries):
            continue
        if not pointer.startswith(_CHECKED) and not all(_is_sure(entry) for entry in entries):
            _lower(entries, Grade.LIKELY)
    for pointer, code in _HANDWRITTEN.items():
        if values[pointer[1:]] is None:
            # What stands there could not be read at all: worth a look all the more.
            if any(_BLANKS[pointer].search(document.bare, max(0, m.start - 9), m.start) for m in document.handwriting):
                yield issue(code, pointer)
            continue
        touched = [name for name in evidence.entries if name == pointer or name.startswith(f"{pointer}/")]
        hit = [name for name in touched if _touches(document.text, evidence.entries[name], by_hand)]
        if hit:
            for name in hit:
                _lower(evidence.entries[name], Grade.GUESS)
            yield issue(code, pointer)
    yield from _sealed(values, zones, evidence)


def _sealed(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """A seal over a signer's name: what was read there deserves a look."""
    for index, _ in enumerate(values["signatories"]):
        entries = evidence.entries.get(f"/signatories/{index}/name", [])
        for entry in entries:
            boxes = [seal.box for seal in zones.document.seals if seal.page == entry["page"]]
            if any(_overlap(box, seal) for box in entry["boxes"] for seal in boxes):
                _lower(entries, Grade.LIKELY)
                yield issue("seal_over_name", f"/signatories/{index}/name")
                break


def _is_sure(entry: Entry) -> bool:
    return entry["confidence"] is None or entry["confidence"] >= _SURE


def _lower(entries: Sequence[Entry], grade: Grade) -> None:
    order = list(Grade)
    for entry in entries:
        if order.index(entry["grade"]) < order.index(grade):
            entry["grade"] = grade


def _touches(text: str, entries: Sequence[Entry], marks: Sequence[Span]) -> bool:
    """Whether a filled-in slice lies in a value, or at its edge (an empty slice is a blank that was not read)."""
    return any(
        mark.start <= entry["end"] and mark.end >= entry["start"] - text[mark.end : mark.end + 1].count(" ")
        for entry in entries
        for mark in marks
    )


def _overlap(box: Sequence[float], other: Sequence[float]) -> bool:
    return box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
