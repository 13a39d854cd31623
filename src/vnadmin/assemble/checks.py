"""Issues: what a complete document prints and this one does not, and fields that speak against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from vnadmin.assemble.evidence import EvidenceWriter, lower
from vnadmin.assemble.issue import issue
from vnadmin.assemble.misspelt import misspelt
from vnadmin.assemble.ocr_grades import regrade_readings
from vnadmin.model import Grade, Issue
from vnadmin.text.damage import is_damaged, is_glued_notation, reads_damaged
from vnadmin.text.fold import fold
from vnadmin.zones.kind import is_administrative
from vnadmin.zones.zone import Zones

# A type code that heads a notation and means something else there (domain.md 2.4): CT is Cục Thuế, TT a misused
# Tờ trình, CĐ Cao đẳng, HĐ Hội đồng, KH and TC a desk; only these pairs of codes are worth an alarm.
_CLEAR = frozenset({"QĐ", "NĐ", "NQ", "TTr", "TB", "BC", "KH", "CĐ", "GM", "HD", "CTr"})

_DAMAGED = "layout_damaged"
# Values of free text, which no list and no grammar of their own checks.
_FREE = ("/parent_agency", "/issuing_agency", "/place", "/addressees", "/recipients", "/signatories")


@cache
def _codes() -> dict[str, str]:
    return {fold(code): code for code in _CLEAR}


def check(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """All issues of one document, those of absence first."""
    if not is_administrative(zones):
        yield issue("not_administrative")
    yield from _absences(values)
    yield from _marks(zones)
    yield from _type_against_number(values)
    yield from _date_against_references(values, evidence)
    yield from _damaged(zones, evidence)
    for pointer in misspelt(values):
        lower(evidence.entries.get(pointer, ()), Grade.LIKELY)
    yield from regrade_readings(values, zones, evidence)


def _damaged(zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """What was read where the source had lost lines, columns, blanks or letters is not certain."""
    document = zones.document
    told = any(given.code == _DAMAGED for given in document.issues)
    everywhere = told or reads_damaged(document.text)
    rebuilt = [line for line in document.lines if line.rebuilt]
    if (everywhere or rebuilt) and not told:
        yield issue(_DAMAGED)
    for pointer, entries in evidence.entries.items():
        if (
            everywhere
            or any(line.start < entry["end"] and line.end > entry["start"] for entry in entries for line in rebuilt)
            or (pointer.startswith(_FREE) and is_damaged(" ".join(entry["quote"] for entry in entries)))
            or (pointer.endswith("/number") and is_glued_notation(entries[0]["quote"]))
        ):
            lower(entries, Grade.LIKELY)


def _absences(values: Mapping[str, Any]) -> Iterator[Issue]:
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
        yield issue("day_blank", "/issued_on")
    if values["subject"] is None:
        yield issue("subject_missing", "/subject")
    if not values["signatories"]:
        yield issue("signatory_missing", "/signatories")
    for index, signatory in enumerate(values["signatories"]):
        if signatory["name"] is None:
            yield issue("signatory_name_missing", f"/signatories/{index}")


def _marks(zones: Zones) -> Iterator[Issue]:
    if any("dự thảo" in zones.document.folded_of(line) for line in zones.preface.marks):
        yield issue("draft")
    if any(attachment.is_copy_block for attachment in zones.attachments):
        yield issue("copy")
    if any(attachment.is_other_document for attachment in zones.attachments):
        yield issue("other_document")


def _type_against_number(values: Mapping[str, Any]) -> Iterator[Issue]:
    """`Số: 12/QĐ-UBND` under THÔNG BÁO: the heading rules the type, and the reader should know."""
    kind, number = values["document_type"], values["number"]
    if not kind or not number or not number["notation"]:
        return
    head = number["notation"].replace("/", "-").split("-")[0]
    named = _codes().get(fold(head))
    if named and kind["code"] in _CLEAR and named != kind["code"]:
        yield issue("type_disagrees", "/document_type", f"{kind['code']} and {named}")


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
            yield issue("date_before_reference", "/issued_on", f"{date} < {cited}")
            evidence.regrade("/issued_on", Grade.LIKELY)
            evidence.regrade(f"/legal_references/{index}/issued_on", Grade.LIKELY)
            return
