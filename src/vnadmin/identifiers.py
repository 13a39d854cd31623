"""Canonical identifiers of instruments and provisions: one for each, however it is cited; none where too little is said.

The one scheme of citations and exports (docs/how-to/cite.md, decision 0070), ELI-like and no ELI:

    /vn/{type}[/{issuer}]/{year}/{number}     /vn/nghi-dinh/2020/30-nd-cp
                                              /vn/quyet-dinh/uy-ban-nhan-dan-tinh-hai-minh/2024/15-qd-ubnd
                                              /vn/luat/2013/dat-dai           a law by its name
    #{provision}                              #art_5__para_2__point_đ
    /akn/vn/{act|doc}/...                     the same in Akoma Ntoso (export/akn_iri.py)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from vnadmin.agencies import Outcome, agencies, resolve, without_post
from vnadmin.gazetteer import cited_types, provinces, rows, words_where
from vnadmin.model import AdminDocument, LegalReference
from vnadmin.text.fold import bare, fold, mend_lookalikes, strip_marks

_NOT_PLAIN: Final = re.compile(r"[^a-z0-9.]+")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# "30/2020/NĐ-CP", "66.15/2026/NQ-CP", "31/2024/QH15"
_NORMATIVE: Final = re.compile(rf"(?P<sequence>\d[\d.]*[a-zđ]?)/{_YEAR}(?:/(?P<notation>.+))?")
# "15/QĐ-UBND", "30c/NQ-CP", "36-HD/VPTW", "695-BYT/QĐ", "178/CP"
_PLAIN: Final = re.compile(r"(?P<sequence>\d[\d.]*[a-zđ]?)[-/](?P<notation>\D.*)")
# "6909:2001", "16-1:2025/BYT", "ISO9001:2015"
_STANDARD: Final = re.compile(rf"(?P<sequence>[^:]+)[:-]{_YEAR}(?:/(?P<notation>.+))?")
_GROUPS: Final = re.compile(r"[-/]")
_TERM: Final = re.compile(r"(?<!\d)\d+$")  # QH15, UBTVQH14, TT-NHNN7
# "UBND tỉnh X", "Luật Tổ chức HĐND và UBND": the same name as the full one
_SHORT: Final = (
    (re.compile(r"(?<!\w)ubnd(?!\w)"), "uỷ ban nhân dân"),
    (re.compile(r"(?<!\w)hđnd(?!\w)"), "hội đồng nhân dân"),
)
# "UBND tỉnh", "Hội đồng nhân dân": of which province, only the citing document knows
_OF_A_PROVINCE: Final = re.compile(
    r"(?P<head>uỷ ban nhân dân|hội đồng nhân dân)(?: (?P<unit>tỉnh|thành phố|huyện|quận|thị xã|xã|phường))?"
)
_LOCAL: Final = re.compile(
    r"(?:sở|liên sở|chi cục|phòng|công an tỉnh|thanh tra tỉnh|văn phòng (?:uỷ|hội|đoàn)|ban quản lý)(?!\w)"
)
# A department is of a province: in a district's letter "Sở Y tế" is not the district's.
_ABOVE_DISTRICTS: Final = re.compile(r"(?:(?:liên )?sở(?!\w)|(?:công an|thanh tra) tỉnh)")
_PLACE: Final = re.compile(r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) \w.*$")
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_STANDARDS: Final = frozenset(("tcvn", "qcvn", "qcđp", "tcxdvn", "tcxd"))
# Types by name that any letter may be called: "Văn bản số 12/UBND-VX", "Công văn hỏa tốc số 12/UBND-VX".
_LETTERS: Final = frozenset(("van ban", "cong van", "cong van hoa toc", "cong van khan", "thu"))


class Identity(NamedTuple):
    """An identifier, or what a citation would have to say for it to have one: `type`, `year`, `issuer`, `number`."""

    uri: str | None
    missing: tuple[str, ...] = ()


_PROVISIONS: Final = {
    "part": "part", "chapter": "chp", "section": "sec", "subsection": "subsec", "article": "art", "clause": "para",
    "point": "point", "subpoint": "subpoint", "form": "form", "appendix": "annex", "paragraph": "al", "sentence": "sent",
    "indent": "indent",
}  # fmt: skip
# Articles are numbered through an act: `Điều 5` and `Điều 5 Mục 1 Chương II` are one provision.
_ABOVE_ARTICLES: Final = frozenset(("part", "chapter", "section", "subsection"))
_NUMBER_ZERO: Final = re.compile(r"^0+(?=\d)")


def provision(parts: Sequence[tuple[str, str]]) -> str:
    """The fragment that names a provision, in the manner of Akoma Ntoso's eIds.

    Args:
        parts: levels (as in `citation.pinpoint.Part`) with their numbers, the largest first.
    """
    if any(level == "article" for level, _ in parts):
        parts = [(level, number) for level, number in parts if level not in _ABOVE_ARTICLES]
    return "__".join(f"{_PROVISIONS[level]}_{_NUMBER_ZERO.sub('', number.lower())}" for level, number in parts)


def slug(text: str) -> str:
    """Plain letters, digits, dots and hyphens: `QĐ-UBND` is `qd-ubnd`."""
    return _NOT_PLAIN.sub("-", strip_marks(fold(text))).strip("-.")


def identify(
    kind: str | None,
    number: str | None,
    *,
    date: str | None = None,
    issuer: str | None = None,
    title: str | None = None,
    within: str | None = None,
) -> Identity:
    """The identifier of an instrument from what a citation prints of it.

    Args:
        kind: its type as printed; a notation that names one type speaks for itself.
        number: its number without white space.
        date: partial ISO date; only the year counts.
        issuer: its issuer, as printed; only where the notation names no body that is one in the country.
        title: the name of a law.
        within: the agency in whose document it is cited: `UBND tỉnh` there is the committee of its province.
    """
    if number is None:
        return _by_name(kind, date, issuer, title)
    value = mend_lookalikes("".join(number.split()))
    if kind is not None and fold(kind) in _STANDARDS:
        return _standard(kind, value)
    if kind is not None and fold(kind) == "sắc lệnh" and value.isdigit():
        value += "/SL"  # "Sắc lệnh số 73", also written 73/SL and 73-SL: one series, of the head of state
    match = _NORMATIVE.fullmatch(value) or _PLAIN.fullmatch(value)
    if match is None:
        return Identity(None, ("number",))
    parts = match.groupdict()
    notation = parts["notation"] or ""
    sequence = slug(parts["sequence"]).lstrip("0") or "0"
    year = parts.get("year") or (date[:4] if date else None)
    name = _type_name(kind, notation)
    if not notation and name == "nghi-dinh" and year is not None and year >= "2000":
        notation = "NĐ-CP"  # "Nghị định 30/2020": since then only the Government issues decrees, by this notation
    if not notation:
        return Identity(None, ("number",))
    missing = []
    if name is None:
        missing.append("type")
    if year is None:
        missing.append("year")
    body = None if _is_national(notation) else _issuer(issuer, date or year, within)
    if body is None and not _is_national(notation):
        missing.append("issuer")
    if missing or name is None or year is None:
        return Identity(None, tuple(missing))
    return Identity("/".join(["/vn", name, *([body] if body else []), year, f"{sequence}-{slug(notation)}"]))


def identify_reference(reference: LegalReference, within: str | None = None) -> Identity:
    """The identifier of a reference of the model."""
    return identify(
        reference.type,
        reference.number,
        date=reference.issued_on,
        issuer=reference.issuer,
        title=reference.title,
        within=within,
    )


def identify_document(document: AdminDocument) -> Identity:
    """The identifier of a document itself: what other documents mean when they cite it."""
    return identify(
        document.document_type.name if document.document_type else None,
        document.number.text if document.number and document.number.sequence else None,
        date=document.issued_on,
        issuer=document.issuing_agency,
        title=document.subject,
        within=home(document),
    )


def home(document: AdminDocument) -> str | None:
    """The agency whose province a document's own `UBND tỉnh` and `Sở Y tế` belong to."""
    return document.parent_agency or document.issuing_agency


