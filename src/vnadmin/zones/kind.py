"""Tells whether a text is an administrative document at all."""

from __future__ import annotations

from vnadmin.zones.zone import Zones


def is_administrative(zones: Zones) -> bool:
    """Evidence of a header, a number, a signature or Nơi nhận."""
    return True
