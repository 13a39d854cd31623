"""EAD of Thông tư 05/2025/TT-BNV: the fields of a document and of a file (hồ sơ), as CSV or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from vnadmin.agencies import whole_name
from vnadmin.export.elements import check, code_of, elements, notation_of, option
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.qcvn102.envelope import pages
from vnadmin.export.refusal import ExportRefused, Fault, Problem
from vnadmin.export.tables.csv_text import write_csv
from vnadmin.model import AdminDocument, PartialDate

# `circular`: what the circular's own schemas have; `as_sample`: the official sample package, which differs from it.
Form: TypeAlias = Literal["circular", "as_sample"]
_SAMPLE_ONLY = {
    "doc": frozenset({"riskRecovery", "riskRecoveryStatus"}),  # D4: the circular's schema has 19 fields
    "file": frozenset({"numberOfPaper"}),  # D2: the circular's table has 17, its frame 18
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a package, with what the caller says of it."""

    document: AdminDocument
    profile: AgencyProfile


def document_fields(document: AdminDocument, profile: AgencyProfile, form: Form = "circular") -> dict[str, str]:
    """EAD_doc of a SIP: every field of the form in its order, empty where there is no value and none is asked for.

    Raises:
        ExportRefused: fields that must have a value have none, or values do not fit; all of them are listed.
    """
    values, problems = _document(document, profile, form)
    if problems:
        raise ExportRefused(problems)
    return values


def file_fields(entries: Sequence[Entry], profile: AgencyProfile, form: Form = "circular") -> dict[str, str]:
    """EAD of the file (hồ sơ) that holds these documents.

    Raises:
        ExportRefused: as `document_fields`.
    """
    values, problems = _file(entries, profile, form)
    if problems:
        raise ExportRefused(problems)
    return values


