"""Assignments: rows of a plan's assignment table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.fields.deadline import FoundDeadline
from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundAssignment:
    """Leaves of model.Assignment."""

    task: Found[str]
    lead: Found[str] | None
    partners: tuple[Found[str], ...]
    deadline: FoundDeadline | None


def read_assignments(zones: Zones) -> Iterator[FoundAssignment]:
    """Candidates, best first."""
    yield from ()
