"""Subject: trích yếu nội dung (ô 5a, 5b)."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


def read_subject(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first."""
    yield from ()
