"""Which of a document's values a person should look at, and why; computed in the worker, from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

GRADES: Final = {"guess": 0, "likely": 1, "certain": 2}
REASONS: Final = {0: "guess", 1: "likely"}
RANKS: Final = {"disagreement": 0, "guess": 1, "issue": 2, "likely": 3}
# What an archive's finding aid needs: a doubtful one of these is worth a person's minute.
HEADER: Final = (
    "document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "signatories",
    "urgency", "secrecy",
)  # fmt: skip


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


def doubts_of(
    fields: Iterable[tuple[str, int, str | None]], issues: Iterable[tuple[str | None, str, str]]
) -> list[Doubt]:
    """The doubtful values of a document that no person has seen, in the order of the document.

    Args:
        fields: pointer, grade and value, each pointer once.
        issues: pointer, code and severity.
    """
    found = [
        Doubt(pointer, REASONS[grade], RANKS[REASONS[grade]], value)
        for pointer, grade, value in fields
        if grade in REASONS and is_header(pointer)
    ]
    named = dict.fromkeys((pointer or "", code) for pointer, code, severity in issues if severity != "info")
    return [*found, *(Doubt(pointer, f"issue:{code}", RANKS["issue"]) for pointer, code in named)]


def disagreements(parsed: Mapping[str, Any], corrections: Mapping[str, Any]) -> Iterator[Doubt]:
    """Values about which the parser and a person differ."""
    for pointer, value in corrections.items():
        if parsed.get(pointer) != value:
            yield Doubt(pointer, "disagreement", RANKS["disagreement"], parsed.get(pointer), value)
