"""Deadlines: the time limit an item or a table cell sets, as printed and as a date."""

from __future__ import annotations

from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.model import PartialDate


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """Leaves of model.Deadline."""

    text: Found[str]
    date: Found[PartialDate] | None