def problems_of(entries: Sequence[Entry], profile: AgencyProfile, form: Form = "circular") -> list[Problem]:
    """All that keeps a package from being made: of the file, and of each document by its number in the package."""
    found = _file(entries, profile, form)[1]
    for place, entry in enumerate(entries, 1):
        for problem in _document(entry.document, entry.profile, form)[1]:
            name = problem.element.replace("doc/", f"doc[{place}]/", 1)
            found.append(Problem(name, problem.fault, problem.detail, problem.remedy))
    return found


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """A row for each document, for a spreadsheet or an import form: UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    write_csv(text, list(rows[0]) if rows else [], (list(row.values()) for row in rows))
    return text.getvalue().encode("utf-8-sig")


def as_json(rows: Sequence[Mapping[str, str]]) -> bytes:
    """An array of objects, one for each document."""
    return (json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n").encode()


def names(kind: Literal["doc", "file"], form: Form = "circular") -> list[str]:
    """The fields of a form, in order."""
    left_out = frozenset[str]() if form == "as_sample" else _SAMPLE_ONLY[kind]
    all_of = (name.removeprefix(f"{kind}/") for name in elements("ead") if name.startswith(f"{kind}/"))
    return [name for name in all_of if name not in left_out]


def vietnamese_date(date: PartialDate) -> str:
    """dd/mm/yyyy, as the circular writes whole dates."""
    return "/".join(reversed(date.split("-")))


def _document(document: AdminDocument, profile: AgencyProfile, form: Form) -> tuple[dict[str, str], list[Problem]]:
    own, told = profile.archive, profile.document
    problems: list[Problem] = []
    kind = document.document_type
    number = document.number
    count = told.number_of_page if told.number_of_page is not None else pages(document)
    type_code = code_of("ead_type", kind.name) if kind else None
    if kind and type_code is None:
        problems.append(Problem("doc/typeName", Fault.NOT_IN_LIST, "ead_type"))
    date = document.issued_on
    if date and date.to_date() is None:
        problems.append(Problem("doc/issuedDate", Fault.INCOMPLETE, "day or month left blank"))
        date = None
    values = {
        "docId": document_id(profile),
        "docCode": f"{own.file_code}.{told.sequence:07d}" if own.file_code and told.sequence else None,
        "maintenance": own.maintenance,
        "typeName": type_code,
        "codeNumber": number.sequence if number else None,
        "codeNotation": notation_of(document),
        "issuedDate": vietnamese_date(date) if date else None,
        "organName": _organ(document),
        "subject": document.subject,
        "language": own.language,
        "numberOfPage": None if count is None else str(count),
        "inforSign": own.info_sign,
        "keyword": told.keyword,
        "mode": "03" if document.secrecy else own.mode,
        "confidenceLevel": own.confidence_level,
        "autograph": told.autograph,
        "format": own.format,
        "riskRecovery": own.risk_recovery,
        "riskRecoveryStatus": own.risk_recovery_status,
        "process": told.process,
        "description": told.description,
    }
    if own.confidence_level in ("01", "03") and told.process is None:
        problems.append(
            Problem("doc/process", Fault.MISSING, "confidenceLevel is 01 or 03", option("document.process"))
        )
    kept = names("doc", form)
    problems += _recovery("doc", values) if "riskRecovery" in kept else []
    return _checked("doc", {name: values[name] for name in kept}, problems)


def _organ(document: AdminDocument) -> str | None:
    """As printed; with the body above it where that says whose it is (`VĂN PHÒNG`), as far as there is room for both."""
    issuer = document.issuing_agency
    whole = whole_name(issuer, document.parent_agency) if issuer else None
    return issuer if whole and len(whole) > (elements("ead")["doc/organName"].longest or 0) else whole


def document_id(profile: AgencyProfile) -> str | None:
    """Mã định danh tài liệu; Điều 8.1.d: file code, a dot and the number in the file."""
    own, told = profile.archive, profile.document
    return told.doc_id or (f"{own.file_code}.{told.sequence}" if own.file_code and told.sequence else None)


def _file(entries: Sequence[Entry], profile: AgencyProfile, form: Form) -> tuple[dict[str, str], list[Problem]]:
    own = profile.archive
    problems: list[Problem] = []
    dates = [e.document.issued_on for e in entries if e.document.issued_on]
    first, last = min(dates, default=None), max(dates, default=None, key=_latest)
    for name, told, found in (("start_date", own.start_date, first), ("end_date", own.end_date, last)):
        if told is None and found and found.to_date() is None:
            place = "file/startDate" if name == "start_date" else "file/endDate"
            problems.append(Problem(place, Fault.INCOMPLETE, "day or month left blank", option(f"archive.{name}")))
    counts = [
        e.profile.document.number_of_page if e.profile.document.number_of_page is not None else pages(e.document)
        for e in entries
    ]
    known = [count for count in counts if count is not None]
    values = {
        "fileCode": own.file_code,
        "title": own.file_title,
        "maintenance": own.maintenance,
        "mode": "03" if any(e.document.secrecy for e in entries) else own.mode,
        "language": own.language,
        "startDate": _date(own.start_date, first),
        "endDate": _date(own.end_date, last),
        "keyword": own.keyword,
        "totalDoc": str(len(entries)) if entries else None,
        "numberOfPaper": None if own.number_of_paper is None else str(own.number_of_paper),
        "numberOfPage": str(sum(known)) if entries and len(known) == len(counts) else None,
        "format": own.format,
        "inforSign": own.info_sign,
        "confidenceLevel": own.confidence_level,
        "paperFileCode": own.paper_file_code,
        "riskRecovery": own.risk_recovery,
        "riskRecoveryStatus": own.risk_recovery_status,
        "description": own.description,
    }
    if own.confidence_level == "02" and not own.paper_file_code:  # the official sample package leaves it empty: a fault
        problems.append(
            Problem("file/paperFileCode", Fault.MISSING, "confidenceLevel is 02", option("archive.paper_file_code"))
        )
    kept = names("file", form)
    problems += _recovery("file", values)
    return _checked("file", {name: values[name] for name in kept}, problems)


def _latest(date: PartialDate) -> str:
    """To order by the last day that it may be: `2021-09` is behind every whole day of that month."""
    return date if date.to_date() else f"{date}-99"


def _date(told: PartialDate | None, found: PartialDate | None) -> str | None:
    date = told or found
    return vietnamese_date(date) if date else None


def _recovery(kind: str, values: Mapping[str, str | None]) -> Iterator[Problem]:
    if values["riskRecovery"] == "1" and not values["riskRecoveryStatus"]:
        yield Problem(
            f"{kind}/riskRecoveryStatus", Fault.MISSING, "riskRecovery is 1", option("archive.risk_recovery_status")
        )


def _checked(
    kind: str, values: Mapping[str, str | None], problems: list[Problem]
) -> tuple[dict[str, str], list[Problem]]:
    """Each value against its row of the table; what was reported already is not repeated."""
    known = {problem.element for problem in problems}
    table = elements("ead")
    for name, value in values.items():
        if f"{kind}/{name}" not in known:
            problems += check(table[f"{kind}/{name}"], value)
    return {name: value or "" for name, value in values.items()}, problems