def as_printed(kind: str, issuer: str, year: str, number: str) -> str:
    """The same shape for a document whose own words say too little for an identifier: what is printed, as it is."""
    return "/".join(["/vn", slug(kind), slug(issuer), year, slug(number)])


def _by_name(kind: str | None, date: str | None, issuer: str | None, title: str | None) -> Identity:
    """Laws, ordinances and constitutions by name and year; other instruments without number by issuer and whole date."""
    if kind is None:
        return Identity(None, ("type", "number"))
    name = slug(kind)
    if name == "hien-phap":
        return Identity(f"/vn/{name}/{date[:4]}") if date else Identity(None, ("year",))
    if bare(kind) in _named_kinds():
        missing = tuple(word for word, there in (("year", date), ("number", title)) if not there)
        if date is None or title is None:
            return Identity(None, missing)
        return Identity(f"/vn/{name}/{date[:4]}/{slug(_written_out(fold(title)))}")
    if date is None or len(date) < 10 or issuer is None:
        return Identity(None, ("number",))
    return Identity(f"/vn/{name}/{_issuer(issuer, date, None)}/{date}")


def _written_out(folded: str) -> str:
    for short, full in _SHORT:
        folded = short.sub(full, folded)
    return folded


def _standard(kind: str, value: str) -> Identity:
    match = _STANDARD.fullmatch(value)
    if match is None:
        return Identity(None, ("number",))
    tail = f"-{slug(match['notation'])}" if match["notation"] else ""
    return Identity(f"/vn/{slug(kind)}/{match['year']}/{slug(match['sequence'])}{tail}")


