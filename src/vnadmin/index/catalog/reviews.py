"""The queue of doubtful values: what a run puts there, and what a person has decided before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from vnadmin.index.catalog.doubts import Doubt
from vnadmin.index.catalog.insert import as_json, insert_rows
from vnadmin.index.catalog.schema import Review

_OF_THESE: Final = Review.sha256.in_(bindparam("hashes", expanding=True))
# Of one content: without the sum of texts the database would go through all that is open or closed, by the index of states.
_STATE: Final = Review.state.concat("")
IS_OPEN: Final = _STATE == "open"
_CLOSED: Final = select(Review.sha256, Review.pointer, Review.reason, Review.parsed).where(
    _OF_THESE, _STATE == "closed"
)
_DROP_OPEN: Final = delete(Review).where(_OF_THESE, IS_OPEN)


def enqueue(connection: Connection, doubts: Mapping[str, Sequence[Doubt]]) -> None:
    """Replace the open items of these contents. What a person closed stays closed while the parser says the same."""
    hashes = list(doubts)
    closed = {
        (row.sha256, row.pointer, row.reason): row.parsed for row in connection.execute(_CLOSED, {"hashes": hashes})
    }
    connection.execute(_DROP_OPEN, {"hashes": hashes})
    rows: list[tuple[Any, ...]] = []
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
            values = (as_json(doubt.parsed), as_json(doubt.corrected))
            rows.append((*name, doubt.rank, *values, "open", None, None, doubt.kind, None))
    insert_rows(connection, Review.__tablename__, rows)


def confirmed(corrections: Mapping[str, Any], pointer: str) -> bool:
    """Whether a person has already decided this value, alone or with what stands above or below it."""
    return any(
        pointer == p or pointer.startswith(p + "/") or (pointer and p.startswith(pointer + "/")) for p in corrections
    )
