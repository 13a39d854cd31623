"""Addressees: the bodies under Kính gửi (ô 9a)."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


def read_addressees(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()
