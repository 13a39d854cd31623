"""Issues: what a complete document prints and this one does not, and fields that speak against each other."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from vnadmin.assemble.evidence import Entry, EvidenceWriter, lower
from vnadmin.assemble.misspelt import misspelt, respelt
from vnadmin.assemble.ocr_grades import regrade_readings
from vnadmin.assemble.second_mention import check_mentions
from vnadmin.assemble.spoofed import regrade_layers, regrade_spoofed, regrade_unsure
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import is_glued_notation
from vnadmin.genre.misread import misread_formulas, misread_names
from vnadmin.genre.motto import lost_letters_of_motto
from vnadmin.issues import issue
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.model import Grade, Issue
from vnadmin.text.damage.glued import has_glued_words
from vnadmin.text.damage.horns import has_lost_horns
from vnadmin.text.damage.misread import has_misread_marks, untoned_stops
from vnadmin.text.damage.value import is_damaged
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.kind import is_administrative
from vnadmin.zones.zone import Zones

_FIGURES = pattern(r"\d{1,4}")  # "ngày 32 tháng 12 năm 2024", "30/02/2024"
_PARTS = 3  # day, month and year
_DAMAGED = "layout_damaged"
_TOLD_BY_READER = frozenset({"text/plain", "text/markdown"})  # their reader mends glued words and lost horns, and tells
_MISREAD = "number.misread"  # "Số: Z32Ø/BTC-QLCS": another OCR read the text
_HEADER = 1000  # characters in which the motto of the document stands
# Words that OCR misread: of 166 typed texts seven have one and none has two, of 81 that OCR read 67 have one and 40 two
_BY_OCR = 2
# No spelling tells that a figure was misread, so one such word is enough to doubt these; a formula alone is a misprint.
_FIGURES_ALONE = ("/number", "/issued_on")
_ENDS, _LONGEST_NAME = 40, 90  # lines at the beginning and the end; characters of a line that holds a name
# Values of free text, which no list and no grammar of their own checks.
_FREE = ("/addressees", "/recipients", "/signatories")


def check(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """All issues of one document, those of absence first."""
    if not is_administrative(zones):
        yield issue("not_administrative")
        for entries in evidence.entries.values():
            lower(entries, Grade.LIKELY)
    yield from _absences(values, evidence)
    yield from _marks(zones)
    yield from check_mentions(values, zones, evidence)
    yield from _date_against_references(values, evidence)
    yield from _damaged(zones, evidence)
    if values["number"] is None and values["issued_on"] is None:
        _lower_unplaced(evidence)
    for pointer in dict.fromkeys((*misspelt(values), *respelt(zones.document, evidence.entries))):  # each once
        yield issue("name_misspelt", pointer)
        lower(evidence.entries.get(pointer, ()), Grade.LIKELY)
    yield from regrade_readings(values, zones, evidence)
    yield from regrade_spoofed(zones.document, evidence)
    yield from regrade_layers(zones.document, evidence)
    yield from regrade_unsure(zones.document, evidence)


def _damaged(zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """What was read where the source had lost lines, columns, blanks or letters is not certain."""
    document = zones.document
    told = any(given.code == _DAMAGED for given in document.issues)
    everywhere = told
    misread: frozenset[str] = frozenset()
    if document.media_type not in _TOLD_BY_READER:
        everywhere = everywhere or has_glued_words(document.text) or has_lost_horns(document.text)
    if document.pages[0].method != "ocr":  # OCR misses a letter here and there, a broken font all of a kind
        everywhere = everywhere or lost_letters_of_motto(document.bare[:_HEADER]) or has_misread_marks(document.text)
        misread = _misread(document, evidence)
        everywhere = everywhere or len(misread | misread_formulas(document.folded, document.bare)) >= _BY_OCR
        everywhere = everywhere or any(e["rule"] == _MISREAD for e in evidence.entries.get("/number/text", ()))
    rebuilt = [line for line in document.lines if line.rebuilt]
    starts = [line.start for line in rebuilt]
    if (everywhere or rebuilt) and not told:
        yield issue(_DAMAGED)
    for pointer, entries in evidence.entries.items():
        if (
            everywhere
            or (rebuilt and _stands_on(entries, rebuilt, starts))
            or (pointer.startswith(_FREE) and is_damaged(" ".join([entry["quote"] for entry in entries])))
            or (misread and (pointer.startswith(_FIGURES_ALONE) or _holds(entries, misread)))
            or (pointer.endswith("/number") and is_glued_notation(entries[0]["quote"]))
        ):
            lower(entries, Grade.LIKELY)


def _misread(document: SourceDocument, evidence: EvidenceWriter) -> frozenset[str]:
    """Words that a text spells as OCR reads print: names in capitals of its beginning and end, its place, lost tones."""
    lines = (*document.lines[:_ENDS], *document.lines[_ENDS:][-_ENDS:])
    short = (line for line in lines if line.end - line.start <= _LONGEST_NAME)
    printed = [(line.start, line.end) for line in short if in_capitals(document.of(line))]
    printed += [(entry["start"], entry["end"]) for entry in evidence.entries.get("/place", ())]
    folded, bare = document.folded, document.bare
    names = (misread_names(folded[start:end], bare[start:end]) for start, end in printed)
    return untoned_stops(document.text).union(*names)


def _holds(entries: Sequence[Entry], words: Collection[str]) -> bool:
    """Whether a value holds one of the words."""
    quoted = fold(" ".join(entry["quote"] for entry in entries))
    return any(word in quoted for word in words)


def _lower_unplaced(evidence: EvidenceWriter) -> None:
    """Where neither number nor date was found the header was not read whole: its misread lines may stand in a neighbour.

    Seen where OCR wrote `§Ø0/TCT-TTr` and `là Nội, ngày AF tháng 4Ô năm 2016`: the date line ended the subject.
    """
    for pointer, entries in evidence.entries.items():
        if pointer.startswith(("/subject", "/issuing_agency", "/parent_agency", *_FREE)):
            lower(entries, Grade.LIKELY)


def _stands_on(entries: Sequence[Entry], lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether an entry shares a character with a line; `starts` are those of the lines, which stand one after the other."""
    # of each entry the last line that begins before its end
    last = ((entry, bisect_left(starts, entry["end"]) - 1) for entry in entries)
    return any(at >= 0 and lines[at].end > entry["start"] for entry, at in last)


