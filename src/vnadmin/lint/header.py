"""Rules over the header: number and notation, type, date, place, motto, subject (NĐ 30/2020, Phụ lục I, II.1-5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vnadmin.agencies import Outcome, resolve
from vnadmin.genre.motto import Motto, is_prescribed, motto_of
from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.text.fold import bare, fold

# What the parser itself says of a document and the clauses of the decree ask for, or forbid.
_TOLD: Final = (
    "number_missing", "number_blank", "date_missing", "day_blank", "day_impossible", "subject_missing",
    "signatory_missing", "signatory_name_missing", "hidden_text",
)  # fmt: skip
_GROUPS: Final = re.compile(r"[-/]")
_DATE: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)")
_HEAD: Final = 1200


def told_by_the_parser(view: View) -> Iterator[Finding]:
    """What is not printed, left blank, or stands in the file where nobody sees it."""
    for issue in view.document.issues:
        if issue.code == "date_missing" and view.code == "BB":
            continue  # minutes have no place and date line (NĐ 30/2020, PL III, mẫu 1.9)
        if issue.code == "subject_missing" and view.code in ("GGT", "GNP"):
            continue  # their forms have none (NĐ 30/2020, PL III, mẫu 1.8 and 1.10)
        if issue.code in _TOLD:
            yield view.found(issue.code, issue.pointer)


def notation_type(view: View) -> Iterator[Finding]:
    """`Số: 12/QĐ-UBND` under THÔNG BÁO."""
    for issue in view.document.issues:
        if issue.code == "type_disagrees" and view.document.number:
            yield view.found("notation_type", "/number", f"{view.code}, {view.document.number.text}")


def number_zero(view: View) -> Iterator[Finding]:
    """`Số: 5/QĐ-UBND`."""
    number = view.document.number
    if number and number.sequence and len(re.match(r"\d*", number.sequence)[0]) == 1 and number.sequence[0] != "0":  # type: ignore[index]
        yield view.found("number_zero", "/number", number.text)


def number_spaced(view: View) -> Iterator[Finding]:
    """`Số: 15 /QĐ - UBND`; only where the blanks are the typist's own."""
    number = view.document.number
    if number and number.sequence and view.is_typed and re.search(r"\s", view.quote("/number/text").strip()):
        yield view.found("number_spaced", "/number/text", " ".join(view.quote("/number/text").split()))


def notation_letter(view: View) -> Iterator[Finding]:
    """`Số: 12/CV-SYT`."""
    number = view.document.number
    if view.code == "CV" and number and number.notation and fold(_GROUPS.split(number.notation)[0]) == "cv":
        yield view.found("notation_letter", "/number", number.text)


def notation_issuer(view: View) -> Iterator[Finding]:
    """`Số: 12/QĐ-SNV` of a Uỷ ban nhân dân; only for issuers whose abbreviation is certain."""
    number, issuer = view.document.number, view.document.issuing_agency
    if not number or not number.notation or not issuer or view.document.parent_agency:
        return
    wanted = _abbreviations(issuer, view.document.issued_on)
    groups = {fold(group).rstrip("0123456789") for group in _GROUPS.split(number.notation)}
    if wanted and not any(group.startswith(tuple(wanted)) for group in groups):
        yield view.found("notation_issuer", "/number", f"{number.text}, {issuer}")


def _abbreviations(issuer: str, date: str | None) -> set[str]:
    name = fold(issuer)
    if name.startswith(("uỷ ban nhân dân", "ubnd")):
        return {"ub", "ct"}  # "QĐ-UB", "QĐ-CT" of old, the chairman's own
    if name.startswith("hội đồng nhân dân"):
        return {"hđ"}
    if name == "chính phủ":
        return {"cp"}
    if name == "thủ tướng chính phủ":
        return {"ttg"}
    found = resolve(issuer, on=date)
    if found.outcome is not Outcome.FOUND or found.agency is None or not name.startswith("bộ "):
        return set()
    return {fold(word) for word in found.agency.abbreviations}


def number_year(view: View) -> Iterator[Finding]:
    """`Số: 15/2024/QĐ-UBND` of a day in 2025."""
    date = view.document.issued_on
    if date and view.number_year and view.number_year != date[:4]:
        yield view.found("number_year", "/number", f"{view.number_year}, {date}")


def date_zero(view: View) -> Iterator[Finding]:
    """`ngày 5 tháng 2`."""
    match = _DATE.search(fold(view.quote("/issued_on")))
    if match and (len(match[1]) == 1 or match[2] in ("1", "2")):
        yield view.found("date_zero", "/issued_on", match[0])


def place_missing(view: View) -> Iterator[Finding]:
    """A date without a place; minutes have neither."""
    if view.document.issued_on and not view.document.place and view.code != "BB":
        yield view.found("place_missing", "/issued_on")


def motto_form(view: View) -> Iterator[Finding]:
    """`Độc Lập - Tự Do - Hạnh Phúc`, `Độc lập-Tự do-Hạnh phúc`."""
    start = 0
    for line in view.document.text[:_HEAD].splitlines(keepends=True):
        shown = line.strip().rstrip(".")
        motto = motto_of(bare(shown))
        if motto and motto.kind is Motto.LIBERTY and bare(shown).endswith("phuc"):
            if view.is_typed and not is_prescribed(shown):
                at = start + line.index(shown)
                yield Finding("motto_form", None, at, at + len(shown), shown)
            return
        start += len(line)


def addressee_missing(view: View) -> Iterator[Finding]:
    """A letter that is sent to nobody."""
    if view.code == "CV" and not view.document.addressees:
        yield view.found("addressee_missing", "/addressees")
