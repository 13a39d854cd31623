"""Recipients: the items of Nơi nhận (ô 9b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundRecipient:
    """Leaves of model.Recipient."""

    name: Found[str]
    purpose: Found[str] | None


def read_recipients(zones: Zones) -> Iterator[FoundRecipient]:
    """Candidates, best first."""
    yield from ()
