"""Signatories: the signature blocks (ô 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundSignatory:
    """Leaves of model.Signatory."""

    name: Found[str] | None
    position: Found[str] | None
    authority: tuple[Found[str], ...]


def read_signatories(zones: Zones) -> Iterator[FoundSignatory]:
    """Candidates, best first."""
    yield from ()
