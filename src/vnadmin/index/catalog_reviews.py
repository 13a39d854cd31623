"""The queue of doubtful values: which of a document's values a person should look at, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from vnadmin.index.catalog_rows import Row, is_header
from vnadmin.index.catalog_schema import Review

RANKS: Final = {"disagreement": 0, "guess": 1, "issue": 2, "likely": 3}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value to look at; `parsed` is what the parser says."""

    pointer: str
    reason: str
    rank: int
    parsed: Any = None
    corrected: Any = None


def doubts_of(fields: Iterable[Row], issues: Iterable[Row]) -> Iterator[Doubt]:
    """The doubtful values of a document that no person has seen; from its rows, in the order of the document."""
    grades = {"guess": 0, "likely": 1}
    for row in fields:
        for reason, grade in grades.items():
            if row["grade"] == grade and row["ordinal"] == 0 and is_header(row["pointer"]):
                yield Doubt(row["pointer"], reason, RANKS[reason], row["value"])
    seen: set[tuple[str, str]] = set()
    for row in issues:
        pointer, code = row["pointer"] or "", row["code"]
        if row["severity"] != "info" and (pointer, code) not in seen:
            seen.add((pointer, code))
            yield Doubt(pointer, f"issue:{code}", RANKS["issue"])


def disagreements(parsed: Mapping[str, Any], corrections: Mapping[str, Any]) -> Iterator[Doubt]:
    """Values about which the parser and a person differ."""
    for pointer, value in corrections.items():
        if parsed.get(pointer) != value:
            yield Doubt(pointer, "disagreement", RANKS["disagreement"], parsed.get(pointer), value)


def enqueue(connection: Connection, doubts: Mapping[str, list[Doubt]]) -> None:
    """Replace the open items of these contents. What a person closed stays closed while the parser says the same."""
    hashes = list(doubts)
    closed = {
        (row.sha256, row.pointer, row.reason): row.parsed
        for row in connection.execute(
            select(Review.sha256, Review.pointer, Review.reason, Review.parsed).where(
                Review.sha256.in_(hashes), Review.state == "closed"
            )
        )
    }
    connection.execute(delete(Review).where(Review.sha256.in_(hashes), Review.state == "open"))
    rows: list[Row] = []
    for sha256, items in doubts.items():
        for doubt in items:
            name = (sha256, doubt.pointer, doubt.reason)
            if name in closed:
                if closed[name] == doubt.parsed:
                    continue
                connection.execute(
                    delete(Review).where(
                        Review.sha256 == sha256, Review.pointer == doubt.pointer, Review.reason == doubt.reason
                    )
                )
            rows.append(
                {
                    "sha256": sha256,
                    "pointer": doubt.pointer,
                    "reason": doubt.reason,
                    "rank": doubt.rank,
                    "parsed": doubt.parsed,
                    "corrected": doubt.corrected,
                    "state": "open",
                }
            )
    if rows:
        connection.execute(insert(Review), rows)


def confirmed(corrections: Mapping[str, Any], pointer: str) -> bool:
    """Whether a person has already decided this value, alone or with what stands above or below it."""
    return any(
        pointer == p or pointer.startswith(p + "/") or (pointer and p.startswith(pointer + "/")) for p in corrections
    )
