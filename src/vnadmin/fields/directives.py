"""Directives: the numbered, lettered and bulleted items of the body as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.fields.deadline import FoundDeadline
from vnadmin.found import Found
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """Leaves of model.Directive."""

    marker: Found[str]
    text: Found[str]
    assignees: tuple[Found[str], ...]
    deadline: FoundDeadline | None
    children: tuple[FoundDirective, ...]


def read_directives(zones: Zones) -> Iterator[FoundDirective]:
    """Candidates, best first."""
    yield from ()
