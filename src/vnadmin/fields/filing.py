"""Filing: the entry Lưu of Nơi nhận, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundFiling:
    """Leaves of model.Filing."""

    units: tuple[Found[str], ...]
    copies: Found[int] | None
    drafter: Found[str] | None


def read_filing(zones: Zones) -> Iterator[FoundFiling]:
    """Candidates, best first."""
    yield from ()