def _absences(values: Mapping[str, Any], evidence: EvidenceWriter) -> Iterator[Issue]:
    number, date = values["number"], values["issued_on"]
    if values["document_type"] is None:
        yield issue("type_missing", "/document_type")
    if values["issuing_agency"] is None:
        yield issue("issuer_missing", "/issuing_agency")
    if number is None:
        yield issue("number_missing", "/number")
    elif number["sequence"] is None:
        yield issue("number_blank", "/number")
    if date is None:
        yield issue("date_missing", "/issued_on")
    elif date.day is None:
        quotes = [entry["quote"] for entry in evidence.entries.get("/issued_on", ())]
        if any(map(_is_no_day, quotes)):
            yield issue("day_impossible", "/issued_on")
        elif not any(len(_FIGURES.findall(quote)) == _PARTS for quote in quotes):  # what was taken back is no blank
            yield issue("day_blank", "/issued_on")
    if values["subject"] is None:
        yield issue("subject_missing", "/subject")
    if not values["signatories"]:
        yield issue("signatory_missing", "/signatories")
    for index, signatory in enumerate(values["signatories"]):
        if signatory["name"] is None:
            yield issue("signatory_name_missing", f"/signatories/{index}")


def _is_no_day(quote: str) -> bool:
    """Whether a date is printed whole and is none of the calendar."""
    figures = [int(figure) for figure in _FIGURES.findall(quote)]
    if len(figures) != _PARTS:
        return False
    try:
        dt.date(figures[2], figures[1], figures[0])
    except ValueError:
        return True
    return False


def _marks(zones: Zones) -> Iterator[Issue]:
    if any("dự thảo" in zones.document.folded_of(line) for line in zones.preface.marks):
        yield issue("draft")
    if any(attachment.is_copy_block for attachment in zones.attachments):
        yield issue("copy")
    if any(attachment.is_other_document for attachment in zones.attachments):
        yield issue("other_document")


def _date_against_references(values: Mapping[str, Any], evidence: EvidenceWriter) -> Iterator[Issue]:
    """No document rests on an instrument of the future; a date that would is not certain."""
    date = values["issued_on"]
    if date is None:
        return
    for index, reference in enumerate(values["legal_references"]):
        cited = reference["issued_on"]
        if reference["relation"] != "basis" or cited is None:
            continue
        width = min(len(cited), len(date))
        if cited[:width] > date[:width]:
            yield issue("date_before_reference", "/issued_on", date, cited)
            evidence.regrade("/issued_on", Grade.LIKELY)
            evidence.regrade(f"/legal_references/{index}/issued_on", Grade.LIKELY)
            return
