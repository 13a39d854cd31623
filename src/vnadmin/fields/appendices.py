"""Appendices: labels and titles of what follows the main document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundAppendix:
    """Leaves of model.Appendix; its references come from citation."""

    label: Found[str] | None
    title: Found[str] | None


def read_appendices(zones: Zones) -> Iterator[FoundAppendix]:
    """Candidates, best first."""
    yield from ()
