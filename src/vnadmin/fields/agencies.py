"""Agencies: the two lines of the header (ô 2), parent and issuing."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


def read_parent_agency(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()


def read_issuing_agency(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()
