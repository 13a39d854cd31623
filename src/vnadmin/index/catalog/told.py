"""What people say of a document that is no field of it: how many pages it has on paper, which standards ask for.

Kept with the corrections, at a pointer that no document has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, insert

from vnadmin.index.catalog.corrections import in_force
from vnadmin.index.catalog.schema import Correction
from vnadmin.index.follow.revisions import touch

PAGES: Final = "/told/number_of_page"
MOST_PAGES: Final = 9999  # four digits (TT 05/2025/TT-BNV, Phụ lục III)


def count_of(typed: str) -> int | None:
    """How many pages somebody typed; None where it is no such number."""
    count = typed.strip()
    fits = count.isdecimal() and len(count) <= len(str(MOST_PAGES)) and 1 <= int(count) <= MOST_PAGES
    return int(count) if fits else None


def tell_pages(connection: Connection, sha256: str, count: int | None, *, person: str, at: str) -> None:
    """Say how many pages a document has, or that it is not known after all; in the caller's transaction."""
    touch(connection, [sha256])
    action = "withdraw" if count is None else "set"
    values = {"sha256": sha256, "pointer": PAGES, "action": action, "value": count, "person": person, "made_at": at}
    connection.execute(insert(Correction).values(values))


def told_pages(connection: Connection, hashes: Iterable[str]) -> dict[str, int]:
    """How many pages people say that documents have, by content."""
    said = in_force(connection, hashes)
    return {sha256: values[PAGES] for sha256, values in said.items() if PAGES in values}
