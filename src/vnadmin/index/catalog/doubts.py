"""Which of a document's values a person should look at, and why; computed in the worker, from its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

GRADES: Final = {"guess": 0, "likely": 1, "certain": 2}
REASONS: Final = {0: "guess", 1: "likely"}
RANKS: Final = {"disagreement": 0, "guess": 1, "issue": 2, "likely": 3}
# What an archive's finding aid needs: a doubtful one of these is worth a person's minute.
HEADER: Final = (
    "document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "signatories",
    "urgency", "secrecy",
)  # fmt: skip
# Fields whose members are one value to a person, and where it is printed; the catalogue fills in the members from it.
WHOLE: Final = {"number": "/number/text", "document_type": "/document_type/name"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to look at; `parsed` is what the parser says."""

    pointer: str
    reason: str
    rank: int
    parsed: Any = None
    corrected: Any = None


def is_header(pointer: str) -> bool:
    """Whether a pointer is of a field of the finding aid."""
    return pointer.split("/", 2)[1] in HEADER


def asked_at(pointer: str) -> str:
    """Where a person is asked about a value: for its members, where the whole is printed.

    >>> asked_at("/number/sequence"), asked_at("/subject")
    ('/number/text', '/subject')
    """
    return WHOLE.get(pointer.split("/", 2)[1], pointer) if pointer else ""


def is_settled(pointer: str, corrected: Collection[str]) -> bool:
    """Whether a person set the value that stands at a pointer, or what it stands in or is made of.

    >>> is_settled("/number/sequence", {"/number/text"}), is_settled("/subject", {"/number/text"})
    (True, False)
    """
    place = asked_at(pointer)
    return bool(pointer) and any(
        f"{place}/".startswith(f"{one}/") or f"{one}/".startswith(f"{pointer}/") for one in corrected
    )


def doubts_of(
    fields: Collection[tuple[str, int, str | None]], issues: Iterable[tuple[str | None, str, str]]
) -> list[Doubt]:
    """The doubtful values of a document that no person has seen, in the order of the document: one question for each.

    An issue about a value that is doubtful anyway is part of its question, which then comes as early as either.

    Args:
        fields: pointer, grade and value, each pointer once.
        issues: pointer, code and severity.
    """
    read = {pointer: value for pointer, _, value in fields if is_header(pointer)}
    grades: dict[str, int] = {}
    for pointer, grade, _ in fields:
        if grade in REASONS and is_header(pointer):
            place = asked_at(pointer)
            grades[place] = min(grade, grades.get(place, grade))
    found = {
        place: Doubt(place, REASONS[grade], RANKS[REASONS[grade]], read.get(place)) for place, grade in grades.items()
    }
    named = dict.fromkeys((asked_at(pointer or ""), code) for pointer, code, severity in issues if severity != "info")
    alone = []
    for pointer, code in named:
        if pointer in found:
            found[pointer] = replace(found[pointer], rank=min(found[pointer].rank, RANKS["issue"]))
        else:
            alone.append(Doubt(pointer, f"issue:{code}", RANKS["issue"]))
    return [*found.values(), *alone]


def disagreements(
    parsed: Mapping[str, Any], corrections: Mapping[str, Any], overruled: Mapping[str, Any]
) -> Iterator[Doubt]:
    """Values about which the parser and a person differ, but for what the person saw and overruled."""
    for pointer, value in corrections.items():
        if parsed.get(pointer) not in (value, overruled.get(pointer)):
            yield Doubt(pointer, "disagreement", RANKS["disagreement"], parsed.get(pointer), value)
