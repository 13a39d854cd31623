"""Place: địa danh before the date (ô 4)."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


def read_place(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()
