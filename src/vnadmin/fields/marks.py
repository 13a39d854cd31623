"""Stand-alone marks: urgency, secrecy, circulation (ô 10a, 10b, 11)."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


def read_urgency(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()


def read_secrecy(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()


def read_circulation(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()
