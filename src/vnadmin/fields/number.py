"""Document number: số, ký hiệu (ô 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """Leaves of model.DocumentNumber."""

    text: Found[str]
    sequence: Found[str] | None
    year: Found[int] | None
    notation: Found[str] | None


def read_number(zones: Zones) -> Iterator[FoundNumber]:
    """Candidates, best first."""
    yield from ()