def _type_name(kind: str | None, notation: str) -> str | None:
    """The type in plain letters: by the notation where it names one, else as printed, abbreviations written out."""
    groups = [_TERM.sub("", group) for group in _GROUPS.split(notation)]
    named = _types_by_code().get(fold(groups[0]), ()) if groups else ()
    printed = " ".join(bare(kind).split()) if kind else None
    printed = _long_types().get(printed, printed) if printed else None
    if groups and fold(groups[0]) == "qh" and printed in ("luat", "bo luat", None):
        return "luat" if printed else None  # official texts call a code a law, and a law a code: one series of numbers
    if printed is None or printed in _LETTERS:
        if len(named) == 1 and not (printed == "cong van" and fold(groups[0]) in _shared_codes()):
            return slug(named[0])
        return "cong-van" if printed else None
    for name in named:
        if printed.startswith(bare(name)):
            return slug(name)  # "Báo cáo thẩm định số 12/BC-STP"
    return slug(printed)


@cache
def _types_by_code() -> dict[str, tuple[str, ...]]:
    """Folded type codes of notations to the types they stand for; heads of letters (UBND, VPCP) name a letter."""
    found: dict[str, dict[str, None]] = {}
    for row in rows("instrument_codes"):
        found.setdefault(fold(row["code"]), {})[row["type"]] = None
    return {code: tuple(names) for code, names in found.items()}


@cache
def _long_types() -> dict[str, str]:
    """`NĐ`, `TT` as people write them in notes, to the type."""
    return {
        bare(word): bare(_types_by_code()[fold(word)][0])
        for word, kind in cited_types().items()
        if kind == "short" and fold(word) in _types_by_code()
    }


@cache
def _named_kinds() -> frozenset[str]:
    return frozenset(bare(word) for word, kind in cited_types().items() if kind == "law")


@cache
def _national_codes() -> frozenset[str]:
    """Abbreviations of bodies that are one in the country, so that a number with one of them needs no issuer."""
    levels = {"central-party", "central-state", "ministry", "ministry-agency", "mass-organisation"}
    codes = {fold(code) for agency in agencies() if agency.level in levels for code in agency.abbreviations}
    listed = {fold(code) for code in words_where("body_codes", "reach", "national", "code")}
    return frozenset((codes | listed) - _shared_codes())


@cache
def _shared_codes() -> frozenset[str]:
    """Abbreviations that bodies below the centre use as well."""
    return frozenset(map(fold, words_where("body_codes", "reach", "shared", "code")))


def _is_national(notation: str) -> bool:
    """Whether the first body that a notation names is one in the country: NĐ-CP, QĐ-BNN-TCLN, QH15, HD/VPTW."""
    groups = [fold(_TERM.sub("", group)) for group in _GROUPS.split(notation)]
    if not groups:
        return False
    named = _types_by_code().get(groups[0])
    is_type = named is not None and groups[0] not in _national_codes() and groups[0] != "ubnd"
    body = groups[1] if is_type and len(groups) > 1 else groups[0]
    return body in _national_codes()


def _issuer(issuer: str | None, date: str | None, within: str | None) -> str | None:
    """The issuer's own name in plain letters, without the post of the one who signed for it."""
    if issuer is None:
        return None
    name = " ".join(_BRACKETS.sub(" ", _written_out(fold(issuer))).split())
    name = without_post(name)
    if _OF_A_PROVINCE.fullmatch(name) and within is not None:
        found = resolve(name, on=date, within=within)
        if found.outcome is Outcome.FOUND and found.agency is not None:
            return slug(found.agency.name)
    placed = _placed(name, within)
    if placed is None:
        return None
    found = resolve(placed, on=date)
    if found.outcome is Outcome.FOUND and found.agency is not None:
        return slug(found.agency.name)
    return slug(placed) or None


def _is_province(place: str) -> bool:
    """Whether a unit with its name, folded, is a province or a city that is one: a province has cities, too."""
    unit, _, name = place.partition(" ")
    return unit == "tỉnh" or (unit == "thành" and name.removeprefix("phố ") in {fold(one) for one in provinces()})


def _placed(name: str, within: str | None) -> str | None:
    """The name with its province: there are as many `Sở Y tế` and `UBND tỉnh` as provinces; None where it is not told."""
    general = _OF_A_PROVINCE.fullmatch(name)
    local = _LOCAL.match(name)
    if not general and (not local or _PLACE.search(name)):
        return name
    place = _PLACE.search(" ".join(_written_out(fold(within)).split())) if within else None
    if place is None:
        return None
    if general:
        unit = general["unit"]
        return f"{general['head']} {place[0]}" if unit is None or place[0].startswith(unit) else None
    if _ABOVE_DISTRICTS.match(name) and not _is_province(place[0]):
        return None
    return f"{name} {place[0]}"
