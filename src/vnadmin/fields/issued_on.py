"""Issue date: thời gian ban hành (ô 4), at the precision printed."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.model import PartialDate
from vnadmin.zones.zone import Zones


def read_issued_on(zones: Zones) -> Iterator[Found[PartialDate]]:
    """Candidates, best first."""
    yield from ()
