"""What a person may have meant by words alone: `người ký Nguyễn Xuân Hoàn`, `tháng 5 năm 2020`, `cv ubnd bình thuận` as values of facets and fields.

It is offered beside what the words find, never put in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from sqlalchemy import Connection, Select, func, select

from vnadmin.agencies import body_key
from vnadmin.gazetteer import rows
from vnadmin.index.catalog.schema import Document, key
from vnadmin.index.search.search import search
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

_MOST_WORDS: Final = 12  # of what was typed, and of a name that is looked for in it
_MOST_FEWER: Final = 6  # words of a search that found nothing, each of which is left out once
_SIGNS: Final = frozenset(':"()')  # who types these knows the syntax
# "ngày 5 tháng 5 năm 2020", "tháng 5/2020", "ngày 05/5/2020", "năm 2020"; as marks are left out, "thang 5 nam 2020" too
_DAY: Final = pattern(
    r"\b(?:(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})|thang (?P<month2>\d{1,2})(?: nam | ?[/-] ?)(?P<year2>\d{4})"
    r"|ngay (?P<written>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})|nam (?P<year3>(?:19|20)\d\d))\b"
)
# a field by its name, without a colon; its value goes on to the next name or the end
_NAMED: Final = pattern(r"\b(?P<name>nguoi ky|do ong|co quan ban hanh|co quan|kinh gui|noi nhan|giao cho)\s+(?=\S)")
_FIELDS: Final = {"kinh gui": "kinh-gui", "noi nhan": "noi-nhan", "giao cho": "giao"}
_SIGNERS: Final = ("nguoi ky", "do ong")


@dataclass
class Meant:
    """An offer.

    Attributes:
        query: what is left to be looked for, in the syntax of the search.
        facets: the facets to choose, by their names and values.
        told: what each of these is, for people: the name of a facet or field, and the value.
    """

    query: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)


def meant(connection: Connection, typed: str) -> Meant | None:
    """What may have been meant by words without signs of the syntax; None where nothing else than the words."""
    text = " ".join(typed.split())
    if not text or _SIGNS.intersection(text) or len(text.split()) > _MOST_WORDS:
        return None
    offer, fields = Meant(), list[str]()
    text = _take_day(text, offer, fields)
    text = _take_named(connection, text, offer, fields)
    text = _take_type(text, offer)
    text = _take_issuer(connection, text, offer)
    offer.query = " ".join(filter(None, (text, *fields)))
    return offer if offer.told else None


def without_a_word(connection: Connection, typed: str, among: Select[int] | None = None) -> list[tuple[str, str, int]]:
    """Where nothing was found: each word, the search without it, and how many documents that finds; those that find most first."""
    words = typed.split()
    if not 1 < len(words) <= _MOST_FEWER or _SIGNS.intersection(typed):
        return []
    found = []
    for at, word in enumerate(words):
        fewer = " ".join(words[:at] + words[at + 1 :])
        total = search(connection, fewer, limit=1, among=among).total
        found.append((word, fewer, total))
    return sorted((one for one in found if one[2]), key=lambda one: -one[2])


def _take_day(text: str, offer: Meant, fields: list[str]) -> str:
    found = _DAY.search(bare(text))
    if found is None:
        return text
    if found["written"]:
        day = found["written"].replace(".", "/").replace("-", "/")
    else:
        parts = (found["day"], found["month"] or found["month2"], found["year"] or found["year2"] or found["year3"])
        day = "/".join(filter(None, parts))
    offer.told.append(("on", day))
    if found["year3"]:
        offer.facets["year"] = day
    else:
        fields.append(f"ngay:{day}")
    return _without(text, found.start(), found.end())


def _take_named(connection: Connection, text: str, offer: Meant, fields: list[str]) -> str:
    found = list(_NAMED.finditer(bare(text)))
    ends = [*(one.start() for one in found[1:]), len(text)]
    for one, end in zip(reversed(found), reversed(ends), strict=False):
        value = text[one.end() : end].strip()
        if one["name"] in _SIGNERS:
            signer = _signer(connection, value)
            if signer is None:
                fields.append(f'nguoi-ky:"{value}"')
            else:
                offer.facets["signer"] = signer[0]
            offer.told.append(("signer", signer[1] if signer else value))
        elif one["name"] in _FIELDS:
            fields.append(f'{_FIELDS[one["name"]]}:"{value}"')
            offer.told.append(({"kinh gui": "addressee", "noi nhan": "recipient"}.get(one["name"], "assignee"), value))
        else:
            before = len(offer.told)
            left = _take_issuer(connection, value, offer)
            if len(offer.told) == before:
                fields.append(f'co-quan:"{value}"')
                offer.told.append(("issuer", value))
            elif left:
                fields.append(left)
        text = text[: one.start()].strip()
    return text


def _signer(connection: Connection, name: str) -> tuple[str, str] | None:
    """The key and the name of a signer that the archive has."""
    printed = connection.scalar(select(func.min(Document.signer)).where(Document.signer_key == key(name)))
    return (key(name) or "", printed) if printed else None


def _take_type(text: str, offer: Meant) -> str:
    words = bare(text).split()
    for count in (4, 3, 2, 1):
        found = _types().get(" ".join(words[:count])) if len(words) >= count else None
        if found:
            offer.facets["type"] = found[0]
            offer.told.append(("type", found[1]))
            return " ".join(text.split()[count:])
    return text


@cache
def _types() -> Mapping[str, tuple[str, str]]:
    """Code and name of a type, by either without marks."""
    types = [(row["code"], row["name"]) for row in rows("document_types") if row["code"]]
    return {bare(one): (code, name) for code, name in reversed(types) for one in (code, name)}


def _take_issuer(connection: Connection, text: str, offer: Meant) -> str:
    """The longest beginning, of two words or more, that names a body which issued something."""
    words = text.split()
    whole = body_key(" ".join(words)).split()
    if len(words) < 2 or not whole:
        return text
    begin = " ".join(whole[:2])
    name = func.min(Document.issuing_agency)
    known = connection.execute(
        select(Document.issuer_key, name, func.count())
        .where(Document.issuer_key.between(begin, f"{begin}\U0010ffff"))
        .group_by(Document.issuer_key)
    ).all()
    for count in range(len(words), 1, -1):
        asked = body_key(" ".join(words[:count])).split()
        fitting = [row for row in known if _is_within(asked, (row[0] or "").split())]
        if fitting:
            found = max(fitting, key=lambda row: (row[0] == " ".join(asked), row[2]))
            offer.facets["issuer"] = found[0] or ""
            offer.told.append(("issuer", found[1] or ""))
            return " ".join(words[count:])
    return text


def _is_within(asked: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words stand in a name, in their order: `ubnd bình thuận` is `ủy ban nhân dân tỉnh bình thuận`."""
    rest = iter(name)
    return all(word in rest for word in asked)


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())
