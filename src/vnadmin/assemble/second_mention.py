"""What a document says of itself a second time: `Quyết định này`, the letters and the year of its number, what it issues.

A second mention that disagrees makes both values less than certain; neither is corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from vnadmin.assemble.evidence import EvidenceWriter, lower
from vnadmin.gazetteer import columns, rows
from vnadmin.genre.document_type import code_of_notation, type_words
from vnadmin.genre.initials import codes_of, find_initials
from vnadmin.issues import issue
from vnadmin.model import Grade, Issue
from vnadmin.text.alternation import alternation
from vnadmin.text.dates import FULL_DATE, match_date
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

_THIS = " này"
_FEWEST = 2  # mentions of another type
_SHORTEST = 4  # letters of a body's abbreviation that is told from a desk's: UBND, HĐND
_DIGITS = "0123456789"
# "(Ban hành kèm theo Quyết định số 46/QĐ-VKSTC ngày 20 tháng 02 năm 2017 ...)"
_ISSUED_WITH = pattern(rf"kèm theo [^()\n/]{{2,40}}?số:? *+(?P<number>\d++[^\s,]*+)[^()]{{0,80}}?(?P<date>{FULL_DATE})")


def check_mentions(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """Issues of values that a second mention contradicts, their grades lowered."""
    for found, pointers in (
        (_type_against_number(values), ("/document_type",)),
        (_type_against_body(values, zones), ("/document_type", "/subject")),
        (_agency_against_number(values), ("/issuing_agency", "/parent_agency")),
        (_date_against_number(values), ("/number", "/issued_on")),
        (_date_against_attachment(values, zones), ("/number", "/issued_on")),
    ):
        if found is None:
            continue
        yield found
        for name, entries in evidence.entries.items():
            if name in pointers or name.startswith(tuple(f"{pointer}/" for pointer in pointers)):
                lower(entries, Grade.LIKELY)


@cache
def _codes_where(column: str) -> frozenset[str]:
    """Codes of `data/document_types.tsv`: `tells` those that head a notation and mean the type there.

    CT is Cục Thuế, TT a misused Tờ trình, HĐ Hội đồng (domain.md 2.4). `speaks` are types that speak of themselves; a Tờ
    trình speaks of the draft that it submits.
    """
    return frozenset(row["code"] for row in rows("document_types") if row[column])


@cache
def _codes() -> dict[str, str]:
    return {fold(code): code for code in _codes_where("tells")}


def _type_against_number(values: Mapping[str, Any]) -> Issue | None:
    """`Số: 12/QĐ-UBND` under THÔNG BÁO: the heading rules the type, and the reader should know."""
    kind, number = values["document_type"], values["number"]
    if not kind or not number or not number["notation"]:
        return None
    named = _codes().get(fold(number["notation"].replace("/", "-").split("-")[0]))
    if not named or kind["code"] not in _codes_where("tells") or named == kind["code"]:
        return None
    return issue("type_disagrees", "/document_type", kind["code"], named)


@cache
def _names() -> dict[str, str]:
    speaking = _codes_where("speaks")
    return {fold(word.name): word.code for word in type_words().values() if word.code and word.code in speaking}


# "Quyết định này có hiệu lực", "Thông tư này"; of what an article amends too, and so often the document's own
_OWN = pattern(lambda: rf"(?<!\w)(?P<name>{alternation(_names())}){_THIS}(?!\w)")


def _type_against_body(values: Mapping[str, Any], zones: Zones) -> Issue | None:
    """`Quyết định này ... Quyết định này` in the body of what was read as a plan."""
    kind = values["document_type"]
    if not kind or kind["code"] not in _codes_where("speaks"):
        return None
    folded, body = zones.document.folded, zones.body
    said: Counter[str] = Counter()
    if not body or folded.find(_THIS, body[0].start, body[-1].end) < 0:
        return None
    for paragraph in body:
        start, end = paragraph.start, paragraph.end
        if folded.find(_THIS, start, end) >= 0:
            said.update(_names()[" ".join(match["name"].split())] for match in _OWN.finditer(folded, start, end))
    if kind["code"] in said or not said:
        return None
    code, count = said.most_common(1)[0]
    return issue("type_disagrees", "/document_type", kind["code"], code) if count >= _FEWEST else None


@cache
def known_abbreviations() -> frozenset[str]:
    """Letters that stand for a body of the table and for no desk."""
    words = (bare(word) for codes in columns("agencies")["abbreviations"] for word in codes.split())
    return frozenset(word for word in words if len(word) >= _SHORTEST and word.isalpha())


@cache
def abbreviations_of(name: str) -> frozenset[str]:
    """The bare letters that the table has for a body of this name: `ttg` of THỦ TƯỚNG CHÍNH PHỦ."""
    table, wanted = columns("agencies"), bare(name)
    return frozenset(
        bare(code)
        for one, codes in zip(table["name"], table["abbreviations"], strict=True)
        if bare(one) == wanted
        for code in codes.split()
    )


def codes_of_bodies(notation: str) -> list[str]:
    """The groups of a notation that stand for a body, bare, a term's number left out: `ubtvqh` of 89/2025/UBTVQH15."""
    return [code.strip(_DIGITS) for code in codes_of(notation) if not code_of_notation(code)]


def _agency_against_number(values: Mapping[str, Any]) -> Issue | None:
    """`Số: 67/TTr-UBND` under `THỊ TRẤN HƯƠNG SƠN`: a line of the issuer's name is missing."""
    number, names = values["number"], [values["parent_agency"], values["issuing_agency"]]
    printed = [name for name in names if name]
    if not number or not number["notation"] or not printed:
        return None
    codes = codes_of_bodies(number["notation"])
    if not codes or codes[0] not in known_abbreviations() or find_initials(codes[0], printed):
        return None
    if any(codes[0] in bare(name).split() for name in printed):
        return None
    central = codes[0].endswith("tw") and any(bare(name).endswith("trung uong") for name in printed)
    if central and find_initials(codes[0].removesuffix("tw"), printed):
        return None  # "11-HD/VPTW": VĂN PHÒNG under BAN CHẤP HÀNH TRUNG ƯƠNG
    return issue("issuer_disagrees", "/issuing_agency", number["notation"], *printed)


def _date_against_number(values: Mapping[str, Any]) -> Issue | None:
    """`Số: 13/2010/TT-BGDĐT` dated 2009."""
    number, date = values["number"], values["issued_on"]
    if not number or not date or not number["year"] or number["year"] == int(date[:4]):
        return None
    return issue("date_disagrees", "/issued_on", number["text"], date)


def _date_against_attachment(values: Mapping[str, Any], zones: Zones) -> Issue | None:
    """What is issued with the document names its number with another day: `(Ban hành kèm theo Quyết định số ...)`."""
    number, date = values["number"], values["issued_on"]
    if not number or not number["sequence"] or not date or not date.day:
        return None
    document = zones.document
    for attachment in zones.attachments:
        if not attachment.lines:
            continue
        start, end = attachment.lines[0].start, attachment.lines[min(len(attachment.lines), 12) - 1].end
        match = _ISSUED_WITH.search(document.folded, start, end)
        if match is None or fold(number["text"]) != match["number"].rstrip(" .;:)"):
            continue
        said = match_date(document.folded, match.start("date"), match.end("date"))
        if said and said.value and said.value.day and said.value != date:
            return issue("date_disagrees", "/issued_on", date, said.value)
        return None
    return None
