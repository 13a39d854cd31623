"""Which of a document's values a person should look at, and why; computed in the worker, from its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from vnadmin.assemble.doubts import expected

GRADES: Final = {"guess": 0, "likely": 1, "certain": 2}
REASONS: Final = {0: "guess", 1: "likely"}
DISAGREEMENT: Final = 0  # the rank of what a person and a later version say differently: before all else
_AMONG_EQUALS: Final = {"guess": 1, "issue": 2, "likely": 3}
# What an archive's finding aid needs: a doubtful one of these is worth a person's minute.
HEADER: Final = (
    "document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "signatories",
    "urgency", "secrecy",
)  # fmt: skip
# Fields whose members are one value to a person, and where it is printed; the catalogue fills in the members from it.
WHOLE: Final = {"number": "/number/text", "document_type": "/document_type/name"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to look at; `parsed` is what the parser says, `kind` why it is doubted: an issue's code or a rule."""

    pointer: str
    reason: str
    rank: int
    parsed: Any = None
    corrected: Any = None
    kind: str | None = None


def rank_of(pointer: str, kind: str, reason: str) -> int:
    """The place of a question in the queue: the rarer values of its kind were right when they were counted, the earlier.

    Ten times the thousandths that are expected to be right; a kind that was never counted stands at one half. Of kinds
    with the same share a guess comes first, then an issue.
    """
    return 10 * round(1000 * measured_share(pointer, kind)) + _AMONG_EQUALS[reason]


def measured_share(pointer: str, kind: str) -> float:
    """The share of values of this kind of doubt that was right when they were counted (data/doubts.tsv)."""
    return expected(field_of(pointer), kind)


def right_share(rank: int) -> float:
    """The share that is expected to be right of questions with this rank.

    >>> right_share(rank_of("/subject", "no.such.rule", "likely"))
    0.5
    """
    return rank // 10 / 1000


def field_of(pointer: str) -> str:
    """The field that a pointer leads into; of the whole document none."""
    return pointer.split("/", 2)[1] if pointer else ""


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
    fields: Collection[tuple[str, int, str | None]],
    issues: Iterable[tuple[str | None, str, str]],
    kinds: Mapping[str, str],
) -> list[Doubt]:
    """The doubtful values of a document that no person has seen, in the order of the document: one question for each.

    An issue about a value that is doubtful anyway is part of its question, which then comes as early as either.

    Args:
        fields: pointer, grade and value, each pointer once.
        issues: pointer, code and severity.
        kinds: the kind of doubt of each field that has one (`assemble.doubts.kinds_of`).
    """
    read = {pointer: value for pointer, _, value in fields if is_header(pointer)}
    grades: dict[str, int] = {}
    for pointer, grade, _ in fields:
        if grade in REASONS and is_header(pointer):
            place = asked_at(pointer)
            grades[place] = min(grade, grades.get(place, grade))
    found = {place: _doubt(place, REASONS[grade], read.get(place), kinds) for place, grade in grades.items()}
    named = dict.fromkeys((asked_at(pointer or ""), code) for pointer, code, severity in issues if severity != "info")
    alone = []
    for pointer, code in named:
        if pointer in found:
            as_issue = rank_of(pointer, code, "issue")
            found[pointer] = replace(found[pointer], rank=min(found[pointer].rank, as_issue))
        else:
            alone.append(Doubt(pointer, f"issue:{code}", rank_of(pointer, code, "issue"), kind=code))
    return [*found.values(), *alone]


def _doubt(pointer: str, reason: str, value: Any, kinds: Mapping[str, str]) -> Doubt:
    kind = kinds.get(field_of(pointer), reason)
    return Doubt(pointer, reason, rank_of(pointer, kind, reason), value, kind=kind)


def disagreements(
    parsed: Mapping[str, Any], corrections: Mapping[str, Any], overruled: Mapping[str, Any]
) -> Iterator[Doubt]:
    """Values about which the parser and a person differ, but for what the person saw and overruled."""
    for pointer, value in corrections.items():
        if parsed.get(pointer) not in (value, overruled.get(pointer)):
            yield Doubt(pointer, "disagreement", DISAGREEMENT, parsed.get(pointer), value)
