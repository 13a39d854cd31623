"""Document type: the type line (ô 5a), or the notation where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundType:
    """Leaves of model.DocumentType."""

    name: Found[str]
    code: Found[str] | None


def read_document_type(zones: Zones) -> Iterator[FoundType]:
    """Candidates, best first."""
    yield from ()
